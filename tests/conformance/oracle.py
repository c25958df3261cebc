"""An index that looks at every token of every article: slow, obvious, and what the real ones are compared with.

It has no opinion on relevance: equal scores for all, so newest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gisa.clause import (
    NOTHING,
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
from gisa.model import Sort
from gisa.ports import FacetCounts, IndexEntry, IndexHit, IndexQuery, IndexRemoval, IndexResult, Known, MostHeld


class OracleIndex:
    """Reader and writer in one; what is written shows after ``commit``."""

    def __init__(self) -> None:
        self._pending: dict[int, IndexEntry] = {}
        self._entries: dict[int, IndexEntry] = {}
        self.change_seq = 0
        self.vocabulary = ""
        self._commits = 0

    def put(self, entries: Sequence[IndexEntry]) -> None:
        self._pending.update({entry.seq: entry for entry in entries})

    def remove(self, removals: Sequence[IndexRemoval]) -> None:
        for removal in removals:
            self._pending.pop(removal.seq, None)

    def commit(self, *, change_seq: int, vocabulary: str = "") -> None:
        self._entries = dict(self._pending)
        self.change_seq = change_seq
        self.vocabulary = vocabulary
        self._commits += 1

    @property
    def stamp(self) -> int:
        return self._commits

    def close(self) -> None:
        self._pending = dict(self._entries)

    def search(self, query: IndexQuery) -> IndexResult:
        found = [entry for entry in self._entries.values() if holds(query.match, entry)]
        found.sort(key=lambda entry: (entry.published_at_s, entry.seq), reverse=query.sort is not Sort.OLDEST)
        page = found[query.offset : query.offset + query.limit]
        return IndexResult(len(found), tuple(IndexHit(entry.seq, None) for entry in page))

    def count(self, match: Clause) -> int:
        return sum(holds(match, entry) for entry in self._entries.values())

    def count_each(self, matches: Iterable[Clause]) -> Iterator[int]:
        entries = list(self._entries.values())
        return (sum(holds(match, entry) for entry in entries) for match in matches)

    def most_held(
        self, clauses: Sequence[Clause], *, within: Clause, whole: Clause = NOTHING, at_most: int = 0
    ) -> MostHeld:
        held = {
            entry.seq: len(clauses) if holds(whole, entry) else sum(holds(clause, entry) for clause in clauses)
            for entry in self._entries.values()
            if holds(within, entry)
        }
        number = max(held.values(), default=0)
        best = [seq for seq, count in held.items() if count == number]
        if not number or len(best) > at_most:
            return MostHeld(number, None)
        best.sort(key=lambda seq: (self._entries[seq].published_at_s, seq), reverse=True)
        entries = map(self._entries.__getitem__, best)
        return MostHeld(number, tuple(Known(each.seq, each.published_at_s, each.section or None) for each in entries))

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        return [(seq, entry.revision) for seq, entry in self._entries.items() if first_seq <= seq <= last_seq]

    def opens_next(self, *, after_s: int) -> int | None:
        ahead = [each.opens_at_s for each in self._entries.values() if each.opens_at_s is not None]
        return min((opens for opens in ahead if opens > after_s), default=None)

    def frequency(self, field: str, token: str) -> int:
        return sum(holds(Token(field, token), entry) for entry in self._entries.values())

    def scores(self, seq: int, clauses: Sequence[Clause]) -> tuple[float, ...]:
        del seq
        return (0.0,) * len(clauses)

    def facet_counts(self, match: Clause, *, since_s: Sequence[int] = (), views: Sequence[str] = ()) -> FacetCounts:
        found = [entry for entry in self._entries.values() if holds(match, entry)]
        return FacetCounts(
            sections=Counter(entry.section for entry in found if entry.section),
            since=tuple(sum(entry.published_at_s >= since for entry in found) for since in since_s),
            tokens={
                view: Counter(token for entry in found for token in set(entry.views.get(view, "").split()))
                for view in views
            },
        )


def holds(clause: Clause, entry: IndexEntry) -> bool:
    """Whether an article satisfies a clause, by looking."""
    match clause:
        case Token(field, token):
            return token in _tokens(entry, field)
        case Phrase(field, sought):
            tokens = _tokens(entry, field)
            return any(_stands(tokens, place, sought) for place in range(-len(sought), len(tokens)))
        case SyllableIn(field, character):
            return any(
                token is not None and character in token and len(token.replace("_", "")) <= 2
                for token in _tokens(entry, field)
            )
        case PublishedBetween(since_s, until_s):
            return (since_s is None or entry.published_at_s >= since_s) and (
                until_s is None or entry.published_at_s < until_s
            )
        case Beyond(published_at_s, seq, older, within_s):
            place, other = (entry.published_at_s, entry.seq), (published_at_s, seq)
            is_near = within_s is None or abs(entry.published_at_s - published_at_s) <= within_s
            return is_near and (place < other if older else place > other)
        case OpensAfter(at_s):
            return entry.opens_at_s is not None and entry.opens_at_s > at_s
        case Numbered(seqs):
            return entry.seq in seqs
        case AllOf(clauses):
            return all(holds(each, entry) for each in clauses)
        case AnyOf(clauses):
            return any(holds(each, entry) for each in clauses)
        case AtLeast(minimum, clauses):
            return sum(holds(each, entry) for each in clauses) >= minimum
        case Not(inner):
            return not holds(inner, entry)
        case Boost(inner, _) | Worth(inner, _):
            return holds(inner, entry)


def _tokens(entry: IndexEntry, field: str) -> list[str | None]:
    return [None if token == "|" else token for token in entry.views.get(field, "").split()]


def _stands(tokens: list[str | None], at: int, sought: tuple[str | None, ...]) -> bool:
    named = [(at + place, token) for place, token in enumerate(sought) if token is not None]
    return bool(named) and all(0 <= place < len(tokens) and tokens[place] == token for place, token in named)
