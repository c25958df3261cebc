"""Lets one process write at a time and queues the next. The lock is released when its process ends, however it ends.

    writer.lock     held while something is written
    writer.json     who holds it, for messages
    writer.queue    held by the next one to write, while it waits

A long run looks at the queue between two batches (``is_wanted``) and lets the next one in. Where several machines share an
archive, its database has a lock of the same kind (``ports.SharedLock``): ``WriterLock`` is both.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from gisa.errors import DataFolderError, WriterLocked
from gisa.messages import FolderCode, Message
from gisa.model import SEOUL
from gisa.ports import SharedLock

FOREVER: Final = math.inf
_POLL_S: Final = 0.02
"""How often a waiting process tries again: two system calls each time."""

OnWait = Callable[[str], None]
"""Called once, when waiting begins, with the holder of the lock (``gisa, process 4711, since …``)."""


@contextmanager
def writer_lock(path: Path, *, wait_s: float = 0.0, on_wait: OnWait | None = None) -> Iterator[None]:
    """Hold the writer lock at ``path``, waiting in the queue for at most ``wait_s`` seconds. May be released by another thread.

    Raises ``WriterLocked`` naming the holder, and ``DataFolderError`` if the folder cannot be written.
    """
    lock = _acquire(path, wait_s=wait_s, on_wait=on_wait)
    label = _label(path)
    said = {
        "pid": os.getpid(),
        "command": Path(sys.argv[0] or "python").name,
        "since": datetime.now(SEOUL).isoformat(timespec="seconds"),
    }
    try:
        with suppress(OSError):  # on a full disk the lock holds without its label
            label.write_text(json.dumps(said), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            label.unlink(missing_ok=True)
        lock.release()


def holder(path: Path) -> str | None:
    """Who holds the lock at ``path`` (``gisa, process 4711, since …``), or None when nobody does."""
    return _who(path) if _is_held(path) else None


def is_wanted(path: Path) -> bool:
    """Whether somebody waits for the writer lock at ``path``. Takes 20 µs."""
    return _is_held(_queue(path))


class WriterLock:
    """What a process holds while it writes: the archive's lock, if several machines share it, and the data folder's."""

    def __init__(self, path: Path, *, shared: SharedLock | None) -> None:
        self._path, self._shared = path, shared

    @contextmanager
    def hold(self, *, wait_s: float = 0.0, on_wait: OnWait | None = None) -> Iterator[None]:
        """Hold both, queueing for each, for at most ``wait_s`` seconds in all. Raises as ``writer_lock``."""
        deadline = time.monotonic() + wait_s
        with ExitStack() as stack:
            if self._shared is not None:
                stack.enter_context(self._shared.hold(wait_s=wait_s, on_wait=on_wait))
            left_s = max(deadline - time.monotonic(), 0.0)
            stack.enter_context(writer_lock(self._path, wait_s=left_s, on_wait=on_wait))
            yield

    def holder(self) -> str | None:
        """Who holds it, here or elsewhere; None if nobody does."""
        return holder(self._path) or (self._shared.holder() if self._shared is not None else None)

    def is_wanted(self) -> bool:
        """Whether somebody waits for either."""
        return is_wanted(self._path) or (self._shared is not None and self._shared.is_wanted())


def _acquire(path: Path, *, wait_s: float, on_wait: OnWait | None) -> FileLock:
    """The acquired lock. The first in the queue holds the queue's own lock; the others wait for that one, in no order."""
    lock, queue = _lock(path), _lock(_queue(path))
    deadline = time.monotonic() + wait_s
    try:
        if not is_wanted(path) and _try(lock):
            return lock
        if wait_s > 0:
            if on_wait is not None:
                on_wait(_who(path))
            if _try(queue, deadline):
                try:
                    if _try(lock, deadline):
                        return lock
                finally:
                    queue.release()
    except OSError as error:
        raise DataFolderError(Message(FolderCode.LOCK_FAILED, error=error.strerror or str(error)), str(path)) from error
    raise WriterLocked(Message(FolderCode.LOCKED, holder=_who(path)), str(path.parent))


def _try(lock: FileLock, deadline: float = 0.0) -> bool:
    timeout = -1.0 if deadline == FOREVER else max(0.0, deadline - time.monotonic())
    try:
        lock.acquire(timeout=timeout, poll_interval=_POLL_S)
    except Timeout:
        return False
    return True


def _is_held(path: Path) -> bool:
    """Whether a process holds the lock at ``path``; False also if this user may not see it."""
    if not path.exists():  # so that a reader without rights to write makes no file
        return False
    lock = _lock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _lock(path: Path) -> FileLock:
    return FileLock(path, thread_local=False)


def _who(path: Path) -> str:
    try:
        label = json.loads(_label(path).read_bytes())
        return f"{label['command']}, process {label['pid']}, since {label['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that has not said its name yet"


def _label(path: Path) -> Path:
    return path.with_suffix(".json")


def _queue(path: Path) -> Path:
    return path.with_suffix(".queue")
