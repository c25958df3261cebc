"""Which articles tell the same story, asked of the store. Knows nothing of who may see them: that is for the caller to apply."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Hashable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Final

from gisa.stories.following import stories_file

_MEMBERS: Final = """
SELECT article_seq FROM members WHERE story = (SELECT story FROM members WHERE article_seq = ?) ORDER BY article_seq
"""
_NONE: Final[Mapping[int, int]] = MappingProxyType({})


class Stories:
    """The store of stories. Safe from many threads. Where there is no store every article is alone."""

    def __init__(self, path: Path, *, preview: int) -> None:
        self._path, self._file = path, stories_file(path, preview=preview)
        self._read: tuple[Hashable, Mapping[int, int]] | None = None

    @property
    def stamp(self) -> Hashable:
        """Changes whenever the store may have. Asks the file system twice: 5 µs."""
        return _stamp(self._path), _stamp(self._path.with_name(self._path.name + "-wal"))

    def numbers(self) -> Mapping[int, int]:
        """The story of each article that is not alone in it, as numbers; some 100 bytes each, read when the store changes."""
        stamp, known = self.stamp, self._read
        if known is None or known[0] != stamp:
            known = self._read = (stamp, self._load())
        return known[1]

    def members(self, seq: int) -> list[int]:
        """The numbers of all articles of an article's story, in order; only its own if it is alone."""
        try:
            with closing(self._file.reading()) as store:
                found = [each for (each,) in store.execute(_MEMBERS, (seq,))] if self._is_usable(store) else []
        except sqlite3.Error:
            found = []
        return found or [seq]

    def _load(self) -> Mapping[int, int]:
        try:
            with closing(self._file.reading()) as store:
                if self._is_usable(store):
                    return MappingProxyType(dict(store.execute("SELECT article_seq, story FROM members")))
        except sqlite3.Error:
            pass
        return _NONE

    def _is_usable(self, store: sqlite3.Connection) -> bool:
        """Whether the store was built by these rules."""
        return self._file.change_seq_in(store) >= 0


def _stamp(path: Path) -> Hashable:
    """None for an empty file as for none: the first reader makes an empty log, which changes no answer."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found.st_size else None
