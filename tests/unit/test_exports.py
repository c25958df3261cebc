"""Exports: every format reads back with a parser that people use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

import arro3.io
import openpyxl
import orjson
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from gisa.errors import ExportInvalid
from gisa.exports import bibtex, ris
from gisa.exports.delimited import as_text
from gisa.exports.formats import format_named, format_of_file
from gisa.exports.record import COLUMNS, DEFAULT_COLUMNS, Colophon, columns_named
from gisa.model import SEOUL, Article

AT = datetime(2025, 12, 24, 9, 30, tzinfo=SEOUL)
FULL = Article(
    id="naru-1",
    title="나루대교, ‘100% 개통’ & {새} 길_",
    body="첫 문장.\n둘째 문장.",
    published_at=AT,
    section="사회",
    byline=("홍예담 기자", "Kim, Alex"),
    publisher="나루일보",
    url="https://naru.example/articles/1?a=b&c=d",
    keywords=("나루대교", "개통"),
)
FORMULA = Article(id="naru-2", title="=1+1", body="", published_at=AT)
ARTICLES = (FULL, FORMULA)


def colophon(total: int = 2) -> Colophon:
    return Colophon(query="나루 {대교}", filters="section=사회", total=total, exported_on="2025-12-25T00:00:00+09:00")


def written(name: str, *, columns: tuple[str, ...] = DEFAULT_COLUMNS) -> bytes:
    return b"".join(format_named(name).write(iter(ARTICLES), columns_named(columns), colophon()))


def test_csv_opens_in_excel_and_runs_no_formula() -> None:
    """CSV begins with a byte order mark, keeps every cell, makes a formula text, and ends with its origin."""
    data = written("csv", columns=("id", "title", "byline", "body"))

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert rows == [
        ["id", "title", "byline", "body"],
        ["naru-1", FULL.title, "홍예담 기자; Kim, Alex", FULL.body],
        ["naru-2", "'=1+1", "", ""],
        [
            "#",
            "query: 나루 {대교}",
            "filters: section=사회",
            "total: 2",
            "exported_on: 2025-12-25T00:00:00+09:00",
        ],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(start: str) -> None:
    """Whatever a spreadsheet would run is text."""
    assert as_text(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_xlsx_reads_back() -> None:
    """The first sheet holds header and rows as text, the second says where they come from."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", columns=("title", "section"))))

    results, about = book.worksheets

    assert list(results.values) == [("title", "section"), (FULL.title, "사회"), ("=1+1", None)]
    assert results["A3"].data_type == "s"
    assert next(iter(about.values)) == ("query", "나루 {대교}")


def test_a_sheet_that_is_too_small_is_refused() -> None:
    """More results than a sheet has rows is an error before anything is written."""
    with pytest.raises(ExportInvalid, match="1,048,575 rows"):
        next(format_named("xlsx").write(iter(()), columns_named(["id"]), colophon(2_000_000)))


def test_jsonl_keeps_lists_and_ends_with_its_origin() -> None:
    """Each line is an article that can be added again; the last is the colophon."""
    first, second, last = [orjson.loads(line) for line in written("jsonl").splitlines()]

    assert first["byline"] == ["홍예담 기자", "Kim, Alex"]
    assert second == {"id": "naru-2", "published_at": "2025-12-24T09:30:00+09:00", "title": "=1+1"}
    assert last["gisa_export"]["total"] == 2


def test_parquet_reads_back() -> None:
    """Parquet holds one text column a chosen column, null where the article has nothing."""
    table = arro3.io.read_parquet(io.BytesIO(written("parquet"))).read_all()

    assert table.column_names == list(DEFAULT_COLUMNS)
    assert table["title"].to_pylist() == [FULL.title, "=1+1"]
    assert table["section"].to_pylist() == ["사회", None]


def test_ris_reads_back() -> None:
    """A reference manager reads title, authors, date, paper and address."""
    first, second = rispy.loads(written("ris").decode())

    assert first["title"] == FULL.title
    assert first["authors"] == ["홍예담 기자", "Kim, Alex"]
    assert first["secondary_title"] == "나루일보"
    assert first["date"] == "2025/12/24"
    assert first["urls"] == [FULL.url]
    assert second["title"] == "=1+1"


def test_bibtex_reads_back() -> None:
    """BibTeX parses, keeps Korean names whole and escapes what LaTeX would run."""
    library = parse_string(written("bibtex").decode())

    assert not library.failed_blocks
    entry = library.entries_dict["naru-1"]
    assert entry["title"] == r"{나루대교, ‘100\% 개통’ \& \{새\} 길\_}"
    assert entry["author"] == "{홍예담 기자} and {Kim, Alex}"
    assert entry["url"] == FULL.url
    assert len(library.entries) == 2


def test_csl_is_one_list() -> None:
    """CSL-JSON is a list of newspaper articles, and an empty list for no results."""
    first, _ = orjson.loads(written("csl"))

    assert first["type"] == "article-newspaper"
    assert first["issued"] == {"date-parts": [[2025, 12, 24]]}
    assert first["author"][1] == {"literal": "Kim, Alex"}
    assert orjson.loads(b"".join(format_named("csl").write(iter(()), (), colophon(0)))) == []


@given(st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_any_headline_is_one_record(title: str, identity: str) -> None:
    """No text breaks a citation record: one parses as one."""
    article = Article(id=identity, title=f"가{title}", body="", published_at=AT)

    assert len(rispy.loads(ris.record(article).encode("utf-8", "replace").decode())) == 1
    library = parse_string(bibtex.entry(article).encode("utf-8", "replace").decode())
    assert (len(library.entries), len(library.failed_blocks)) == (1, 0)


@pytest.mark.parametrize("name", ["csv", "jsonl", "ris", "bibtex", "csl"])
def test_articles_are_read_lazily(name: str) -> None:
    """A format whose index does not stand at the file's end begins before the last article is known."""
    seen = 0

    def articles() -> Iterator[Article]:
        nonlocal seen
        for number in range(2_000):
            seen = number
            yield FULL

    chunks = format_named(name).write(articles(), columns_named(["id"]), colophon(2_000))
    next(chunks)
    next(chunks)

    assert seen < 1_000


def test_columns_and_formats_are_checked() -> None:
    """Unknown, repeated and missing names are told with those there are."""
    with pytest.raises(ExportInvalid, match=r"no column 'ttile' — choose from id, "):
        columns_named(["ttile"])
    with pytest.raises(ExportInvalid, match="each column once"):
        columns_named(["id", "id"])
    with pytest.raises(ExportInvalid, match="no export format 'doc'"):
        format_named("doc")
    with pytest.raises(ExportInvalid, match="end the file in"):
        format_of_file("results.doc")


@pytest.mark.parametrize(("file", "name"), [("a.csl.json", "csl"), ("A.XLSX", "xlsx"), ("a.b.jsonl", "jsonl")])
def test_a_file_names_its_format(file: str, name: str) -> None:
    """The longest ending decides, in any case."""
    assert format_of_file(file).name == name


def test_every_column_can_be_exported() -> None:
    """All columns together make a row of as many cells."""
    data = written("csv", columns=tuple(column.name for column in COLUMNS))

    assert len(next(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) == len(COLUMNS)
