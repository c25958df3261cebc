"""What the index answered to a search: what search, variant counts and explanation go on from."""

from __future__ import annotations

from dataclasses import dataclass

from gisa.ports import IndexResult, Known
from gisa.query.compile import CompiledQuery
from gisa.query.expansion import WordExpander
from gisa.query.parse import ParsedQuery
from gisa.query.syntax import Node
from gisa.search.budget import Budget
from gisa.search.filters import Narrowing


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the index answered to a request, and how the query was read for it."""

    parsed: ParsedQuery
    root: Node
    reader: WordExpander
    narrowing: Narrowing
    compiled: CompiledQuery | None
    """None when nothing in the query can be searched."""
    result: IndexResult
    budget: Budget
    """What is left of the request's time."""
    relaxed: bool
    held: int = 0
    """How many of the query's words each result holds; 0 where that is not the same number for all."""
    known: tuple[Known, ...] = ()
    """All results, where they are known beyond the page's."""
