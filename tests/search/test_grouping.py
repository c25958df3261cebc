"""Each story once: what stands under what, totals both ways, pages that split no story, and nothing that may not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.access import Asker
from gisa.library import Library
from gisa.model import Article, NoticeCode, Sort, WithheldAs
from gisa.search import grouping
from gisa.search.cursor import read_cursor
from tests.stories.labelled import families

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ARTICLES = [article for family in families() for article, _ in family]
BRIDGE = [article for article, _ in next(families())][:4]
"""Four articles of one story, in the order they were printed but for the last two."""
QUERIES = [
    "나루",
    "나루시",
    "바다군",
    "시장",
    "나루대교",
    "축제 갯벌",
    "밝혔다",
    "-나루",
    "코스피 OR 지진",
    "기탁",
    "없는낱말",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All labelled articles."""
    with gisa.open(tmp_path_factory.mktemp("data"), clock=lambda: NOW) as opened:
        opened.add(ARTICLES)
        yield opened


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Library]:
    """A story of four articles, and another article."""
    with gisa.open(tmp_path / "data", clock=lambda: NOW) as opened:
        opened.add([*BRIDGE, ARTICLES[5]])
        yield opened


def ids(page: Any) -> list[str]:
    return [hit.article.id for hit in page.hits]


def every_page(library: Library, query: str, **asked: Any) -> list[Any]:
    """The hits of all pages, seven a page."""
    found: list[Any] = []
    for offset in count(0, 7):
        page = library.search(query, group=True, limit=7, offset=offset, **asked)
        found += page.hits
        if not page.hits:
            return found
    raise AssertionError


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", list(Sort))
def test_the_stories_of_all_pages_are_all_results(library: Library, query: str, sort: Sort) -> None:
    """The articles in all groups of all pages are the results that are not grouped, each once; both totals are exact."""
    apart = library.search(query, sort=sort, limit=100, facets=True)
    together = library.search(query, sort=sort, group=True)
    hits = every_page(library, query, sort=sort)

    assert (together.total, together.results, together.stories) == (apart.total, len(hits), apart.stories)
    assert sum(1 + hit.similar_total for hit in hits) == apart.total
    shown = [article.id for hit in hits for article in (hit.article, *hit.similar)]
    assert len(shown) == len(set(shown)) == apart.total
    assert set(ids(apart)) <= set(shown)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_the_order_is_that_of_the_articles_that_stand_for_the_others(library: Library, sort: Sort) -> None:
    """Grouped results are the results that are not grouped, without those that stand under another one."""
    apart = ids(library.search("나루", sort=sort, limit=100))
    hits = every_page(library, "나루", sort=sort)
    under = {article.id for hit in hits for article in hit.similar}

    assert [hit.article.id for hit in hits] == [each for each in apart if each not in under]
    assert all(hit.article.published_at >= article.published_at for hit in hits for article in hit.similar)


def test_pages_by_cursor_are_those_by_number(library: Library) -> None:
    """A cursor leads on behind the last story of a page."""
    first = library.search("나루", group=True, limit=7)
    assert first.next_cursor is not None
    second = library.search("나루", group=True, limit=7, cursor=read_cursor(first.next_cursor))

    assert ids(second) == ids(library.search("나루", group=True, limit=7, offset=7))
    assert second.results == first.results


def test_many_results_are_grouped_by_number(paper: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """If fewer articles share a story than match, only those are asked for. Where both are too many, the page says so."""
    paper.add([replace(BRIDGE[0], id=f"short-{n}", title=f"나루시 소식 {n}", body="짧다") for n in range(20)])
    page = paper.search("나루", group=True)
    monkeypatch.setattr(grouping, "MOST", 3)
    too_many = paper.search("나루", group=True)

    assert page.total - page.results == 3
    assert not page.notices
    assert [each.code for each in too_many.notices] == [NoticeCode.NOT_GROUPED]
    assert not too_many.grouped
    assert not paper.search("나루").notices


def test_the_newest_stands_for_the_others_and_is_followed_at_once(paper: Library) -> None:
    """A takedown of the article that stands for its story brings the next one forward, in the same call."""
    before = paper.search("나루대교", group=True)
    paper.remove([before.hits[0].article.id])
    after = paper.search("나루대교", group=True)

    newest, *others = sorted(BRIDGE, key=lambda each: each.published_at, reverse=True)
    assert [hit.article.id for hit in before.hits] == [newest.id]
    assert [each.id for each in before.hits[0].similar] == [each.id for each in others]
    assert [hit.article.id for hit in after.hits] == [others[0].id]
    assert [each.id for each in after.hits[0].similar] == [each.id for each in others[1:]]
    assert (after.total, after.results) == (3, 1)


def test_only_what_matches_stands_under_a_result(paper: Library) -> None:
    """Articles of the story that the query does not find are neither shown nor counted."""
    page = paper.search("정밀안전진단", group=True)

    assert (page.total, page.results) == (2, 1)
    assert page.hits[0].similar_total == 1


@pytest.mark.parametrize("hidden", [{"withheld_as": WithheldAs.DRAFT}, {"visible_from": NOW + timedelta(days=1)}])
def test_what_may_not_be_seen_is_in_no_group(paper: Library, hidden: dict[str, Any]) -> None:
    """An article that becomes hidden leaves every group and both totals; the desk's groups are made of what readers see, too."""
    newest = max(BRIDGE, key=lambda each: each.published_at)
    paper.add([replace(newest, **hidden)])
    page = paper.search("나루대교", group=True)

    assert (page.total, page.results) == (3, 1)
    assert newest.id not in {each.id for hit in page.hits for each in (hit.article, *hit.similar)}
    desk = paper.search("나루대교", group=True, asker=Asker.DESK)
    assert desk.total - desk.results == 2


def test_a_paper_may_group_by_default_and_show_what_was_printed_first(tmp_path: Path) -> None:
    """``[search] group`` decides where a request does not say; ``story_head`` which article stands for the others."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "gisa.toml").write_text('[search]\ngroup = true\nstory_head = "first"\n', "utf-8")
    with gisa.open(folder, clock=lambda: NOW) as library:
        library.add(BRIDGE)
        page, apart = library.search("나루대교"), library.search("나루대교", group=False)

    first = min(BRIDGE, key=lambda each: each.published_at)
    assert (page.grouped, ids(page)) == (True, [first.id])
    assert (apart.grouped, len(apart.hits)) == (False, 4)


def test_all_results_and_exports_are_grouped_as_asked(library: Library) -> None:
    """``results`` and its files hold each story once if the request says so; then nothing cites them, since a citation is of all."""
    apart = library.results(gisa.SearchRequest("나루"))
    together = library.results(gisa.SearchRequest("나루", group=True))

    assert together.total == library.search("나루", group=True).results < apart.total
    assert [each.id for each in together] == [hit.article.id for hit in every_page(library, "나루")]
    assert (apart.cite() is not None, together.cite()) == (True, None)


def test_a_relaxed_search_is_not_grouped(library: Library) -> None:
    """What holds only some of the words is shown as it is."""
    page = library.search("나루대교 없는낱말하나", group=True)

    assert page.relaxed
    assert (page.grouped, page.stories) == (False, None)


def test_grouping_costs_what_it_asks_for(library: Library) -> None:
    """A server is told before it searches that numbers of matches are asked for, at most those that share a story."""
    costs = [library.cost(gisa.SearchRequest("나루", limit=0, group=group)) for group in (False, True)]
    shared = len(library._stories.numbers())

    assert costs[0] < costs[1] <= costs[0] + shared


def test_stories_are_counted_beside_a_page_only(library: Library) -> None:
    """Without facets, and of very many results, nobody asks how many stories there are."""
    assert library.search("나루").stories is None
    assert library.search("나루", facets=True).stories is not None


@pytest.mark.parametrize("store", ["missing", "damaged"])
def test_without_a_store_every_article_is_a_result(paper: Library, store: str) -> None:
    """A search never fails because of stories."""
    path = paper.settings.stories_path
    with ExitStack() as stack:
        stack.callback(path.unlink, missing_ok=True)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        if store == "damaged":
            path.write_bytes(b"no database" * 1_000)
        page = paper.search("나루대교", group=True)

    assert (page.total, page.results, page.grouped) == (4, 4, True)


def test_an_article_without_text_is_a_result_of_its_own(paper: Library) -> None:
    """A flash that consists of its headline is not grouped."""
    flash = Article(id="flash", title="[속보] 나루대교 새로 놓는다", body="", published_at=BRIDGE[0].published_at)
    paper.add([flash, replace(flash, id="flash-2")])
    page = paper.search("나루대교", group=True)

    assert (page.total, page.results) == (6, 3)
