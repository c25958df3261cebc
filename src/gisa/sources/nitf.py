"""Reads NITF (IPTC), one story a file or many; what it holds is also what NewsML carries inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from gisa.messages import Message
from gisa.sources.format import Fit, Format, Head
from gisa.sources.news_xml import NewsXmlSource
from gisa.sources.xml_elements import children, first_text, markup_of, text_of, within

_COMPACT: Final = re.compile(r"([0-9]{8})T?([0-9]{6})?([+-][0-9]{4}|Z)?")


class NitfSource(NewsXmlSource):
    """The drafts of a file, one a story."""

    element = "nitf"

    def _fields(self, story: Any) -> dict[str, Any] | Message:
        return fields_of(story)


def fields_of(nitf: Any) -> dict[str, Any]:
    """A story in the names of an article."""
    ids = next(within(nitf, "doc-id"), None)
    status = next(within(nitf, "docdata"), nitf).get("management-status", "usable").lower()
    identifier = ids.get("id-string") if ids is not None else None
    title = title_of(nitf)
    if not title and status in ("canceled", "killed"):
        return {"id": identifier, "removed": True, "reason": "canceled by its agency"}
    story = next(within(nitf, "story.date"), None)
    pictures = list(_pictures(nitf))  # before they leave the text
    fields = {
        "id": identifier,
        "title": title,
        "subtitle": first_text(nitf, "hl2"),
        "body": content_of(nitf),
        "published_at": _norm(nitf, "date.issue")
        or (story.get("norm") if story is not None else None)
        or first_text(nitf, "story.date"),
        "section": _attribute(nitf, "tobject.property", "tobject.property.type")
        or _attribute(nitf, "pubdata", "position.section"),
        "byline": _byline(nitf),
        "publisher": _attribute(nitf, "pubdata", "name") or _attribute(nitf, "doc.copyright", "holder"),
        "edition": _attribute(nitf, "pubdata", "edition.name"),
        "page": _attribute(nitf, "pubdata", "position.sequence"),
        "keywords": [key for each in within(nitf, "keyword") if (key := each.get("key"))],
        "pictures": pictures,
        "visible_from": _norm(nitf, "date.release"),
        "status": {"embargoed": "embargo"}.get(status, status),
    }
    return {name: value for name, value in fields.items() if value}


def title_of(element: Any) -> str:
    """The headline of the NITF below: ``hl1``, or the title of the head."""
    return (
        first_text(element, "hl1")
        or first_text(element, "hedline")
        or next((text_of(each) for head in within(element, "head") for each in children(head, "title")), "")
    )


def content_of(element: Any) -> str | None:
    """The text of the NITF below as HTML, without its pictures; None if there is none."""
    content = next(within(element, "body.content"), None)
    if content is None:
        return None
    for media in list(within(content, "media")):
        if (parent := media.getparent()) is not None:
            parent.remove(media)
    return markup_of(content)


def _byline(nitf: Any) -> str:
    byline = next(within(nitf, "byline"), None)
    if byline is None:
        return ""
    person = first_text(byline, "person")
    return person or re.sub(r"^by\s+", "", text_of(byline), flags=re.IGNORECASE)


def _pictures(nitf: Any) -> Iterator[dict[str, str]]:
    for media in within(nitf, "media"):
        reference = next(within(media, "media-reference"), None)
        if reference is not None and (url := reference.get("source")):
            yield {
                "url": url,
                "caption": first_text(media, "media-caption"),
                "credit": first_text(media, "media-producer"),
                "alt": reference.get("alternate-text") or "",
            }


def _norm(nitf: Any, name: str) -> str | None:
    """A date of NITF: ``20251103T090500+0900`` as ISO 8601."""
    given = _attribute(nitf, name, "norm")
    match = _COMPACT.fullmatch(given or "")
    if match is None:
        return given
    day, time, zone = match.groups()
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return text if time is None else f"{text}T{time[:2]}:{time[2:4]}:{time[4:]}{zone or ''}"


def _attribute(nitf: Any, element: str, name: str) -> str | None:
    return next((value for each in within(nitf, element) if (value := each.get(name))), None)


def _sniff(head: Head) -> Fit:
    is_fragment = head.root in ("contentset", "inlinexml") and "<nitf" in head.text[:8192]
    return Fit.SURE if head.root == "nitf" or is_fragment else Fit.NO


FORMAT: Final = Format(
    name="nitf",
    title="NITF",
    endings=(".xml", ".nitf"),
    media_types=("application/nitf+xml",),
    sniff=_sniff,
    open=lambda reader, _origin: NitfSource(reader),
)
