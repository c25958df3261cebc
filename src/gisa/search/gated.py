"""Wraps index and archive so that an asker sees only what the gate allows. All answers to readers go through it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from gisa.access import WITHHELD, Asker, Gate
from gisa.clause import EVERYTHING, NOTHING, Clause, Token, all_of
from gisa.errors import ArticleNotFound
from gisa.model import ArchivedArticle, LogEntry, State
from gisa.ports import Archive, FacetCounts, IndexQuery, IndexReader, IndexResult, MostHeld
from gisa.text.views import GATE

_STATES_AT_ONCE: Final = 20
"""Texts of one article that are held at once."""
NewGate = Callable[[], Gate]
"""The gate of this moment."""


class _Known(NamedTuple):
    """What one commit of the index hides."""

    stamp: Hashable
    hides_some: bool
    opens_next_s: int | None
    """When the next embargo ends; None if none is ahead."""


class GatedIndex:
    """The questions of ``ports.IndexReader`` that readers' answers are made of, each within the gate. Thread-safe."""

    def __init__(self, index: IndexReader, gate: NewGate) -> None:
        self._index, self._gate = index, gate
        self._known: _Known | None = None

    def search(self, query: IndexQuery) -> IndexResult:
        return self._index.search(replace(query, match=self._within(query.match)))

    def count(self, match: Clause) -> int:
        return self._index.count(self._within(match))

    def count_each(self, matches: Iterable[Clause]) -> Iterator[int]:
        clause = self._clause()
        return self._index.count_each(all_of((match, clause)) for match in matches)

    def most_held(
        self, clauses: Sequence[Clause], *, within: Clause, whole: Clause = NOTHING, at_most: int = 0
    ) -> MostHeld:
        return self._index.most_held(clauses, within=self._within(within), whole=whole, at_most=at_most)

    def frequency(self, field: str, token: str) -> int:
        """Counts all entries. It decides where a search runs and is never shown."""
        return self._index.frequency(field, token)

    def scores(self, seq: int, clauses: Sequence[Clause]) -> tuple[float, ...]:
        return self._index.scores(seq, clauses)

    def facet_counts(self, match: Clause, *, since_s: Sequence[int] = (), views: Sequence[str] = ()) -> FacetCounts:
        return self._index.facet_counts(self._within(match), since_s=since_s, views=views)

    @property
    def change_seq(self) -> int:
        return self._index.change_seq

    @property
    def stamp(self) -> Hashable:
        """Changes with the index, and in the second when an embargo ends."""
        known = self._look()
        return known.stamp, known.opens_next_s

    def _within(self, match: Clause) -> Clause:
        return all_of((match, self._clause()))

    def _clause(self) -> Clause:
        """No extra clause if the index hides nothing, as is usual."""
        return self._gate().clause if self._look().hides_some else EVERYTHING

    def _look(self) -> _Known:
        """Once for each commit and each embargo that ends."""
        gate = self._gate()
        if gate.asker is Asker.DESK:
            return _Known(self._index.stamp, hides_some=False, opens_next_s=None)
        stamp, now_s, known = self._index.stamp, int(gate.now.timestamp()), self._known
        if known is None or known.stamp != stamp or (known.opens_next_s or now_s + 1) <= now_s:
            opens_next_s = self._index.opens_next(after_s=now_s)
            hides = opens_next_s is not None or self._index.count(Token(GATE, WITHHELD)) > 0
            known = self._known = _Known(stamp, hides, opens_next_s)
        return known


class GatedArchive:
    """The articles of an archive that one asker may read. The gate is applied here again, because the index may be
    behind."""

    def __init__(self, archive: Archive, gate: NewGate) -> None:
        self._archive, self._gate = archive, gate

    def get(self, article_id: str) -> ArchivedArticle:
        """Raises ``ArticleNotFound`` for what may not be seen, as for what is not there, and ``ArticleRemoved``."""
        archived = self._archive.get(article_id)
        gate = self._gate()
        if not gate.shows(archived.article):
            raise ArticleNotFound(article_id)
        return replace(archived, article=gate.visible(archived.article))

    def fetch(self, seqs: Sequence[int]) -> dict[int, ArchivedArticle]:
        """Current revisions by number; what may not be seen is absent."""
        gate = self._gate()
        return {
            seq: replace(archived, article=gate.visible(archived.article))
            for seq, archived in self._archive.fetch(seqs).items()
            if gate.shows(archived.article)
        }

    def states(self, article_id: str) -> list[State]:
        """The states of an article that the asker may know of, oldest first (``Gate.past``). Raises ``ArticleNotFound`` if there are none."""
        found = self._gate().past(self._archive.states(article_id))
        if not found:
            raise ArticleNotFound(article_id)
        return found

    def past(self, article_id: str) -> tuple[Iterator[LogEntry], Gate]:
        """The states that the asker may know of, oldest first, and by which gate. Raises as ``get``.

        Their texts are read as you iterate, some at a time.
        """
        self.get(article_id)
        return self._with_texts(article_id, self.states(article_id)), self._gate()

    def _with_texts(self, article_id: str, states: Sequence[State]) -> Iterator[LogEntry]:
        known = [state.change.change_seq for state in states]
        for start in range(0, len(known), _STATES_AT_ONCE):
            stretch = known[start : start + _STATES_AT_ONCE]
            for entry in self._archive.history(article_id, first=stretch[0], last=stretch[-1]):
                if entry.change.change_seq in stretch:
                    yield entry

    @property
    def unreadable(self) -> frozenset[int]:
        """What does not read, of all articles: the index says first which of them may be known to be there."""
        return self._archive.unreadable
