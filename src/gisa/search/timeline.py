"""The stretches of time that results are counted in: days, months or years, as the span asks for. Pure; counts nothing.

A stretch is named as ISO 8601 spells it: ``2025``, ``2025-03``, ``2025-03-14``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

_MOST_DAYS: Final = 45
_MOST_MONTHS: Final = 48
"""A bar of fewer than 5 px is no target; the column is 264 px wide, and neighbours may be narrower than a finger."""


class Stretch(NamedTuple):
    """Whole days in Asia/Seoul, both ends included."""

    name: str
    first: date
    last: date


def stretches(since: date, until: date) -> tuple[Stretch, ...]:
    """The days, months or years that cover a span without gaps, oldest first.

    Days up to 45 of them, months up to 48, else years. The first and last may reach beyond the span.

    >>> [each.name for each in stretches(date(2025, 2, 27), date(2025, 3, 1))]
    ['2025-02-27', '2025-02-28', '2025-03-01']
    """
    if (until - since).days < _MOST_DAYS:
        return tuple(_days(since, until))
    if _months_between(since, until) < _MOST_MONTHS:
        return tuple(_months(since, until))
    return tuple(
        Stretch(f"{year:04}", date(year, 1, 1), date(year, 12, 31)) for year in range(since.year, until.year + 1)
    )


def stretch_named(name: str) -> Stretch:
    """The stretch that a name of ``stretches`` stands for.

    >>> stretch_named("2025-02").last
    datetime.date(2025, 2, 28)
    """
    parts = [int(part) for part in name.split("-")]
    match parts:
        case [year, month, day]:
            return Stretch(name, date(year, month, day), date(year, month, day))
        case [year, month]:
            return Stretch(name, date(year, month, 1), _end_of_month(year, month))
        case _:
            return Stretch(name, date(parts[0], 1, 1), date(parts[0], 12, 31))


def _days(since: date, until: date) -> Iterator[Stretch]:
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        yield Stretch(day.isoformat(), day, day)


def _months(since: date, until: date) -> Iterator[Stretch]:
    for number in range(_months_between(since, until) + 1):
        years, month = divmod(since.month - 1 + number, 12)
        first = date(since.year + years, month + 1, 1)
        yield Stretch(first.isoformat()[:7], first, _end_of_month(first.year, first.month))


def _months_between(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def _end_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
