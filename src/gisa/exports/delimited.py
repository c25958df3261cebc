"""CSV that opens right in Korean Excel: UTF-8 with a byte order mark, CRLF, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from gisa.exports.record import Cell, Colophon, Column
from gisa.model import Article

BATCH: Final = 200
"""Articles that become one chunk of bytes."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula (OWASP, CSV Injection); an apostrophe before it makes it text."""


def write(articles: Iterable[Article], columns: Sequence[Column], colophon: Colophon) -> Iterator[bytes]:
    """A header, one row an article, and a last row that says where the file comes from (first cell ``#``)."""
    yield b"\xef\xbb\xbf" + _rows([[column.name for column in columns]])
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        yield _rows([[as_text(column.of(article)) for column in columns] for article in batch])
    yield _rows([["#", *(f"{name}: {value}" for name, value in colophon.lines())]])


def as_text(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs: ``=1+1`` becomes ``'=1+1``. None is empty."""
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _rows(rows: Iterable[Sequence[str]]) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)  # the default dialect ends lines with CRLF
    return lines.getvalue().encode("utf-8", "replace")
