"""Crawling a whole site from its address: everything found, nothing asked twice, and what a second run does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gisa
from gisa.cli.main import main
from gisa.collecting.crawl import Crawl, CrawlWish
from gisa.collecting.store import SiteStore
from gisa.library import Library
from gisa.model import Item
from gisa.reports import AddReport, CrawlReport
from gisa.sources.web import Web
from tests.collecting.paper_site import START, PaperSite, paper_of, served

PAGES = 321


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def small() -> Iterator[PaperSite]:
    """A site of thirty articles."""
    site = paper_of(30)
    with served(site):
        yield site


class Killed(BaseException):
    """What ends a run here as kill -9 would: nothing is cleaned up or kept by it."""


def crawl(
    library: Library,
    site: PaperSite,
    *,
    add: Callable[[Iterable[Item]], AddReport] | None = None,
    sleep: Callable[[float], None] = lambda _seconds: None,
    is_over: Callable[[], bool] = lambda: False,
    url: str = "",
    **wish: Any,
) -> CrawlReport:
    with Web(named=["127.0.0.1"]) as web, SiteStore(library.settings.sites_path) as store:
        return Crawl(
            CrawlWish(url=url or site.root + "/", pause_s=0.0, **wish),
            web=web,
            store=store,
            add=add or (lambda items: library.add(items, keep_removed=True, workers=0)),
            known_id=library.id_of,
            sleep=sleep,
            is_over=is_over,
        ).run()


@contextmanager
def killed_after(site: PaperSite, requests: int) -> Iterator[Callable[[], bool]]:
    """Ends the run when the site has been asked so many times."""

    def look() -> bool:
        if len(site.asked) >= requests:
            raise Killed
        return False

    with pytest.raises(Killed):
        yield look


def test_from_the_address_alone_to_a_searchable_archive(tmp_path: Path) -> None:
    """One command adds all of 321 articles in three systems, asks each page once, and heeds robots.txt."""
    site = paper_of(PAGES)
    site.change(1002, has_moved=True)
    site.change(1010, is_gone=True)
    with served(site) as root:
        done = CliRunner().invoke(
            main,
            [
                "crawl",
                f"{root}/",
                "--contact",
                "desk@paper.example",
                "--pause",
                "0",
                "--data",
                str(tmp_path / "d"),
                "--json",
            ],
        )

    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert (report["added"], report["updated"], report["failed"], report["waiting"]) == (PAGES - 1, 0, 0, 0)
    assert [path for path, times in Counter(site.asked).items() if times > 1] == []
    assert not any("/secret/" in path for path in site.asked)
    assert report["barred"] == 1
    assert report["twins"] == 5
    with gisa.open(tmp_path / "d", create=False) as library:
        assert library.count() == PAGES - 1
        assert library.search("나루대교").total == PAGES - 1
        [hit] = library.search('"나루시 소식 1002호"').hits
        assert hit.article.url == f"{root}/new/news/articleView.html?idxno=1002"
        assert hit.article.published_at == site.stories[1002].published


def test_a_crawl_says_who_asks(tmp_path: Path) -> None:
    """Without an address of the operator nothing is asked."""
    done = CliRunner().invoke(main, ["crawl", "https://paper.example/", "--data", str(tmp_path / "d")])

    assert done.exit_code == 1
    assert "give --contact desk@paper.example" in done.output


@pytest.mark.parametrize("requests", [1, 12, 30])
def test_a_run_that_is_killed_goes_on(library: Library, small: PaperSite, requests: int) -> None:
    """Wherever a run is killed, the next one asks no page again and misses none."""
    with killed_after(small, requests) as look:
        crawl(library, small, is_over=look)
    report = crawl(library, small)

    again = {path: times for path, times in Counter(small.asked).items() if times > 1}
    assert again == {"/robots.txt": 2}
    assert library.count() == 30
    assert report.waiting == 0


def test_a_run_that_is_killed_while_adding_goes_on(library: Library, small: PaperSite) -> None:
    """Articles that were fetched and not yet added are added by the next run, without asking for their pages."""

    def add(_items: Iterable[Item]) -> AddReport:
        raise Killed

    with pytest.raises(Killed):
        crawl(library, small, add=add)
    asked = len(small.asked)
    crawl(library, small)

    assert library.count() == 30
    assert small.asked[asked:] == ["/robots.txt"]


def test_a_second_run_asks_for_what_has_changed(library: Library, small: PaperSite) -> None:
    """Corrections become revisions, gone pages are told and stay, moved ones stay the same article, new ones come in."""
    crawl(library, small)
    ids = {hit.article.title: hit.article.id for hit in library.search("나루시", limit=50).hits}
    small.change(1005, text="바로잡습니다. 나루대교는 내후년에 착공한다.")
    small.change(1004, text="바로잡습니다. 개통은 여섯 해 뒤다.", corrected=START.replace(year=2030))
    small.change(1008, is_gone=True)
    small.change(1006, is_gone=True)
    small.change(1009, has_moved=True, text="주소가 바뀌고 글도 바뀌었다.")
    small.change(1014, has_moved=True)
    small.publish(1031, START + timedelta(days=1))

    report = crawl(library, small)

    assert (report.added, report.updated) == (1, 4)
    assert sorted(report.gone) == sorted(small.root + small.stories[number].path for number in (1006, 1008))
    assert library.count() == 31
    assert library.search("바로잡습니다").total == 2
    for number in (1009, 1014):
        [hit] = library.search(f'"나루시 소식 {number}호"').hits
        assert hit.article.id == ids[f"나루시 소식 {number}호"]
        assert hit.article.url == small.root + small.stories[number].path


def test_a_second_run_of_a_site_that_is_as_it_was(library: Library, small: PaperSite) -> None:
    """What a sitemap says is unchanged is not asked; the rest is asked conditionally, and nothing is revised."""
    crawl(library, small)
    small.asked.clear()

    report = crawl(library, small)

    assert (report.added, report.updated) == (0, 0)
    assert report.unchanged == 10
    assert not any("story-of-naru" in path or "/article/" in path for path in small.asked)


def test_what_was_taken_down_stays_down(library: Library, small: PaperSite) -> None:
    """A crawl does not bring back what the desk has removed, whatever changed on its page."""
    crawl(library, small)
    [hit] = library.search('"나루시 소식 1003호"').hits
    library.remove([hit.article.id])
    small.change(1003, text="다시 쓴 글이다.")

    report = crawl(library, small)

    assert (report.added, report.updated) == (0, 0)
    assert library.count() == 29


def test_only_since_a_day(library: Library, small: PaperSite) -> None:
    """With --since older articles are not added, and sitemaps spare asking for them."""
    for number in range(1001, 1016):
        small.change(number, published=START.replace(year=2020))

    crawl(library, small, since=START)

    assert library.count() == 15
    assert sum("story-of-naru" in path and not path.startswith("/m/") for path in small.asked) == 5


def test_counted_articles(library: Library, small: PaperSite) -> None:
    """Numbers are counted down from the last; those that are not there are passed over."""
    report = crawl(library, small, url=f"{small.root}/article/1001", numbers=range(990, 1031))

    assert library.count() == 10
    assert report.gone == ()
    assert small.asked[1] == "/article/1030"
    small.change(1001, text="고친 글이다.")
    assert crawl(library, small, url=f"{small.root}/article/1001", numbers=range(990, 1031)).added == 0


def test_a_busy_site_is_left_alone(library: Library, small: PaperSite) -> None:
    """429 and its Retry-After are heeded, 500 is tried once more, and nothing is missed."""
    slept: list[float] = []
    small.planned["/article/1001"].append((429, {"Retry-After": "120"}))
    small.planned["/article/1004"].append((500, {}))
    small.planned["/sitemap-1.xml"].append((503, {}))

    report = crawl(library, small, sleep=slept.append)

    assert library.count() == 30
    assert (report.failed, sorted(slept)) == (0, [60.0, 120.0])


def test_progress_is_counted_only_for_who_looks(library: Library, small: PaperSite) -> None:
    """Each page is told with what makes the report, so that the pages that wait are not counted for every page."""
    makers: list[Callable[[], CrawlReport]] = []
    seen: list[CrawlReport] = []
    counts: list[str] = []

    def look(make: Callable[[], CrawlReport]) -> None:
        makers.append(make)
        if len(makers) == 5:
            seen.append(make())

    with Web(named=["127.0.0.1"]) as web, SiteStore(library.settings.sites_path) as store:
        ask = store.ask

        def counted(question: str, values: Any = ()) -> list[tuple[Any, ...]]:
            if "count(*)" in question:
                counts.append(question)
            return ask(question, values)

        store.ask = counted  # type: ignore[method-assign]
        done = Crawl(
            CrawlWish(url=small.root + "/", pause_s=0.0),
            web=web,
            store=store,
            add=lambda items: library.add(items, keep_removed=True, workers=0),
            progress=look,
        ).run()

    assert len(makers) == done.asked + done.barred
    assert (seen[0].asked + seen[0].barred, seen[0].waiting > 0) == (5, True)
    assert len(counts) == 3  # at the beginning, for the one that looked, at the end


@pytest.mark.parametrize("root", ["rss", "channel"])
def test_a_list_that_is_a_feed_leads_to_its_articles(library: Library, root: str) -> None:
    """A feed that begins with its channel is one for a crawl as it is for ``gisa add`` and ``gisa follow``."""
    site = PaperSite()
    site.publish(1002, START)  # no sitemap lists it
    [story] = site.newest
    answer = site.answer

    def with_feed(target: str) -> tuple[int, dict[str, str], bytes]:
        if target != "/list.xml":
            return answer(target)
        item = f"<item><title>{story.headline}</title><link>{site.root}{story.path}</link></item>"
        feed = f"<{root}><title>나루일보</title>{item}</{root}>"
        return 200, {"Content-Type": "application/xml", "ETag": '"1"'}, feed.encode()

    site.answer = with_feed  # type: ignore[method-assign]
    with served(site) as address:
        done = crawl(library, site, url=f"{address}/list.xml")

    assert (done.added, done.failed) == (1, 0)
