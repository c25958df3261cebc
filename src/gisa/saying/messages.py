"""What the desk is told as sentences: rejects, remarks, and errors whose reason is a code."""

from __future__ import annotations

from typing import Final

from gisa.errors import GisaError
from gisa.language import Language
from gisa.messages import (
    Argument,
    ArticleCode,
    ConfigCode,
    FolderCode,
    ListCode,
    Message,
    MessageCode,
    PhraseCode,
    SourceCode,
    StoreCode,
)
from gisa.model import Reject, Remark
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for

SURFACES: Final[dict[type[MessageCode], str]] = {
    PhraseCode: "phrases",
    ArticleCode: "articles",
    ListCode: "lists",
    SourceCode: "sources",
    ConfigCode: "config",
    StoreCode: "stores",
    FolderCode: "folders",
}
"""Where ``MessageText`` has the sentences of each list of codes."""


def say(said: Message | Reject | Remark | GisaError, lang: str = "en") -> str:
    """The sentence for what Gisa reports, in English or Korean: ``gisa.say(report.rejects[0], "ko")``.

    Raises ``ValueError`` for a language that Gisa does not speak.
    """
    speaker = Speaker(Language(lang))
    if isinstance(said, Message):
        return say_message(said, speaker)
    return say_placed(said.place, said.reason, speaker)


def say_placed(place: str, reason: Message | str, speaker: Speaker) -> str:
    """A reason behind its place: ``articles.jsonl:17: title is missing — …``."""
    sentence = reason if isinstance(reason, str) else say_message(reason, speaker)
    return f"{place}: {sentence}" if place else sentence


def reject_as_dict(reject: Reject, speaker: Speaker) -> dict[str, str]:
    """As the commands print it with ``--json``: the code for programs, the reason for people."""
    return {"place": reject.place, "code": reject.reason.code.value, "reason": say_message(reject.reason, speaker)}


def say_message(message: Message, speaker: Speaker) -> str:
    """One line, whatever the arguments hold: characters that a terminal would obey are shown as U+FFFD."""
    surface = getattr(speaker.wording.messages, SURFACES[type(message.code)])
    arguments = {name: _said(value, speaker) for name, value in message.arguments.items()}
    return speaker.fill(sentence_for(surface, message.code), **arguments)


def _said(argument: Argument, speaker: Speaker) -> int | str:
    if isinstance(argument, Message):
        return say_message(argument, speaker)
    if isinstance(argument, tuple):
        return "; ".join(say_message(each, speaker) for each in argument)
    if isinstance(argument, int):
        return argument
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in argument)
