"""Reading a query's text into a tree. Never fails: what does not parse is read as plain words, and says so.

    query   := anded (("OR" | "|") anded)*
    anded   := part+                          words side by side are joined by AND
    part    := "-" part | field ":" primary | primary
    primary := "(" query ")" | '"' literal '"' | days | word

Operators count only at a word's beginning: ``LG전자-서울대``, ``증강현실(AR)`` and ``5:3`` are plain words. Typographic
quotes are marks like any other, so that a pasted headline is read as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from gisa.model import NoticeCode
from gisa.query.bounds import without_costly
from gisa.query.syntax import FIELD_WORDS, And, Days, Literal, Node, Or, Without, Word, first_leaves, within
from gisa.text.unseen import clean_line

MAX_CHARACTERS: Final = 500
MAX_WORDS: Final = 64
_MAX_DEPTH: Final = 20

_DAYS: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})?\.\.(\d{4}-\d{1,2}-\d{1,2})?(?=[\s)|]|$)")
_FIELD: Final = re.compile(r"({})\s?[:：](?=[^\s)|])".format("|".join(FIELD_WORDS)), re.IGNORECASE)
_NO_WORD: Final = ("", " ", "-", ")", "|")
"""What may follow a ``-`` that excludes nothing."""
_OPERATORS: Final = re.compile(r'["()|]|(?<!\S)-|(?<!\S)(?:OR|AND)(?!\S)')


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read."""

    text: str
    """The text that was read: on one line, without what cannot be seen, cut at ``MAX_CHARACTERS``."""
    root: Node | None
    """None when there is nothing to search for."""
    notices: tuple[NoticeCode, ...]


class _Unreadable(Exception):
    """The text is not of the grammar."""


def parse(text: str) -> ParsedQuery:
    """Read a query. ``"국가AI" OR (포항 -구룡포) 제목:유치`` gives a tree; unbalanced quotes give plain words."""
    notices: list[NoticeCode] = []
    clean = clean_line(text[: MAX_CHARACTERS * 20])
    if len(clean) > MAX_CHARACTERS:
        clean = clean[:MAX_CHARACTERS].strip()
        notices.append(NoticeCode.TOO_LONG)
    try:
        reader = _Reader(clean)
        root = reader.query(0)
        reader.expect_end()
    except _Unreadable:
        if NoticeCode.TOO_LONG not in notices:  # a cut query is expected to be torn
            notices.append(NoticeCode.UNPARSED)
        root = plain(clean)
    if root is not None:
        root, left = first_leaves(root, MAX_WORDS, counts=lambda _: True)
        if left < 0:
            notices.append(NoticeCode.TOO_MANY_WORDS)
    if root is not None:
        root, some_left_out = without_costly(root)
        if some_left_out:
            notices.append(NoticeCode.TOO_MANY_SYLLABLES)
    return ParsedQuery(clean, root, tuple(notices))


def plain(text: str) -> Node | None:
    """The text as words joined by AND, every operator taken as a space."""
    words = [Word(word) for word in _OPERATORS.sub(" ", text).split()]
    return And(tuple(words)) if words else None


class _Reader:
    """A recursive-descent reader over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def query(self, depth: int) -> Node | None:
        if depth > _MAX_DEPTH:
            raise _Unreadable
        sides = [self._anded(depth)]
        while self._take_or():
            sides.append(self._anded(depth))
        if len(sides) == 1:
            return sides[0]
        if any(side is None for side in sides):
            raise _Unreadable
        return Or(tuple(side for side in sides if side is not None))

    def expect_end(self) -> None:
        self._skip_space()
        if self._at < len(self._text):
            raise _Unreadable

    def _anded(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        while True:
            self._skip_space()
            if self._at >= len(self._text) or self._text[self._at] in ")|" or self._sees("OR"):
                break
            if self._sees("AND"):
                self._at += 3
                continue
            nodes.append(self._part(depth))
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _part(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise _Unreadable
        text, at = self._text, self._at
        if text[at] == "-" and (at == 0 or text[at - 1] in " (|") and text[at + 1 : at + 2] not in _NO_WORD:
            self._at += 1
            return Without(self._part(depth + 1))
        field = _FIELD.match(text, at)
        if field:
            self._at = field.end()
            return within(self._primary(depth), FIELD_WORDS[field[1].lower()])
        return self._primary(depth)

    def _primary(self, depth: int) -> Node:
        text, at = self._text, self._at
        if text[at] == "(":
            self._at += 1
            node = self.query(depth + 1)
            self._skip_space()
            if node is None or self._at >= len(text) or text[self._at] != ")":
                raise _Unreadable
            self._at += 1
            return node
        if text[at] == '"':
            end = text.find('"', at + 1)
            if end < 0:
                raise _Unreadable
            self._at = end + 1
            return Literal(text[at + 1 : end])
        days = _DAYS.match(text, at)
        if days and (days[1] or days[2]):
            self._at = days.end()
            return Days(_day(days[1]), _day(days[2]))
        return Word(self._word())

    def _word(self) -> str:
        start, text = self._at, self._text
        open_parentheses = 0
        while self._at < len(text) and text[self._at] not in ' "|':
            if text[self._at] == "(":
                open_parentheses += 1
            elif text[self._at] == ")":
                if not open_parentheses:
                    break
                open_parentheses -= 1
            self._at += 1
        if self._at == start:
            raise _Unreadable
        return text[start : self._at]

    def _take_or(self) -> bool:
        self._skip_space()
        if self._at < len(self._text) and self._text[self._at] == "|":
            self._at += 1
            return True
        if self._sees("OR"):
            self._at += 2
            return True
        return False

    def _sees(self, keyword: str) -> bool:
        end = self._at + len(keyword)
        return self._text.startswith(keyword, self._at) and (end == len(self._text) or self._text[end] in " (")

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] == " ":
            self._at += 1


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    year, month, day = map(int, text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise _Unreadable from None
