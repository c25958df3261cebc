"""Finds the feeds and news sitemaps of a site from its address. Asks a few pages; keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin

from gisa.collecting.feeds import Feed, imported
from gisa.collecting.robots import read_robots
from gisa.errors import SourceError
from gisa.sources.encoding import xml_text
from gisa.sources.feed import FEED_ROOTS
from gisa.sources.fetch import host_named_by, refusal
from gisa.sources.format import xml_root
from gisa.sources.links import root_of
from gisa.sources.pages.leads import leads_of
from gisa.sources.sitemap import Sitemap, read_sitemap
from gisa.sources.web import Answer, Web, without_password

_USUAL: Final = ("/rss/allArticle.xml", "/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml")
"""Where the systems of Korean local papers, WordPress and others keep their feed if no page names it."""
_USUAL_SITEMAPS: Final = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml")
_MOST: Final = 60
"""Candidates that are asked."""
_SITEMAPS_ASKED: Final = 10


@dataclass(frozen=True, slots=True)
class Discovery:
    """What stands at an address."""

    feeds: tuple[Feed, ...]
    others: tuple[Feed, ...] = ()
    """Feeds of the site that are not followed as well, for its news sitemap lists all that they do."""
    is_site: bool = False
    """True: the address was a page, which is none of them."""


def discover(web: Web, url: str) -> Discovery:
    """What can be followed at ``url``: itself if it is a feed, a sitemap or a list, else what its site has.

    That is its news sitemap, which lists every article of two days; without one, the feeds that its page names, else links
    that look like feeds, else the usual places. Not both: two sources that tell of one article in different words would
    revise it in turns. Raises ``SourceError`` if the address cannot be read.
    """
    answer = web.ask(url)
    if not answer.is_success:
        raise SourceError(refusal(answer), without_password(url))
    root = xml_root(answer.content)
    if root == "opml":
        return Discovery(imported(answer.content, name=without_password(url)))
    if root in FEED_ROOTS or "feed+json" in answer.media_type:
        return Discovery((Feed(url=url, is_named=True),))
    if (sitemap := _sitemap(answer, url)) is not None and not sitemap.is_index:
        return Discovery((Feed(url=url, is_sitemap=True, is_named=True),))
    text, _ = xml_text(answer.content, charset=answer.charset)
    leads = leads_of(text, url=answer.url)
    candidates = leads.feeds or leads.likely_feeds
    found = list(_feeds(web, candidates)) or list(_feeds(web, leads.likely_feeds))
    found = found or list(_feeds(web, (urljoin(answer.url, path) for path in _USUAL), enough=1))
    sitemaps = list(_news_sitemaps(web, answer.url))
    named = host_named_by(url)
    taken = tuple(replace(feed, is_named=host_named_by(feed.url) == named) for feed in sitemaps or found)
    return Discovery(taken, others=tuple(found) if sitemaps else (), is_site=True)


def _feeds(web: Web, candidates: Iterator[str] | tuple[str, ...], *, enough: int = _MOST) -> Iterator[Feed]:
    """The candidates that are feeds; one that leads to another's place is left out."""
    seen: set[str] = set()
    for number, url in enumerate(candidates):
        if number >= _MOST or len(seen) >= enough:
            return
        try:
            answer = web.ask(url)
        except SourceError:
            continue
        if answer.is_success and answer.url not in seen and xml_root(answer.content) in FEED_ROOTS:
            seen.add(answer.url)
            yield Feed(url=url)


def _news_sitemaps(web: Web, url: str) -> Iterator[Feed]:
    """The news sitemaps that robots.txt names, or that stand in the usual places or in a list of sitemaps."""
    root = root_of(url)
    named = read_robots(web, root).sitemaps or tuple(root + path for path in _USUAL_SITEMAPS)
    queue, asked = list(named), 0
    while queue and asked < _SITEMAPS_ASKED:
        address = queue.pop(0)
        asked += 1
        try:
            answer = web.ask(address)
        except SourceError:
            continue
        sitemap = _sitemap(answer, address) if answer.is_success else None
        if sitemap is None:
            continue
        if sitemap.is_index:
            queue += sorted((entry.url for entry in sitemap.entries), key=lambda each: "news" not in each)
        elif sitemap.is_news:
            yield Feed(url=address, is_sitemap=True)


def _sitemap(answer: Answer, url: str) -> Sitemap | None:
    try:
        return read_sitemap(answer.content, name=without_password(url), url=answer.url)
    except SourceError:
        return None
