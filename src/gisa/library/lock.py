"""One writer at a time, and a second one is told who it is. The lock falls with its process, however that ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from gisa.errors import DataFolderError, WriterLocked
from gisa.model import SEOUL


@contextmanager
def writer_lock(path: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the writer lock at ``path``. Raises ``WriterLocked`` (after ``wait_s`` seconds) naming the holder."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise WriterLocked(
            f"{path.parent}: another process is writing ({holder(path) or 'unknown'}) — wait until it is done, or stop it"
        ) from None
    except OSError as error:
        raise DataFolderError(f"{path}: cannot be locked for writing: {error.strerror or error}") from error
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
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        try:
            label = json.loads(_label(path).read_bytes())
            return f"{label['command']}, process {label['pid']}, since {label['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "a process that has not said its name yet"
    except OSError:
        return None
    lock.release()
    return None


def _label(path: Path) -> Path:
    return path.with_suffix(".json")
