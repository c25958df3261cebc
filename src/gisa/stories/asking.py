"""Which articles tell the same story, asked of the store. Knows nothing of who may see them: that is for the caller to apply."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from gisa.follower_file import Reader
from gisa.stories.following import stories_file

_MEMBERS: Final = """
SELECT article_seq FROM members JOIN fingerprints USING (article_seq)
WHERE story = (SELECT story FROM members WHERE article_seq = ?) ORDER BY published_s, article_seq
"""
_UNUSABLE: Final = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}
"""Errors that last as long as the file: it is damaged, or has other tables. All others may be over at the next question."""


class Stories:
    """The store of stories. Safe from many threads. Where there is no store every article is alone."""

    def __init__(self, path: Path, *, preview: int) -> None:
        self._path, self._file = path, stories_file(path, preview=preview)
        self._reader = Reader(self._file)
        self._version: tuple[Hashable, int] | None = None
        self._read: tuple[Hashable, Mapping[int, int]] | None = None
        self._failed = 0

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    @property
    def stamp(self) -> Hashable:
        """Changes if an article joins or leaves a story, and if the store could not be asked meanwhile.

        Asks the file system twice: 5 µs. Whenever the file has changed it is opened: 0.2 ms.
        """
        files = self._file.stamp
        known = self._version
        if known is None or known[0] != files:
            rows = self._rows("SELECT number FROM members_version")
            if rows is None:
                return None, self._failed
            known = self._version = (files, rows[0][0] if rows else 0)
        return known[1], self._failed

    def numbers(self) -> Mapping[int, int]:
        """The story of each article that is not alone in it, as numbers; some 100 bytes each, read when one of them changes."""
        stamp, known = self.stamp, self._read
        if known is None or known[0] != stamp:
            rows = self._rows("SELECT article_seq, story FROM members")
            if rows is None:
                return MappingProxyType({})
            known = self._read = (stamp, MappingProxyType(dict(rows)))
        return known[1]

    def members(self, seq: int) -> list[int]:
        """The numbers of all articles of an article's story, in the order they were printed; only its own if it is alone."""
        return [each for (each,) in self._reader.rows(_MEMBERS, (seq,))] or [seq]

    def _rows(self, sql: str) -> list[Any] | None:
        """What a question finds; nothing without a usable store. None if it could not be asked: nothing may be kept of that."""
        if not self._path.exists():
            return []
        try:
            with closing(self._file.reading()) as store:
                return list(store.execute(sql)) if self._file.change_seq_in(store) >= 0 else []
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _UNUSABLE:
                return []
            self._failed += 1
            return None
