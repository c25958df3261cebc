"""Replaces a small file so that a crash leaves the old content or the new, never a part of either."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path


def write_durably(path: Path, chunks: Iterable[bytes], *, like: Path | None = None) -> None:
    """Make ``chunks``, one after the other, the content of ``path``; its folder is made if it is missing.

    When this returns, content and name are on the disk (file and folder are synced). On an error the file keeps its old
    content. ``NAME.new`` beside it is used on the way, so only one process may write a file at a time. Raises ``OSError``.

    It gets the permissions of ``like``; left out, a file that is replaced keeps its own. They hold before the first byte is
    written, so that a password is never to be read by others.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            with suppress(FileNotFoundError):
                shutil.copymode(like or path, beside)
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def create_durably(path: Path, content: bytes, *, mode: int) -> None:
    """Make a file that nobody has made yet, with these permissions, whole or not at all. Raises ``FileExistsError`` if somebody
    was first, and ``OSError``. ``NAME.PID.new`` beside it is used on the way."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def share(path: Path) -> None:
    """Give a file the permissions of a new one: what the umask allows. Engines make some of theirs for one user only.

    So two users can keep one folder, by a umask of 002. Does nothing to a file of somebody else, or one that is not there.
    """
    wanted = 0o666 & ~_umask()
    with suppress(OSError):
        if path.stat().st_mode & 0o777 != wanted:
            path.chmod(wanted)


@cache
def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found
