"""CSV and TSV: headers in two languages, quoting, encodings, and what is said of rows that do not fit."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gisa
from gisa.errors import SourceError
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.names import NAMES, Renaming
from gisa.sources.table import TableSource
from tests.said import line_of, reason_of

HEADER = "title,body,published_at"
ROW = "AI센터 문 연다,나루시가 AI센터를 연다.,2025-12-24"
FIELDS = {"title": "AI센터 문 연다", "body": "나루시가 AI센터를 연다.", "published_at": "2025-12-24"}


def read(content: str | bytes, *, row_limit: int = 32 << 20) -> list[Item]:
    raw = content.encode() if isinstance(content, str) else content
    return list(TableSource(ByteReader(io.BytesIO(raw), name="a.csv", total_bytes=len(raw)), row_limit=row_limit))


def drafts(content: str | bytes) -> list[dict[str, object]]:
    items = read(content)
    assert [item for item in items if isinstance(item, Reject)] == []
    return [dict(item.fields) for item in items if isinstance(item, Draft)]


TEXT = f"{HEADER}\n{ROW}\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("cp949"), id="EUC-KR"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(TEXT.replace("\n", "\r").encode("cp949"), id="old Mac line ends"),
        pytest.param(TEXT.replace(",", ";").encode(), id="semicolons"),
        pytest.param(TEXT.replace(",", "\t").encode(), id="tabs"),
        pytest.param(TEXT.replace(",", ", ").encode(), id="spaces after commas"),
        pytest.param(f"\n{HEADER}\n\n,,\n{ROW}\n\n".encode(), id="blank rows"),
        pytest.param(f"{HEADER},,\n{ROW},,\n".encode(), id="blank columns"),
        pytest.param(f"{HEADER}\n{ROW},,\n".encode(), id="blank cells beyond the header"),
        pytest.param(gzip.compress(TEXT.encode("cp949")), id="EUC-KR in gzip"),
        pytest.param(
            '제목,내용,날짜\n"AI센터 문 연다","나루시가 AI센터를 연다.","2025-12-24"'.encode("cp949"), id="Korean names"
        ),
    ],
)
def test_one_row_in_every_dress(content: bytes) -> None:
    """The same row comes out of every encoding, delimiter and line end."""
    assert drafts(content) == [FIELDS]


@pytest.mark.parametrize(
    ("field", "name"),
    [(field, name) for field, names in NAMES.items() for name in names if Renaming().fields_in([name]) == {field}],
)
def test_every_header_name_is_known(field: str, name: str) -> None:
    """Each name fills its field, whatever its case and spaces."""
    others = [other for other in ("title", "body", "published_at") if other != field]
    written = f" {name.upper().replace('_', ' ')} "

    (fields,) = drafts(f"{','.join([*others, written])}\n{','.join([*others, 'x'])}\n")

    assert fields[field] == "x"


def test_unknown_columns_are_kept() -> None:
    """A column that Gisa does not know keeps its name; one without a name gets its number; blank cells are left out."""
    assert drafts(f"{HEADER},비고,메모,\n{ROW},3,,x\n") == [FIELDS | {"비고": "3", "column 6": "x"}]


def test_of_two_columns_for_one_field_the_more_exact_wins() -> None:
    """No column is lost when two could fill the same field, and none is named twice."""
    assert drafts(f"날짜,{HEADER},게재일,title,면수\n어제,{ROW},오늘,둘째,x\n") == [
        FIELDS | {"날짜": "어제", "게재일": "오늘", "title (6)": "둘째", "page": "x"}
    ]


def test_the_news_archive_export_is_read() -> None:
    """The columns of a BIG KINDS export, saved as CSV by a Korean Excel, need no renaming."""
    header = "뉴스 식별자,일자,언론사,기고자,제목,통합 분류1,통합 분류2,인물,키워드,본문,URL"
    row = '1.2,20251224,나루일보,김하늘,AI센터 문 연다,지역,IT_과학,,"AI센터,북항",나루시가 AI센터를 연다.,https://a.example/1'

    (fields,) = drafts(f"{header}\r\n{row}\r\n".encode("cp949"))

    assert fields == {
        "id": "1.2",
        "published_at": "20251224",
        "publisher": "나루일보",
        "byline": ["김하늘"],
        "title": "AI센터 문 연다",
        "section": "지역",
        "통합 분류2": "IT_과학",
        "keywords": "AI센터,북항",
        "body": "나루시가 AI센터를 연다.",
        "url": "https://a.example/1",
    }


def test_quoted_cells_hold_anything() -> None:
    """Line breaks, delimiters and doubled quotes inside quotes are the cell's own; places are where rows begin."""
    items = read(f'{HEADER}\n"가, ""나""","첫 줄\n\n둘째 줄",2025-12-24\n{ROW}\n')

    assert [item.place for item in items] == ["a.csv:2", "a.csv:5"]
    assert isinstance(items[0], Draft)
    assert items[0].fields == {"title": '가, "나"', "body": "첫 줄\n\n둘째 줄", "published_at": "2025-12-24"}


def test_nul_bytes_and_large_cells_pass() -> None:
    """What the csv module refuses by default is left to acceptance to judge."""
    assert drafts(f'{HEADER}\n가\0나,"{"다" * 200_000}",2025-12-24\n')[0]["title"] == "가\0나"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(
            b"a,b,c,d", "the row has 4 cells, the header 3 — put cells that hold a comma or a line", id="many"
        ),
        pytest.param(b'"a"b,c,d', 'a double quote stands inside a quoted cell — double it ("")', id="quote in a cell"),
        pytest.param(b"\xff\xfe\xfd,b,c", "the row holds bytes that do not fit the file's encoding", id="bytes"),
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "cp949"])
def test_one_bad_row_is_one_reject(row: bytes, reason: str, coding: str) -> None:
    """A row that does not fit is named with its line; the rows around it are read."""
    content = f"{HEADER}\n{ROW}\n".encode(coding) + row + f"\n{ROW}\n".encode(coding)

    first, bad, last = read(content)

    assert isinstance(bad, Reject)
    assert bad.place == "a.csv:3"
    assert reason_of(bad).startswith(reason)
    assert isinstance(first, Draft)
    assert isinstance(last, Draft)
    assert first.fields == last.fields == FIELDS


def test_a_quote_that_never_closes() -> None:
    """An open quote takes nothing with it: its row is named, the rows behind it are read."""
    _, bad, *rest = read(f'{HEADER}\n{ROW}\n"a,b\n{ROW}\n{ROW}\n')

    assert line_of(bad) == (
        "a.csv:3: a double quote opens here and never closes in the 2 lines that follow — close or double it"
    )
    assert [item.place for item in rest] == ["a.csv:4", "a.csv:5"]


@pytest.mark.parametrize(
    ("row", "title", "body"),
    [
        pytest.param('"우정"의 나루대교,본문,2025-11-03', '"우정"의 나루대교', "본문", id="a headline begins with a quotation"),
        pytest.param('나루대교 "개통",본문,2025-11-03', '나루대교 "개통"', "본문", id="a headline ends with a quotation"),
        pytest.param('나루대교,"열렸다.,2025-11-03', "나루대교", '"열렸다.', id="a quote that never closes"),
        pytest.param('"시장 \\"기쁘다\\"","나루대교가 \\"열렸다\\".",2025-11-03', '시장 "기쁘다"', '나루대교가 "열렸다".', id="backslashes"),
        pytest.param('"가, ""나""",본문,2025-11-03', '가, "나"', "본문", id="quotes as they should be"),
        pytest.param('"=""0012""",본문_x000D_\n,2025-11-03'.replace("\n", ""), "0012", "본문", id="formulas and line ends of Excel"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_quotes_that_are_letters(row: str, title: str, body: str, delimiter: str) -> None:
    """A quote that does not do what a quote does is a letter, if the row then has the header's cells."""
    lines = [HEADER, row, "둘째 기사,둘째 본문,2025-11-03"]
    content = "\n".join(line if "가, " in line else line.replace(",", delimiter) for line in lines)
    if "가, " in row:
        content = content.replace('",본문,', f'"{delimiter}본문{delimiter}')

    first, second = drafts(content)

    assert (first["title"], first["body"]) == (title, body)
    assert second["title"] == "둘째 기사"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("sep=,\n", id="Excel's own line"),
        pytest.param("나루일보 기사 목록 (2025.11)\n\n", id="a title"),
        pytest.param("나루일보 기사 목록,,\n,,\n", id="a title padded with commas"),
    ],
)
def test_the_header_may_stand_below(before: str) -> None:
    """What stands above the header is passed over."""
    assert drafts(f"{before}{HEADER}\n{ROW}\n") == [FIELDS]


def test_rows_may_end_early() -> None:
    """Spreadsheets drop blank cells at the end of a row."""
    assert drafts("title,published_at,비고,메모\n가,2025-12-24\n") == [{"title": "가", "published_at": "2025-12-24"}]


def test_encodings_may_mix_line_by_line() -> None:
    """A row in EUC-KR inside a UTF-8 file is read as it was meant, and told."""
    content = f"{HEADER}\n{ROW}\n".encode() + f"{ROW}\n".encode("cp949") + f"{ROW}\n".encode()

    items = read(content)

    assert [item.fields for item in items if isinstance(item, Draft)] == [FIELDS] * 3
    assert [item.place for item in items if isinstance(item, Remark)] == ["a.csv:3"]


def test_columns_by_number() -> None:
    """A file without a header is read by the numbers of its columns."""
    reader = ByteReader(io.BytesIO(f"{ROW}\n".encode()), name="a.csv", total_bytes=None)

    (item,) = TableSource(reader, names={"1": "title", "2": "body", "3": "published_at"})

    assert isinstance(item, Draft)
    assert item.fields == FIELDS


def test_a_row_too_long_is_passed_over() -> None:
    """A row beyond the limit, on one line or on many, is a reject, and reading goes on after it."""
    limit = 1 << 20
    long = f'"{"x" * limit}",b,c'
    many = '"' + ("x" * 999 + "\n") * (limit // 999)

    items = read(f"{HEADER}\n{long}\n{ROW}\n{many}", row_limit=limit)

    assert isinstance(items[0], Reject)
    assert line_of(items[0]) == "a.csv:2: the row goes on for more than 1 million characters"
    assert isinstance(items[1], Draft)
    assert isinstance(items[2], Reject)
    assert items[2].place == "a.csv:4"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            ROW, "a.csv: there is no header row that names columns — name them by number, e.g. --map", id="none"
        ),
        pytest.param(
            "제목,본문\na,b",
            "a.csv: the header in line 1 names no column for published_at (게재일시) — say",
            id="one less",
        ),
        pytest.param(b"\x81\xff,b", "a.csv: there is no header row", id="bytes"),
    ],
)
def test_a_header_is_needed(content: str | bytes, message: str) -> None:
    """A file without the columns an article needs is refused as a whole, before any row."""
    with pytest.raises(SourceError) as caught:
        read(content)

    assert gisa.say(caught.value).startswith(message)
    gisa.say(caught.value).encode()


def test_nothing_comes_of_nothing() -> None:
    """An empty file and a header alone yield nothing."""
    assert read("") == read("\n\n") == read(HEADER) == []


def test_a_torn_gzip_file() -> None:
    """The half row at the tear is not taken for a row."""
    packed = gzip.compress(f"{HEADER}\n{ROW}\n{ROW}\n{ROW}".encode(), compresslevel=0)

    items = read(packed[:-12])

    assert [type(item) for item in items] == [Draft, Draft, Reject]
    assert line_of(items[2]).startswith("a.csv: it is cut short")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_python_writes_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    """Every table that the csv module writes comes back cell for cell, but for white space at the ends."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADER.split(","), *rows])

    found = drafts(file.getvalue())

    cells = [{n: cell.strip() for n, cell in zip(HEADER.split(","), row, strict=True) if cell.strip()} for row in rows]
    assert [row for row in found if row] == [row for row in cells if row]


@given(st.binary(max_size=200) | st.text(alphabet='",;\t\r\n가a|\0', max_size=60).map(str.encode))
def test_any_bytes_are_drafts_or_rejects_or_no_table(content: bytes) -> None:
    """No content makes the reader raise anything but SourceError."""
    for attempt in (content, HEADER.encode() + b"\n" + content, gzip.compress(content)[:-3], b"\xff\xfe" + content):
        try:
            items = read(attempt)
        except SourceError:
            continue
        assert all(isinstance(item, Draft | Reject | Remark) for item in items)
