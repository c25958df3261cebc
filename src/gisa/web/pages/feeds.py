"""The newest results of any search as a feed: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. Searches nothing itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gisa.model import Article, Hit, Sort
from gisa.saying.correcting import correction_line
from gisa.search.request import SearchRequest
from gisa.web.pages.links import Links
from gisa.web.pages.routes import Pages

FEED_LENGTH: Final = 50
"""Entries of a feed: a reader that looks once a day misses none of a search that finds 50 a day."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, however they are written (§2.2)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What every format says of a search."""

    title: str
    publisher: str
    language: str
    page: str
    """Absolute address of the results' page."""
    own: str
    """The feed's own absolute address."""
    origin: str
    """Scheme and host of this site."""
    site: Links
    hits: Sequence[Hit]
    correction_of: Callable[[Article], str]
    """A line that tells what was put right in an article; empty if nothing was."""
    changed_at: Callable[[Article], datetime]
    """When what the feed tells of an article last changed."""

    @property
    def updated(self) -> datetime:
        """When the newest of its entries changed; 1970 for a feed without any."""
        return max((self.changed_at(hit.article) for hit in self.hits), default=datetime.fromtimestamp(0, UTC))

    def summary(self, hit: Hit) -> str:
        """What was put right, if something was, and the beginning of the text."""
        snippet = hit.snippet
        text = f"{'…' if snippet.cut_before else ''}{snippet.text}{'…' if snippet.cut_after else ''}"
        return " — ".join(filter(None, (self.correction_of(hit.article), text)))

    def address(self, article: Article) -> str:
        return self.origin + self.site.article(article.id)


async def search_feed(pages: Pages, request: Request) -> Response:
    """``/search.rss``, ``/search.atom`` and ``/search.json``."""
    asked, _ = SearchRequest.from_address(request.query_params)
    asked = replace(asked, sort=Sort.NEWEST, limit=FEED_LENGTH, offset=0)
    page = await pages.find(asked, request)
    edition, paper, origin = pages.edition(request), pages.paper, pages.origin(request)
    links = edition.links.search(replace(asked, query=page.query, limit=SearchRequest().limit))
    name = edition.speaker.fill(edition.speaker.wording.page.result_title, query=page.query)
    feed = Feed(
        title=f"{name} - {paper.name}",
        publisher=paper.name,
        language=edition.speaker.language.value,
        page=origin + links.page(1),
        own=origin + links.feed(_ending(request)),
        origin=origin,
        site=edition.links,
        hits=page.hits,
        correction_of=partial(correction_line, speaker=edition.speaker),
        changed_at=changed_at,
    )
    return written(feed, request)


def written(feed: Feed, request: Request) -> Response:
    """The feed in the form that the ending of the address asks for."""
    write, media_type = _FORMS[_ending(request)]
    return Response(write(feed), media_type=f"{media_type}; charset=utf-8")


def _ending(request: Request) -> str:
    return request.url.path.rpartition(".")[2]


def as_rss(feed: Feed) -> bytes:
    """RSS 2.0 (rssboard.org/rss-specification): an article's id is its guid, so a correction is no new entry."""
    items = "".join(
        f"<item><title>{xml_text(hit.article.title)}</title><link>{xml_text(feed.address(hit.article))}</link>"
        f'<guid isPermaLink="false">{xml_text(hit.article.id)}</guid>'
        f"<pubDate>{format_datetime(hit.article.published_at)}</pubDate>"
        + "".join(f"<dc:creator>{xml_text(name)}</dc:creator>" for name in hit.article.byline)
        + (f"<category>{xml_text(hit.article.section)}</category>" if hit.article.section else "")
        + f"<description>{xml_text(escape(feed.summary(hit)))}</description></item>\n"
        for hit in feed.hits
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{xml_text(feed.title)}</title><link>{xml_text(feed.page)}</link><description>{xml_text(feed.title)}</description>"
        f"<language>{feed.language}</language><lastBuildDate>{format_datetime(feed.updated)}</lastBuildDate>"
        f'<atom:link rel="self" type="application/rss+xml" href={_attribute(feed.own)}/>\n{items}</channel></rss>\n'
    ).encode()


def as_atom(feed: Feed) -> bytes:
    """Atom 1.0; ``updated`` tells readers of a correction."""
    entries = "".join(
        f"<entry><title>{xml_text(hit.article.title)}</title><link href={_attribute(feed.address(hit.article))}/>"
        f"<id>{xml_text(feed.address(hit.article))}</id><published>{hit.article.published_at.isoformat()}</published>"
        f"<updated>{feed.changed_at(hit.article).isoformat()}</updated>"
        + "".join(f"<author><name>{xml_text(name)}</name></author>" for name in hit.article.byline)
        + (f"<category term={_attribute(hit.article.section)}/>" if hit.article.section else "")
        + f"<summary>{xml_text(feed.summary(hit))}</summary></entry>\n"
        for hit in feed.hits
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">'
        f"<title>{xml_text(feed.title)}</title><id>{xml_text(feed.own)}</id><updated>{feed.updated.isoformat()}</updated>"
        f"<author><name>{xml_text(feed.publisher)}</name></author>"
        f'<link rel="self" href={_attribute(feed.own)}/><link rel="alternate" href={_attribute(feed.page)}/>\n'
        f"{entries}</feed>\n"
    ).encode()


def as_json(feed: Feed) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    items = [
        {
            "id": hit.article.id,
            "url": feed.address(hit.article),
            "title": hit.article.title,
            "content_text": feed.summary(hit),
            "date_published": hit.article.published_at.isoformat(),
            "date_modified": feed.changed_at(hit.article).isoformat(),
            "authors": [{"name": name} for name in hit.article.byline],
            "tags": [hit.article.section] if hit.article.section else [],
        }
        for hit in feed.hits
    ]
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page,
            "feed_url": feed.own,
            "language": feed.language,
            "items": items,
        }
    )


_FORMS: Final[Mapping[str, tuple[Callable[[Feed], bytes], str]]] = {
    "rss": (as_rss, "application/rss+xml"),
    "atom": (as_atom, "application/atom+xml"),
    "json": (as_json, "application/feed+json"),
}
"""By the ending of the address: what writes it, and its media type."""


def changed_at(article: Article) -> datetime:
    """When an article was published or last changed."""
    return max(filter(None, (article.published_at, article.modified_at, article.corrected_at)))


def xml_text(text: str) -> str:
    """The text as it may stand in an element, without characters that XML does not know."""
    return escape(_NOT_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))
