"""A cited result set on its page and in the API; every page, answer and export carries its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from fastapi import FastAPI

import gisa
from gisa.library import Library
from gisa.saying.citing import cite_set
from gisa.search.request import SearchRequest
from gisa.search.sets import ResultSet
from gisa.web import create_app
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor, links, one, texts

SEARCH = f"q={quote('바다')}&section={quote('경제')}"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with gisa.open(tmp_path, clock=clock, monotonic=still) as opened:
        opened.add(paper()[:9])
        yield opened


@pytest.fixture
def app(library: Library) -> FastAPI:
    return create_app(library, clock=clock, monotonic=still)


def test_page_answer_and_export_carry_the_set(app: FastAPI) -> None:
    """The same search at the same moment has one id, wherever it is asked; a relaxed page has none."""
    visitor = Visitor(app)
    page = visitor.page(f"/search?{SEARCH}")
    answer = visitor.get(f"/api/search?{SEARCH}&limit=2").json()["meta"]["set_id"]
    export = visitor.get(f"/api/export?{SEARCH}&format=csv").text
    relaxed = visitor.get(f"/api/search?q={quote('바다 없는말')}").json()["meta"]["set_id"]

    assert one(page, 'a[href^="/sets/"]').attributes["href"] == f"/sets/{answer}"
    assert answer in export
    assert relaxed is None


def test_the_page_tells_then_and_now(app: FastAPI, library: Library) -> None:
    """Counts, what came and what is gone, the four citations; of a removed article only that it was, and why."""
    set_id = Visitor(app).get(f"/api/search?{SEARCH}").json()["meta"]["set_id"]
    fields = {"section": "경제", "byline": ["오세림 기자"]}
    library.add([{**paper()[1], "body": "바다 소식을 고쳤다.", **fields}])
    library.add(
        [{"id": "new", "title": "바다 새 소식", "body": "", "published_at": "2026-11-16T11:00:00+09:00", **fields}]
    )
    library.remove(["sea-04"], public_reason="당사자 요청")

    page = Visitor(app).page(f"/sets/{set_id}")
    data = Visitor(app).get(f"/api/sets/{set_id}").json()["data"]

    assert texts(page, "h1") == ["‘바다’ 검색 결과"]
    assert texts(page, "main h2") == ["추가된 기사 1건", "수정된 기사 1건", "삭제된 기사 1건", "인용 형식"]
    assert "당사자 요청" in texts(page, "main li")[-1]
    assert "바다 소식 4호" not in (page.html or "바다 소식 4호")
    assert (data["total_then"], data["total"], data["parameters"]) == (
        3,
        3,
        {"q": "바다", "section": "경제", "about": "0"},
    )
    assert [each["id"] for each in data["removed"]] == ["sea-04"]
    assert data["counts"] == {"added": 1, "corrected": 1, "removed": 1, "left": 0, "hidden": 0}


def test_a_page_in_another_language_leads_on_in_it(app: FastAPI, library: Library) -> None:
    """Articles that came, and those that are gone."""
    set_id = Visitor(app).get(f"/api/search?{SEARCH}").json()["meta"]["set_id"]
    fields = {"section": "경제", "byline": ["오세림 기자"]}
    library.add(
        [{"id": "new", "title": "바다 새 소식", "body": "", "published_at": "2026-11-16T11:00:00+09:00", **fields}]
    )
    library.remove(["sea-04"], public_reason="당사자 요청")

    page = Visitor(app).page(f"/sets/{set_id}?lang=en")

    assert links(page, 'main li a[href^="/articles/"]') == [
        "/articles/new?lang=en",
        "/articles/sea-04?lang=en",
    ]


def test_citations_are_read_by_reference_managers(app: FastAPI) -> None:
    """BibTeX and RIS come back from parsers with title, paper, year and address; APA and the Korean form hold the same."""
    set_id = Visitor(app).get(f"/api/search?{SEARCH}").json()["meta"]["set_id"]
    cited = Visitor(app).get(f"/api/sets/{set_id}").json()["data"]["citations"]
    address = f"http://paper.example/sets/{set_id}"

    [entry] = parse_string(cited["bibtex"]).entries
    [record] = rispy.loads(cited["ris"])

    assert (entry["url"], entry["year"], entry["note"]) == (address, "2026", "3 articles")
    assert (record["urls"], record["year"]) == ([address], "2026")
    assert cited["apa"] == (
        f"기사 검색. (2026, November 16). Search results for “바다”, section=경제 [3 articles]. {address}"
    )
    assert cited["korean"] == f"기사 검색, “바다”, section=경제 검색 결과 3건, 2026. 11. 16. 12:00 기준, {address}"


def test_nothing_in_a_search_or_a_name_begins_a_line_of_ris() -> None:
    """Line breaks in a filter or in the paper's name are spaces, as in an export."""
    asked = SearchRequest("바다", section="경제\r\nAU  - 남")
    found = ResultSet(asked, 1, datetime(2026, 11, 16, tzinfo=UTC), 3, b"")

    [record] = rispy.loads(cite_set(found, publisher="나루\n일보", address="https://paper.example/sets/a").ris)

    assert record["authors"] == ["나루 일보"]
    assert record["title"] == "Search results for “바다”, section=경제 AU - 남"


@pytest.mark.parametrize("set_id", ["none", "A" * 80, quote("한글"), "a" * 5_000])
def test_an_id_that_is_none_is_404(app: FastAPI, set_id: str) -> None:
    """A cut or invented id is a page, or a problem, that says so."""
    page, answer = Visitor(app).get(f"/sets/{set_id}"), Visitor(app).get(f"/api/sets/{set_id}")

    assert (page.status_code, answer.status_code) == (404, 404)
    assert answer.json()["type"] == "/api/docs#set-not-found"
    assert re.search("인용한 검색 결과를 찾을 수 없습니다", page.text)
