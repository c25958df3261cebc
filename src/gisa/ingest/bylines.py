"""Reads the names of an article's authors from what feeds, exports and pages give as a byline. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gisa.ingest.fields import ENTRY_OF, NAME_MARKS, name_of, names_of

Names = tuple[str, ...]

_MAIL: Final = re.compile(r"[\w.+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_WRAPPED_MAIL: Final = re.compile(rf"\s*[(<\[/|]\s*{_MAIL.pattern}\s*[)>\]]?\s*")
_BEFORE_NAME: Final = re.compile(rf"{_MAIL.pattern}\s*\((?P<name>[^()]+)\)", re.DOTALL)
"""RSS's form of an author: ``hong@naru.example (홍예담 기자)``."""
_BY: Final = re.compile(r"^(?:by|글\s*[:=]|글·사진|취재\s*[:=]|기자\s*[:=])\s+", re.IGNORECASE)


def byline_of(value: object) -> Names:
    """The names, without mail addresses. An address alone is kept, because nothing else says who wrote the article.

    Raises ``ArticleInvalid`` for what is no name.
    """
    if isinstance(value, str) and "@" not in value:
        return names_of(_BY.sub("", value.strip()), "byline", NAME_MARKS)
    if isinstance(value, str):
        whole = _without_mail(value)
        return names_of(whole or value, "byline", NAME_MARKS)
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list | tuple):
        value = [_one(each) for each in value if not isinstance(each, int)]  # REST answers give numbers of authors
    return names_of(value, "byline", NAME_MARKS)


def _one(value: Any) -> Any:
    name = name_of(value, ENTRY_OF["byline"])
    return value if name is None or "@" not in name else _without_mail(name) or name


def _without_mail(text: str) -> str:
    if match := _BEFORE_NAME.fullmatch(text.strip()):
        return match["name"].strip()
    return _MAIL.sub("", _WRAPPED_MAIL.sub(" ", text)).strip(" \t\n()<>[]/|,·")
