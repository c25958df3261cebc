"""Estimates the cost of a search from its clauses and the frequency of their tokens. Runs nothing.

The unit is one entry of a posting list read. A conjunction is led by its rarest clause and looks the others up, a disjunction reads
all of them, and each list has to be found first (Zobel and Moffat, "Inverted files for text search engines", 2006, §4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from gisa.clause import (
    AllOf,
    AnyOf,
    AtLeast,
    Beyond,
    Boost,
    Clause,
    Not,
    Numbered,
    OpensAfter,
    Phrase,
    PublishedBetween,
    SyllableIn,
    Token,
    Worth,
)

Frequency = Callable[[str, str], int]
"""How many entries hold a token in a view."""

LIST: Final = 100
"""The cost of finding one list, in entries read."""
POSITIONS: Final = 4
"""Entries read for each entry of a phrase, whose positions are compared."""
EVERY_TOKEN: Final = 200_000
"""The cost of a scan over all tokens of a view: 20 ms."""

ANY: Final = 1 << 40
"""The estimate for a clause of which nothing is known: more articles than any index holds."""


class Cost(NamedTuple):
    """What a clause costs."""

    entries: int
    """Entries read."""
    most: int
    """How many articles satisfy it at most."""


def cost_of(clause: Clause, frequency: Frequency) -> Cost:
    """The cost of finding every article that satisfies a clause."""

    def of(clause: Clause) -> Cost:
        match clause:
            case Token(field, token):
                held = frequency(field, token)
                return Cost(LIST + held, held)
            case Phrase(field, tokens):
                each_held = [frequency(field, token) for token in tokens if token is not None]
                rarest = min(each_held, default=0)
                return Cost((LIST + POSITIONS * rarest) * len(each_held), rarest)
            case SyllableIn():
                return Cost(EVERY_TOKEN, ANY)
            case AllOf(clauses):
                costs = [of(each) for each in clauses if not isinstance(each, Not)]
                most = min((each.most for each in costs), default=ANY)
                return Cost(sum(min(each.entries, LIST + POSITIONS * most) for each in costs), most)
            case AnyOf(clauses) | AtLeast(_, clauses):
                costs = [of(each) for each in clauses]
                return Cost(sum(each.entries for each in costs), min(ANY, sum(each.most for each in costs)))
            case Boost(inner, _) | Worth(inner, _):
                return of(inner)
            case Not() | PublishedBetween() | Beyond() | OpensAfter() | Numbered():
                return Cost(LIST, ANY)

    return of(clause)
