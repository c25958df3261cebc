"""Room kept back on the disk of a data folder, so that opening and takedowns work when it is full. Decides nothing else.

SQLite needs 32 KB to open a file at all, and a removal writes to the archive's log, the index and the suggestions. When the
disk has no room left, the reserve is given up for them; whatever adds next makes it again.
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
"""The reserve is made where so many times its size is free: a disk that is nearly full is left alone."""

T = TypeVar("T")


class Reserve:
    """One file that holds nothing. Needs no lock: whoever comes second finds it made, or gone."""

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
        """What ``work`` returns. If it fails while the disk is full, the reserve is given up and it is done once more."""
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
