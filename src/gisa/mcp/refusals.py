"""Why a tool did not answer, each with the next step. Says nothing of the machine, and of articles what everybody may know."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from gisa import errors
from gisa.mcp.cursors import CursorInvalid
from gisa.mcp.visible import clipped
from gisa.model import SEOUL

log: Final = logging.getLogger("gisa.mcp")

_LONGEST: Final = 500


class KeyRefused(errors.GisaError):
    """The key that an agent shows opens nothing any more."""

    def __init__(self) -> None:
        super().__init__("the key opens nothing: it is wrong, revoked or past its last day")


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an agent is told in place of an answer."""

    code: str
    message: str
    next: str
    """What to do now."""
    printed: str | None = None
    """The paper's own words about it."""

    def as_dict(self) -> dict[str, Any]:
        said = {"code": self.code, "message": self.message, "next": self.next}
        return {"error": said | ({"printed": self.printed} if self.printed else {})}


_NEXT: Final[Mapping[type[errors.GisaError], tuple[str, str]]] = {
    CursorInvalid: ("cursor", "Call again without cursor, with the same other arguments."),
    errors.SetInvalid: ("set_not_found", "Copy set_id whole from an answer, or search again for a new one."),
    errors.SearchInvalid: ("invalid", "Correct the argument and call again."),
    errors.TooDear: ("too_dear", "Ask for less: fewer words, or a shorter stretch of days."),
    errors.NotAnswered: ("unavailable", "Wait a few seconds and call again."),
    KeyRefused: ("key", "Stop, and ask whoever gave you the key for another one."),
}
_UNAVAILABLE: Final = Refusal(
    "unavailable", "the archive cannot answer now", "Wait a minute and call again; tell the user if it lasts."
)
_INTERNAL: Final = Refusal("internal", "something failed inside", "Try other arguments, or go on without this tool.")


def refusal_of(error: Exception) -> Refusal:
    """What an agent is told of an error. One that is not the agent's is logged, without what was asked."""
    if isinstance(error, ValidationError):
        return Refusal(
            "invalid", _said(error), "Correct the arguments as the tool's input schema has them; call again."
        )
    if isinstance(error, errors.ArticleRemoved):
        at = error.removed_at.astimezone(SEOUL).isoformat(timespec="seconds")
        return Refusal(
            "removed",
            f"the paper removed this article at {at}",
            "Do not quote or cite it, also not from before. Search for other articles.",
            printed=clipped(error.public_reason, _LONGEST) if error.public_reason else None,
        )
    if isinstance(error, errors.ArticleNotFound):
        return Refusal(
            "not_found", "no article has this id", "Take an id from `search` or `who_said`, whole and unchanged."
        )
    for kind in type(error).__mro__:
        if kind in _NEXT:
            code, step = _NEXT[kind]
            return Refusal(code, clipped(str(error), _LONGEST), step)
    log.error("%s", errors.trace_of(error))
    return _UNAVAILABLE if isinstance(error, errors.GisaError) else _INTERNAL


def _said(error: ValidationError) -> str:
    """Each argument that is wrong and why, without its value."""
    wrong = (f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}" for each in error.errors())
    return clipped("; ".join(wrong), _LONGEST)
