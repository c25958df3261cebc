"""What an archive must do: keep every article and every revision, and number every change. No code behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from gisa.model import Addition, ArchivedArticle, Article, Change, Headline, LogEntry, Purge, Removal, State
from gisa.ports.sharing import SharedArchive


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

    def id_of(self, article: Article) -> str | None:
        """The id under which the archive keeps this article, removed or not; None if it keeps none, or another at its address."""
        ...

    def remove(self, removals: Sequence[Removal]) -> list[Change]:
        """Remove in one transaction, leaving a tombstone (when and why) in the change log; ids not there are passed over."""
        ...

    def revisions(self, article_id: str) -> list[ArchivedArticle]:
        """Every revision, oldest first; empty for an unknown id. Removed articles keep theirs."""
        ...

    def states(self, article_id: str) -> list[State]:
        """Everything that happened to an article, oldest first; empty for an unknown id. Reads no text."""
        ...

    def history(self, article_id: str, *, first: int, last: int) -> list[LogEntry]:
        """The changes of an article from one change_seq to another, both included, oldest first, each with the revision it made.

        Of a purged article the revisions are blank. Raises ``ArchiveError`` when a revision does not match its digest.
        """
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

    def purge_mark(self) -> str:
        """A value that changes with every purge; empty if there was none. Asked twice a second: it is to cost nothing."""
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
