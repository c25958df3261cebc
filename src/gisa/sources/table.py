"""Reads CSV and TSV with a header row, in English or Korean. A row that cannot be read is a reject."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Final

from gisa.errors import SourceError
from gisa.model import Draft, Item, Reject
from gisa.sources.byte_reader import ByteReader, lines
from gisa.sources.encoding import decoded, has_bad_bytes
from gisa.sources.format import Fit, Format, Head
from gisa.sources.source import FileSource

ROW_LIMIT: Final = 32 * 1024 * 1024
"""Characters of one row, over all its lines."""
_DELIMITERS: Final = (",", "\t", ";", "|")
_NEEDED: Final = ("title", "body", "published_at")

COLUMNS: Final = {
    "id": ("id", "기사id", "기사번호", "식별자", "기사식별자", "뉴스식별자"),
    "title": ("title", "headline", "제목", "기사제목", "표제"),
    "body": ("body", "content", "text", "본문", "내용", "기사본문", "기사내용", "본문내용"),
    "published_at": (
        "published_at", "published", "date", "datetime", "pubdate", "게재일", "게재일시", "게재일자", "발행일",
        "발행일시", "날짜", "일자", "일시", "작성일", "작성일시", "등록일", "등록일시", "입력일시", "보도일",
    ),
    "modified_at": ("modified_at", "modified", "updated_at", "updated", "수정일", "수정일시"),
    "section": ("section", "category", "분야", "섹션", "분류", "카테고리", "통합분류1"),
    "byline": ("byline", "author", "authors", "reporter", "기자", "기자명", "기고자", "작성자", "글쓴이"),
    "publisher": ("publisher", "press", "언론사", "언론사명", "매체", "매체명", "신문사"),
    "url": ("url", "link", "주소", "링크", "기사주소", "원문주소", "원문링크"),
    "image_url": ("image_url", "image", "이미지", "이미지주소", "사진", "사진주소"),
    "keywords": ("keywords", "keyword", "tags", "키워드", "태그", "핵심어", "주제어"),
    "lang": ("lang", "language", "언어"),
    "correction": ("correction", "정정문", "정정보도문"),
    "corrected_at": ("corrected_at", "corrected", "정정일", "정정일시"),
    "removed": ("removed", "삭제", "삭제여부"),
    "reason": ("reason", "삭제사유"),
    "public_reason": ("public_reason", "공개사유"),
}  # fmt: skip
"""Header names, spaces and underscores and case aside. Of two columns for one field the earlier name here wins, and
the other is kept under its own name. The names of the BIG KINDS export are among them. 번호 is not: it counts rows."""


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).casefold()


_FIELD_OF: Final = {_plain(name): (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)}


class TableSource(FileSource):
    """The drafts of a CSV or TSV file; a draft's place is ``name:line``, the line its row begins on.

    Raises ``SourceError`` on construction when the first row does not name the columns an article needs.
    """

    def __init__(self, reader: ByteReader, *, row_limit: int = ROW_LIMIT) -> None:
        super().__init__(reader)
        csv.field_size_limit(max(csv.field_size_limit(), row_limit + 1))  # for the whole process; only ever raised
        self._lines = _RowLines(reader, limit=row_limit)
        self._delimiter = _delimiter(self._lines.first())
        self._rows = csv.reader(self._lines, delimiter=self._delimiter, strict=True, skipinitialspace=True)
        self._columns = self._header()

    def __iter__(self) -> Iterator[Item]:
        if not self._columns:
            return
        while True:
            place = f"{self.name}:{self._lines.begin_row()}"
            try:
                row = next(self._rows)
            except StopIteration:
                break
            except (csv.Error, _RowTooLongError) as error:
                if self._reader.defect is not None:
                    break  # the half row at the tear
                yield Reject(place, self._complaint(error))
                continue
            if self._lines.at_end and self._reader.defect is not None:
                break
            if any(row):
                yield self._draft(row, place)
        if self._reader.defect is not None:
            yield Reject(self.name, f"{self._reader.defect} — what came before it was read; get the whole file")

    def _draft(self, row: list[str], place: str) -> Draft | Reject:
        columns = self._columns
        if len(row) < len(columns) or any(row[len(columns) :]):
            return Reject(
                place,
                f"the row has {len(row)} cells, the header {len(columns)} — put cells that hold "
                f"{_MARK_NAMES[self._delimiter]} or a line break in double quotes",
            )
        if has_bad_bytes("".join(row)):
            return Reject(place, "the row holds bytes that do not fit the file's encoding — save the file as UTF-8")
        cells = zip(columns, row, strict=False)  # what is beyond the header is blank
        return Draft({column: text for column, cell in cells if (text := cell.strip())}, place)

    def _complaint(self, error: Exception) -> str:
        if isinstance(error, _RowTooLongError):
            size = self._lines.limit // 1024 // 1024
            return f"the row goes on for more than {size} million characters — is a double quote never closed?"
        if "unexpected end" in str(error):
            read = self._lines.number - self._lines.row_start + 1
            return f"a double quote opens here and never closes, which swallowed {read:,} lines — close or double it"
        return 'a double quote stands inside a quoted cell — double it ("")'

    def _header(self) -> tuple[str, ...]:
        """The field each column fills; empty when the file is."""
        self._lines.begin_row()
        try:
            row = next((row for row in self._rows if any(cell.strip() for cell in row)), None)
        except (csv.Error, _RowTooLongError) as error:
            raise SourceError(f"{self.name}: the header row cannot be read: {self._complaint(error)}") from error
        if row is None:
            return ()
        columns = _columns([cell.strip() for cell in row])
        missing = [field for field in _NEEDED if field not in columns]
        if missing:
            named = ", ".join(cell.strip()[:30] for cell in row[:12]).encode("utf-8", "replace").decode()
            needed = ", ".join(f"{field} ({COLUMNS[field][_KOREAN_NAME[field]]})" for field in missing)
            raise SourceError(f"{self.name}: the first row names no column for {needed} — it reads: {named}")
        return columns


_KOREAN_NAME: Final = {
    field: next(rank for rank, name in enumerate(COLUMNS[field]) if not name.isascii()) for field in _NEEDED
}
_MARK_NAMES: Final = {",": "a comma", "\t": "a tab", ";": "a semicolon", "|": "a bar"}


def looks_like_table(first_line: str) -> bool:
    """True when a file's first line names the columns that an article needs."""
    names = {_FIELD_OF.get(_plain(cell), ("", 0))[0] for cell in _split(first_line, _delimiter(first_line))}
    return names.issuperset(_NEEDED)


def _delimiter(header: str) -> str:
    """The delimiter that parts the header into the most known names; of equals, into the most cells."""

    def fit(delimiter: str) -> tuple[int, int]:
        cells = _split(header, delimiter)
        return sum(_plain(cell) in _FIELD_OF for cell in cells), len(cells)

    return max(_DELIMITERS, key=fit)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []


def _columns(header: list[str]) -> tuple[str, ...]:
    best: dict[str, tuple[int, int]] = {}
    for position, cell in enumerate(header):
        if found := _FIELD_OF.get(_plain(cell)):
            field, rank = found
            best[field] = min(best.get(field, (rank, position)), (rank, position))
    filled_by = {position: field for field, (_, position) in best.items()}
    taken = {"extra", *best}
    columns: list[str] = []
    for position, cell in enumerate(header):
        name = filled_by.get(position)
        if name is None:
            name = cell or f"column {position + 1}"
            while name in taken:
                name += f" ({position + 1})"
            taken.add(name)
        columns.append(name)
    return tuple(columns)


class _RowTooLongError(Exception):
    """A row goes on beyond the limit."""


class _RowLines:
    """The lines of the file as the csv module takes them, counted from 1, with a limit for the row they add up to."""

    def __init__(self, reader: ByteReader, *, limit: int) -> None:
        self.limit = limit
        self.number = 0
        """The line handed out last."""
        self.row_start = 1
        self.at_end = False
        """True once the last line has been handed out and the file is used up."""
        self._row_size = 0
        self._reader = reader
        self._lines = lines(decoded(reader), newline="\n", limit=limit)
        self._first: list[str | None] = []

    def first(self) -> str:
        """The first line that is not blank, without using it up."""
        for line in self._lines:
            self._first.append(line)
            if line is None or line.strip("\ufeff \t"):
                return line or ""
        return ""

    def begin_row(self) -> int:
        """Forget the row before; returns the line that the next one begins on."""
        self._row_size = 0
        self.row_start = self.number + 1
        return self.row_start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._first.pop(0) if self._first else next(self._lines)
        self.number += 1
        # A gzip file's tear is noted when its chunks end, which is just before the half line there is handed out.
        self.at_end = self._reader.defect is not None
        if line is None:
            raise _RowTooLongError
        self._row_size += len(line) + 1
        if self._row_size > self.limit:
            raise _RowTooLongError
        return (line.removeprefix("\ufeff") if self.number == 1 else line) + "\n"


def _sniff(head: Head) -> Fit:
    if head.text.startswith("<"):
        return Fit.NO
    return Fit.LIKELY if not head.text or looks_like_table(head.text.partition("\n")[0]) else Fit.POSSIBLE


FORMAT: Final = Format(
    name="csv",
    title="CSV",
    endings=(".csv", ".tsv", ".tab"),
    media_types=("text/csv", "text/tab-separated-values"),
    sniff=_sniff,
    open=lambda reader, _origin: TableSource(reader),
)
