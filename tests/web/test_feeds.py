"""Every search as a feed, read by a parser that people use."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

import gisa
from gisa.web import create_app
from tests.web.visitor import HOST, Visitor

FORMS = ("rss", "atom")
HOSTILE = {
    "id": "bad/..",
    "title": "바다 ]]> & <b> '\"",
    "body": "바다 <script>\x0b 끝",
    "byline": ["<i>"],
    "section": "<&>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_is_well_formed_and_holds_the_newest(visitor: Visitor, form: str) -> None:
    """feedparser finds nothing wrong; entries are the newest results, newest first, at absolute addresses."""
    answer = visitor.get(f"/search.{form}", q="바다", section="경제", sort="oldest")
    feed = feedparser.parse(answer.content)

    assert feed.bozo == 0
    assert feed.feed.title.startswith("‘바다’ 검색 결과 - ")
    assert feed.feed.link == f"http://{HOST}/search?q=%EB%B0%94%EB%8B%A4&section=%EA%B2%BD%EC%A0%9C"
    assert [entry.title for entry in feed.entries] == [f"바다 소식 {number}호" for number in range(1, 65, 3)]
    assert feed.entries[0].link == f"http://{HOST}/articles/sea-01"
    assert feed.entries[0].author == "오세림 기자"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_a_json_feed_says_the_same(visitor: Visitor) -> None:
    """By JSON Feed 1.1: version, title and items with an id and text."""
    feed = visitor.get("/search.json", q="바다").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == 50
    assert feed["items"][0]["url"] == f"http://{HOST}/articles/sea-00"
    assert all(item["content_text"] for item in feed["items"])


@pytest.mark.parametrize("form", [*FORMS, "json"])
def test_a_reader_who_has_it_is_told_so(visitor: Visitor, form: str) -> None:
    """The same ETag again is 304 without a body."""
    first = visitor.get(f"/search.{form}", q="바다")

    again = visitor.get(f"/search.{form}", {"if-none-match": first.headers["etag"]}, q="바다")

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("form", FORMS)
def test_no_article_breaks_a_feed(tmp_path: Path, form: str) -> None:
    """Marks of XML and characters that XML does not know stay text, or are left out."""
    with gisa.open(tmp_path) as library:
        assert library.add([{**HOSTILE, "published_at": "2026-01-02"}]).added == 1
        feed = feedparser.parse(Visitor(create_app(library)).get(f"/search.{form}", q="바다").content)

    assert feed.bozo == 0
    assert "]]> &" in feed.entries[0].title.replace("&amp;", "&").replace("&gt;", ">")


def test_a_page_names_its_feeds(visitor: Visitor) -> None:
    """Three links with the page's query and filters; each is there."""
    page = visitor.page("/search", q="바다", section="경제", page=2)
    hrefs = [node.attributes["href"] or "" for node in page.css("link[rel=alternate][type]")]

    assert [href.partition("?")[0] for href in hrefs] == ["/search.rss", "/search.atom", "/search.json"]
    assert [visitor.get(href).status_code for href in hrefs] == [200, 200, 200]


@pytest.mark.parametrize("query", ["", "쀍뛟괡"])
def test_a_search_that_finds_nothing_is_an_empty_feed(visitor: Visitor, query: str) -> None:
    """So that a reader can follow what is not there yet."""
    feed = feedparser.parse(visitor.get("/search.atom", q=query).content)

    assert feed.bozo == 0
    assert feed.entries == []
