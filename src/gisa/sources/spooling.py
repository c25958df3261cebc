"""The content of a reader as a file: one to seek in, for formats that begin at their end, and one to read on."""

from __future__ import annotations

import io
import tempfile
from typing import IO, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Origin

SPOOL_LIMIT: Final = 4 * 1024 * 1024 * 1024
"""Bytes that are copied to the disk for one file that comes from a pipe, an address, or out of an archive."""
_IN_MEMORY: Final = 8 * 1024 * 1024


def seekable(reader: ByteReader, origin: Origin) -> IO[bytes]:
    """The file itself, or a temporary copy of it. The caller closes it; raises ``SourceError`` if it is cut short."""
    if origin.path is not None:
        return origin.path.open("rb")
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    size = 0
    for chunk in reader:
        size += len(chunk)
        if size > SPOOL_LIMIT:
            copy.close()
            raise SourceError(Message(SourceCode.PACKED_TOO_LARGE, gigabytes=SPOOL_LIMIT // 1024**3), reader.name)
        copy.write(chunk)
    if reader.defect is not None:
        copy.close()
        raise SourceError(Message(SourceCode.NOT_WHOLE, defect=reader.defect), reader.name)
    copy.seek(0)
    return copy


class ReadOn(io.RawIOBase):
    """The content of a reader as a file that can only be read on."""

    def __init__(self, reader: ByteReader) -> None:
        super().__init__()
        self._chunks = iter(reader)
        self._held = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, missing = [], size
        while missing:
            if not self._held:
                self._held = next(self._chunks, b"")
                if not self._held:
                    break
            part = self._held[:missing]
            self._held = self._held[len(part) :]
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
