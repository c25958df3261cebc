"""Reads the export of WordPress (WXR) as a stream. Comments, pages, menus and attachments are no articles.

What its paper has not published (draft, pending, private, trash, future, behind a password) keeps its status, so that
acceptance withholds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.format import Fit, Format, Head
from gisa.sources.links import guid_id, host_of, web_url
from gisa.sources.source import FileSource
from gisa.sources.wordpress import body_of
from gisa.sources.xml_elements import ELEMENT_LIMIT, ElementCutter, ElementParser, elements, qualified, within

_ARTICLE_TYPES: Final = (
    "post",
    "news",
    "article",
    "story",
    "column",
    "opinion",
    "photo",
    "video",
    "press",
    "report",
    "interview",
)
"""A ``wp:post_type`` that holds one of these words is an article's: papers add types of their own (``np_news``)."""
_NO_DATE: Final = "0000-00-00"
_MOST_ATTACHMENTS: Final = 50_000
"""Addresses of pictures that are kept for the articles after them: some 10 MB."""


class WxrSource(FileSource):
    """The drafts of an export; a draft's place is ``name#number``, the number of its item, from 1."""

    def __iter__(self) -> Iterator[Item]:
        site = _Site()
        passed_over: Counter[Message] = Counter()
        for cut, parsed in elements(self._reader, ["item"]):
            place = f"{self.name}#{cut.number}"
            if cut.number == 0:
                site.learn(cut.text or "")
            elif cut.text is None:
                yield Reject(place, Message(SourceCode.ITEM_TOO_LARGE, megabytes=ELEMENT_LIMIT // 1024**2))
            elif parsed is None:
                yield Reject(place, Message(SourceCode.ITEM_NO_XML if cut.is_whole else SourceCode.ITEM_CUT))
            else:
                item = _Item(parsed.element)
                if (kind := item.kind) not in _READ and not any(word in kind for word in _ARTICLE_TYPES):
                    site.keep_attachment(item)
                    passed_over[Message(SourceCode.TYPE_PASSED_OVER, type=kind)] += 1
                    continue
                fields = site.fields_of(item)
                if "published_at" not in fields and fields["status"] != "publish":
                    passed_over[Message(SourceCode.UNDATED_PASSED_OVER)] += 1
                    continue
                if parsed.defect is not None:
                    yield Remark(place, Message(SourceCode.ITEM_DAMAGED, error=parsed.defect))
                yield Draft(fields, place)
        for what, count in sorted(passed_over.items(), key=lambda passed: str(passed[0])):
            yield Remark(self.name, Message(SourceCode.COUNTED, what=what, count=count))
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))


_READ: Final = frozenset({"post"})


class _Item:
    """The parts of one item, by the names that the file gives them."""

    def __init__(self, element: Any) -> None:
        self.parts: dict[str, str] = {}
        self.categories: dict[str, list[str]] = {}
        self.meta: dict[str, str] = {}
        for child in element:
            name = qualified(child)
            if name == "category":
                self.categories.setdefault(child.get("domain") or "category", []).append(_text(child))
            elif name == "wp:postmeta":
                key = next((_text(each) for each in within(child, "meta_key")), "")
                if key in _META:
                    self.meta[key] = next((_text(each) for each in within(child, "meta_value")), "")
            elif name:
                self.parts.setdefault(name, _text(child))
        self.kind = self.parts.get("wp:post_type", "post").lower()

    def get(self, name: str) -> str:
        return self.parts.get(name, "").strip()


_SUBTITLES: Final = ("subtitle", "_subtitle", "wps_subtitle", "kia_subtitle")
_META: Final = frozenset({"_thumbnail_id", "_wp_attachment_image_alt", *_SUBTITLES})
"""Custom fields that are read; plugins write dozens more."""


class _Site:
    """What the export says of the site, which its items leave out: names of authors, the paper, its language."""

    def __init__(self) -> None:
        self._authors: dict[str, str] = {}
        self._publisher = self._lang = self._address = ""
        self._attachments: dict[str, dict[str, str]] = {}

    def learn(self, before: str) -> None:
        """Take in what stands before the first item."""
        parser = ElementParser()
        parser.declare(before)
        for cut in ElementCutter("author").cut([before]):
            if cut.number and cut.text is not None and (parsed := parser.parse(cut.text)) is not None:
                parts = {qualified(child): _text(child).strip() for child in parsed.element}
                self._authors[parts.get("wp:author_login", "")] = parts.get("wp:author_display_name", "")
        self._publisher = _first(before, "title", parser)
        self._lang = _first(before, "language", parser)
        self._address = _first(before, "base_blog_url", parser) or _first(before, "link", parser)

    def keep_attachment(self, item: _Item) -> None:
        """Keep a picture for the articles after it that name its number."""
        if (url := item.get("wp:attachment_url")) and len(self._attachments) < _MOST_ATTACHMENTS:
            picture = {
                "url": url,
                "caption": item.get("excerpt:encoded"),
                "alt": item.meta.get("_wp_attachment_image_alt", ""),
            }
            self._attachments[item.get("wp:post_id")] = {name: text for name, text in picture.items() if text}

    def fields_of(self, item: _Item) -> dict[str, Any]:
        """An item in the names of an article; what it does not give is left out."""
        link = web_url(self._address, item.get("link"))
        content, excerpt = item.get("content:encoded"), item.get("excerpt:encoded")
        body, pictures = body_of(content or excerpt)
        if (thumbnail := self._attachments.get(item.meta.get("_thumbnail_id", ""))) is not None:
            pictures = [thumbnail, *(each for each in pictures if each["url"] != thumbnail["url"])]
        login = item.get("dc:creator")
        sections = item.categories.get("category", [])
        fields: dict[str, Any] = {
            "id": self._id(item, link),
            "title": item.get("title"),
            "subtitle": next((text for key in _SUBTITLES if (text := item.meta.get(key))), None),
            "body": body,
            "published_at": _moment(item, "wp:post_date") or _dated(item.get("pubDate")),
            "modified_at": _moment(item, "wp:post_modified"),
            "section": next(iter(sections), None),
            "keywords": [*sections[1:], *item.categories.get("post_tag", ())],
            "byline": [self._authors.get(login) or login] if login else None,
            "publisher": self._publisher,
            "url": link,
            "pictures": pictures,
            "lang": self._lang,
            "excerpt": bool(excerpt and not content),
        }
        fields = {name: value for name, value in fields.items() if value}
        fields["status"] = item.get("wp:status") or "unknown"
        if item.get("wp:post_password"):
            fields["has_password"] = True
        return fields

    def _id(self, item: _Item, link: str | None) -> str | None:
        guid = item.get("guid")
        if guid and guid != item.get("link"):
            return guid_id(host_of(link or self._address), guid)
        return None


def _moment(item: _Item, name: str) -> str | None:
    """The time in UTC, or as the site's own clock has it, or None."""
    if (utc := _dated(item.get(f"{name}_gmt"))) is not None:
        return f"{utc}+00:00"
    return _dated(item.get(name))


def _dated(text: str) -> str | None:
    return None if not text or text.startswith(_NO_DATE) or " -0001 " in text else text


def _first(before: str, name: str, parser: ElementParser) -> str:
    for cut in ElementCutter(name).cut([before]):
        if cut.number and cut.text is not None and cut.is_whole:
            parsed = parser.parse(cut.text)
            return _text(parsed.element).strip() if parsed is not None else ""
    return ""


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _sniff(head: Head) -> Fit:
    is_wxr = "wordpress.org/export" in head.root_tag or "<wp:wxr_version" in head.text
    return Fit.SURE if head.root == "rss" and is_wxr else Fit.NO


FORMAT: Final = Format(
    name="wxr",
    title="WordPress export (WXR)",
    endings=(".wxr",),
    sniff=_sniff,
    open=lambda reader, _origin: WxrSource(reader),
)
