"""What the index answered to a search: what search, variant counts and explanation go on from."""

from __future__ import annotations

from dataclasses import dataclass

from gisa.query.parse import ParsedQuery
from gisa.query.plan import Plan
from gisa.search.budget import Budget
from gisa.search.filters import Narrowing
from gisa.search.finding import Found
from gisa.search.grouping import Grouped


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the index answered to a request, and what the query means."""

    parsed: ParsedQuery
    narrowing: Narrowing
    plan: Plan | None
    """None when nothing in the query can be searched."""
    found: Found
    budget: Budget
    """What is left of the request's time."""
    grouped: Grouped | None = None
    """Which results stand under which, if the request wants each story once."""
    is_question: bool = False
    """Whether the query was read as a sentence that asks, of which any word is enough."""
