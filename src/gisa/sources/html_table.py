"""Reads the HTML table that calls itself a workbook, as Korean newsroom systems write their “Excel” files. As a stream.

A table without the columns that an article needs is no such file; a page with an article in it is ``html_page``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from gisa.messages import Message, SourceCode
from gisa.model import Item, Reject
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import decoded
from gisa.sources.format import Fit, Format, Head, Origin
from gisa.sources.grids import GridRow, drafts_of_rows
from gisa.sources.names import NEEDED, Renaming
from gisa.sources.source import FileSource
from gisa.sources.xml_elements import ElementCutter

_BLOCKS: Final = frozenset("br p div li tr h1 h2 h3 h4".split())
_ROWS_LOOKED_AT: Final = 15


class HtmlTableSource(FileSource):
    """The drafts of the rows; a draft's place is ``name#row``, rows counted over all tables, from 1."""

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        self._names = origin.names

    def __iter__(self) -> Iterator[Item]:
        yield from drafts_of_rows(self._rows(), name=self.name, own_names=self._names)
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))

    def _rows(self) -> Iterator[GridRow]:
        for cut in ElementCutter("tr").cut(decoded(self._reader)):
            if cut.number and cut.text is not None and (cells := _cells_of(cut.text)):
                yield GridRow(f"{self.name}#{cut.number}", cells)


def _cells_of(row: str) -> list[str]:
    """The texts of the cells of one row; a row by itself, as libxml2 keeps all that one parser was ever fed."""
    target = _Cells()
    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True)
    parser.feed(f"<table>{row}</table>".encode("utf-8", "replace"))
    try:
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it at all
        return []
    return target.cells


class _Cells:
    """Collects the cells from the parser's events; a cell ends where the next begins, if nothing ends it."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self._cell: list[str] | None = None
        self._dropped = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in ("td", "th"):
            self._end_cell()
            self._cell = []
        elif tag in ("script", "style"):
            self._dropped += 1
        elif tag in _BLOCKS and self._cell:
            self._cell.append("\n")

    def end(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("script", "style"):
            self._dropped = max(0, self._dropped - 1)

    def data(self, text: str) -> None:
        if self._cell is not None and not self._dropped:
            self._cell.append(text)

    def comment(self, _text: str) -> None:
        """Comments are not text."""

    def close(self) -> None:
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines = "".join(self._cell).split("\n")
            self.cells.append("\n".join(line for each in lines if (line := " ".join(each.split()))))
        self._cell = None


def _sniff(head: Head) -> Fit:
    if "<t" not in head.text[:65536].lower() or head.root not in {
        "html",
        "table",
        "head",
        "meta",
        "body",
        "style",
        "center",
        "div",
    }:
        return Fit.NO
    renaming = Renaming()
    rows = islice(ElementCutter("tr").cut([head.text]), 1 + _ROWS_LOOKED_AT)
    if any(
        renaming.fields_in(_cells_of(cut.text)) >= set(NEEDED) for cut in rows if cut.number and cut.text is not None
    ):
        return Fit.SURE
    return Fit.NO


FORMAT: Final = Format(
    name="html-table",
    title="HTML table",
    endings=(".xls",),
    sniff=_sniff,
    open=HtmlTableSource,
)
