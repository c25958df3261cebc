"""A search that takes too long leaves something out and says so; one that waited too long is not begun."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.config import load_settings
from gisa.errors import ConfigError
from gisa.library import Library
from gisa.model import SearchPage
from gisa.saying.korean import KOREAN
from gisa.search.request import SearchRequest
from gisa.web import create_app
from tests.said import refused
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor, texts


class Passing:
    """Time of which a second passes each time somebody looks, from when it is let go."""

    def __init__(self) -> None:
        self._seconds = count()
        self.passes = True

    def __call__(self) -> float:
        return float(next(self._seconds)) if self.passes else 0.0


@pytest.fixture
def time_passing() -> Passing:
    return Passing()


@pytest.fixture
def slow(tmp_path: Path, time_passing: Passing) -> Iterator[Library]:
    """The paper, where every step of a search takes longer than the half second that a search has."""
    with gisa.open(tmp_path / "paper", clock=clock, monotonic=time_passing) as library:
        library.add(paper())
        yield library


def test_a_page_without_its_counts_says_so(slow: Library) -> None:
    """All hits and the total are there, the filters can be used without their counts, and a notice explains it."""
    visitor = Visitor(create_app(slow, clock=clock, monotonic=still))

    page = visitor.page("/search", q="바다")

    assert texts(page, "h1") == ["‘바다’ 검색 결과 65건"]
    assert len(page.css(".hit")) == 20
    assert texts(page, ".notice") == [KOREAN.notices.partial]
    assert texts(page, ".filters a")[:3] == ["전체", "오늘", "1주"]


def test_the_api_names_what_happened(slow: Library) -> None:
    """The notice has a code, and the facets that were asked for are null."""
    visitor = Visitor(create_app(slow, clock=clock, monotonic=still))

    data = visitor.get("/api/search?q=바다&facets=true").json()["data"]

    assert [notice["code"] for notice in data["notices"]] == ["partial"]
    assert data["facets"] is None
    assert (data["total"], len(data["hits"])) == (65, 20)


@pytest.mark.parametrize("path", ["/search?q=바다", "/api/search?q=바다&facets=true"])
def test_a_partial_answer_is_not_remembered(slow: Library, time_passing: Passing, path: str) -> None:
    """Neither here nor in the reader's browser: whoever asks again when there is time gets all of it."""
    app = create_app(slow, clock=clock, monotonic=still)
    first = Visitor(app).get(path)
    time_passing.passes = False

    whole = Visitor(app).get(path)

    assert first.headers["cache-control"] == "private, no-store"
    assert whole.headers["cache-control"] == "private, no-cache"
    assert KOREAN.notices.partial in first.text
    assert KOREAN.notices.partial not in whole.text


def test_partial_answers_are_counted(slow: Library) -> None:
    """A server that is too slow for its readers can be seen to be."""
    visitor = Visitor(create_app(slow, clock=clock, monotonic=still))
    visitor.get("/search?q=바다")
    visitor.get("/api/search?q=바다&facets=true")

    assert "gisa_partial_searches_total 2.0" in visitor.get("/metrics").text


def test_without_a_limit_a_search_takes_as_long_as_it_takes(slow: Library) -> None:
    """``budget_ms = 0``: nothing is left out, and nobody has waited too long."""
    (slow.settings.data_dir / "gisa.toml").write_text("[serve]\nbudget_ms = 0\n", encoding="utf-8")
    with gisa.open(slow.settings.data_dir, clock=clock, monotonic=Passing()) as unlimited:
        visitor = Visitor(create_app(unlimited, clock=clock, monotonic=Passing()))

        page = visitor.page("/search", q="바다")

    assert texts(page, ".notice") == []
    assert texts(page, ".filters a")[0] == "전체 65"


def test_who_has_waited_too_long_is_told_to_come_back(paper_library: Library) -> None:
    """Before any work is done: 503 with Retry-After, counted as refused; health answers whatever the wait."""
    visitor = Visitor(create_app(paper_library, clock=clock, monotonic=Passing()))

    page, of_api = visitor.get("/search?q=바다"), visitor.get("/api/search?q=바다")

    assert [(each.status_code, each.headers["retry-after"]) for each in (page, of_api)] == [(503, "1"), (503, "1")]
    assert "접속이 많아 검색이 지연되고 있습니다" in page.text
    assert of_api.json()["type"] == "/api/docs#overloaded"
    assert visitor.get("/api/health").status_code == 200
    assert "gisa_refused_requests_total 2.0" in visitor.get("/metrics").text


def test_waiting_is_part_of_the_time(paper_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request has waited is taken off what its search may take."""
    given: list[float | None] = []
    search = paper_library.search

    def listening(asked: SearchRequest, *, budget_s: float | None, **named: Any) -> SearchPage:
        given.append(budget_s)
        return search(asked, **named)

    monkeypatch.setattr(paper_library, "search", listening)
    seconds = iter((10.0, 10.2, 10.3, 20.0, 20.45, 20.5))
    visitor = Visitor(create_app(paper_library, clock=clock, monotonic=lambda: next(seconds)))

    visitor.get("/search?q=바다")
    visitor.get("/api/search?q=바다")

    assert given == pytest.approx([0.3, 0.05])


@pytest.mark.parametrize("value", ["-1", "true", '"500"', "0.5"])
def test_a_budget_that_is_no_number_of_milliseconds_is_named(tmp_path: Path, value: str) -> None:
    """The message names file, table and key."""
    (tmp_path / "gisa.toml").write_text(f"[serve]\nbudget_ms = {value}\n", encoding="utf-8")

    with refused(ConfigError, r"gisa\.toml \[serve\]: budget_ms"):
        load_settings(tmp_path)
