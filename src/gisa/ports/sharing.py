"""What an archive on a server offers to the machines that share it: one lock, the paper's own files, news of changes, a
list of nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from gisa.reports import NodeState, SharedFile


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

    def say(self, change_seq: int, *, words_version: int) -> None:
        """Let ``SharedArchive.nodes`` know up to which change, and by which version of the paper's files, this process
        answers. Raises ``ArchiveError``."""
        ...


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A new content of one of the paper's own files."""

    name: str
    content: bytes
    base: int
    """The version of this file that it was made from; 0: from none."""


class SharedFiles(Protocol):
    """The paper's own files in an archive that several machines share. Every version is kept. Raises ``ArchiveError``."""

    def newest(self, *, after: int = 0) -> list[SharedFile]:
        """The newest version of each file, oldest first, without those up to ``after``. A role that may only read can ask."""
        ...

    def version_of(self, name: str, content: bytes) -> int | None:
        """The newest version with this content; None if there was none."""
        ...

    def origin(self) -> str:
        """Tells the archive's versions from those of another archive, wherever it is kept; empty if nothing is shared."""
        ...

    def share(self, edits: Sequence[FileEdit]) -> list[SharedFile]:
        """Add a version for each edit, all or none, and notify whoever watches.

        Raises ``SharedMeanwhile`` if another version than an edit's base is the newest.
        """
        ...


class SharedArchive(Protocol):
    """What an archive on a server offers to the machines that share it."""

    @property
    def lock(self) -> SharedLock: ...

    @property
    def files(self) -> SharedFiles: ...

    def watch(self, node: str) -> AbstractContextManager[ChangeWatch]:
        """Follow the archive under a name, until the block ends. A role that may only read can do it."""
        ...

    def nodes(self) -> list[NodeState]:
        """Every node that follows now, by name; of several processes of one node what the furthest behind holds."""
        ...
