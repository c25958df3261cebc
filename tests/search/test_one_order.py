"""Whoever asks for a search's results, and however many at a time, is given the same articles in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gisa
from gisa.errors import SearchInvalid
from gisa.library import Library
from gisa.model import Sort
from gisa.search.cursor import Cursor, read_cursor
from gisa.search.relaxing import HANDFUL, RARE
from gisa.search.request import SearchRequest
from gisa.web import create_app
from gisa.web.pages.feeds import FEED_LENGTH
from tests.web.conftest import clock, still
from tests.web.visitor import Visitor

WORDS = ("방탄소년단", "나루대교", "버스", "공연", "등대", "스웨덴")
"""From the rarest to one that is everywhere, and one that stands nowhere."""
QUESTIONS = ("나루대교는 왜 막았나", "공연은 언제 열리나요")
SLIPS = ("방탄소년닩", "나루대굔 버스")
LIMIT = 30


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Articles about few words in many ways, three at a time of one moment; ``공연`` stands in more than a relaxed page shows."""
    with gisa.open(tmp_path_factory.mktemp("order"), clock=clock, monotonic=still) as library:
        held = [WORDS[:2], WORDS[1:3], WORDS[1:2], WORDS[2:3], ()]
        library.add(
            {
                "id": f"a{number:03}",
                "title": " ".join([*(held[number % 5] if number < 40 else ()), "공연"]),
                "body": f"{number}번 무대. " + " ".join(held[number % 3] if number < 60 else ()) + " 소식을 전한다.",
                "published_at": datetime(2025, 1, 1 + number // 30, number % 30 // 3, tzinfo=UTC).isoformat(),
                "section": ("지역", "문화")[number % 2],
            }
            for number in range(RARE + 20)
        )
        yield library


@pytest.fixture(scope="module")
def visitor(library: Library) -> Visitor:
    return Visitor(create_app(library, clock=clock, monotonic=still))


queries = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True).map(" ".join),
    st.sampled_from(QUESTIONS + SLIPS),
)
requests = st.builds(
    SearchRequest,
    queries,
    sort=st.sampled_from(Sort),
    section=st.sampled_from([None, "문화"]),
    about=st.booleans(),
    limit=st.just(LIMIT),
)


def paged(library: Library, request: SearchRequest) -> list[str]:
    """The articles of all pages, and whether the total is theirs."""
    ids: list[str] = []
    while True:
        page = library.search(replace(request, offset=len(ids)))
        if not page.hits:
            assert page.total == len(ids)
            return ids
        ids += [hit.article.id for hit in page.hits]


def by_cursor(library: Library, request: SearchRequest) -> list[str]:
    """The same, going on from where the page before ended, as long as it says where."""
    ids: list[str] = []
    while True:
        page = library.search(request)
        ids += [hit.article.id for hit in page.hits]
        if page.next_cursor is None:
            return ids
        request = replace(request, cursor=read_cursor(page.next_cursor))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(requests)
def test_pages_results_files_and_feeds_agree(library: Library, visitor: Visitor, request: SearchRequest) -> None:
    """Relaxed or not: page by page, by cursor, as one list, as a file, from the API and as a feed."""
    ids = paged(library, request)
    params: dict[str, Any] = {name: text for name, text in request.to_params().items() if name not in ("limit", "page")}
    file = [
        orjson.loads(line) for line in visitor.get("/api/export", format="jsonl", columns="id", **params).iter_lines()
    ]
    listed = visitor.get("/api/search", limit=100, **params).json()["data"]

    walked = by_cursor(library, request)
    results = library.results(request)

    assert [article.id for article in results] == ids
    assert [line["id"] for line in file if "id" in line] == ids
    assert [hit["id"] for hit in listed["hits"]] == ids[:100]
    assert walked == ids[: len(walked)]
    assert len(walked) in (len(ids), min(LIMIT, len(ids)))
    if request.sort is Sort.NEWEST:
        feed = visitor.get("/search.json", **params).json()["items"]
        assert [item["id"] for item in feed] == ids[:FEED_LENGTH]


def test_the_cap_of_a_relaxed_search_holds_everywhere(library: Library) -> None:
    """Where one common word of two is left a file holds no more than the page."""
    request = SearchRequest("공연 스웨덴")

    assert library.results(request).total == library.search(request).total == HANDFUL


def test_behind_a_cursor_a_relaxed_search_has_nothing(library: Library) -> None:
    """Its order is no order of time: whoever walks by cursor while a search becomes relaxed meets no article twice."""
    page = library.search(SearchRequest("방탄소년단 스웨덴", cursor=Cursor(Sort.NEWEST, 1, 1)))

    assert (page.relaxed, page.hits, page.next_cursor) == (True, (), None)


def test_results_of_a_slip_are_those_of_its_correction(library: Library) -> None:
    """A file holds what the page shows, and says what was searched."""
    page = library.search("나루대굔 버스")
    results = library.results(SearchRequest("나루대굔 버스"))

    assert page.corrected_from is not None
    assert (results.query, results.total) == (page.query, page.total)


def test_results_take_what_a_search_takes(library: Library) -> None:
    """``results`` is called with a query and keywords like ``search``, and refuses the same."""
    assert [each.id for each in library.results("공연", sort="oldest")] == [
        each.id for each in library.results(SearchRequest("공연", sort=Sort.OLDEST))
    ]
    with pytest.raises(SearchInvalid, match="there is no colour"):
        library.results("공연", colour="blue")  # type: ignore[call-arg]
