"""Reads NewsML-G2 (IPTC): a news item, a news message of many, with NITF, XHTML or plain text inside.

Packages, pictures and planning items are no articles. ``pubStatus`` and ``embargoed`` are obeyed.
"""

from __future__ import annotations

from typing import Any, Final

from gisa.messages import Message, SourceCode
from gisa.sources.format import Fit, Format, Head
from gisa.sources.news_xml import NewsXmlSource
from gisa.sources.nitf import content_of, title_of
from gisa.sources.xml_elements import children, first_text, markup_of, text_of, within

_TEXT_CLASSES: Final = ("text", "composite", "")


class NewsMlG2Source(NewsXmlSource):
    """The drafts of a file, one a story."""

    element = "newsItem"

    def _fields(self, story: Any) -> dict[str, Any] | Message:
        return fields_of(story)


def fields_of(item: Any) -> dict[str, Any] | Message:
    """A news item in the names of an article, or what it is if it is none."""
    kind = _code(next(within(item, "itemclass"), None))
    if kind not in _TEXT_CLASSES:
        return Message(SourceCode.STORY_OF_CLASS, type=kind)
    guid = item.get("guid", "")
    status = _code(next(within(item, "pubstatus"), None)) or "usable"
    meta = next(children(item, "contentmeta"), None)
    title = (first_text(meta, "headline") if meta is not None else "") or title_of(item)
    if not title:
        if status in ("canceled", "cancelled", "killed"):
            return {"id": guid, "removed": True, "reason": "canceled by its agency"}
        return Message(SourceCode.STORY_HEADLESS)
    version = first_text(item, "versioncreated")
    first = first_text(item, "firstcreated") or first_text(item, "contentcreated") or version
    subjects = [text for each in within(item, "subject") if (text := _name(each))]
    content = next(children(item, "contentset"), None)
    creators = [name for each in within(item, "creator") if (name := _name(each))]
    fields = {
        "id": guid,
        "title": title,
        "body": _body(content),
        "published_at": first,
        "modified_at": version if version != first else None,
        "section": next(iter(subjects), None),
        "keywords": [*subjects[1:], *(text_of(each) for each in within(item, "keyword"))],
        "byline": first_text(item, "by") or creators,
        "publisher": _provider(item),
        "lang": item.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "visible_from": first_text(item, "embargoed"),
        "status": status,
        "version": item.get("version"),
        "slugline": first_text(item, "slugline"),
    }
    return {name: value for name, value in fields.items() if value}


def _body(content: Any | None) -> str:
    if content is None:
        return ""
    for inline in children(content, "inlinexml"):
        if (body := content_of(inline)) is not None:
            return body
        root = next((each for each in inline if isinstance(each.tag, str)), None)
        if root is not None:
            return markup_of(next(within(root, "body"), root))
    for inline in children(content, "inlinedata"):
        return "".join(inline.itertext())
    return ""


def _provider(item: Any) -> str:
    for name in ("infosource", "provider"):
        if (each := next(within(item, name), None)) is not None and (
            text := _name(each) or _code(each) or each.get("literal")
        ):
            return text
    return ""


def _name(element: Any) -> str:
    """The name among an element's direct children; names of what is broader belong to something else."""
    return next((text for each in children(element, "name") if (text := text_of(each))), "")


def _code(element: Any | None) -> str:
    """The code of an element without its scheme, in lower case: ``usable`` of ``stat:usable``."""
    if element is None:
        return ""
    code: str = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return code.rpartition("/")[2].rpartition(":")[2].lower()


def _sniff(head: Head) -> Fit:
    return Fit.SURE if head.root in ("newsitem", "newsmessage") else Fit.NO


FORMAT: Final = Format(
    name="newsml-g2",
    title="NewsML-G2",
    endings=(".xml",),
    media_types=("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml"),
    sniff=_sniff,
    open=lambda reader, _origin: NewsMlG2Source(reader),
)
