"""Reads RSS and Atom. Fetches nothing and resolves no entities; what parses is read, one reject names what did not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import xml_text
from gisa.sources.feed_parsing import parse_feed
from gisa.sources.format import Fit, Format, Head
from gisa.sources.html_text import html_to_text
from gisa.sources.links import guid_id, host_of, web_url
from gisa.sources.source import FileSource
from gisa.sources.xml_repair import mended_xml

FEED_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of a feed, unpacked. A feed is parsed as a whole; the largest seen in the wild are a few MB."""
FEED_ROOTS: Final = frozenset({"rss", "feed", "rdf", "channel"})
"""What the first element of a feed is called (``Head.root``)."""
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Newsroom systems leave control characters in their feeds; XML forbids them and they mean nothing."""
_LANG: Final = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


class FeedSource(FileSource):
    """The drafts of a feed, in its order; a draft's place is ``name#number``, counted from 1.

    Parsed on construction, which raises ``SourceError`` when it is no feed, too large, or nothing of it parses.
    ``charset`` is the one the server named; ``url`` is where the feed stands, to complete relative links.
    """

    def __init__(
        self, reader: ByteReader, *, charset: str | None = None, url: str | None = None, size_limit: int = FEED_LIMIT
    ) -> None:
        super().__init__(reader)
        data = reader.whole(size_limit, Message(SourceCode.FEED_TOO_LARGE, megabytes=size_limit // 1024**2))
        text, defect = xml_text(bytes(data), charset=charset)
        text = mended_xml(_NOT_IN_XML.sub("", text))
        self._defects = [defect for defect in (reader.defect, defect) if defect]
        self._url = url or ""
        self._entries: list[Any] = []
        self._is_empty = False
        """True for a feed that is whole and has no items, as at night."""
        self._is_whole = True
        """False if items of the feed may be missing."""
        self._has_guids = True
        """False if one guid names several articles: then links do."""
        self._lang: str | None = None
        self._host = ""
        self._is_atom = False
        if text.strip():
            self._parse(text)

    def __iter__(self) -> Iterator[Item]:
        if self._is_empty:
            yield Remark(self.name, Message(SourceCode.FEED_EMPTY))
        if not self._has_guids:
            yield Remark(self.name, Message(SourceCode.FEED_GUIDS))
        for number, entry in enumerate(self._entries, start=1):
            yield Draft(self._fields(entry), f"{self.name}#{number}")
        if self._defects:
            defects, count = tuple(self._defects), len(self._entries)
            if self._is_whole:
                yield Remark(self.name, Message(SourceCode.FEED_DAMAGED_WHOLE, defects=defects, count=count))
            else:
                yield Reject(self.name, Message(SourceCode.FEED_DAMAGED, defects=defects, count=count))

    def _parse(self, text: str) -> None:
        try:
            parsed = parse_feed(text, url=self._url)
        except SourceError as error:
            raise SourceError(error.reason, self.name) from error
        entries = parsed.entries
        if parsed.defect:
            self._defects.append(parsed.defect)
            closed = len(re.findall(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", text))
            opened = len(re.findall(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", text))
            self._is_whole = closed == opened == len(entries) and self._reader.defect is None
            if closed < len(entries):
                self._defects.append(Message(SourceCode.FEED_ARTICLE_CUT, number=closed + 1))
                del entries[closed:]
        if not entries and (parsed.defect or not parsed.version):
            raise SourceError(_no_feed(text, self._defects), self.name)
        self._is_empty = not entries
        channel = parsed.feed
        language = channel.get("language") or ""
        self._lang = language if _LANG.fullmatch(language) else None
        self._is_atom = parsed.version.startswith("atom")
        self._host = host_of(channel.get("link") or self._url)
        self._url = self._url or web_url("", channel.get("link")) or ""
        self._has_guids = _are_distinct(entries)
        self._entries = entries

    def _fields(self, entry: Any) -> dict[str, Any]:
        """An entry in the names of an article; what the feed does not give is left out."""
        link = web_url(self._url, entry.get("link"))
        published = dict.get(entry, "published") or dict.get(entry, "updated")
        updated = dict.get(entry, "updated")
        categories = _distinct(tag.get("label") or tag.get("term") for tag in entry.get("tags", ()))
        fields = {
            "id": self._id(entry, link),
            "title": self._text(entry.get("title_detail")).replace("\n", " "),
            "body": self._body(entry),
            "published_at": published,
            "modified_at": updated if updated != published else None,
            "section": next(iter(categories), None),
            "byline": _byline(entry),
            "publisher": entry.get("publisher") or entry.get("source", {}).get("title"),
            "url": link,
            "image_url": self._image(entry, link),
            "keywords": categories[1:],
            "lang": self._lang,
        }
        return {name: value for name, value in fields.items() if value}

    def _id(self, entry: Any, link: str | None) -> str | None:
        """The id of the entry's guid (``guid_id``); None when the guid is just the link."""
        guid = entry.get("id")
        if not self._has_guids or not guid or guid.strip() in {entry.get("link"), link}:
            return None
        host = host_of(link) if link else self._host
        return guid_id(host, guid)

    def _body(self, entry: Any) -> str:
        contents = (detail for detail in entry.get("content", ()) if _is_text(detail.get("type")))
        texts = (self._text(detail) for detail in (*contents, entry.get("summary_detail")))
        return next((text for text in texts if text), "")

    def _text(self, detail: Mapping[str, Any] | None) -> str:
        """RSS does not say whether a text is HTML, and nearly all of it is; Atom does."""
        if detail is None:
            return ""
        value: str = detail.get("value") or ""
        return value.strip() if self._is_atom and detail.get("type") == "text/plain" else html_to_text(value)

    def _image(self, entry: Any, link: str | None) -> str | None:
        """The first picture among enclosures, media:content and thumbnails that has a usable address."""
        candidates = [
            file.get("href") or file.get("url")
            for file in (*entry.get("enclosures", ()), *entry.get("media_content", ()))
            if file.get("medium") == "image" or _is_image(file.get("type"), file.get("href") or file.get("url"))
        ]
        candidates += [file.get("url") for file in entry.get("media_thumbnail", ())]
        urls = (web_url(link or self._url, candidate) for candidate in candidates)
        return next((url for url in urls if url is not None), None)


def _is_text(media_type: str | None) -> bool:
    return not media_type or "text" in media_type or "html" in media_type


def _is_image(media_type: str | None, url: str | None) -> bool:
    if media_type:
        return media_type.lower().startswith("image")
    return re.search(r"\.(?:jpe?g|png|webp|gif|avif|svg)(?:\?|$)", url or "", re.IGNORECASE) is not None


def _byline(entry: Any) -> list[str]:
    """The authors as the feed has them; acceptance parts names and addresses."""
    author = entry.get("author") or ""
    if "@" in author:
        return [html_to_text(author)]
    return _distinct(author.get("name") or author.get("email") for author in entry.get("authors", ()))


def _are_distinct(entries: list[Any]) -> bool:
    """False if one guid stands at items with different links."""
    links: dict[str, set[str]] = {}
    for entry in entries:
        if (guid := entry.get("id")) and (link := entry.get("link")):
            links.setdefault(guid.strip(), set()).add(link)
    return all(len(found) == 1 for found in links.values())


def _distinct(values: Any) -> list[str]:
    return list(dict.fromkeys(text for value in values if value and (text := html_to_text(value))))


def _no_feed(text: str, defects: Sequence[Message]) -> Message:
    if re.search(r"<(?:!doctype\s+html|html)\b", text[:4096], re.IGNORECASE):
        return Message(SourceCode.FEED_IS_PAGE)
    if defects:
        return Message(SourceCode.FEED_UNREAD, defects=tuple(defects))
    return Message(SourceCode.FEED_OTHER)


_FEED: Final = re.compile(r"<(?:rss|feed|rdf:rdf|channel)[\s>]", re.IGNORECASE)
"""Where a feed begins. Some sites write a warning or a blank line in front of it."""


def _sniff(head: Head) -> Fit:
    if head.root in FEED_ROOTS:
        return Fit.SURE
    if head.text.startswith(("{", "[")) or head.root == "html":
        return Fit.NO
    if _FEED.search(head.text[:8192]):
        return Fit.SURE if head.text.startswith("<") else Fit.LIKELY
    return Fit.LIKELY if head.text.startswith("<") else Fit.POSSIBLE


FORMAT: Final = Format(
    name="feed",
    title="RSS and Atom",
    endings=(".xml", ".rss", ".atom", ".rdf"),
    media_types=("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
    sniff=_sniff,
    open=lambda reader, origin: FeedSource(reader, charset=origin.charset, url=origin.url),
)
