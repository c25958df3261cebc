"""Formats that Gisa recognises but does not read: each says what the file is, and the next step. Opens none of them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final, NoReturn
from urllib.parse import urljoin

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format, Head, Origin


def _refused(name: str, why: SourceCode, sniff: Callable[[Head], bool], *endings: str) -> Format:
    def refuse(reader: ByteReader, _origin: Origin) -> NoReturn:
        raise SourceError(Message(why), reader.name)

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


def of_a_page(head: Head, origin: Origin) -> Message:
    """What an HTML page is, and where the feed is that it names."""
    if "<table" in head.text[:8192].lower() and not head.text[:15].lower().startswith("<!doctype"):
        return Message(SourceCode.PAGE_IS_TABLE)
    for link in _LINK.findall(head.text):
        if _IS_FEED.search(link) and (address := _HREF.search(link)):
            feed = urljoin(origin.url or "", html.unescape(address[1]))
            return Message(SourceCode.PAGE_NAMES_FEED, feed=feed)
    return Message(SourceCode.PAGE_NO_ARTICLE)


_FEED_ROOT: Final = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_LINK: Final = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
_IS_FEED: Final = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF: Final = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OLD_TEXTS: Final = (
    b"HWP Document File",
    "HwpSummaryInformation".encode("utf-16-le"),
    "WordDocument".encode("utf-16-le"),
)

FOREIGN: Final = (
    _refused("hwpx", SourceCode.FOREIGN_HWPX, _is_hangul, ".hwpx"),
    _refused("office", SourceCode.FOREIGN_OFFICE, _is_office_text, ".docx", ".pptx"),
    _refused("ole", SourceCode.FOREIGN_OLE, _is_old_text, ".hwp", ".doc"),
    _refused("pdf", SourceCode.FOREIGN_PDF, _magic(b"%PDF"), ".pdf"),
    _refused("sqlite", SourceCode.FOREIGN_SQLITE, _magic(b"SQLite format 3"), ".sqlite"),
    _refused("opml", SourceCode.FOREIGN_OPML, _root("opml"), ".opml"),
    _refused("sitemap", SourceCode.FOREIGN_SITEMAP, _root("urlset")),
    _refused("sitemap-index", SourceCode.FOREIGN_SITEMAP_INDEX, _root("sitemapindex")),
    _refused("spreadsheetml", SourceCode.FOREIGN_SPREADSHEETML, _root("workbook", holding="office:spreadsheet")),
    _refused("python", SourceCode.FOREIGN_PYTHON, _is_python),
    _refused(
        "sql",
        SourceCode.FOREIGN_SQL,
        lambda head: re.search(r"^(?:CREATE TABLE|INSERT INTO|-- MySQL dump|-- PostgreSQL database dump)", head.text[:8192], re.MULTILINE)
        is not None,
        ".sql",
    ),
)  # fmt: skip
"""In the order in which they are tried. A reader for one of them takes its line away from here."""
