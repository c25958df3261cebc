"""Cursors: where a page of results ended, so that the next one begins there at the same cost however deep it lies. Pure.

A cursor is opaque to whoever holds it: the order, the last article's time in seconds and its number, as ``n-1a2b-3c``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gisa.model import Sort

_LETTERS: Final = {Sort.NEWEST: "n", Sort.OLDEST: "o"}
_SORTS: Final = {letter: sort for sort, letter in _LETTERS.items()}
_FORM: Final = re.compile(r"(?P<order>[no])-(?P<time>-?[0-9a-f]{1,11})-(?P<seq>[0-9a-f]{1,8})", re.ASCII)


class Cursor(NamedTuple):
    """The article after which a page begins."""

    sort: Sort
    published_at_s: int
    """Seconds since 1970 UTC."""
    seq: int


def write_cursor(cursor: Cursor) -> str:
    """The cursor as it travels."""
    return f"{_LETTERS[cursor.sort]}-{cursor.published_at_s:x}-{cursor.seq:x}"


def read_cursor(text: str) -> Cursor:
    """The cursor in a text. Raises ``ValueError`` for what is none."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("is not a cursor — give next_cursor as the page before gave it")
    return Cursor(_SORTS[found["order"]], int(found["time"], 16), int(found["seq"], 16))
