"""Which articles tell the same story, asked of the store. Knows nothing of who may see them: that is for the caller to apply."""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from gisa.stories.following import stories_file

_MEMBERS: Final = """
SELECT article_seq FROM members JOIN fingerprints USING (article_seq)
WHERE story = (SELECT story FROM members WHERE article_seq = ?) ORDER BY published_s, article_seq
"""


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
        """The numbers of all articles of an article's story, in the order they were printed; only its own if it is alone."""
        return [each for (each,) in self._file.rows(_MEMBERS, (seq,))] or [seq]

    def _load(self) -> Mapping[int, int]:
        return MappingProxyType(dict(self._file.rows("SELECT article_seq, story FROM members")))


def _stamp(path: Path) -> Hashable:
    """None for an empty file as for none: the first reader makes an empty log, which changes no answer."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found.st_size else None
