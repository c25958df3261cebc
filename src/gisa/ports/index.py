"""What an index must do, and the values that go in and out. Knows tokens, numbers and clauses, no Korean and no articles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from gisa.clause import NOTHING, Clause
from gisa.model import Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One article as an index takes it: numbers to sort and filter by, and its views as token strings.

    ``views`` maps a field of ``gisa.text.views.FIELDS`` to space-separated tokens, so that every engine
    indexes the same thing. The barrier token ``|`` takes a position and is not itself indexed.
    """

    seq: int
    revision: int
    """The archive's revision that the views were made of."""
    published_at_s: int
    """Seconds since 1970-01-01T00:00Z; may be negative."""
    section: str
    """The section as the paper writes it; empty when the article has none."""
    views: Mapping[str, str]
    opens_at_s: int | None = None
    """From when on readers see it, in seconds since 1970; None for an article that was open when it was indexed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexQuery:
    """A search in an engine's terms; everything Korean has been decided before it is built."""

    match: Clause
    """What an article must satisfy; decides the total."""
    score: Clause | None
    """What adds to the score; needed for a sort that is scored only."""
    sort: Sort
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class IndexHit:
    seq: int
    score: float | None


@dataclass(frozen=True, slots=True)
class IndexResult:
    total: int
    hits: tuple[IndexHit, ...]


class Known(NamedTuple):
    """An article as far as pages and filters go."""

    seq: int
    published_at_s: int
    section: str | None


@dataclass(frozen=True, slots=True)
class MostHeld:
    """How many of some clauses one article satisfies, and the articles that do."""

    number: int
    """0 when no article satisfies any."""
    articles: tuple[Known, ...] | None
    """Newest first; None when there are too many to name, or none."""
    counts: tuple[int, ...] | None = field(default=None, compare=False)
    """How many articles within satisfy each clause, from an index that can tell in the same round trip."""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Exact counts for the choices beside a result list."""

    sections: Mapping[str, int]
    """Those without a section are left out."""
    since: tuple[int, ...]
    """In the order asked for."""
    tokens: Mapping[str, Mapping[str, int]]
    """By view, of those asked for: how many articles hold each token, the most held ones."""


class IndexRemoval(NamedTuple):
    """An entry that leaves the index."""

    seq: int
    revision: int
    """The last revision that the article had. An engine with several writers ignores what is older than it holds."""


class IndexView(Protocol):
    """The questions that answers to readers are made of: asked of a whole index, or of what one who asks may see of it.

    Newest first is by ``published_at_s``, then by ``seq``, both falling; oldest first is its exact reverse;
    relevance is by score, then newest first. The order is total: pages never repeat or skip an article.
    """

    def search(self, query: IndexQuery) -> IndexResult: ...

    def count(self, match: Clause) -> int:
        """How many articles satisfy the clause, exactly."""
        ...

    def count_each(self, matches: Iterable[Clause]) -> Iterator[int]:
        """How many articles satisfy each clause, exactly, all as of one commit; in order, and as lazily as the index can.

        An index in this process takes a clause and counts it when its count is asked for, so that who stops asking stops
        the counting. One over a network may take several at once and send them in one round trip.
        """
        ...

    def most_held(
        self, clauses: Sequence[Clause], *, within: Clause, whole: Clause = NOTHING, at_most: int = 0
    ) -> MostHeld:
        """The largest number of the clauses that one article among those ``within`` satisfies, and which do.

        An article that satisfies ``whole`` counts as satisfying all of them; more than ``at_most`` are not named.
        """
        ...

    def frequency(self, field: str, token: str) -> int:
        """About how many entries hold the token; 0 where asking would cost as much as a search (an index far away)."""
        ...

    def scores(self, seq: int, clauses: Sequence[Clause]) -> tuple[float, ...]:
        """What each clause adds to the score of one article: 0.0 where it does not hold, or the article is not there."""
        ...

    def facet_counts(self, match: Clause, *, since_s: Sequence[int] = (), views: Sequence[str] = ()) -> FacetCounts:
        """How many of them stand in each section, were published at or after each time, hold each token of these views.

        ``views`` are of those that are counted (``ViewField.counted``); of each the 1,000 tokens held most are given.
        """
        ...

    @property
    def change_seq(self) -> int:
        """The last change the index holds, as of the newest commit."""
        ...

    @property
    def stamp(self) -> Hashable:
        """Cache key: changes with every commit, every swap of generations and every ``forget_answers``."""
        ...


class IndexReader(IndexView, Protocol):
    """Searches one index. Safe from many threads; sees a commit without being reopened.

    It looks for a newer commit at most once in ``IndexEngine.seen_within_s``. Between two looks ``change_seq``,
    ``vocabulary`` and ``stamp`` are values: asking for them costs nothing, however far away the index is. A commit of
    the same ``IndexEngine`` is seen at once.
    """

    def opens_next(self, *, after_s: int) -> int | None:
        """The first ``opens_at_s`` after this second; None if every article is open by then."""
        ...

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        """``(seq, revision)`` of every entry with these numbers, both ends included, in no order; an article that is
        there twice is given twice."""
        ...

    @property
    def vocabulary(self) -> str:
        """What the newest commit said its articles were analysed with; empty when it said nothing."""
        ...

    def close(self) -> None: ...


class IndexWriter(Protocol):
    """Writes one index. One at a time; not thread-safe. Nothing is visible before ``commit``."""

    def put(self, entries: Sequence[IndexEntry]) -> None:
        """Add, replacing entries of the same ``seq``. Adding the same twice changes nothing."""
        ...

    def remove(self, removals: Sequence[IndexRemoval]) -> None:
        """Take entries out; those that are not there are passed over."""
        ...

    def commit(self, *, change_seq: int, vocabulary: str = "") -> None:
        """Make everything since the last commit visible and durable, and say up to which change it goes.

        ``vocabulary`` is a text of the caller's that says with what every article of the index was analysed.
        """
        ...

    def close(self) -> None:
        """Give up what was not committed and release the index."""
        ...


class IndexEngine(Protocol):
    """Where an index is kept: opens it, builds the next one beside it, swaps, finds damage. Knows nothing of articles.

    Safe from many threads. One process writes at a time: the caller of ``writing`` and ``building`` holds the writer
    lock. Raises ``SearchIndexError`` when the engine fails.
    """

    @property
    def is_local(self) -> bool:
        """Whether it answers without a network, so that it may be asked on an event loop."""
        ...

    @property
    def fingerprint(self) -> str:
        """Which schema, views, analyser and engine this Gisa builds an index with, as 16 hex digits."""
        ...

    @property
    def seen_within_s(self) -> float:
        """After so many seconds every reader, in whatever process, has seen a commit; at most 1.0."""
        ...

    @property
    def place(self) -> str:
        """Where the index is, for messages; without a password."""
        ...

    @property
    def generation(self) -> str:
        """The name of the build that serves. Raises what ``reader`` raises."""
        ...

    def is_built(self) -> bool:
        """Whether there is a live index. Raises ``IndexOutdated`` if another Gisa built it, and ``IndexDamaged``."""
        ...

    def reader(self) -> IndexReader:
        """The live index: opened by the first call, the same object ever after; ``close`` closes it.

        Raises ``IndexOutdated``, and ``IndexDamaged`` also when there is no index.
        """
        ...

    def writing(self) -> AbstractContextManager[IndexWriter]:
        """A writer on the live index, closed at the end: what was not committed is given up. Raises as ``reader``."""
        ...

    def building(self) -> AbstractContextManager[IndexWriter]:
        """A writer on a new, empty index beside the live one. It becomes live at the end; an exception discards it."""
        ...

    def apart(self) -> AbstractContextManager[IndexEngine]:
        """Room for a temporary index of the same kind, without any index yet; it is removed at the end."""
        ...

    def discard_old(self) -> None:
        """Delete builds that serve no more, which may hold words of purged articles. Call it when no request is on them."""
        ...

    def damage(self) -> Iterator[str]:
        """What no longer is as it was written, one sentence each. Raises ``IndexDamaged`` if nobody can tell."""
        ...

    def forget_answers(self) -> None:
        """Change the stamp of every reader, in whatever process, although nothing is committed."""
        ...

    def size_bytes(self) -> int:
        """What the index takes on disk, every build of it, one copy of each (0 if that cannot be known)."""
        ...

    def close(self) -> None: ...
