"""Answers remembered by one server process: the least recently used go first, by what they weigh. Knows no HTTP.

An answer is kept under the archive's stamp, so a commit of the index (an article added, corrected, taken down) makes every
older one unreachable at once; nothing has to be told to forget.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

from cachetools import LRUCache


class Weighed(Protocol):
    """Something that knows about how many bytes it holds."""

    @property
    def size_bytes(self) -> int: ...


T = TypeVar("T", bound=Weighed)


class AnswerCache(Generic[T]):
    """Answers under keys, at most ``limit_bytes`` of them; 0 keeps none. For the one thread of an event loop."""

    def __init__(self, *, limit_bytes: int) -> None:
        self._kept: LRUCache[Hashable, T] = LRUCache(limit_bytes, getsizeof=lambda answer: answer.size_bytes)
        self._stamp: Hashable = None

    def get(self, key: Hashable, *, stamp: Hashable) -> T | None:
        """What was kept under the key since the archive last changed."""
        self.forget_before(stamp)
        return self._kept.get(key)

    def forget_before(self, stamp: Hashable) -> None:
        """Forget what was kept under another stamp than the archive's now."""
        if stamp != self._stamp:
            self._kept.clear()
            self._stamp = stamp

    def keep(self, key: Hashable, answer: T, *, stamp: Hashable) -> None:
        """Keep an answer that was worked out while the archive's stamp was this one; too large a one is not kept."""
        if stamp == self._stamp and answer.size_bytes <= self._kept.maxsize // 8:
            self._kept[key] = answer

    @property
    def size_bytes(self) -> int:
        """What is kept now."""
        return int(self._kept.currsize)
