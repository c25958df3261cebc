"""Whether one article satisfies a clause, computed from its views. Pure: what an index does for many articles, for
one."""

from __future__ import annotations

from collections.abc import Mapping

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
from gisa.text.runs import BARRIER
from gisa.text.stream import SPACE


class ArticleTokens:
    """An article's views with the places of their tokens. A barrier takes a place and is no token."""

    def __init__(
        self, views: Mapping[str, str], *, seq: int, published_at_s: int, opens_at_s: int | None = None
    ) -> None:
        self.seq = seq
        self.opens_at_s = opens_at_s
        self.published_at_s = published_at_s
        self._places: dict[str, dict[str, set[int]]] = {}
        for field, text in views.items():
            places: dict[str, set[int]] = {}
            for place, token in enumerate(text.split()):
                if token != BARRIER:
                    places.setdefault(token, set()).add(place)
            self._places[field] = places

    def holds(self, clause: Clause) -> bool:
        """Whether the article satisfies the clause."""
        match clause:
            case Token(field, token):
                return token in self._places.get(field, {})
            case Phrase(field, tokens):
                return self._holds_phrase(field, tokens)
            case SyllableIn(field, character):
                return any(
                    character in token and len(token.replace(SPACE, "")) <= 2 for token in self._places.get(field, {})
                )
            case PublishedBetween(since_s, until_s):
                at = self.published_at_s
                return (since_s is None or at >= since_s) and (until_s is None or at < until_s)
            case Beyond(published_at_s, seq, older, within_s):
                here, there = (self.published_at_s, self.seq), (published_at_s, seq)
                is_near = within_s is None or abs(self.published_at_s - published_at_s) <= within_s
                return is_near and (here < there if older else here > there)
            case OpensAfter(at_s):
                return self.opens_at_s is not None and self.opens_at_s > at_s
            case Numbered(seqs):
                return self.seq in seqs
            case AllOf(clauses):
                return all(map(self.holds, clauses))
            case AnyOf(clauses):
                return any(map(self.holds, clauses))
            case AtLeast(minimum, clauses):
                return sum(map(self.holds, clauses)) >= minimum
            case Not(inner):
                return not self.holds(inner)
            case Boost(inner, _) | Worth(inner, _):
                return self.holds(inner)

    def _holds_phrase(self, field: str, tokens: tuple[str | None, ...]) -> bool:
        places = self._places.get(field, {})
        starts: set[int] | None = None
        for offset, token in enumerate(tokens):
            if token is None:
                continue
            here = {place - offset for place in places.get(token, ())}
            starts = here if starts is None else starts & here
            if not starts:
                return False
        return starts is not None
