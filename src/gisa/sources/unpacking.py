"""Unpacks one stream that gzip, bzip2, xz or Zstandard packed, in small chunks whatever the ratio. Knows no folders.

A bomb is a trickle here: what reads the chunks has limits of its own for a line, a value, an element.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final, Protocol

import zstandard

from gisa.messages import Message, SourceCode

CHUNK: Final = 1 << 18
"""Bytes read and unpacked at a time. Gunzipping and splitting 176 MB is 5 % faster than at 64 KB, no slower than at
1 MB."""
_MEMORY_LIMIT: Final = 256 * 1024 * 1024
"""Bytes that xz and Zstandard may take for their window; ``xz -9`` takes 65 MB, ``zstd --long=27`` 128 MB."""


class PackedError(Exception):
    """Packed data ends too early or is not what it says; the message says which. Caught inside ``gisa.sources``."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def is_packed(first: bytes) -> bool:
    """True if a stream that begins so was packed by one of the four."""
    return any(first.startswith(magic) for magic in _UNPACKERS)


def unpacked(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The content in chunks of at most ``CHUNK`` bytes; what is not packed comes as it is.

    Raises ``PackedError`` after everything that could be unpacked.
    """
    rest = iter(blocks)
    first = next(rest, b"")
    unpack = next((unpack for magic, unpack in _UNPACKERS.items() if first.startswith(magic)), None)
    given = chain([first], rest) if first else rest
    yield from given if unpack is None else unpack(given)


def inflate(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Gunzip, one or more members, in chunks of at most ``CHUNK`` bytes whatever the ratio: a gzip bomb is a trickle.

    Raises ``PackedError`` after everything that could be unpacked. Zeros after the last member are padding.
    """
    inflater = None
    for block in blocks:
        left = block
        while True:
            if inflater is None:
                left = left.lstrip(b"\0")
                if not left:
                    break
                inflater = zlib.decompressobj(wbits=31)
            before = inflater.copy()  # 40 KB for every 256 KB; without it an error takes the whole block with it
            try:
                chunk = inflater.decompress(left, CHUNK)
            except zlib.error as error:
                yield from _inflate_bytewise(before, left)
                raise PackedError(
                    Message(SourceCode.PACKING_DAMAGED, packing="gzip", error=str(error).rpartition(": ")[2])
                ) from error
            if chunk:
                yield chunk
            if inflater.eof:
                left, inflater = inflater.unused_data, None
                continue
            left = inflater.unconsumed_tail
            if not left and len(chunk) < CHUNK:
                break
    if inflater is not None:
        raise PackedError(Message(SourceCode.PACKING_SHORT, packing="gzip"))


def _inflate_bytewise(inflater: zlib._Decompress, block: bytes) -> Iterator[bytes]:
    """What can be unpacked of a block before the error in it."""
    for at in range(len(block)):
        try:
            chunk = inflater.decompress(block[at : at + 1])
        except zlib.error:
            return
        if chunk:
            yield chunk


class _Decompressor(Protocol):
    """What bz2 and lzma share."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /, max_length: int = -1) -> bytes: ...


def _streams(
    make: Callable[[], _Decompressor], name: str, errors: tuple[type[Exception], ...]
) -> Callable[[Iterable[bytes]], Iterator[bytes]]:
    def unpack(blocks: Iterable[bytes]) -> Iterator[bytes]:
        unpacker: _Decompressor | None = None
        for block in blocks:
            left = block
            while True:
                if unpacker is None:
                    left = left.lstrip(b"\0")
                    if not left:
                        break
                    unpacker = make()
                try:
                    chunk = unpacker.decompress(left, CHUNK)
                except errors as error:
                    raise PackedError(Message(SourceCode.PACKING_DAMAGED, packing=name, error=str(error))) from error
                if chunk:
                    yield chunk
                if unpacker.eof:
                    left, unpacker = unpacker.unused_data, None
                    continue
                left = b""
                if unpacker.needs_input:
                    break
        if unpacker is not None:
            raise PackedError(Message(SourceCode.PACKING_SHORT, packing=name))

    return unpack


def _unpack_zstd(blocks: Iterable[bytes]) -> Iterator[bytes]:
    maker = zstandard.ZstdDecompressor(max_window_size=_MEMORY_LIMIT)
    frame: zstandard.ZstdDecompressionObj | None = None
    for block in blocks:
        for at in range(0, len(block), _ZSTD_SLICE):
            left = block[at : at + _ZSTD_SLICE]
            while left:
                if frame is None:
                    frame = maker.decompressobj()
                try:
                    content = frame.decompress(left)
                except zstandard.ZstdError as error:
                    raise PackedError(
                        Message(SourceCode.PACKING_DAMAGED, packing="Zstandard", error=str(error))
                    ) from error
                for start in range(0, len(content), CHUNK):
                    yield content[start : start + CHUNK]
                left = frame.unused_data if frame.eof else b""
                if frame.eof:
                    frame = None
    if frame is not None:
        raise PackedError(Message(SourceCode.PACKING_SHORT, packing="Zstandard"))


_ZSTD_SLICE: Final = 1024
"""Bytes unpacked at a time: Zstandard gives out all that they hold, at most 32 MB."""

_UNPACKERS: Final[dict[bytes, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    b"\x1f\x8b": inflate,
    b"BZh": _streams(bz2.BZ2Decompressor, "bzip2", (OSError, ValueError)),
    b"\xfd7zXZ\0": _streams(lambda: lzma.LZMADecompressor(memlimit=_MEMORY_LIMIT), "xz", (lzma.LZMAError, MemoryError)),
    b"\x28\xb5\x2f\xfd": _unpack_zstd,
}
"""How a stream begins → what unpacks it."""
