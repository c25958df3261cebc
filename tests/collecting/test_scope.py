"""Which addresses belong to a crawl, and what a page or a sitemap leads to."""

from __future__ import annotations

import gzip

import pytest

from gisa.collecting.robots import read_robots
from gisa.collecting.scope import Scope, counted, is_twin, looks_like_article
from gisa.errors import ConfigError, SourceError
from gisa.sources.pages.leads import leads_of
from gisa.sources.sitemap import Entry, moment, read_sitemap
from gisa.sources.web import Answer, Web


@pytest.mark.parametrize(
    ("url", "is_wanted"),
    [
        ("https://paper.example/news/1", True),
        ("http://www.paper.example/news/1", True),
        ("https://m.paper.example/news/1", False),
        ("https://paper.example:8080/news/1", False),
        ("https://paper.example.evil.example/1", False),
        ("https://kim@paper.example/1", False),
        ("mailto:desk@paper.example", False),
        ("https://paper.example/photo/1.JPG", False),
        ("https://paper.example/photo.jpg?id=1", False),
        ("https://paper.example/view?file=a.jpg", True),
        ("https://paper.example/wp-admin/", False),
        ("https://paper.example/1?replytocom=7", False),
        ("https://paper.example/login?to=/", False),
        ("https://paper.example/administration-reform", True),
    ],
)
def test_what_a_crawl_asks(url: str, *, is_wanted: bool) -> None:
    """Pages of the named host, with or without www; no pictures, no doors for members."""
    assert Scope.of("https://paper.example/").wants(url) is is_wanted


@pytest.mark.parametrize("url", ["paper.example", "ftp://paper.example/", "", "https://"])
def test_what_is_no_site(url: str) -> None:
    """A crawl needs a web address."""
    with pytest.raises(ConfigError, match="site_wrong"):
        Scope.of(url)


@pytest.mark.parametrize(
    ("url", "is_likely"),
    [
        ("https://a.example/news/articleView.html?idxno=213450", True),
        ("https://a.example/2025/11/03/naru-bridge-opens-in-march/", True),
        ("https://a.example/list?page=1234", False),
        ("https://a.example/page/1234", False),
        ("https://a.example/society", False),
    ],
)
def test_articles_are_asked_before_lists(url: str, *, is_likely: bool) -> None:
    """A number of three digits or a slug looks like an article, the number of a list's page does not."""
    assert looks_like_article(url) is is_likely


@pytest.mark.parametrize(
    ("canonical", "is_one"),
    [
        ("https://www.a.example/news/1", False),
        ("http://a.example/news/1?utm_source=x", False),
        ("https://a.example/news/2", True),
        ("https://a.example/", False),
        (None, False),
        ("javascript:", False),
    ],
)
def test_twins(canonical: str | None, *, is_one: bool) -> None:
    """A page is a twin if it names another page of an article; that every page names the home page says nothing."""
    assert is_twin("https://a.example/news/1", canonical) is is_one


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://a.example/news/view?idxno={id}", "https://a.example/news/view?idxno=12"),
        ("https://a.example/news/view?idxno=213450", "https://a.example/news/view?idxno=12"),
        ("https://a.example/2025/11/213450.html", "https://a.example/2025/11/12.html"),
    ],
)
def test_counted_articles(url: str, first: str) -> None:
    """The last number of an address counts, or the place that is marked; the newest come first."""
    assert next(counted(url, range(1, 13))) == first


def test_what_cannot_be_counted() -> None:
    """An address without a number, and numbers without end, are refused."""
    with pytest.raises(ConfigError, match="ids_placeless"):
        counted("https://a.example/news", range(1, 3))
    with pytest.raises(ConfigError, match="ids_too_many"):
        counted("https://a.example/1", range(1, 10_000_000))


def test_where_a_page_leads() -> None:
    """Feeds and links, absolute, each once; not those that machines shall not follow, nor comments' feeds."""
    page = """<html><head><base href="https://a.example/x/"><title>나루 일보</title>
    <link rel="alternate" type="application/rss+xml" href="/rss"><link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="stylesheet" href="/a.css"></head><body><a href="1#top">가</a><a href="1">나</a><a href="/2" rel="nofollow">다</a>
    <a href="javascript:void(0)">라</a><a href="mailto:a@a.example">마</a><iframe src="/3"></iframe><a href="/rss/all.xml">바</a></body></html>"""

    leads = leads_of(page, url="https://a.example/")

    assert (leads.title, leads.feeds) == ("나루 일보", ("https://a.example/rss",))
    assert leads.links == ("https://a.example/x/1", "https://a.example/3", "https://a.example/rss/all.xml")
    assert leads.likely_feeds == ("https://a.example/rss/all.xml",)
    assert (
        leads_of(
            page.replace("<title>", '<meta name="robots" content="noindex,nofollow"><title>'), url="https://a.example/"
        ).links
        == ()
    )
    assert leads_of("", url="https://a.example/").links == ()


URLSET = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.example/1 </loc><lastmod>2025-11-03</lastmod></url>
<url><loc>/2</loc><news:news><news:publication_date>2025-11-03T09:00:00+09:00</news:publication_date><news:title>제목</news:title></news:news></url>
<url><lastmod>2025-11-03</lastmod></url></urlset>"""


@pytest.mark.parametrize("is_packed", [False, True])
def test_sitemaps(*, is_packed: bool) -> None:
    """Addresses with when they changed, packed or not; entries without an address are passed over."""
    content = gzip.compress(URLSET.encode()) if is_packed else URLSET.encode()

    sitemap = read_sitemap(content, name="s", url="https://a.example/sitemap.xml")

    assert sitemap.entries == (
        Entry(url="https://a.example/1", changed_at=moment("2025-11-03")),
        Entry(url="https://a.example/2", changed_at=moment("2025-11-03T09:00:00+09:00"), title="제목"),
    )
    assert (sitemap.is_news, sitemap.is_index, sitemap.is_whole) == (True, False, True)


@pytest.mark.parametrize(
    ("content", "entries", "is_whole"),
    [
        pytest.param(URLSET[:-120].encode(), 1, False, id="cut short"),
        pytest.param(b"https://a.example/1\nhttps://a.example/2\n", 2, True, id="a plain list"),
        pytest.param(gzip.compress(URLSET.encode())[:-9], 2, False, id="torn packing"),
        pytest.param(b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>', 1, True, id="entities"),
        pytest.param(b'<sitemapindex><sitemap><loc>/s.xml</loc></sitemap></sitemapindex>', 1, True, id="an index"),
    ],
)  # fmt: skip
def test_odd_sitemaps(content: bytes, entries: int, *, is_whole: bool) -> None:
    """What can be read is read, and it is told whether some may be missing; entities are not expanded."""
    sitemap = read_sitemap(content, name="s", url="https://a.example/sitemap.xml")

    assert (len(sitemap.entries), sitemap.is_whole) == (entries, is_whole)
    assert all("aaaa" not in entry.url for entry in sitemap.entries)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"<rss/>", b"hello"])
def test_what_is_no_sitemap(content: bytes) -> None:
    """Something else is named."""
    with pytest.raises(SourceError, match="sitemap_strange"):
        read_sitemap(content, name="s", url="https://a.example/")


class _Robots(Web):
    """Answers robots.txt with one status and text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__()
        self._status, self._text = status, text

    def ask(self, url: str, **_: object) -> Answer:
        return Answer(status=self._status, reason="", url=url, content=self._text.encode())


def test_robots() -> None:
    """What it says to Gisa, how fast, which sitemaps; without one everything may be asked, with a broken one nothing."""
    text = "User-agent: *\nDisallow: /\n\nUser-agent: gisa\nCrawl-delay: 3\nDisallow: /private\nSitemap: /s.xml\n"
    with _Robots(200, text) as web:
        robots = read_robots(web, "https://a.example")
    with _Robots(404, "") as web:
        none = read_robots(web, "https://a.example")
    with _Robots(503, "") as web:
        broken = read_robots(web, "https://a.example")

    assert robots.allows("https://a.example/1")
    assert not robots.allows("https://a.example/private/1")
    assert (robots.delay_s, robots.sitemaps) == (3.0, ("https://a.example/s.xml",))
    assert none.allows("https://a.example/private/1")
    assert not broken.allows("https://a.example/1")
    assert "503" in str(broken.unavailable)
