"""Reserves disk space in the data folder, so that opening and takedowns work on a full disk.

SQLite needs 32 KB to open a file, and a removal writes to the archive, the index and the followers. If the disk is full, the
reserve is deleted for them; the next addition makes it again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from gisa.errors import GisaError

SIZE_BYTES: Final = 4 * 1024 * 1024
"""A removal took 0.2 MB, and the first statement after a checkpoint 0.1 MB more (300 articles)."""
_KEPT_FROM: Final = 20
"""The reserve is made only if so many times its size is free."""

T = TypeVar("T")


class Reserve:
    """One file without content. Needs no lock: the second process finds it made, or gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self) -> None:
        """Make the reserve if it is missing and there is room. One ``stat`` if it is there. Never fails."""
        with suppress(OSError):
            if self._path.exists() or self._free_bytes() < _KEPT_FROM * SIZE_BYTES:
                return
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, SIZE_BYTES)

    def with_room(self, work: Callable[[], T]) -> T:
        """What ``work`` returns. If it fails on a full disk, delete the reserve and run it once more."""
        try:
            return work()
        except (GisaError, OSError):
            if not self._give_up():
                raise
        return work()

    def _give_up(self) -> bool:
        """Whether the disk was full and has room now."""
        try:
            if self._free_bytes() >= SIZE_BYTES:
                return False
            self._path.unlink()
        except OSError:
            return False
        return True

    def _free_bytes(self) -> int:
        return shutil.disk_usage(self._path.parent).free
