"""Reads Excel workbooks (xlsx, xls, xlsb, ods) by calamine, every sheet with articles in it. Formulas are read by their results.

A sheet is read as a whole: calamine holds its cells in memory, some 100 MB for 100,000 rows of BIG KINDS.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Item, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format, Head, Origin
from gisa.sources.grids import GridRow, NoHeaderError, drafts_of_rows
from gisa.sources.source import FileSource
from gisa.sources.spooling import seekable

_UNPACKED_LIMIT: Final = 2 * 1024 * 1024 * 1024
"""Bytes of all parts of a workbook. A sheet with a million rows of BIG KINDS has 1.4 GB."""
_RATIO_LIMIT: Final = 200
_RATIO_FROM: Final = 64 * 1024 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOK: Final = "Workbook".encode("utf-16-le")
"""The name of the stream that an .xls of 1997 and later keeps its sheets in."""
_ZIP: Final = b"PK\x03\x04"


class WorkbookSource(FileSource):
    """The drafts of a workbook; a draft's place is ``name[sheet]!row``.

    Raises ``SourceError`` on construction if it is no workbook, locked by a password, a zip bomb, or if no sheet has the
    columns that an article needs.
    """

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        self._names = origin.names
        self._file: IO[bytes] = seekable(reader, origin)
        try:
            self._book = _open(self._file, reader.name)
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[Item]:
        refused: list[NoHeaderError] = []
        read = 0
        for sheet_name in self._book.sheet_names:
            name = f"{self.name}[{sheet_name}]"
            try:
                yield from drafts_of_rows(self._rows(sheet_name, name), name=name, own_names=self._names)
                read += 1
            except NoHeaderError as error:
                refused.append(error)
        if refused and not read:
            raise refused[0]
        for each in refused:
            yield Remark(each.place, Message(SourceCode.PASSED_OVER, why=each.reason))

    def position(self) -> int:
        return self.total_bytes or 0

    def close(self) -> None:
        self._file.close()
        super().close()

    def _rows(self, sheet_name: str, name: str) -> Iterator[GridRow]:
        from python_calamine import CalamineError

        try:
            sheet = self._book.get_sheet_by_name(sheet_name)
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield GridRow(f"{name}!{number}", cells)
        except CalamineError as error:
            raise SourceError(Message(SourceCode.SHEET_UNREAD, error=str(error)), name) from error


def _open(file: IO[bytes], name: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_size(file, name)
    try:
        return CalamineWorkbook.from_filelike(file)
    except PasswordError:
        raise SourceError(Message(SourceCode.WORKBOOK_LOCKED), name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(Message(SourceCode.WORKBOOK_STRANGE, error=str(error)[:80]), name) from error


def _check_size(file: IO[bytes], name: str) -> None:
    """Refuse a workbook that unpacks to more than memory holds."""
    if file.read(4) == _ZIP:
        try:
            with zipfile.ZipFile(file) as parts:
                packed = sum(part.compress_size for part in parts.infolist())
                unpacked = sum(part.file_size for part in parts.infolist())
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise SourceError(Message(SourceCode.WORKBOOK_DAMAGED, error=str(error)), name) from error
        if unpacked > _UNPACKED_LIMIT or (unpacked > _RATIO_FROM and unpacked > packed * _RATIO_LIMIT):
            raise SourceError(Message(SourceCode.WORKBOOK_TOO_LARGE, megabytes=unpacked // 1024**2), name)
    file.seek(0)


def is_office(head: Head) -> bool:
    """True for a zip that is a workbook, and not a folder that was packed."""
    if not head.data.startswith(_ZIP):
        return False
    return (
        b"xl/workbook" in head.data
        or b"xl/worksheets" in head.data
        or b"opendocument.spreadsheet" in head.data[:200]
        or _is_parts(head)
    )


def _is_parts(head: Head) -> bool:
    """True for an office file whose first part says no more than that; a text document is told apart."""
    return b"[Content_Types].xml" in head.data[:4096] and b"word/" not in head.data and b"ppt/" not in head.data


def _sniff(head: Head) -> Fit:
    if is_office(head):
        return Fit.SURE
    if head.data.startswith(_OLE):
        return Fit.SURE if _BOOK in head.data else Fit.POSSIBLE
    return Fit.NO


FORMAT: Final = Format(
    name="xlsx",
    title="Excel",
    endings=(".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"),
    media_types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel"),
    sniff=_sniff,
    open=WorkbookSource,
)
