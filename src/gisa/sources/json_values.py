"""Cuts a stream of JSON into its values by their brackets: objects one after the other, the elements of an outer array.

Bounded memory, no parsing: whether a value is JSON, its reader finds out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]]|"', re.DOTALL)
"""A whole string, a bracket, or the beginning of a string that goes on in the next chunk."""
_BETWEEN: Final = b" \t\r\n,;\xef\xbb\xbf"
_QUOTE, _ARRAY, _OPENING = ord('"'), ord("["), b"{["
_LIST_LEVELS: Final = 5
"""How deep the list may lie for whose sake an object that is too long is opened."""


class Cut(NamedTuple):
    """One value, or a stretch that is none."""

    line: int
    """The line it begins on, from 1."""
    content: bytes | None
    """None if it is longer than the limit."""
    is_whole: bool = True
    """False for what the end of the stream cut short, and for what stands between values."""


class JsonCutter:
    """Cuts one stream of UTF-8. An object longer than ``limit`` bytes is opened at its first list of objects, so that an
    envelope of any size is read in bounded memory; what else is longer is told and passed over."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._held = bytearray()
        self._scanned = 0
        """Up to here brackets are counted."""
        self._depth = 0
        self._is_open = False
        """True inside the outer array, or inside the list of an object that was opened."""
        self._has_opened = False
        self._is_passing_over = False
        """True after a value that is too long, up to the next line."""
        self._line = 1
        self._counted = 0
        """Up to here ``_line`` counts the line breaks of what is held."""

    def cut(self, chunks: Iterable[bytes]) -> Iterator[Cut]:
        """The values, in order."""
        for chunk in chunks:
            self._held += chunk
            if self._is_passing_over and not self._find_line():
                continue
            yield from self._take()
            if len(self._held) > self._limit and self._open_long():
                yield from self._take()
            if len(self._held) > self._limit:
                yield Cut(self._line_of(0), None)
                self._drop(len(self._held))
                self._scanned = self._depth = 0
                self._is_passing_over = True
        rest = bytes(self._held).strip(_BETWEEN)
        if rest.strip(b"]}" + _BETWEEN) and not (self._has_opened and rest[:1] in b'"]}'):
            yield Cut(self._line_of(self._first_of(0)), rest, is_whole=False)

    def _take(self) -> Iterator[Cut]:
        held, start, end = self._held, 0, self._scanned
        for token in _TOKEN.finditer(held, end):
            first, at = held[token.start()], token.start()
            if first == _QUOTE:
                if token.end() - at == 1:
                    break  # a string that is not whole yet
            elif first in _OPENING:
                if self._depth == 0:
                    if not self._has_opened and (stray := bytes(held[start:at]).strip(_BETWEEN)):
                        yield Cut(self._line_of(self._first_of(start)), stray, is_whole=False)
                    start = at
                if self._depth == 0 and first == _ARRAY and not self._is_open:
                    self._is_open, start = True, token.end()
                else:
                    self._depth += 1
            elif self._depth == 0:
                self._is_open, start = False, token.end()
            else:
                self._depth -= 1
                if self._depth == 0:
                    if (
                        self._is_open or not self._has_opened
                    ):  # behind the list of an opened object nothing is an article
                        yield Cut(self._line_of(start), bytes(held[start : token.end()]))
                    start = token.end()
            end = token.end()
        self._drop(start)
        self._scanned = max(end - start, 0)

    def _open_long(self) -> bool:
        """Go into the first list of objects near the top of an object that is too long; False if there is none."""
        if self._has_opened or (begin := self._first_list()) is None:
            return False
        self._drop(begin)
        self._scanned = self._depth = 0
        self._is_open = self._has_opened = True
        return True

    def _first_list(self) -> int | None:
        """Where the first element of the first list of objects begins; None if there is no such list near the top."""
        depth = 0
        for token in _TOKEN.finditer(self._held):
            first = self._held[token.start()]
            if first in _OPENING:
                depth += 1
                behind = self._held[token.end() : token.end() + 200].lstrip()
                if first == _ARRAY and depth <= _LIST_LEVELS and behind[:1] == b"{":
                    return token.end()
            elif first != _QUOTE:
                depth -= 1
        return None

    def _find_line(self) -> bool:
        """Drop what is held up to the next line; False if there is none in it."""
        at = self._held.find(b"\n")
        self._drop(at + 1 if at >= 0 else len(self._held))
        self._is_passing_over = at < 0
        return at >= 0

    def _first_of(self, start: int) -> int:
        """Where the next thing that is no white space stands."""
        while start < len(self._held) and self._held[start] in _BETWEEN:
            start += 1
        return start

    def _line_of(self, position: int) -> int:
        self._line += self._held.count(b"\n", self._counted, position)
        self._counted = max(position, self._counted)
        return self._line

    def _drop(self, size: int) -> None:
        self._line_of(size)
        self._counted = 0
        del self._held[:size]
