"""A search of every byte that is left of a text: in files, and in the zstd frames that are packed in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import zstandard

ENCODINGS = ("utf-8", "utf-16-le", "cp949")


def traces(folder: Path, marks: Sequence[str]) -> list[str]:
    """Names of the files below a folder that hold a mark, as bytes or packed."""
    dictionaries = [held for archive in folder.rglob("archive.sqlite") for held in _dictionaries(archive)]
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and holds(path.read_bytes(), marks, dictionaries=dictionaries)
    ]


def holds(content: bytes, marks: Sequence[str], *, dictionaries: Iterable[bytes] = ()) -> bool:
    """Whether the bytes, or a frame that begins anywhere in them, hold a mark. Frames may be packed with these dictionaries."""
    sought = [mark.encode(encoding) for mark in marks for encoding in ENCODINGS]
    return any(any(mark in text for mark in sought) for text in (content, *_frames(content, dictionaries)))


def _dictionaries(archive: Path) -> list[bytes]:
    with closing(sqlite3.connect(archive.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        return [bytes(content) for (content,) in connection.execute("SELECT content FROM dictionaries")]


def _frames(content: bytes, dictionaries: Iterable[bytes]) -> Iterator[bytes]:
    """Every zstd frame that begins anywhere in the bytes, unpacked as far as it goes."""
    decompressors = [zstandard.ZstdDecompressor()]
    decompressors += [
        zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(held)) for held in dictionaries
    ]
    at = content.find(zstandard.FRAME_HEADER)
    while at >= 0:
        for decompressor in decompressors:
            try:
                yield decompressor.decompressobj().decompress(content[at : at + 65_536])
            except zstandard.ZstdError:
                continue
        at = content.find(zstandard.FRAME_HEADER, at + 1)
