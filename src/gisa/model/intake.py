"""What a source yields before anything is archived: drafts, rejects, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gisa.messages import Message


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source parsed, not yet accepted: raw field values and the place they came from."""

    fields: Mapping[str, Any]
    place: str
    """Where it stood, for messages: ``articles.jsonl:17``, ``feed.xml#3``, ``article 4``."""


@dataclass(frozen=True, slots=True)
class Reject:
    """What was refused, with its place and the reason."""

    place: str
    reason: Message
    """``gisa.say`` puts it into words; as text it is a code with its arguments."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the caller should know and that kept no article out: a dropped field, a file passed over."""

    place: str
    reason: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


Item = Draft | Reject | Remark
"""What a source yields."""
