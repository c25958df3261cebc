"""Filters of a search: what each leaves, what its choices would leave, at every door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gisa
from gisa.cli.main import main
from gisa.library import Library
from gisa.search.request import FILTERS, SearchRequest
from gisa.search.timeline import stretch_named
from gisa.web import create_app
from tests.web.visitor import Visitor, text, texts

ARTICLES = [
    ("a1", "등대 축제 개막", "섬마을 소식", ["홍예담 기자"], "문화"),
    ("a2", "섬마을 소식", "등대 축제가 열린다", ["홍예담 기자", "Jane Doe"], "문화"),
    ("a3", "등대 보수 공사", "축제는 없다", ["오세림"], "지역"),
    ("a4", "항구 소식", "등대 앞", [], "지역"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filters")
    with gisa.open(path) as library:
        library.add(
            {
                "id": id_,
                "title": title,
                "body": body,
                "byline": byline,
                "section": section,
                "published_at": f"2026-01-0{number}T09:00:00+09:00",
            }
            for number, (id_, title, body, byline, section) in enumerate(ARTICLES, 1)
        )
    return path


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with gisa.open(folder) as library:
        yield library


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nobody in particular": ({}, ["a4", "a3", "a2", "a1"]),
    "a reporter": ({"byline": "홍예담"}, ["a2", "a1"]),
    "with the word for the job": ({"byline": "홍예담 기자"}, ["a2", "a1"]),
    "a name in Latin letters": ({"byline": "jane doe"}, ["a2"]),
    "half a name": ({"byline": "jane"}, []),
    "headlines only": ({"title_only": True}, ["a3", "a1"]),
    "both": ({"title_only": True, "byline": "오세림"}, ["a3"]),
    "with a section": ({"byline": "홍예담", "section": "지역"}, []),
}


@pytest.mark.parametrize(("keywords", "found"), CASES.values(), ids=CASES.keys())
def test_every_door_gives_what_a_filter_leaves(
    library: Library, folder: Path, keywords: dict[str, Any], found: list[str]
) -> None:
    """Python, the API, the page and the command line leave the same articles."""
    request = SearchRequest("등대", **keywords)
    visitor = Visitor(create_app(library))
    options = [f"--{name.replace('_', '-')}={value}" for name, value in keywords.items() if value is not True]
    options += [f"--{name.replace('_', '-')}" for name, value in keywords.items() if value is True]
    printed = CliRunner().invoke(main, ["search", "등대", "--json", "--data", str(folder), *options])

    assert [hit.article.id for hit in library.search(request).hits] == found
    assert library.search("등대", **keywords).hits == library.search(request).hits
    of_api = visitor.get("/api/search", None, **request.to_params()).json()["data"]["hits"]
    assert [hit["id"] for hit in of_api] == found
    assert len(visitor.page("/search", **request.to_params()).css("li.hit")) == len(found)
    assert [part.partition('"')[0] for part in printed.stdout.split('{"id":"')[1:]] == found


@pytest.mark.parametrize("others", [{}, {"section": "문화"}, {"byline": "오세림"}, {"title_only": True}], ids=str)
def test_choices_count_what_they_would_leave(library: Library, others: dict[str, Any]) -> None:
    """Each count is the total of the search with that choice in the place of the group's own filter."""
    page = library.search("등대", facets=True, **others)

    assert page.facets is not None
    for group in ("byline", "section"):
        for choice in page.facets[group]:
            keywords = others | {group: choice.value}
            assert library.search("등대", **keywords).total == choice.count, (group, choice)
    assert {choice.value for choice in page.facets["byline"]} >= {"오세림"} - (
        {"오세림"} if "section" in others else set()
    )


def test_the_page_offers_reporters_and_headlines(library: Library) -> None:
    """Both are groups of choices beside the others; what is chosen can be left out again."""
    visitor = Visitor(create_app(library))
    page = visitor.page("/search", q="등대")
    chosen = visitor.page("/search", q="등대 없는말", byline="오세림", title_only="1")

    assert texts(page, "[data-filter=byline] a") == ["전체", "홍예담 2", "jane doe 1", "오세림 1"]
    assert texts(page, ".switch a") == ["제목만", "명단·알림 제외", "상세검색"]
    assert text(chosen, ".switch a[aria-current]") == "제목만"


def test_every_filter_is_a_parameter_of_the_api_and_an_option(library: Library) -> None:
    """Nothing has to be added at a door for a filter to be there."""
    described = Visitor(create_app(library)).get("/api/openapi.json").json()
    parameters = {each["name"] for each in described["paths"]["/api/search"]["get"]["parameters"]}
    options = {option for param in main.commands["search"].params for option in param.opts}

    assert {param.name for param in FILTERS} <= parameters
    assert {"--" + param.name.replace("_", "-") for param in FILTERS} <= options


@pytest.mark.parametrize(
    "others", [{}, {"section": "문화"}, {"period": "year"}, {"since": "2025-01-01"}, {"title_only": True}], ids=str
)
def test_the_timeline_counts_every_result_once(library: Library, others: dict[str, Any]) -> None:
    """Each bar is the total of the search in its days, and all bars together are the total."""
    page = library.search("등대", facets=True, **others)

    assert page.facets is not None
    bars = page.facets.get("timeline", ())
    assert sum(bar.count for bar in bars) == page.total
    for bar in bars:
        days = stretch_named(bar.value)
        keywords = {name: value for name, value in others.items() if name not in ("period", "since")}
        if others.keys() & {"period", "since"}:
            assert bar.count <= library.search("등대", since=days.first, until=days.last, **keywords).total
        else:
            assert bar.count == library.search("등대", since=days.first, until=days.last, **keywords).total
