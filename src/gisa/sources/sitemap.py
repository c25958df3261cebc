"""Reads sitemaps, lists of sitemaps and news sitemaps: addresses and when they last changed. Fetches nothing.

https://www.sitemaps.org/protocol.html and Google's extension for news. Plain lists of addresses, one a line, are read too.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import SEOUL
from gisa.sources.byte_reader import ByteReader
from gisa.sources.links import web_url
from gisa.sources.xml_elements import children, elements, first_text

ENTRIES: Final = 50_000
"""Entries of one sitemap, by the protocol; what comes after them is left unread."""
LARGEST: Final = 50 * 1024 * 1024
"""Bytes of one sitemap, unpacked, by the protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One address of a sitemap."""

    url: str
    changed_at: datetime | None = None
    """``lastmod``, or when a news sitemap says it was published; None if it says neither."""
    title: str = ""
    """The headline, in a news sitemap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists, in its order."""

    entries: tuple[Entry, ...]
    is_index: bool
    """True: the entries are sitemaps themselves."""
    is_news: bool
    """True: it lists the articles of the last days, with their headlines."""
    is_whole: bool
    """False if it is cut short or damaged, or has too many entries: some may be missing."""


def read_sitemap(content: bytes, *, name: str, url: str) -> Sitemap:
    """The sitemap in what an address answered, unpacked if need be. ``url`` completes relative addresses.

    Raises ``SourceError`` if it is none.
    """
    reader = ByteReader(io.BytesIO(content), name=name, total_bytes=len(content))
    data = reader.whole(LARGEST, Message(SourceCode.SITEMAP_TOO_LARGE, megabytes=LARGEST // 1024**2))
    head = data[:4096].decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if not head.startswith("<"):
        return _lines(bytes(data), head, name=name, base=url)
    is_index = re.search(r"<(?:\w+:)?sitemapindex[\s>]", head) is not None
    if not is_index and re.search(r"<(?:\w+:)?urlset[\s>]", head) is None:
        raise SourceError(Message(SourceCode.SITEMAP_STRANGE), name)
    found: list[Entry] = []
    is_whole = reader.defect is None
    again = ByteReader(io.BytesIO(data), name=name, total_bytes=len(data))
    for cut, parsed in elements(again, ("sitemap",) if is_index else ("url",)):
        if cut.number == 0:
            continue
        if parsed is None or len(found) >= ENTRIES:
            is_whole = False
        elif (entry := _entry(parsed.element, url)) is not None:
            found.append(entry)
    is_news = any(entry.title for entry in found)
    return Sitemap(entries=tuple(found), is_index=is_index, is_news=is_news, is_whole=is_whole)


def _entry(element: Any, base: str) -> Entry | None:
    address = next((text for each in children(element, "loc") if (text := (each.text or "").strip())), "")
    if (url := web_url(base, address)) is None:
        return None
    changed = moment(first_text(element, "lastmod")) or moment(first_text(element, "publication_date"))
    return Entry(url=url, changed_at=changed, title=first_text(element, "title"))


def _lines(data: bytes, head: str, *, name: str, base: str) -> Sitemap:
    """A sitemap that is a list of addresses, one a line."""
    if not head.startswith(("http://", "https://")):
        raise SourceError(Message(SourceCode.SITEMAP_STRANGE), name)
    lines = data.decode("utf-8-sig", "replace").splitlines()
    urls = [url for line in lines if line.strip() and (url := web_url(base, line))]
    entries = tuple(Entry(url=url) for url in urls[:ENTRIES])
    return Sitemap(entries=entries, is_index=False, is_news=False, is_whole=len(urls) <= ENTRIES)


def moment(text: str) -> datetime | None:
    """A W3C date or time, aware; a day is its midnight in Asia/Seoul. None for anything else."""
    try:
        if len(text) == len("2025-12-24"):
            return datetime.combine(date.fromisoformat(text), time(), SEOUL)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=SEOUL)
