"""Reads the HTML table that calls itself a workbook, as Korean newsroom systems write their “Excel” files. As a stream.

A table without the columns that an article needs is no such file; a page with an article in it is ``html_page``'s.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from lxml import etree

from gisa.model import Item, Reject
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import decoded
from gisa.sources.format import Fit, Format, Head, Origin
from gisa.sources.grids import GridRow, drafts_of_rows
from gisa.sources.names import NEEDED, Renaming
from gisa.sources.source import FileSource

_BLOCKS: Final = frozenset("br p div li tr h1 h2 h3 h4".split())
_ROW: Final = re.compile(r"<tr\b.*?</tr\s*>", re.DOTALL | re.IGNORECASE)
_ROWS_LOOKED_AT: Final = 15


class HtmlTableSource(FileSource):
    """The drafts of the rows; a draft's place is ``name#row``, rows counted over all tables, from 1."""

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        self._names = origin.names

    def __iter__(self) -> Iterator[Item]:
        yield from drafts_of_rows(self._rows(), name=self.name, own_names=self._names)
        if self._reader.defect is not None:
            yield Reject(self.name, f"{self._reader.defect} — what came before it was read; get the whole file")

    def _rows(self) -> Iterator[GridRow]:
        target = _Rows()
        parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, recover=True)
        number = 0
        for text in decoded(self._reader):
            if not text:
                continue
            parser.feed(text.encode("utf-8", "replace"))
            while target.rows:
                number += 1
                yield GridRow(f"{self.name}#{number}", target.rows.popleft())
        try:
            parser.close()
        except etree.XMLSyntaxError:  # nothing in it at all
            return
        while target.rows:
            number += 1
            yield GridRow(f"{self.name}#{number}", target.rows.popleft())


class _Rows:
    """Collects the rows from the parser's events; a row with cells in it ends where the next begins, if nothing ends it."""

    def __init__(self) -> None:
        self.rows: deque[list[str]] = deque()
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._dropped = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            self._cell = []
        elif tag in ("script", "style"):
            self._dropped += 1
        elif tag in _BLOCKS and self._cell:
            self._cell.append("\n")

    def end(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in ("script", "style"):
            self._dropped = max(0, self._dropped - 1)

    def data(self, text: str) -> None:
        if self._cell is not None and not self._dropped:
            self._cell.append(text)

    def comment(self, _text: str) -> None:
        """Comments are not text."""

    def close(self) -> None:
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            lines = ("".join(self._cell)).split("\n")
            self._row.append("\n".join(line for each in lines if (line := " ".join(each.split()))))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row:
            self.rows.append(self._row)
        self._row = None


def _rows_of(text: str) -> Iterator[list[str]]:
    target = _Rows()
    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True)
    for row in _ROW.findall(text)[:_ROWS_LOOKED_AT]:
        parser.feed(f"<table>{row}</table>".encode("utf-8", "replace"))
    try:
        parser.close()
    except etree.XMLSyntaxError:
        return
    yield from target.rows


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
    if any(renaming.fields_in(row) >= set(NEEDED) for row in _rows_of(head.text)):
        return Fit.SURE
    return Fit.NO


FORMAT: Final = Format(
    name="html-table",
    title="HTML table",
    endings=(".xls",),
    sniff=_sniff,
    open=HtmlTableSource,
)
