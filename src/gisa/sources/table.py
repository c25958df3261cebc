"""Reads CSV and TSV in the shapes that spreadsheets, databases and newsroom systems write. A bad row is a reject.

``rows`` cuts the rows, ``names`` knows the columns. The header need not be the first line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader, lines
from gisa.sources.encoding import decoded, has_bad_bytes, rescued
from gisa.sources.format import Fit, Format, Head
from gisa.sources.names import NEEDED, Renaming, lacking_fields
from gisa.sources.rows import ROW_LIMIT, BadRow, Line, Row, RowCutter, plain_cell
from gisa.sources.source import FileSource

_DELIMITERS: Final = (",", "\t", ";", "|")
_MARKS: Final = {",": SourceCode.COMMA, "\t": SourceCode.TAB, ";": SourceCode.SEMICOLON, "|": SourceCode.BAR}
_HEADER_WITHIN: Final = 15
"""Lines among which the header is looked for: exports begin with a title, a period, a count, blank rows."""
_SEP: Final = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
"""Excel's own first line."""
_HAS_FIGURE: Final = re.compile("[0-9]")
_LONGEST_DATE: Final = 60


class TableSource(FileSource):
    """The drafts of a CSV or TSV file; a draft's place is ``name:line``, the line its row begins on.

    Raises ``SourceError`` on construction if no row among the first fifteen names the columns an article needs.
    """

    def __init__(
        self, reader: ByteReader, *, names: Mapping[str, str] | None = None, row_limit: int = ROW_LIMIT
    ) -> None:
        super().__init__(reader)
        csv.field_size_limit(max(csv.field_size_limit(), row_limit + 1))  # for the whole process; only ever raised
        self._renaming = Renaming(names)
        self._by_number = _columns_by_number(names or {})
        numbered = (Line(number, text) for number, text in enumerate(self._texts(row_limit), start=1))
        first = list(islice(numbered, _HEADER_WITHIN))
        self._delimiter, self._columns, header = self._find_header(first)
        self._dates = [
            at for at, name in enumerate(self._columns) if self._renaming.fields_in((name,)) == {"published_at"}
        ]
        rest = chain(first[header + 1 :], numbered)
        self._rows = RowCutter(rest, delimiter=self._delimiter, looks_like_row=self._looks_like_row, limit=row_limit)

    def __iter__(self) -> Iterator[Item]:
        held: tuple[int, Row] | BadRow | None = None
        for row in self._rows:
            if held is not None:
                yield from self._items(held)
            held = row
        if held is not None and self._reader.defect is None:  # otherwise the half row at the tear
            yield from self._items(held)
        yield from self._renaming.remarks(self.name)
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))

    def _texts(self, limit: int) -> Iterator[str | None]:
        found = lines(decoded(self._reader), newline="\n", limit=limit)
        first = next(found, None)
        if first is not None:
            yield first.removeprefix("\ufeff")
        yield from found

    def _items(self, row: tuple[int, Row] | BadRow) -> Iterator[Item]:
        if isinstance(row, BadRow):
            yield Reject(f"{self.name}:{row.line}", row.reason)
            return
        line, cells = row
        place = f"{self.name}:{line}"
        if not any(cell.strip() for cell in cells):
            return
        columns = self._columns
        if any(cell.strip() for cell in cells[len(columns) :]):
            delimiter = Message(_MARKS.get(self._delimiter, SourceCode.DELIMITER))
            count, expected = str(len(cells)), str(len(columns))
            yield Reject(place, Message(SourceCode.ROW_CELLS, count=count, expected=expected, delimiter=delimiter))
            return
        if has_bad_bytes("".join(cells)):
            mended = [rescued(cell) for cell in cells]
            if None in mended:
                yield Reject(place, Message(SourceCode.ROW_BYTES))
                return
            cells = [cell for cell in mended if cell is not None]
            yield Remark(place, Message(SourceCode.ROW_ENCODING))
        named = {name: text for name, cell in zip(columns, cells, strict=False) if (text := plain_cell(cell))}
        if (fields := self._renaming.apply(named)) is not None:
            yield Draft(fields, place)

    def _looks_like_row(self, cells: Row) -> bool:
        """True if a row cut without regard to quotes can be one: the header's cells, and a date where dates stand."""
        if len(cells) != len(self._columns):
            return False
        return all(_HAS_FIGURE.search(cells[at]) is not None and len(cells[at]) < _LONGEST_DATE for at in self._dates)

    def _find_header(self, first: list[Line]) -> tuple[str, tuple[str, ...], int]:
        """The delimiter, the names of the columns, and which of the first lines names them (-1: none, they have numbers)."""
        texts = [line.text or "" for line in first]
        if not any(text.strip() for text in texts):
            return ",", (), len(first)
        told = _SEP.fullmatch(texts[0])
        delimiters = (told[1],) if told is not None else _DELIMITERS
        if self._by_number:
            delimiter = max(delimiters, key=lambda each: texts[0].count(each))
            width = len(texts[0].split(delimiter))
            return delimiter, tuple(self._by_number.get(at, f"column {at}") for at in range(1, width + 1)), -1
        best: tuple[int, str, tuple[str, ...], int] | None = None
        for at, text in enumerate(texts):
            for delimiter in delimiters:
                names = _unique(_split(text, delimiter))
                found = len(self._renaming.fields_in(names) & set(NEEDED))
                if found == len(NEEDED):
                    return delimiter, names, at
                known = sum(map(self._is_known, names))
                if known > 1 and (best is None or known > best[0]):
                    best = (known, delimiter, names, at)
        raise SourceError(self._no_header(texts, best), self.name)

    def _is_known(self, name: str) -> bool:
        return bool(self._renaming.fields_in((name,)))

    def _no_header(self, texts: list[str], best: tuple[int, str, tuple[str, ...], int] | None) -> Message:
        if best is None:
            first = next(text for text in texts if text.strip())
            shown = ", ".join(cell[:30] for cell in _split(first, max(_DELIMITERS, key=first.count))[:12])
            return Message(SourceCode.HEADER_MISSING, cells=_printable(shown))
        _, _, names, at = best
        lacking = lacking_fields(self._renaming.fields_in(names))
        shown = ", ".join(name[:30] for name in names[:12])
        return Message(
            SourceCode.HEADER_LINE_LACKS,
            row=at + 1,
            cells=_printable(shown),
            fields=lacking.fields,
            example=lacking.example,
        )


def looks_like_table(text: str) -> bool:
    """True if one of the first lines of a file names the columns that an article needs."""
    renaming = Renaming()
    return any(
        renaming.fields_in(_unique(_split(line, delimiter))) >= set(NEEDED)
        for line in text.split("\n")[:_HEADER_WITHIN]
        for delimiter in _DELIMITERS
        if delimiter in line
    )


def _columns_by_number(names: Mapping[str, str]) -> dict[int, str]:
    """The fields of columns that ``--map`` names by number, as a file without a header needs; empty if any has a name."""
    if not names or not all(name.isdecimal() for name in names):
        return {}
    return {int(name): field for name, field in names.items()}


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]
    except csv.Error:
        return []


def _unique(header: list[str]) -> tuple[str, ...]:
    """The names of the columns; one that is blank or stands there already gets its number."""
    taken: dict[str, None] = {}
    for position, cell in enumerate(header, start=1):
        name = cell or f"column {position}"
        while name in taken:
            name += f" ({position})"
        taken[name] = None
    return tuple(taken)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _sniff(head: Head) -> Fit:
    if head.text.startswith("<"):
        return Fit.NO
    return Fit.LIKELY if not head.text or looks_like_table(head.text) else Fit.POSSIBLE


FORMAT: Final = Format(
    name="csv",
    title="CSV",
    endings=(".csv", ".tsv", ".tab"),
    media_types=("text/csv", "text/tab-separated-values"),
    sniff=_sniff,
    open=lambda reader, origin: TableSource(reader, names=origin.names),
)
