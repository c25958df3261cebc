"""Compares the files of a tantivy index with the checksums at their ends. Reads every byte; opens nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gisa.index.tantivy_files import is_live, read_segments

_SUFFIXES: Final = frozenset({".fast", ".fieldnorm", ".idx", ".pos", ".term", ".store", ".del"})
_MAGIC: Final = 1337
"""tantivy's ``FOOTER_MAGIC_NUMBER``: a file ends with JSON, the JSON's length and this, four bytes each."""
_CHUNK: Final = 1 << 20


def damaged_files(path: Path) -> Iterator[str]:
    """One sentence for each file of the last commit whose bytes are not what was written.

    Files merged away meanwhile are passed over. Raises ``IndexDamaged`` when the commit cannot be read.
    """
    segments = read_segments(path)
    for file in sorted(path.iterdir()):
        if file.suffix not in _SUFFIXES or not is_live(file.name, segments):
            continue
        try:
            size = file.stat().st_size
            with file.open("rb") as opened:
                opened.seek(max(0, size - 8))
                tail = opened.read()
                length = int.from_bytes(tail[:4], "little")
                if tail[4:] != _MAGIC.to_bytes(4, "little") or length + 8 > size:
                    yield f"{file}: is cut off"
                    continue
                opened.seek(size - 8 - length)
                expected = int(json.loads(opened.read(length))["crc"])
                opened.seek(0)
                crc, left = 0, size - 8 - length
                while left:
                    chunk = opened.read(min(_CHUNK, left))
                    crc, left = zlib.crc32(chunk, crc), left - len(chunk)
            if crc != expected:
                yield f"{file}: its bytes have changed since they were written"
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            yield f"{file}: cannot be checked: {error}"
