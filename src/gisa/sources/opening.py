"""Picks the reader for a file, a folder or an address, by what stands in it before what it is called."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import urlsplit

from gisa.errors import SourceError
from gisa.model import Draft, Reject
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import is_cp949, marked_encoding
from gisa.sources.feed import FeedSource
from gisa.sources.fetch import DEFAULT_LIMITS, FetchLimits, fetch
from gisa.sources.jsonl import JsonlSource
from gisa.sources.source import Source
from gisa.sources.table import TableSource, looks_like_table

_ENDINGS: Final = {
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "table", ".tsv": "table", ".tab": "table",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
_MEDIA_TYPES: Final = {
    "application/jsonl": "jsonl", "application/x-ndjson": "jsonl", "application/ndjson": "jsonl",
    "application/x-jsonlines": "jsonl", "text/csv": "table", "text/tab-separated-values": "table",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/xml": "feed", "text/xml": "feed",
}  # fmt: skip
_FOREIGN: Final = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive — save the sheet as CSV (UTF-8), or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an Excel or Hangul document — save it as CSV (UTF-8)"),
    (b"%PDF", "a PDF — Gisa reads JSON Lines, CSV, RSS and Atom"),
    (b"PAR1", "a Parquet file — write it out as JSON Lines"),
    (b"SQLite format 3", "an SQLite database — write the articles out as JSON Lines"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard — unpack it, or pack it with gzip"),
    (b"BZh", "packed with bzip2 — unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz — unpack it, or pack it with gzip"),
)
_KNOWN: Final = "JSON Lines (.jsonl, .ndjson), CSV (.csv, .tsv), RSS and Atom (.xml, .rss, .atom), also as .gz"


def open_source(location: str | os.PathLike[str], *, limits: FetchLimits = DEFAULT_LIMITS) -> Source:
    """The drafts at a file, a folder (every known file below it, in order of name) or an http(s) address.

    Raises ``SourceError`` when it cannot be read at all: not there, not allowed, HTTP errors, too large, no known
    format, a CSV without the columns an article needs. An address is fetched before this returns.
    """
    name = os.fspath(location)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", name)
    if scheme is None:
        path = Path(name)
        return _FolderSource(path) if _is_folder(path, _shown(path)) else _open_file(path, _shown(path))
    if scheme[1].lower() not in {"http", "https"}:
        raise SourceError(f"{name}: {scheme[1]}:// cannot be read — give a path, or an http:// or https:// address")
    fetched = fetch(name, limits=limits)
    reader = ByteReader(io.BytesIO(fetched.content), name=name, total_bytes=len(fetched.content))
    kind = _kind_by_ending(urlsplit(fetched.url).path) or _MEDIA_TYPES.get(fetched.media_type)
    return _source(reader, kind, charset=fetched.charset, url=fetched.url)


def _is_folder(path: Path, name: str) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be looked at: {error}") from error


def _open_file(path: Path, name: str) -> Source:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise SourceError(f"{name}: no such file or folder") from None
    except PermissionError:
        raise SourceError(f"{name}: no permission to read it") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be opened: {error}") from error
    try:
        status = os.fstat(file.fileno())
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        return _source(ByteReader(file, name=name, total_bytes=size), _kind_by_ending(path.name))
    except BaseException:
        file.close()
        raise


def _source(reader: ByteReader, kind: str | None, *, charset: str | None = None, url: str | None = None) -> Source:
    head = reader.head()
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise SourceError(f"{reader.name}: {what}")
    text = _head_text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        kind = "feed"
    elif kind is None and text.startswith(("{", "[")):
        kind = "jsonl"
    elif kind is None and (not text or looks_like_table(text.splitlines()[0])):
        kind = "table"
    if kind == "jsonl":
        return JsonlSource(reader)
    if kind == "table":
        return TableSource(reader)
    if kind == "feed":
        return FeedSource(reader, charset=charset, url=url)
    raise SourceError(f"{reader.name}: neither JSON Lines nor CSV nor a feed — Gisa reads {_KNOWN}")


def _head_text(head: bytes) -> str:
    return head.decode(marked_encoding(head) or ("cp949" if is_cp949(head) else "utf-8"), "replace")


def _kind_by_ending(path: str) -> str | None:
    return _ENDINGS.get(PurePath(path.lower().removesuffix(".gz")).suffix)


class _FolderSource(Source):
    """Every known file below a folder, one after the other; one that cannot be read is a reject."""

    def __init__(self, path: Path) -> None:
        self.name = _shown(path)
        self._path = path
        self._rejects: list[Reject] = []
        self._sizes = {path: _size(path) for path in self._find()}
        if not self._sizes and not self._rejects:
            raise SourceError(f"{self.name}: no file in this folder that Gisa reads: {_KNOWN}")
        self._done = 0
        self._current: Source | None = None

    @property
    def total_bytes(self) -> int | None:
        return sum(self._sizes.values())

    def position(self) -> int:
        return self._done + (self._current.position() if self._current is not None else 0)

    def __iter__(self) -> Iterator[Draft | Reject]:
        yield from self._rejects
        for path, size in self._sizes.items():
            try:
                with _open_file(path, _shown(path)) as self._current:
                    yield from self._current
            except SourceError as error:
                yield Reject(_shown(path), str(error).removeprefix(f"{_shown(path)}: "))
            self._current = None
            self._done += size

    def close(self) -> None:
        if self._current is not None:
            self._current.close()

    def _find(self) -> list[Path]:
        found: list[Path] = []
        for folder, folders, files in os.walk(self._path, onerror=self._refuse):
            folders[:] = [inner for inner in folders if not inner.startswith(".")]
            found += [
                Path(folder, file) for file in files if not file.startswith(".") and _kind_by_ending(file) is not None
            ]
        return sorted(found)

    def _refuse(self, error: OSError) -> None:
        self._rejects.append(Reject(_shown(error.filename), f"the folder cannot be read: {error.strerror}"))


def _shown(path: str | os.PathLike[str]) -> str:
    """The path as text that any encoding can hold: names of files need not be UTF-8."""
    return os.fspath(path).encode("utf-8", "replace").decode()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
