"""Where a page leads: the feeds it names, its links, the address it calls its own. Pure; says nothing of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urldefrag

from gisa.sources.links import web_url
from gisa.sources.pages.extract import page_tree

_FEED_TYPES: Final = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/feed\+json", re.IGNORECASE)
_LOOKS_LIKE_FEED: Final = re.compile(
    r"(?:/rss\b|/feed\b|[./]rss$|\.rss$|rss\.xml|/rss/|atom\.xml|allArticle\.xml)", re.IGNORECASE
)
_OF_COMMENTS: Final = re.compile(r"comments?/feed|/comments\b|댓글", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Absolute http(s) addresses, each once, in the page's order, without fragments."""

    feeds: tuple[str, ...] = ()
    """Feeds that the page's head names (``<link rel=alternate>``)."""
    links: tuple[str, ...] = ()
    """Where its links and frames lead; without those that it asks machines not to follow."""
    title: str = ""

    @property
    def likely_feeds(self) -> tuple[str, ...]:
        """Links whose address looks like a feed's."""
        return tuple(link for link in self.links if _LOOKS_LIKE_FEED.search(link) and not _OF_COMMENTS.search(link))


def leads_of(text: str, *, url: str) -> Leads:
    """Where the page found at ``url`` leads; ``<base>`` is heeded."""
    root = page_tree(text)
    if root is None:
        return Leads()
    base = next((found for each in root.iter("base") if (found := web_url(url, each.get("href")))), url)
    follows = not any(
        (each.get("name") or "").lower() in ("robots", "gisa") and "nofollow" in (each.get("content") or "").lower()
        for each in root.iter("meta")
    )
    title = next((" ".join(each.text_content().split()) for each in root.iter("title")), "")
    return Leads(
        feeds=tuple(dict.fromkeys(_feeds(root, base))),
        links=tuple(dict.fromkeys(_links(root, base))) if follows else (),
        title=title,
    )


def _feeds(root: Any, base: str) -> Iterator[str]:
    for each in root.iter("link"):
        relation = (each.get("rel") or "").lower().split()
        named = f"{each.get('href')} {each.get('title')}"
        is_feed = "alternate" in relation and _FEED_TYPES.search(each.get("type") or "")
        if is_feed and not _OF_COMMENTS.search(named) and (url := web_url(base, each.get("href"))) is not None:
            yield url


def _links(root: Any, base: str) -> Iterator[str]:
    for each in root.iter("a", "area", "frame", "iframe"):
        if "nofollow" in (each.get("rel") or "").lower().split():
            continue
        given = (each.get("href") or each.get("src") or "").strip()
        if not given or given.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            continue
        if (url := web_url(base, given)) is not None:
            yield urldefrag(url).url
