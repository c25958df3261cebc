"""Formats that Gisa recognises but does not read: each says what the file is, and the next step. Opens none of them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final, NoReturn
from urllib.parse import urljoin

from gisa.errors import SourceError
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format, Head, Origin


def _refused(
    name: str, what: str | Callable[[Head, Origin], str], sniff: Callable[[Head], bool], *endings: str
) -> Format:
    def refuse(reader: ByteReader, origin: Origin) -> NoReturn:
        why = what if isinstance(what, str) else what(Head(reader.head()), origin)
        raise SourceError(f"{reader.name}: {why}")

    return Format(
        name=name,
        title=name,
        endings=endings,
        sniff=lambda head: Fit.SURE if sniff(head) else Fit.NO,
        open=refuse,
        is_read=False,
    )


def _magic(*magics: bytes) -> Callable[[Head], bool]:
    return lambda head: head.data.startswith(magics)


def _root(name: str, *, holding: str = "") -> Callable[[Head], bool]:
    return lambda head: head.root == name and holding in head.text[:4096]


def _is_hangul(head: Head) -> bool:
    return head.data.startswith(b"PK\x03\x04") and b"application/hwp+zip" in head.data[:200]


def _is_office_text(head: Head) -> bool:
    return (
        head.data.startswith(b"PK\x03\x04")
        and b"[Content_Types].xml" in head.data
        and (b"word/" in head.data or b"ppt/" in head.data)
    )


def _is_old_text(head: Head) -> bool:
    return head.data.startswith(b"\xd0\xcf\x11\xe0") and any(mark in head.data for mark in _OLD_TEXTS)


def _is_python(head: Head) -> bool:
    return re.match(r"\[?\s*\{\s*'", head.text) is not None


def is_page(head: Head) -> bool:
    return head.root in {"html", "body", "table", "head"} and _FEED_ROOT.search(head.text[:8192]) is None


def of_a_page(head: Head, origin: Origin) -> str:
    """What an HTML page is, and where the feed is that it names."""
    if "<table" in head.text[:8192].lower() and not head.text[:15].lower().startswith("<!doctype"):
        return f"an HTML table whose header names no 제목 and 게재일 — open it in a spreadsheet and {_AS_CSV}"
    for link in _LINK.findall(head.text):
        if _IS_FEED.search(link) and (address := _HREF.search(link)):
            feed = urljoin(origin.url or "", html.unescape(address[1]))
            return f"an HTML page, not an RSS or Atom feed — the page names its feed: gisa add {feed}"
    return "an HTML page, not an RSS or Atom feed, and no article with a date stands on it — give the address of the feed or of an article"


_FEED_ROOT: Final = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_LINK: Final = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_IS_FEED: Final = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF: Final = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OLD_TEXTS: Final = (
    b"HWP Document File",
    "HwpSummaryInformation".encode("utf-16-le"),
    "WordDocument".encode("utf-16-le"),
)
_AS_CSV: Final = "save the sheet as CSV (UTF-8)"

FOREIGN: Final = (
    _refused("hwpx", "a Hangul document (hwpx) — save it as text and give the articles as CSV or JSON", _is_hangul, ".hwpx"),
    _refused("office", "a Word or PowerPoint document — give the articles as CSV or JSON", _is_office_text, ".docx", ".pptx"),
    _refused("ole", "a Hangul or Word document of the old kind — give the articles as CSV or JSON", _is_old_text, ".hwp", ".doc"),
    _refused("pdf", "a PDF — Gisa reads the text that it was made from: JSON, CSV, a feed", _magic(b"%PDF"), ".pdf"),
    _refused("sqlite", "an SQLite database — write the articles out as JSON Lines", _magic(b"SQLite format 3"), ".sqlite"),
    _refused("opml", "an OPML list of feeds — add the addresses in it one by one", _root("opml"), ".opml"),
    _refused("sitemap", "a sitemap: addresses, not articles — give the site's RSS feed", _root("urlset")),
    _refused("sitemap-index", "a list of sitemaps, not articles — give the site's RSS feed", _root("sitemapindex")),
    _refused("spreadsheetml", f"an Excel workbook (XML of 2003) — {_AS_CSV}", _root("workbook", holding="office:spreadsheet")),
    _refused("python", "Python objects printed, not JSON — write them with json.dumps(article, ensure_ascii=False)", _is_python),
    _refused(
        "sql",
        "an SQL dump — load it into its database and write the articles out as CSV or JSON Lines",
        lambda head: re.search(r"^(?:CREATE TABLE|INSERT INTO|-- MySQL dump|-- PostgreSQL database dump)", head.text[:8192], re.MULTILINE)
        is not None,
        ".sql",
    ),
)  # fmt: skip
"""In the order in which they are tried. A reader for one of them takes its line away from here."""
