"""Reads NewsML 1.0 to 1.2 (IPTC): news items with their components, as agencies in Korea and Japan send them."""

from __future__ import annotations

from typing import Any, Final

from gisa.messages import Message, SourceCode
from gisa.sources.format import Fit, Format, Head
from gisa.sources.news_xml import NewsXmlSource
from gisa.sources.nitf import content_of, title_of
from gisa.sources.xml_elements import children, first_text, markup_of, text_of, within


class NewsMl1Source(NewsXmlSource):
    """The drafts of a file, one a story."""

    element = "NewsItem"

    def _fields(self, story: Any) -> dict[str, Any] | Message:
        return fields_of(story)


def fields_of(item: Any) -> dict[str, Any] | Message:
    """A news item in the names of an article, or what it is if it is none. Its id leaves the revision out."""
    identifier = "/".join(text for name in ("providerid", "dateid", "newsitemid") if (text := first_text(item, name)))
    status = (_formal(item, "status") or "usable").lower()
    title = next((text_of(each) for each in within(item, "headline")), "") or title_of(item)
    if not title:
        if status in ("canceled", "killed"):
            return {"id": identifier, "removed": True, "reason": "canceled by its agency"}
        return Message(SourceCode.STORY_OF_TYPE, type=(_formal(item, "newsitemtype") or "unknown").lower())
    published, modified = first_text(item, "firstcreated"), first_text(item, "thisrevisioncreated")
    fields = {
        "id": identifier,
        "title": title,
        "subtitle": first_text(item, "subheadline"),
        "body": _body(item),
        "published_at": published or modified,
        "modified_at": modified if modified != published else None,
        "section": next(
            (
                text
                for each in within(item, "subject", "subjectmatter", "subjectdetail")
                if (text := each.get("FormalName"))
            ),
            None,
        ),
        "keywords": [text for each in within(item, "keyword") if (text := text_of(each))],
        "byline": first_text(item, "byline"),
        "publisher": first_text(item, "creditline") or _formal(item, "provider") or _party(item),
        "lang": next((text for each in within(item, "language") if (text := each.get("FormalName"))), None),
        "visible_from": next(
            (text_of(each) for future in within(item, "statuswillchange") for each in within(future, "dateandtime")),
            None,
        )
        if status in ("embargoed", "withheld")
        else None,
        "status": {"embargoed": "embargo"}.get(status, status),
    }
    return {name: value for name, value in fields.items() if value}


def _body(item: Any) -> str:
    """The text of the first content item that has one: NITF, XHTML, or data."""
    for content in within(item, "contentitem"):
        if (body := content_of(content)) is not None:
            return body
        for data in children(content, "datacontent"):
            inner = next((each for each in within(data, "body")), data)
            if text_of(inner):
                return markup_of(inner) if len(inner) else "".join(inner.itertext())
    return ""


def _formal(item: Any, name: str) -> str:
    return next((text for each in within(item, name) if (text := each.get("FormalName"))), "")


def _party(item: Any) -> str:
    return next(
        (
            text
            for provider in within(item, "provider")
            for each in within(provider, "party")
            if (text := each.get("FormalName"))
        ),
        "",
    )


def _sniff(head: Head) -> Fit:
    return Fit.SURE if head.root == "newsml" else Fit.NO


FORMAT: Final = Format(
    name="newsml",
    title="NewsML 1",
    endings=(".xml", ".newsml"),
    sniff=_sniff,
    open=lambda reader, _origin: NewsMl1Source(reader),
)
