"""The doors to the outside world, as promises: what an archive and an index must do. No code behind them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gisa.clause import NOTHING, Clause
from gisa.model import (
    Addition,
    ArchivedArticle,
    Article,
    Change,
    Headline,
    LogEntry,
    Purge,
    Removal,
    Sort,
    Suggestion,
)
from gisa.reports import NodeState


class ArchiveView(Protocol):
    """The articles of an archive, or what one who asks may see of them (``search.gated``)."""

    def get(self, article_id: str) -> ArchivedArticle:
        """The current revision. Raises ``ArticleRemoved`` (with when and the public reason) or ``ArticleNotFound``."""
        ...

    def fetch(self, seqs: Sequence[int]) -> dict[int, ArchivedArticle]:
        """Current revisions by number; removed and unknown numbers are absent."""
        ...

    @property
    def unreadable(self) -> frozenset[int]:
        """Numbers of the articles that this process has met since its start and could not read. ``fetch`` passes them over."""
        ...


class SharedLock(Protocol):
    """The writer lock of an archive that several machines write to. It falls with the process that holds it."""

    def hold(
        self, *, wait_s: float = 0.0, on_wait: Callable[[str], None] | None = None
    ) -> AbstractContextManager[None]:
        """Hold the lock, queueing for at most ``wait_s`` seconds; ``on_wait`` is told once who holds it.

        Raises ``WriterLocked`` naming the holder by command, process and host, and ``ArchiveError``.
        """
        ...

    def holder(self) -> str | None:
        """Who holds the lock (``gisa, process 4711 on naru-1, since …``), or None."""
        ...

    def is_wanted(self) -> bool:
        """Whether somebody waits for the lock."""
        ...


class ChangeWatch(Protocol):
    """One process that follows an archive from afar. For one thread."""

    def wait(self, timeout_s: float) -> None:
        """Return as soon as something may have been committed since the last call, at the latest after ``timeout_s``.

        Never raises: while the server cannot be reached it only waits.
        """
        ...

    def say(self, change_seq: int) -> None:
        """Let ``SharedArchive.nodes`` know up to which change this process answers. Raises ``ArchiveError``."""
        ...


class SharedArchive(Protocol):
    """What an archive on a server offers to the machines that share it."""

    @property
    def lock(self) -> SharedLock: ...

    def watch(self, node: str) -> AbstractContextManager[ChangeWatch]:
        """Follow the archive under a name, until the block ends. A role that may only read can do it."""
        ...

    def nodes(self) -> list[NodeState]:
        """Every node that follows now, by name; of several processes of one node the one that is furthest behind."""
        ...


class Archive(ArchiveView, Protocol):
    """The system of record: every article, every revision of it, and a numbered log of changes.

    Safe to read from many threads and processes; one process writes at a time (the caller holds the writer
    lock). What a method returned has been committed and survives a crash of the process or the machine.
    Raises ``ArchiveError`` when the database fails.
    """

    @property
    def is_local(self) -> bool:
        """Whether it answers without a network, so that it may be asked on an event loop."""
        ...

    @property
    def shared(self) -> SharedArchive | None:
        """What the machines that share it need; None for an archive in a file."""
        ...

    def add(self, articles: Sequence[Article], *, lift_holds: bool = False) -> list[Addition]:
        """Add or revise in one transaction; the answer is in the order given.

        Same id and an equal article (the same moments, whatever their UTC offset): UNCHANGED, nothing is written. Same id, other
        content: a new revision. An id given twice is handled in order. An id that was removed comes back
        under its old ``seq`` as the next revision (outcome ADDED, kind ADD). An article that agrees with another by
        id or address alone, and has another headline and day, is REFUSED; one that has the address of another and
        its headline or day is that article, whatever its id.

        An article that the desk holds (``WithheldAs.DESK``) stays withheld whatever it is added as, unless ``lift_holds``.
        """
        ...

    def preview(self, articles: Sequence[Article]) -> list[Addition]:
        """What ``add`` would do; nothing is written, and no writer is waited for."""
        ...

    def remove(self, removals: Sequence[Removal]) -> list[Change]:
        """Remove in one transaction, leaving a tombstone (when and why) in the change log; ids not there are passed over."""
        ...

    def revisions(self, article_id: str) -> list[ArchivedArticle]:
        """Every revision, oldest first; empty for an unknown id. Removed articles keep theirs."""
        ...

    def headlines(self, revisions: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Headline]:
        """Headlines by article number and revision, old revisions and removed articles too; unknown ones are absent."""
        ...

    def purge(self, purges: Sequence[Purge]) -> list[Purge]:
        """Erase every revision of removed articles for good, and note when and by whom; others are passed over.

        The log keeps its lines, each revision its number; its content is blank. Returns those purged.
        """
        ...

    def purges(self) -> list[Purge]:
        """Every purge, oldest first."""
        ...

    def put_back(self, change: Change, article: Article | None) -> None:
        """Overwrite the revision that a change made, without reading it: by the article, or by a blank one (None)."""
        ...

    def changes(self, *, after: int, limit: int) -> list[Change]:
        """The log after a change_seq, in order, at most ``limit`` lines."""
        ...

    def log(self, *, after: int, limit: int) -> list[LogEntry]:
        """As ``changes``, each with the revision it made. Any stretch from the beginning is an archive that once was.

        Raises ``ArchiveError`` when a revision does not match its digest: what is damaged is not copied.
        """
        ...

    def replay(self, entries: Sequence[LogEntry]) -> None:
        """Write another archive's log as it stands there, in one transaction: same numbers, times, reasons.

        Raises ``ArchiveError`` when the entries do not follow this archive's last change without a gap.
        """
        ...

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        """``(seq, revision)`` of every article with these numbers that is there, both ends included, in no order."""
        ...

    def problems(self, *, progress: Callable[[int], None] | None = None) -> Iterator[str]:
        """Everything that is wrong with what is kept, one sentence each: the file, the counters, gaps in the log, every
        revision's checksum and digest. Writers need not stop. ``progress`` is told how many changes have been read."""
        ...

    def each(self, *, batch: int) -> Iterator[list[ArchivedArticle]]:
        """Every article that is not removed, in order of ``seq``, in lists of at most ``batch``.

        What is committed during the walk may or may not be met; who must be exact replays ``changes`` after it.
        """
        ...

    def count(self) -> int:
        """How many articles are there (removed ones not counted)."""
        ...

    def last_change_seq(self) -> int:
        """The number of the last change; 0 for an empty archive."""
        ...

    def size_bytes(self) -> int:
        """What the archive takes on disk (0 where that cannot be known)."""
        ...

    def close(self) -> None: ...


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

    def damage(self) -> Iterator[str]:
        """What no longer is as it was written, one sentence each. Raises ``IndexDamaged`` if nobody can tell."""
        ...

    def forget_answers(self) -> None:
        """Change the stamp of every reader, in whatever process, although nothing is committed."""
        ...

    def size_bytes(self) -> int:
        """What the index takes on disk, every build of it (0 if that cannot be known)."""
        ...

    def close(self) -> None: ...


class Follower(Protocol):
    """A store that is derived from the archive and follows its change log. It can be thrown away and built anew.

    It keeps the number of the last change it holds in the same transaction as what it made of it. One process writes
    (the caller holds the writer lock), any number may read meanwhile. A store that cannot be written must not go on
    offering what the archive no longer holds: it discards itself.
    """

    @property
    def name(self) -> str:
        """One lower-case word, for ``gisa status``, ``gisa verify`` and metrics."""
        ...

    @property
    def change_seq(self) -> int:
        """The last change that the store holds. -1 if there is no usable one: missing, damaged, or built by other rules."""
        ...

    def follow(self, changes: Sequence[Change]) -> None:
        """Take in the changes after ``change_seq``, in order: all of them or, after a crash, none.

        A store that turns out to be damaged is built anew. Raises ``SearchIndexError`` if it can be neither written nor
        discarded.
        """
        ...

    def rebuild(self) -> None:
        """Build the store from the archive alone, beside the one that serves, then swap. Raises as ``follow``."""
        ...

    def problems(self) -> Iterator[str]:
        """What is wrong with what is kept, one sentence each. That it is behind is not: who asks knows ``change_seq``."""
        ...


class Suggestions(Protocol):
    """What readers may be offered to search for. Safe from many threads; sees a commit at once; never raises.

    Where it cannot be read, or was built by another version, it is empty until the next writer has built it anew.
    """

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """Phrases that begin with what has been typed, most held first, recent ones a little more; see ``text.jamo``."""
        ...

    def like(self, word: str, *, limit: int) -> list[Suggestion]:
        """Words that somebody may have meant who typed ``word``, likeliest first."""
        ...
