"""Reads YNewsML, the wire of Yonhap: one file a story, a folder a day. Corrections replace, deletions take down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.format import Fit, Format
from gisa.sources.source import FileSource
from gisa.sources.xml_elements import elements, first_text, markup_of, text_of, within

_DELETED: Final = frozenset({"d", "delete", "k", "kill", "c", "cancel"})
"""``Action``: I (new), U or R (replaces the story of that ``ContentID``), D (taken back)."""
_KNOWN: Final = frozenset({"", "i", "insert", "n", "new", "u", "update", "r", "replace", "m", "modify"})


class YNewsMlSource(FileSource):
    """The drafts of a file; a draft's place is ``name#number``, from 1."""

    def __iter__(self) -> Iterator[Item]:
        for cut, parsed in elements(self._reader, ["YNewsML"]):
            place = f"{self.name}#{cut.number}"
            if cut.number == 0:
                continue
            if parsed is None:
                yield Reject(
                    place, "the YNewsML story is cut short, too large or no XML — get it again from the agency"
                )
                continue
            if parsed.defect is not None:
                yield Remark(place, f"the story's XML is damaged: {parsed.defect} — what could be read was read")
            action = first_text(parsed.element, "action").lower()
            if action not in _KNOWN | _DELETED:
                yield Remark(place, f"Action {action.upper()!r} is none that Gisa knows — read as an update")
            yield Draft(fields_of(parsed.element, action), place)
        if self._reader.defect is not None:
            yield Reject(self.name, f"{self._reader.defect} — what came before it was read; get the whole file")


def fields_of(story: Any, action: str) -> dict[str, Any]:
    """A story in the names of an article; a deletion is the removal of its ``ContentID``."""
    identifier = first_text(story, "contentid")
    if action in _DELETED:
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
