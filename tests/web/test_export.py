"""Every result of a search as a file: from Python, the API, the page and the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from gisa.cli.main import main
from gisa.library import Library
from gisa.model import Sort
from gisa.search.request import SearchRequest
from tests.web.visitor import Visitor, links, text

SEARCHES: list[dict[str, Any]] = [
    {},
    {"sort": "oldest"},
    {"sort": "relevance"},
    {"sort": "recommended"},
    {"section": "경제", "since": "2026-11-05"},
    {"limit": 3, "offset": 40},
]


@pytest.mark.parametrize("keywords", SEARCHES, ids=str)
def test_results_are_all_hits_in_order(paper_library: Library, keywords: dict[str, Any]) -> None:
    """They are the pages of the search, one after the other, whatever page was asked for."""
    every = {name: value for name, value in keywords.items() if name not in ("limit", "offset")}
    paged = [hit.article.id for hit in paper_library.search("바다", limit=100, **every).hits]

    found = paper_library.results(SearchRequest("바다", **keywords))

    assert [article.id for article in found] == paged
    assert found.total == len(paged)


def test_recommended_results_begin_with_what_is_about_the_query(library: Library) -> None:
    """As on the page: not the newest first, which only mentions it."""
    library.add(
        [
            article("old", "나루대교 개통", "나루대교가 열렸다.", month=1),
            article("new", "나루대교 통행", "나루대교를 건넜다.", month=3),
            article(
                "mention", "시장 일정", "시장은 회의를 했다. 오후에 행사에 갔다. 저녁에 나루대교를 건넜다.", month=6
            ),
        ]
    )
    page = library.search("나루대교", sort="recommended", about=False)

    found = library.results(SearchRequest("나루대교", sort=Sort.RECOMMENDED, about=False))

    assert [each.id for each in found] == [hit.article.id for hit in page.hits]
    assert [each.id for each in found][-1] == "mention"


def article(article_id: str, title: str, body: str, *, month: int) -> dict[str, str]:
    return {"id": article_id, "title": title, "body": body, "published_at": f"2025-{month:02}-01T09:00:00+09:00"}


@pytest.mark.parametrize("query", ["", "쀍뛟괡", "😀"])
def test_nothing_found_is_an_empty_set(paper_library: Library, query: str) -> None:
    """A search that finds nothing has no results, and says so without an error."""
    assert list(paper_library.results(SearchRequest(query))) == []


def test_the_api_streams_a_csv(visitor: Visitor) -> None:
    """A download with a header, one row a result, and a last row that says where it comes from."""
    answer = visitor.get("/api/export", q="바다", section="경제", columns="id,title")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith("filename*=UTF-8''%EB%B0%94%EB%8B%A4.csv")
    assert "no-store" in answer.headers["cache-control"]
    assert rows[0] == ["id", "title"]
    assert len(rows) == 1 + 22 + 1
    assert rows[-1][1:4] == ["query: 바다", "filters: section=%EA%B2%BD%EC%A0%9C", "total: 22"]


@pytest.mark.parametrize(("name", "value"), [("format", "pdf"), ("columns", "secret"), ("nothing", "1")])
def test_what_is_not_possible_is_refused(visitor: Visitor, name: str, value: str) -> None:
    """An unknown format, column or parameter is a problem that names it, not half a file."""
    answer = visitor.get("/api/export", None, q="바다", **{name: value})

    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json()["errors"]] == [name]


def test_the_page_offers_all_its_results(visitor: Visitor) -> None:
    """The button says how many there are, and its link gives them, with the page's filters."""
    page = visitor.page("/search", q="바다", section="경제", page=2)
    [address, *_] = links(page, ".take a")

    assert text(page, ".take h2") == "기사 22건 내려받기"
    assert len(visitor.get(address).text.splitlines()) == 1 + 22 + 1


def test_the_command_writes_a_file(paper_library: Library, tmp_path: Path) -> None:
    """By the file's ending; nothing is left beside it."""
    target = tmp_path / "sea.jsonl"
    data = str(paper_library.settings.data_dir)

    done = CliRunner().invoke(main, ["export", "바다", "-o", str(target), "--section=지역", "--data", data])

    assert done.exit_code == 0, done.output
    lines = [orjson.loads(line) for line in target.read_bytes().splitlines()]
    assert {line.get("section") for line in lines[:-1]} == {"지역"}
    assert lines[-1]["gisa_export"]["total"] == len(lines) - 1 == 22
    assert [path.name for path in tmp_path.iterdir()] == ["sea.jsonl"]


def test_a_file_of_no_known_ending_is_misuse(paper_library: Library, tmp_path: Path) -> None:
    """It is said which endings there are, and no file is made."""
    data = str(paper_library.settings.data_dir)

    done = CliRunner().invoke(main, ["export", "바다", "-o", str(tmp_path / "sea.doc"), "--data", data])

    assert done.exit_code == 2
    assert ".csv" in done.output
    assert list(tmp_path.iterdir()) == []
