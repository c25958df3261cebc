"""The cursors of lists that a follower's file keeps in order: the numbers of the last row that was looked at. Knows nothing of the rows."""

from __future__ import annotations

from typing import Final

from gisa.errors import SearchInvalid

_LARGEST: Final = 2**63 - 1
"""SQLite's (sqlite.org/datatype3.html)."""


def cursor_of(*numbers: int) -> str:
    """Behind these numbers the next page begins."""
    return "-".join(map(str, numbers))


def numbers_in(cursor: str, *, count: int) -> tuple[int, ...]:
    """What ``cursor_of`` was given. Raises ``SearchInvalid`` if it was not so many numbers, or SQLite could not hold one.

    The first may lie before 1970 and be negative, the others count and are not.

    >>> numbers_in(cursor_of(-86400, 7), count=2)
    (-86400, 7)
    """
    parts = cursor.rsplit("-", count - 1)
    try:
        numbers = tuple(int(part) for part in parts)
    except ValueError:  # no number, or one of more digits than Python reads
        numbers = ()
    if len(numbers) != count or any(abs(each) > _LARGEST for each in numbers):
        raise SearchInvalid("cursor is none that Gisa gave — leave it out for the first page")
    return numbers
