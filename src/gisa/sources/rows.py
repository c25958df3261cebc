"""Cuts the lines of CSV and TSV into rows of cells, as spreadsheets, databases and hand-written exports quote them.

Knows no names of columns. A quote that does not do what a quote does (it opens a headline, it is never closed, it is escaped
with a backslash) is taken as a letter if the row then has as many cells as the header.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from gisa.messages import Message, SourceCode

Row = list[str]

ROW_LIMIT: Final = 32 * 1024 * 1024
"""Characters of one row, over all its lines."""
_FORMULA: Final = re.compile(
    r'=(?:"(?P<text>(?:[^"]|"")*)"|HYPERLINK\(\s*"(?P<link>[^"]*)".*\))', re.IGNORECASE | re.DOTALL
)
"""``="0012"`` keeps a spreadsheet from dropping zeros; ``=HYPERLINK("https://…","보기")`` is an address."""
_CARRIAGE_RETURN: Final = re.compile(r"_x000[dD]_\n?")
"""What Excel writes for a line end of another program."""


class Line(NamedTuple):
    """A line without its end, and its number from 1; None in the place of one that is too long."""

    number: int
    text: str | None


class BadRow(NamedTuple):
    """A row that cannot be cut, with what is wrong with it."""

    line: int
    reason: Message


class RowCutter:
    """The rows of one file, in order, with the line each begins on."""

    def __init__(
        self, lines: Iterator[Line], *, delimiter: str, looks_like_row: Callable[[Row], bool], limit: int
    ) -> None:
        """``looks_like_row`` says of a row cut without regard to quotes whether it can be one: it has the header's cells."""
        self._lines = lines
        self._back: deque[Line] = deque()
        self._delimiter = delimiter
        self._looks_like_row = looks_like_row
        self._limit = limit

    def __iter__(self) -> Iterator[tuple[int, Row] | BadRow]:
        while (line := self._next()) is not None:
            if line.text is None:
                yield BadRow(line.number, Message(SourceCode.ROW_ENDLESS, limit=self._limit // 1024**2))
            elif '"' not in line.text:
                yield line.number, line.text.split(self._delimiter)
            else:
                yield self._quoted(line, line.text)

    def _quoted(self, first: Line, text: str) -> tuple[int, Row] | BadRow:
        if text.count('"') % 2 == 0 and (row := self._strict(text)) is not None:
            return first.number, row
        if (row := self._with_backslashes(text)) is not None:
            return first.number, row
        raw = text.split(self._delimiter)
        if self._looks_like_row(raw) and self._next_stands_alone():
            return first.number, [_without_quotes(cell) for cell in raw]
        return self._over_lines(first, text)

    def _over_lines(self, first: Line, text: str) -> tuple[int, Row] | BadRow:
        """A row whose quoted cell holds line breaks. If it never closes, its lines are given back: each may be a row."""
        taken: list[Line] = []
        quotes, size = text.count('"'), len(text)
        while quotes % 2:
            line = self._next() if size <= self._limit else None
            if line is None or line.text is None:
                self._back.extendleft(reversed(taken))
                return self._unclosed(first, text, len(taken))
            taken.append(line)
            quotes += line.text.count('"')
            size += len(line.text) + 1
        row = self._strict("\n".join([text, *(line.text or "" for line in taken)]))
        if row is not None:
            return first.number, row
        self._back.extendleft(reversed(taken))
        return BadRow(first.number, Message(SourceCode.ROW_QUOTE_INSIDE))

    def _unclosed(self, first: Line, text: str, lines: int) -> tuple[int, Row] | BadRow:
        raw = text.split(self._delimiter)
        if self._looks_like_row(raw):
            return first.number, [_without_quotes(cell) for cell in raw]
        return BadRow(first.number, Message(SourceCode.ROW_QUOTE_OPEN, count=lines))

    def _next_stands_alone(self) -> bool:
        """True if the next line is a row by itself, or there is none: then the line before ends a row."""
        line = self._next()
        if line is None:
            return True
        self._back.appendleft(line)
        return line.text is not None and self._looks_like_row(line.text.split(self._delimiter))

    def _with_backslashes(self, text: str) -> Row | None:
        if '\\"' not in text:
            return None
        try:
            row = next(
                csv.reader([text], delimiter=self._delimiter, escapechar="\\", doublequote=False, strict=True), None
            )
        except csv.Error:
            return None
        return row if row is not None and self._looks_like_row(row) else None

    def _strict(self, text: str) -> Row | None:
        try:
            rows = list(
                csv.reader(
                    text.splitlines(keepends=True), delimiter=self._delimiter, strict=True, skipinitialspace=True
                )
            )
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def _next(self) -> Line | None:
        return self._back.popleft() if self._back else next(self._lines, None)


def plain_cell(cell: str) -> str:
    """What a cell says: formulas that only hold a text or an address are that, and Excel's line ends are line ends."""
    cell = cell.strip()
    if cell[:1] == "=" and (formula := _FORMULA.fullmatch(cell)) is not None:
        return formula["link"] if formula["text"] is None else formula["text"].replace('""', '"')
    return _CARRIAGE_RETURN.sub("\n", cell).strip() if "_x000" in cell else cell


def _without_quotes(cell: str) -> str:
    """A cell of a row in which quotes are letters: those around the whole of it, and one that never closes, are none."""
    stripped = cell.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"' and '"' not in stripped[1:-1]:
        return stripped[1:-1]
    return cell
