"""Reads YNewsML, the wire of Yonhap: one file a story, a folder a day. Corrections replace, deletions take down."""

from __future__ import annotations

from typing import Any, Final

from gisa.messages import Message
from gisa.sources.format import Fit, Format
from gisa.sources.news_xml import NewsXmlSource
from gisa.sources.xml_elements import first_text, markup_of, text_of, within

_DELETED: Final = frozenset({"d", "delete", "k", "kill", "c", "cancel"})
"""``Action``: I (new), U or R (replaces the story of that ``ContentID``), D (taken back)."""


class YNewsMlSource(NewsXmlSource):
    """The drafts of a file, one a story."""

    element = "YNewsML"

    def _fields(self, story: Any) -> dict[str, Any] | Message:
        return fields_of(story)


def fields_of(story: Any) -> dict[str, Any]:
    """A story in the names of an article; a deletion is the removal of its ``ContentID``."""
    identifier = first_text(story, "contentid")
    if first_text(story, "action").lower() in _DELETED:
        return {"id": identifier, "removed": True, "reason": "taken back by its agency"}
    sent = _moment(first_text(story, "senddate"), first_text(story, "sendtime"))
    embargo = first_text(story, "embargo", "embargodate", "embargotime")
    subtitles = [text for each in within(story, "subtitle") if (text := text_of(each))]
    fields = {
        "id": identifier,
        "title": first_text(story, "title"),
        "subtitle": "\n".join(subtitles),
        "body": next(
            (markup_of(each) if len(each) else "".join(each.itertext()) for each in within(story, "body")), ""
        ),
        "published_at": sent,
        "section": first_text(story, "category"),
        "keywords": [text for each in within(story, "keyword") if (text := text_of(each))],
        "byline": first_text(story, "writer", "byline", "author"),
        "publisher": first_text(story, "credit", "source"),
        "url": first_text(story, "url", "href"),
        "visible_from": _embargo(embargo),
        "region": first_text(story, "region"),
        "urgency": first_text(story, "urgency"),
    }
    return {name: value for name, value in fields.items() if value}


def _moment(day: str, time: str) -> str:
    """``20261127`` and ``090100`` as one time, which is Seoul's."""
    if len(day) != 8 or not day.isdecimal():
        return f"{day} {time}".strip()
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    clock = time.ljust(6, "0")
    return f"{text}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}+09:00" if time.isdecimal() and len(time) in (4, 6) else text


def _embargo(text: str) -> str:
    figures = text.replace(" ", "")
    return _moment(figures[:8], figures[8:14]) if figures.isdecimal() and len(figures) in (8, 12, 14) else text


FORMAT: Final = Format(
    name="ynewsml",
    title="YNewsML",
    endings=(".xml",),
    sniff=lambda head: Fit.SURE if head.root == "ynewsml" else Fit.NO,
    open=lambda reader, _origin: YNewsMlSource(reader),
)
