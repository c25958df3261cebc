"""What one page of results costs: how often its query is compiled, and how often the index is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import gisa
from gisa.index.tantivy_index import TantivyReader
from gisa.library import Library
from gisa.sample import open_articles
from gisa.search import compiling, service
from gisa.search.request import SearchRequest


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample newspaper."""
    with gisa.open(tmp_path_factory.mktemp("sample")) as library:
        library.add(open_articles())
        library.search(
            "나루", facets=True
        )  # once for each commit: whether anything is hidden, and how far back articles go
        yield library


@pytest.fixture
def calls(paper: Library, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each was called, after a search for something else."""
    paper.search("앞선 검색어")
    counted: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        called: Callable[..., Any] = getattr(owner, name)

        def counting(*args: Any, **kwargs: Any) -> Any:
            counted[name] += 1
            return called(*args, **kwargs)

        monkeypatch.setattr(owner, name, counting)

    for owner in (compiling, service):
        count(owner, "compile_query")
    for name in ("search", "count", "count_each", "most_held", "facet_counts", "scores"):
        count(TantivyReader, name)
    return counted


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        pytest.param(
            "인공지능", {"search": 2, "count": 1, "facet_counts": 1, "count_each": 1}, id="a word with variants"
        ),
        pytest.param(
            "인공지능 센터",
            {"most_held": 1, "search": 1, "count": 1, "facet_counts": 1, "count_each": 1},
            id="two words with variants",
        ),
        pytest.param('"AI센터"', {"search": 2, "count": 1, "facet_counts": 1}, id="a literal"),
        pytest.param(
            "나루대교 인공지능 로봇", {"most_held": 1, "count_each": 1, "search": 1, "facet_counts": 1}, id="relaxed"
        ),
    ],
)
def test_a_page_compiles_its_query_once_and_asks_the_index_seldom(
    paper: Library, calls: Counter[str], query: str, asked: dict[str, int]
) -> None:
    """One compilation, one call for the articles, two for what they are about, one for variants, one for filters."""
    page = paper.search(query, facets=True)

    assert page.total
    assert calls == {"compile_query": 1, **asked}


def test_each_set_of_filters_costs_one_call(paper: Library, calls: Counter[str]) -> None:
    """Sections are counted without the section's filter, times without the time's, reporters with both."""
    whole = paper.search("인공지능", facets=True)
    calls.clear()
    page = paper.search("인공지능", facets=True, since=date(2025, 1, 1), section="IT·과학")

    assert whole.total > page.total > 0
    assert page.facets is not None
    assert [each.count for each in page.facets["period"] if each.value == "all"] >= [page.total]
    assert calls == {
        "search": 2,
        "facet_counts": 3,
        "count_each": 1,
    }  # the query is the one before, and its plan is kept


def test_what_a_search_costs_is_asked_of_the_plan_that_is_run(paper: Library, calls: Counter[str]) -> None:
    """A server asks for the cost of each page before it runs it."""
    request = SearchRequest("등대 바다 축제")

    assert paper.cost(request) > 0
    paper.search(request)

    assert calls["compile_query"] == 1


def test_switching_off_and_looking_inside_take_no_compilation(paper: Library, calls: Counter[str]) -> None:
    """A page with one variant switched off names it, and the count of what stands inside words, from the same plan."""
    page = paper.search("인공지능 우정", without=["synonym:인공지능=ai"], match="any")

    assert [variant.key for variant in page.variants_off] == ["synonym:인공지능=ai"]
    assert calls["compile_query"] == 1
    assert calls["count_each"] <= 1


def test_newest_first_works_out_no_score(paper: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only relevance needs is not made for a search by date."""

    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError(args, kwargs)

    monkeypatch.setattr("gisa.query.plan.score_of", fail)

    assert paper.search("인공지능 센터").total
    with pytest.raises(AssertionError):
        paper.search("인공지능 센터", sort="relevance")
