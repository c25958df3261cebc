"""Excel workbooks, by XlsxWriter: a sheet of results, a second that says where they come from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gisa.errors import ExportInvalid
from gisa.exports.record import Colophon, Column
from gisa.model import Article

MAX_ROWS: Final = 1_048_575
"""Rows of a sheet below its header (Excel's specification: 1,048,576 in all)."""

MAX_CELL: Final = 32_767
"""Characters that a cell holds (the same specification); a longer body ends with ``…``."""

_CHUNK_BYTES: Final = 64 * 1024


def write(articles: Iterable[Article], columns: Sequence[Column], colophon: Colophon) -> Iterator[bytes]:
    """The workbook's bytes. Rows go to a temporary file as they come, so memory does not grow with their number.

    Raises ``ExportInvalid`` for more results than a sheet has rows.
    """
    import xlsxwriter  # 20 ms that no other command needs

    if colophon.total > MAX_ROWS:
        raise ExportInvalid(
            f"a sheet holds {MAX_ROWS:,} rows, not {colophon.total:,} — choose csv, or narrow the search"
        )
    with tempfile.TemporaryFile() as file:
        # constant_memory writes each row as the next begins; strings stay strings: =1+1 is text, an address no link
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(file, options) as book:
            sheet = book.add_worksheet("results")
            sheet.freeze_panes(1, 0)
            for number, column in enumerate(columns):
                sheet.write_string(0, number, column.name)
            for row, article in enumerate(articles, start=1):
                for number, column in enumerate(columns):
                    cell = column.of(article)
                    if cell is not None:
                        sheet.write_string(row, number, _cut(str(cell)))
            about = book.add_worksheet("about")
            for row, (name, value) in enumerate(colophon.lines()):
                about.write_string(row, 0, name)
                about.write_string(row, 1, _cut(str(value)))
        file.seek(0)
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
