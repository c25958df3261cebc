"""URL parameters → what a reader asks for. Pure, and never fails: what cannot be used is left out and said so.

The API is strict about the same parameters (see ``api``); it does not read them here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from gisa.model import Filters, Mistake, MistakeCode, Period, Sort
from gisa.text.unseen import clean_line

PER_PAGE: Final = 20

T = TypeVar("T", Sort, Period)

_DATE: Final = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})\.?", re.ASCII)
_YEARS: Final = range(1600, 3000)
"""Days outside are taken for typing mistakes; near year 1 and 9999 a time zone would leave the calendar."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's request for one page of results."""

    query: str = ""
    """As typed, in NFC, on one line, without control characters; may be empty."""
    page: int = 1
    """From 1; may lie beyond the end."""
    sort: Sort = Sort.NEWEST
    filters: Filters = field(default_factory=Filters)
    without: tuple[str, ...] = ()
    """Keys of variants (``gisa.model.VariantCount.key``) that the reader has switched off."""
    inside: bool = False
    """Words of two syllables are looked for inside other words as well."""
    mistakes: tuple[Mistake, ...] = ()
    """Parameters that were left out or changed."""

    @property
    def offset(self) -> int:
        return (self.page - 1) * PER_PAGE

    def with_query(self, query: str) -> Asked:
        return replace(self, query=query)


def read_asked(given: Mapping[str, str]) -> Asked:
    """What the parameters ``q page sort period from to section without inside`` ask for; any mapping will do."""
    mistakes: list[Mistake] = []
    since = _read_date(given.get("from", ""), mistakes)
    until = _read_date(given.get("to", ""), mistakes)
    if since and until and since > until:
        since, until = until, since
        mistakes.append(Mistake(MistakeCode.DATES_SWAPPED))
    period = None if since or until else _choice(Period, given.get("period", ""))
    return Asked(
        query=clean_line(given.get("q", "")),
        page=_read_page(given.get("page", "")),
        sort=_choice(Sort, given.get("sort", "")) or Sort.NEWEST,
        filters=Filters(since=since, until=until, period=period, section=clean_line(given.get("section", "")) or None),
        without=read_keys(given.get("without", "")),
        inside=given.get("inside", "") == "1",
        mistakes=tuple(mistakes),
    )


def read_keys(value: str) -> tuple[str, ...]:
    """Keys of variants, as ``without`` holds them, separated by ``|``; at most ten."""
    return tuple(dict.fromkeys(key for part in value[:2_000].split("|") if (key := clean_line(part))))[:10]


def _choice(kind: type[T], value: str) -> T | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        return None


def _read_page(value: str) -> int:
    value = value.strip()
    if not value.isdecimal():
        return 1
    return max(1, int(value[:9]))


def _read_date(value: str, mistakes: list[Mistake]) -> date | None:
    if not (value and (value := clean_line(value))):
        return None
    found = _DATE.fullmatch(value)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        mistakes.append(Mistake(MistakeCode.DATE_UNREAD, value if len(value) <= 20 else value[:20] + "…"))
        return None
    return day
