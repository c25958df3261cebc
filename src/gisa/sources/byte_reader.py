"""Bytes of one file from front to back, unpacked if they are packed, and cut into lines. Knows nothing of articles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import AnyStr, BinaryIO, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.unpacking import CHUNK, PackedError, is_packed, unpacked

__all__ = ["CHUNK", "HEAD", "ByteReader", "lines"]

HEAD: Final = 1 << 16
"""Bytes that deciding on a format or an encoding may look at."""


class ByteReader:
    """The content of a file in chunks of at most ``CHUNK`` bytes, unpacked if gzip, bzip2, xz or
    Zstandard packed it.

    A damaged packing does not raise: chunks end, and ``defect`` says why. Raises ``SourceError`` when reading fails.
    """

    def __init__(self, file: BinaryIO, *, name: str, total_bytes: int | None) -> None:
        self.name = name
        self.total_bytes = total_bytes
        self.position = 0
        """Bytes of the file itself (compressed ones, if it is) that have been read."""
        self.defect: Message | None = None
        """Set once the chunks are used up, if they ended before the content did; never while one is in hand."""
        self.is_packed = False
        """True if it was packed; known once the head or a chunk has been read."""
        self._torn: Message | None = None
        self._file = file
        self._ahead: deque[bytes] = deque()
        self._chunks = self._unpacked()

    def head(self, size: int = HEAD) -> bytes:
        """The first ``size`` bytes of the content (fewer if there are no more), without using them up."""
        while sum(map(len, self._ahead)) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._ahead.append(chunk)
        return b"".join(self._ahead)[:size]

    def __iter__(self) -> Iterator[bytes]:
        while self._ahead:
            yield self._ahead.popleft()
        yield from self._chunks
        self.defect = self._torn

    def whole(self, limit: int, too_large: Message) -> bytearray:
        """All of the content. Raises ``SourceError`` with ``too_large`` once it has more than ``limit`` bytes."""
        data = bytearray()
        for chunk in self:
            data += chunk
            if len(data) > limit:
                raise SourceError(too_large, self.name)
        return data

    def close(self) -> None:
        self._file.close()

    def _unpacked(self) -> Iterator[bytes]:
        blocks = self._blocks()
        first = next(blocks, b"")
        self.is_packed = is_packed(first)
        try:
            yield from unpacked(chain([first], blocks))
        except PackedError as error:
            self._torn = error.reason

    def _blocks(self) -> Iterator[bytes]:
        while True:
            try:
                block = self._file.read(CHUNK)
            except OSError as error:
                stopped = Message(SourceCode.READING_STOPPED, count=self.position, error=str(error))
                raise SourceError(stopped, self.name) from error
            if not block:
                return
            self.position += len(block)
            yield block


def lines(chunks: Iterable[AnyStr], *, newline: AnyStr, limit: int) -> Iterator[AnyStr | None]:
    """The lines of a text, without their ends; None in the place of a line longer than ``limit``, which is passed over.

    ``limit`` is not below ``CHUNK``. The last line needs no end. A line is yielded only when its end, or the end of the text, has been seen.
    """
    held: list[AnyStr] = []
    held_size = 0
    for chunk in chunks:
        parts = chunk.split(newline)
        if held_size <= limit:
            held.append(parts[0])
        held_size += len(parts[0])
        if len(parts) == 1:
            continue
        yield newline[:0].join(held) if held_size <= limit else None
        yield from parts[1:-1]
        held, held_size = parts[-1:], len(parts[-1])
    if held_size > limit:
        yield None
    elif held_size:
        yield newline[:0].join(held)
