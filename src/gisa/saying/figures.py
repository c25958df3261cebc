"""Numbers, days and times as a language writes them, by babel. Numbers and days are kept: a page repeats them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from gisa.language import Language

_KEPT: Final = 4_096
"""Of each kind. Ten years have 3,653 days. babel takes 12 to 20 µs for one, and a page of results shows fifty."""


class Figures:
    """Writes figures in one language. Safe from many threads.

    Loading babel and a language takes 16 ms: make one only where days or local numbers are shown.
    """

    def __init__(self, language: Language, *, day_pattern: str, moment_pattern: str) -> None:
        """The patterns are CLDR's (Unicode TS 35, Part 4): ``y년 M월 d일``."""
        from babel import Locale
        from babel.dates import format_date, format_datetime
        from babel.numbers import format_decimal

        locale = Locale(language.value)

        def moment(moment: datetime) -> str:
            return format_datetime(moment, moment_pattern, tzinfo=moment.tzinfo, locale=locale)

        self.number: Callable[[int], str] = lru_cache(_KEPT)(lambda number: format_decimal(number, locale=locale))
        self.day: Callable[[date], str] = lru_cache(_KEPT)(lambda day: format_date(day, day_pattern, locale=locale))
        self.moment: Callable[[datetime], str] = moment
        """In the time's own zone."""


def plain_number(number: int) -> str:
    """A number as commands print it in every language, with commas. Needs no babel."""
    return f"{number:,}"
