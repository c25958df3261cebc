"""A search as it is asked for, and its bounds. Reads no query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gisa.errors import SearchInvalid
from gisa.model import Filters, Match, Sort
from gisa.search.cursor import Cursor

MAX_LIMIT: Final = 100
MAX_OFFSET: Final = 1_000_000
"""An index collects everything before an offset; deeper than this, narrow the search by date instead."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as asked for, checked."""

    query: str
    sort: Sort
    limit: int
    offset: int
    filters: Filters
    match: Match
    facets: bool
    without: frozenset[str] = frozenset()
    """Keys of variants that the reader has switched off."""
    cursor: Cursor | None = None
    """The page begins after this article; ``offset`` is 0 then."""
    inside: bool = False
    """True: words of two syllables are looked for inside other words as well."""
    budget_s: float | None = None
    """Past this time what the page can do without is left out, and a notice says so; None: nothing ever is."""

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise SearchInvalid(f"limit must be 0 to {MAX_LIMIT}, not {self.limit}")
        if not 0 <= self.offset <= MAX_OFFSET:
            raise SearchInvalid(f"offset must be 0 to {MAX_OFFSET:,}, not {self.offset}")
        if self.cursor is not None and self.offset:
            raise SearchInvalid("a cursor says where the page begins — leave offset out")
