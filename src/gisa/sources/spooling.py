"""A file that can be sought in, whatever the bytes come from: for formats that begin at their end."""

from __future__ import annotations

import tempfile
from typing import IO, Final

from gisa.errors import SourceError
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
            raise SourceError(
                f"{reader.name}: larger than {SPOOL_LIMIT // 1024**3} GB inside its packing — unpack it first"
            )
        copy.write(chunk)
    if reader.defect is not None:
        copy.close()
        raise SourceError(f"{reader.name}: {reader.defect} — get the whole file")
    copy.seek(0)
    return copy
