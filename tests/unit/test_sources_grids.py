"""Workbooks, HTML tables that call themselves workbooks, and Parquet: rows become articles by the table of names."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from arro3.core import Array, DataType, Field, RecordBatch, Schema
from arro3.io import write_ipc, write_parquet

from gisa.errors import SourceError
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.opening import open_source, open_stream
from tests.conftest import data_file
from tests.said import reason_of, refused

HEADER = ["제목", "본문", "게재일", "기자"]
ROW = ["나루대교 개통", "열렸다.", "2025-11-03", "홍예담"]
DRAFT = {"title": "나루대교 개통", "body": "열렸다.", "published_at": "2025-11-03", "byline": "홍예담"}


def workbook(**sheets: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
    return file.getvalue()


def read(content: bytes, name: str = "a.xlsx") -> list[Item]:
    with open_stream(io.BytesIO(content), name) as source:
        return list(source)


def fields(items: list[Item]) -> list[dict[str, Any]]:
    return [dict(item.fields) for item in items if isinstance(item, Draft)]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a"])
def test_a_workbook_is_read_whatever_it_is_called(name: str) -> None:
    """The content says that it is a workbook."""
    items = read(workbook(기사=[HEADER, ROW]), name)

    assert items == [Draft(DRAFT, f"{name}[기사]!2")]


def test_the_header_need_not_be_the_first_row() -> None:
    """Titles, periods and blank rows stand above it in exports; places count them."""
    items = read(workbook(a=[["나루일보 기사 목록"], [], ["2025.11"], [], HEADER, ROW]))

    assert [item.place for item in items if isinstance(item, Draft)] == ["a.xlsx[a]!6"]


def test_cells_of_every_kind() -> None:
    """Numbers lose no digits and gain no fraction; dates stay dates; blank cells are no fields."""
    rows: list[list[Any]] = [
        ["id", *HEADER],
        [20251103001, 2025, "열렸다.", datetime.fromisoformat("2025-11-03T09:05"), ""],
    ]

    (found,) = fields(read(workbook(a=rows)))

    assert found == {
        "id": "20251103001",
        "title": "2025",
        "body": "열렸다.",
        "published_at": datetime.fromisoformat("2025-11-03T09:05"),
    }


def test_sheets_without_articles_are_told() -> None:
    """Every sheet with articles is read; one without is passed over, and the report says why."""
    items = read(workbook(설명=[["이 파일은", "나루일보 기사입니다"]], 기사=[HEADER, ROW]))

    assert fields(items) == [DRAFT]
    (remark,) = (item for item in items if isinstance(item, Remark))
    assert remark.place == "a.xlsx[설명]"
    assert "names the columns" in reason_of(remark)


def test_a_workbook_without_a_date_says_which_column_is_missing() -> None:
    """The error names the column in the paper's words, and the option that tells it."""
    with refused(SourceError, r"no column for published_at \(게재일시\).*--map published_at=…"):
        read(workbook(a=[["제목", "본문"], ["가", "나"]]))


def test_an_empty_workbook_yields_nothing() -> None:
    """A sheet without rows is no failure."""
    assert read(workbook(a=[])) == []


@pytest.mark.parametrize("at", [100, 1_000, -100])
def test_a_workbook_that_is_cut_short(at: int) -> None:
    """Half a workbook is refused with the next step."""
    with refused(SourceError, "cut short or damaged"):
        read(workbook(a=[HEADER, ROW])[:at])


def test_a_workbook_that_is_a_bomb() -> None:
    """A sheet that unpacks to gigabytes is refused before it is unpacked."""
    file = io.BytesIO(workbook(a=[HEADER, ROW]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(80 * 1024 * 1024))

    with refused(SourceError, "the workbook unpacks to"):
        read(file.getvalue())


TABLE = (
    "<html><head><meta charset='utf-8'><style>td{{}}</style></head><body><table border=1><tr><th>제목</th><th>본문</th>"
    "<th>게재일</th><th>기자</th></tr>{}</table></body></html>"
)
HTML_ROW = "<tr><td>나루대교 개통</td><td>열렸다.</td><td>2025-11-03</td><td>홍예담</td></tr>"


@pytest.mark.parametrize("name", ["a.xls", "a.html", "a.xlsx", "a"])
def test_an_html_table_is_a_workbook(name: str) -> None:
    """What newsroom systems call Excel is often a table of HTML."""
    items = read(TABLE.format(HTML_ROW).encode(), name)

    assert items == [Draft(DRAFT, f"{name}#2")]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(HTML_ROW.replace("</td>", "").replace("</tr>", ""), id="nothing is closed"),
        pytest.param(HTML_ROW.replace("<td>", "<TD nowrap style='mso-number-format:\"@\"'>"), id="Excel's attributes"),
        pytest.param(HTML_ROW.replace("나루대교", "<a href='x'>나루<b>대교</b></a>"), id="markup in a cell"),
        pytest.param(HTML_ROW.replace("</td>", "<script>x()</script></td>"), id="script in a cell"),
    ],
)
def test_rows_of_html_in_every_shape(row: str) -> None:
    """Tags of every kind and in every state of repair give the same cells."""
    assert fields(read(TABLE.format(row).encode(), "a.xls")) == [DRAFT]


def test_an_html_table_in_euc_kr() -> None:
    """The encoding is found by the bytes."""
    assert fields(read(TABLE.format(HTML_ROW).encode("cp949"), "a.xls")) == [DRAFT]


def test_an_html_table_is_read_as_a_stream() -> None:
    """A table of any length comes row by row, with its line breaks."""
    rows = HTML_ROW.replace("열렸다.", "열렸다.<br>시는 기쁘다.") * 5_000

    found = fields(read(TABLE.format(rows).encode(), "a.xls"))

    assert len(found) == 5_000
    assert found[-1]["body"] == "열렸다.\n시는 기쁘다."


def columns(
    path: Path, *, is_arrow: bool = False, rows: int = 3, names: tuple[str, ...] = ("title", "body", "published_at")
) -> None:
    text = DataType.utf8()
    schema = Schema([Field(name, text, nullable=True) for name in names])
    values = {"title": "제목", "body": "본문", "published_at": "2025-11-03"}
    batch = RecordBatch.from_arrays(
        [Array([f"{values.get(name, name)}" for _ in range(rows)], text) for name in names], schema=schema
    )
    with path.open("wb") as file:
        (write_ipc if is_arrow else write_parquet)(batch, file)


@pytest.mark.parametrize("is_arrow", [False, True])
def test_parquet_and_arrow(tmp_path: Path, *, is_arrow: bool) -> None:
    """Each row of a columnar file is an article by the names of its columns."""
    columns(path := tmp_path / "a.bin", is_arrow=is_arrow, rows=2_500)

    with open_source(path) as source:
        items = list(source)

    assert len(items) == 2_500
    assert items[-1] == Draft({"title": "제목", "body": "본문", "published_at": "2025-11-03"}, f"{path}#2500")


def test_parquet_without_a_headline(tmp_path: Path) -> None:
    """The error names the columns that there are."""
    columns(path := tmp_path / "a.parquet", names=("body", "published_at"))

    with refused(SourceError, r"no column for title \(제목\).*the columns are: body, published_at"):
        open_source(path)


def test_parquet_that_is_cut_short(tmp_path: Path) -> None:
    """Half a file is refused with the next step."""
    columns(path := tmp_path / "a.parquet")
    path.write_bytes(path.read_bytes()[:-20])

    with refused(SourceError, "Arrow file that is cut short"):
        open_source(path)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("made/bigkinds_like.xlsx", 30),
        ("made/bigkinds_like_A1.xlsx", 30),
        ("made/articles.parquet", 2),
        ("made/articles.zip", 1),
        ("made/articles.tar.gz", 1),
    ],
)
def test_the_files_of_the_formats_folder(name: str, count: int) -> None:
    """Every example is read whole, whatever the dimension of its sheet says."""
    with open_source(data_file(f"formats/{name}")) as source:
        items = list(source)

    assert len(fields(items)) == count
    assert not [item for item in items if isinstance(item, Reject)]
