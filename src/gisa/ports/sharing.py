"""What an archive on a server offers to the machines that share it: one lock, news of changes, a list of nodes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from gisa.reports import NodeState


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
