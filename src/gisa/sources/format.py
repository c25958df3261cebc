"""What one format is: its name, how it is recognised, how it is opened. Reads nothing itself; ``formats`` is the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.byte_reader import HEAD, ByteReader
from gisa.sources.encoding import is_cp949, marked_encoding
from gisa.sources.pages.rules import Rule
from gisa.sources.source import Source

_BEFORE_ROOT: Final = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>)*", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?P<rest>[^>]*)")


class NoFormatError(SourceError):
    """A file is in none of the formats of the table."""


def passed_over_files(ending: str, count: int) -> Message:
    """What to tell of files in no known format, all with one ending (empty: without)."""
    if ending:
        return Message(SourceCode.FILES_PASSED_OVER, count=count, ending=ending)
    return Message(SourceCode.BARE_FILES_PASSED_OVER, count=count)


class Fit(IntEnum):
    """What the beginning of a file says about one format; a higher one wins."""

    NO = 0
    """It is another format, whatever its name ends in."""
    POSSIBLE = 1
    """It may be: the file's ending or media type decides."""
    LIKELY = 2
    """It looks like it; taken if no ending or media type says otherwise."""
    SURE = 3
    """It can be nothing else, whatever its name ends in."""


class Head:
    """The first 64 KB of a file, unpacked, as ``sniff`` functions look at it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def text(self) -> str:
        """As text, without byte order mark and white space in front; bytes that do not fit are U+FFFD."""
        coding = marked_encoding(self.data) or ("cp949" if is_cp949(self.data) else "utf-8")
        return self.data.decode(coding, "replace").lstrip("\ufeff \t\r\n")

    @cached_property
    def root(self) -> str:
        """The local name of an XML file's first element, in lower case; empty if there is none in the head."""
        return self._root["name"].lower() if self._root is not None else ""

    @cached_property
    def root_tag(self) -> str:
        """The whole first tag, which names the namespaces; empty if there is none in the head."""
        return self._root[0] if self._root is not None else ""

    @cached_property
    def _root(self) -> re.Match[str] | None:
        before = _BEFORE_ROOT.match(self.text)
        return _ROOT.match(self.text, before.end() if before is not None else 0)


def xml_root(content: bytes) -> str:
    """The local name of the first element of a whole document, as ``Head.root`` has it."""
    return Head(content[:HEAD]).root


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file's bytes come from and how its caller wants them read."""

    open_part: Callable[[BinaryIO, str], Source]
    """Opens a file that this one holds (a member of an archive), by the same table; the name is its place. Raises
    ``NoFormatError`` if it is in none."""
    depth: int = 0
    """How many archives this file lies in."""
    path: Path | None = None
    """The file on disk, for readers that must seek; None for an address, a pipe, or what came out of gzip."""
    url: str | None = None
    """The address it was found at, after redirects; completes relative links."""
    charset: str | None = None
    """The encoding that the server named."""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The caller's own names of columns and keys (``--map``): name in the file → field of an article."""
    page_rules: Sequence[Rule] = ()
    """The caller's own rules for pages of its CMS (``--rules``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One line of the table: a way in which articles are written down."""

    name: str
    """What ``--as`` takes: ``csv``."""
    title: str
    """What messages call it: ``CSV``."""
    endings: tuple[str, ...] = ()
    """Lower case, with the dot. Several formats may share one (``.xml``): then ``sniff`` decides."""
    media_types: tuple[str, ...] = ()
    """Lower case, without parameters."""
    sniff: Callable[[Head], Fit]
    open: Callable[[ByteReader, Origin], Source]
    """Raises ``SourceError`` if nothing of it can be read. It owns the reader from then on."""
    is_read: bool = True
    """False for a format that Gisa recognises only to say what to do with it."""
