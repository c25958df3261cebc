"""Kinds of values in a search request: how each is read from text, written as text, and checked. Names no filter.

Every kind raises ``ValueError`` with a clause that follows the value's name: ``must be 0 to 100``. It never quotes the value,
which may be what a reader typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from gisa.search.cursor import Cursor, read_cursor, write_cursor
from gisa.text.unseen import clean_line

_DATE: Final = re.compile(r"(\d{4})[-./]?(\d{1,2})[-./]?(\d{1,2})\.?", re.ASCII)
_YEARS: Final = range(1600, 3000)
"""Days outside are treated as typing mistakes. Near the years 1 and 9999 a time zone would leave the calendar."""
_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}
_MAX_READ: Final = 10_000
"""Characters of a text that are looked at: twenty times what a query may hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, cleaned of what cannot be seen."""

    empty: str | None
    """The value for a text that holds nothing visible."""

    def read(self, text: str) -> str | None:
        return clean_line(text[:_MAX_READ]) or self.empty

    def write(self, value: str) -> str:
        return value

    def check(self, value: object) -> str | None:
        if isinstance(value, str):
            return self.read(value)
        raise _not("text")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few names."""

    options: type[StrEnum]

    def read(self, text: str) -> StrEnum:
        return self.check(text)

    def write(self, value: StrEnum) -> str:
        return value.value

    def check(self, value: object) -> StrEnum:
        found = next((option for option in self.options if option == value), None)
        if found is None:
            raise _not("one of " + ", ".join(self.options))
        return found


@dataclass(frozen=True, slots=True)
class Day:
    """A day in Asia/Seoul: ``2025-12-24``, also with dots, slashes or nothing between."""

    def read(self, text: str) -> date:
        found = _DATE.fullmatch(clean_line(text[:_MAX_READ]))
        try:
            return self.check(date(*map(int, found.groups())) if found else None)
        except ValueError:
            raise _not("a day like 2025-12-24") from None

    def write(self, value: date) -> str:
        return value.isoformat()

    def check(self, value: object) -> date:
        if isinstance(value, str) and _DATE.fullmatch(value.strip()):
            return self.read(value)
        if not isinstance(value, date) or isinstance(value, datetime) or value.year not in _YEARS:
            raise _not("a day like 2025-12-24")
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no: ``1`` or ``true``, ``0`` or ``false``."""

    def read(self, text: str) -> bool:
        if text.strip().lower() not in _FLAGS:
            raise _not("true or false")
        return _FLAGS[text.strip().lower()]

    def write(self, value: bool) -> str:
        return "1" if value else "0"

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise _not("True or False")
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds, both included."""

    least: int
    most: int

    def read(self, text: str) -> int:
        digits = text.strip()
        if not digits.isdecimal() or len(digits) > 18:
            raise _not(f"{self.least:,} to {self.most:,}")
        return self.check(int(digits))

    def write(self, value: int) -> str:
        return str(value)

    def check(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise _not(f"{self.least:,} to {self.most:,}")
        return value


@dataclass(frozen=True, slots=True)
class Keys:
    """Names that programs made, separated by ``|``; at most ``most`` of them."""

    most: int

    def read(self, text: str) -> frozenset[str]:
        cleaned = dict.fromkeys(key for part in text[:_MAX_READ].split("|") if (key := clean_line(part)))
        return frozenset(list(cleaned)[: self.most])

    def write(self, value: frozenset[str]) -> str:
        return "|".join(sorted(value))

    def check(self, value: object) -> frozenset[str]:
        if isinstance(value, str):
            return self.read(value)
        if not isinstance(value, Collection) or not all(isinstance(key, str) for key in value):
            raise _not("keys")
        return frozenset(value)


@dataclass(frozen=True, slots=True)
class Place:
    """A cursor: where the page before ended."""

    def read(self, text: str) -> Cursor:
        return read_cursor(text.strip())

    def write(self, value: Cursor) -> str:
        return write_cursor(value)

    def check(self, value: object) -> Cursor:
        if isinstance(value, str):
            return self.read(value)
        if not isinstance(value, Cursor):
            raise _not("the next_cursor of the page before")
        return value


Kind = Line | Choice | Day | Flag | Number | Keys | Place


def _not(wanted: str) -> ValueError:
    return ValueError(f"must be {wanted}")
