"""A cache of unpacked bodies, because searches show the same articles again and again. Opens no database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Lock
from typing import Final, NamedTuple

from cachetools import LRUCache

_ENTRY_BYTES: Final = 300
"""Bytes of an entry beside its frame and its text, as measured."""


class _Unpacked(NamedTuple):
    frame: bytes
    body: str


class RecentBodies:
    """Bodies of articles, the least recently used forgotten first. Safe from many threads.

    A lookup needs the frame that was just read from the archive, and hits only if it is the same. So a removed or
    corrected text never comes from the cache.
    """

    def __init__(self, *, limit_bytes: int) -> None:
        self._kept: LRUCache[int, _Unpacked] = LRUCache(limit_bytes, getsizeof=_size_bytes)
        self._lock = Lock()

    def body(self, seq: int, frame: bytes, unpack: Callable[[bytes], str]) -> str:
        """What ``unpack`` gives for the article's frame; raises what it raises."""
        with self._lock:
            known = self._kept.get(seq)
        if known is not None and known.frame == frame:
            return known.body
        made = _Unpacked(frame, unpack(frame))
        if _size_bytes(made) <= self._kept.maxsize // 8:
            with self._lock:
                self._kept[seq] = made
        return made.body


def _size_bytes(unpacked: _Unpacked) -> int:
    return sys.getsizeof(unpacked.frame) + sys.getsizeof(unpacked.body) + _ENTRY_BYTES
