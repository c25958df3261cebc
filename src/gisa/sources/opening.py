"""Opens what stands at a path, a folder or an address in the format it is in. Which format that is, ``formats`` says."""

from __future__ import annotations

import io
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO
from urllib.parse import urlsplit

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import xml_text
from gisa.sources.fetch import fetch
from gisa.sources.format import Format, Head, NoFormatError, Origin, passed_over_files
from gisa.sources.formats import FORMATS, ending_of, format_of, known_formats
from gisa.sources.html_page import PAGE_LIMIT
from gisa.sources.html_text import html_to_text
from gisa.sources.pages.extract import Page, extract
from gisa.sources.pages.rules import Rule
from gisa.sources.source import Source
from gisa.sources.web import DEFAULT_LIMITS, Answer, FetchLimits, without_password


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a caller wants a location read."""

    limits: FetchLimits = DEFAULT_LIMITS
    formats: Sequence[Format] = FORMATS
    """The formats there are. One alone: everything is read as that, whatever it looks like (``--as``)."""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Names of columns and keys in the files → fields of an article (``--map``); they come before Gisa's own names."""
    page_rules: Sequence[Rule] = ()
    """A desk's own rules for the pages of its CMS; they come before Gisa's."""


AS_IT_IS = Wishes()


def open_source(location: str | os.PathLike[str], *, wishes: Wishes = AS_IT_IS) -> Source:
    """The drafts at a file, a folder (every file below it, in order of name) or an http(s) address.

    Raises ``SourceError`` when it cannot be read at all: not there, not allowed, HTTP errors, too large, no known
    format, a CSV without the columns an article needs. An address is fetched before this returns.
    """
    name = os.fspath(location)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", name)
    if scheme is None:
        path = Path(name)
        if _is_folder(path, _shown(path)):
            return _FolderSource(path, wishes)
        return _open_file(path, _shown(path), wishes)
    if scheme[1].lower() not in {"http", "https"}:
        raise SourceError(Message(SourceCode.SCHEME_UNREAD, scheme=scheme[1]), without_password(name))
    return open_answer(fetch(name, limits=wishes.limits), without_password(name), wishes=wishes)


def open_answer(answer: Answer, name: str, *, wishes: Wishes = AS_IT_IS) -> Source:
    """The drafts in what an address answered; places begin with ``name``. Raises ``SourceError`` as ``open_source``."""
    reader = ByteReader(io.BytesIO(answer.content), name=name, total_bytes=len(answer.content))
    ending = ending_of(urlsplit(answer.url).path)
    return _read(reader, wishes, ending=ending, media_type=answer.media_type, charset=answer.charset, url=answer.url)


def read_page(location: str, *, rules: Sequence[Rule] = ()) -> Page:
    """What is found on the page at a path or an http(s) address. Raises ``SourceError`` if it cannot be read."""
    if re.match(r"https?://", location, re.IGNORECASE):
        fetched = fetch(location)
        text, _ = xml_text(fetched.content, charset=fetched.charset)
        return _readable(extract(text, url=fetched.url, rules=rules))
    try:
        with Path(location).open("rb") as file:
            data = file.read(PAGE_LIMIT + 1)
    except OSError as error:
        raise SourceError(Message(SourceCode.NOT_OPENED, error=error.strerror or str(error)), location) from error
    if len(data) > PAGE_LIMIT:
        raise SourceError(Message(SourceCode.PAGE_TOO_LARGE, megabytes=PAGE_LIMIT // 1024**2), location)
    text, _ = xml_text(data)
    return _readable(extract(text, rules=rules))


def _readable(page: Page) -> Page:
    """The page with its text as a reader sees it."""
    if body := page.fields.get("body"):
        page.fields["body"] = html_to_text(body)
    return page


def open_stream(file: BinaryIO, name: str, *, wishes: Wishes = AS_IT_IS, depth: int = 0) -> Source:
    """The drafts in an open file; places begin with ``name``, whose ending counts. Closing the source closes the file.

    ``depth`` is how many archives the file lies in.
    """
    return _read(ByteReader(file, name=name, total_bytes=None), wishes, ending=ending_of(name), depth=depth)


def _is_folder(path: Path, name: str) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise SourceError(Message(SourceCode.NOT_LOOKED_AT, error=str(error)), name) from error


def _open_file(path: Path, name: str, wishes: Wishes) -> Source:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise SourceError(Message(SourceCode.NOT_THERE), name) from None
    except PermissionError:
        raise SourceError(Message(SourceCode.NOT_ALLOWED), name) from None
    except (OSError, ValueError) as error:
        raise SourceError(Message(SourceCode.NOT_OPENED, error=str(error)), name) from error
    try:
        status = os.fstat(file.fileno())
        is_regular = stat.S_ISREG(status.st_mode)
        reader = ByteReader(file, name=name, total_bytes=status.st_size if is_regular else None)
        return _read(reader, wishes, ending=ending_of(path.name), path=path if is_regular else None)
    except BaseException:
        file.close()
        raise


def _read(
    reader: ByteReader,
    wishes: Wishes,
    *,
    ending: str,
    media_type: str = "",
    path: Path | None = None,
    charset: str | None = None,
    url: str | None = None,
    depth: int = 0,
) -> Source:
    head = Head(reader.head())
    if len(wishes.formats) == 1:
        found: Format | None = wishes.formats[0]
    else:
        found = format_of(head, ending=ending, media_type=media_type, formats=wishes.formats)
    if found is None:
        raise NoFormatError(Message(SourceCode.NO_FORMAT, known=known_formats(wishes.formats)), reader.name)
    origin = Origin(
        open_part=lambda file, name: open_stream(file, name, wishes=wishes, depth=depth + 1),
        depth=depth,
        path=None if reader.is_packed else path,
        url=url,
        charset=charset,
        names=wishes.names,
        page_rules=wishes.page_rules,
    )
    return found.open(reader, origin)


class _FolderSource(Source):
    """Every file below a folder, one after the other; one that cannot be read is a reject, nothing is left out untold."""

    def __init__(self, path: Path, wishes: Wishes) -> None:
        self.name = _shown(path)
        self._path = path
        self._wishes = wishes
        self._findings: list[Reject | Remark] = []
        self._sizes = {path: _size(path) for path in self._find()}
        if not self._sizes and not self._findings:
            raise SourceError(Message(SourceCode.FOLDER_EMPTY, known=self._known), self.name)
        self._done = 0
        self._current: Source | None = None

    @property
    def total_bytes(self) -> int | None:
        return sum(self._sizes.values())

    def position(self) -> int:
        return self._done + (self._current.position() if self._current is not None else 0)

    def __iter__(self) -> Iterator[Item]:
        yield from self._findings
        passed_over: Counter[str] = Counter()
        for path, size in self._sizes.items():
            try:
                with _open_file(path, _shown(path), self._wishes) as self._current:
                    yield from self._current
            except NoFormatError:
                passed_over[path.suffix.lower()] += 1
            except SourceError as error:
                yield Reject(_shown(path), error.reason)
            self._current = None
            self._done += size
        if passed_over.total() == len(self._sizes):
            raise SourceError(Message(SourceCode.FOLDER_STRANGE, known=self._known), self.name)
        for ending, count in sorted(passed_over.items()):
            yield Remark(self.name, passed_over_files(ending, count))

    def close(self) -> None:
        if self._current is not None:
            self._current.close()

    @property
    def _known(self) -> str:
        return known_formats(self._wishes.formats)

    def _find(self) -> list[Path]:
        found: list[Path] = []
        for folder, folders, files in os.walk(self._path, onerror=self._refuse):
            folders[:] = [inner for inner in folders if not inner.startswith(".")]
            for link in (Path(folder, inner) for inner in folders if Path(folder, inner).is_symlink()):
                self._findings.append(Remark(_shown(link), Message(SourceCode.FOLDER_LINK)))
            found += [Path(folder, file) for file in files if not file.startswith(".")]
        return sorted(found)

    def _refuse(self, error: OSError) -> None:
        self._findings.append(
            Reject(_shown(error.filename), Message(SourceCode.FOLDER_UNREAD, error=error.strerror or str(error)))
        )


def _shown(path: str | os.PathLike[str]) -> str:
    """The path as text that any encoding can hold: names of files need not be UTF-8."""
    return os.fspath(path).encode("utf-8", "replace").decode()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
