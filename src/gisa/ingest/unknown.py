"""The fields of a draft that no article has, copied into ``extra`` as far as JSON can hold them. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from gisa.errors import ArticleInvalid
from gisa.ingest.fields import clean_text, kind, shown
from gisa.messages import ArticleCode, Message, Tell

MAX_EXTRA: Final = 200_000
"""Characters of all unknown fields together, a number counting 8."""
MAX_EXTRA_DEPTH: Final = 16


def unknown_fields(fields: Mapping[Any, Any], *, tell: Tell) -> dict[str, Any]:
    """A copy of ``fields``, cleaned. A field that JSON cannot hold, or for which there is no room, is left out and told."""
    walk = _Walk()
    copied: dict[str, Any] = {}
    for key, value in fields.items():
        if not isinstance(key, str):
            tell(Message(ArticleCode.FIELD_UNNAMED, kind=kind(key)))
            continue
        before = walk.left
        try:
            name = walk.string(key)
            copied[name] = walk.copy(value, 1)
        except ArticleInvalid as error:
            walk.left = before
            tell(Message(ArticleCode.FIELD_LEFT_OUT, field=shown(key), why=error.reason))
    return copied


class _Walk:
    """Copies values and counts what they take. Raises ``ArticleInvalid`` for what cannot be kept."""

    def __init__(self) -> None:
        self.left = MAX_EXTRA

    def copy(self, value: object, depth: int) -> Any:
        if value is None or isinstance(value, bool):
            self._spend(8)
            return value
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, int):
            self._spend(8)
            if not -(2**63) <= value < 2**63:
                raise ArticleInvalid(Message(ArticleCode.NUMBER_TOO_LARGE))
            return int(value)
        if isinstance(value, float):
            self._spend(8)
            if not math.isfinite(value):
                raise ArticleInvalid(Message(ArticleCode.NUMBER_NO_JSON, value=str(value)))
            return float(value)
        if depth > MAX_EXTRA_DEPTH:
            raise ArticleInvalid(Message(ArticleCode.NESTED_TOO_DEEP, limit=MAX_EXTRA_DEPTH))
        if isinstance(value, Mapping):
            self._spend(2)
            return {self._name(key): self.copy(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple):
            self._spend(2)
            return [self.copy(item, depth + 1) for item in value]
        raise ArticleInvalid(Message(ArticleCode.VALUE_NO_JSON, kind=kind(value)))

    def string(self, value: str) -> str:
        self._spend(len(value))
        return clean_text(value)

    def _name(self, key: object) -> str:
        if not isinstance(key, str):
            raise ArticleInvalid(Message(ArticleCode.NAME_NO_TEXT, kind=kind(key)))
        return self.string(key)

    def _spend(self, characters: int) -> None:
        self.left -= characters
        if self.left < 0:
            raise ArticleInvalid(Message(ArticleCode.EXTRA_TOO_LARGE, limit=MAX_EXTRA))
