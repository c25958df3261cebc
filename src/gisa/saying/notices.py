"""Notices and mistakes as sentences: how a query was answered, and what of an address could not be used."""

from __future__ import annotations

from gisa.model import Mistake, Notice
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for


def say_notice(notice: Notice, speaker: Speaker) -> str:
    words = ", ".join(f"‘{word}’" for word in notice.words)
    return speaker.fill(
        sentence_for(speaker.wording.notices, notice.code), limit=notice.limit or 0, words=words, count=notice.count
    )


def say_mistake(mistake: Mistake, speaker: Speaker) -> str:
    return speaker.fill(sentence_for(speaker.wording.mistakes, mistake.code), value=mistake.value)
