"""How large a reader wants the text: a cookie of one word, and its place in a page. Depends on nothing else of a reader."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from starlette.types import Scope

COOKIE: Final = "gisa_size"
_NAMED: Final = COOKIE.encode() + b"="
_HTML: Final = b"<html "


class TextSize(StrEnum):
    """What readers may choose; ``site.css`` has a rule for each but the first."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


def size_of(scope: Scope) -> TextSize:
    """The size that a reader has chosen; what the cookie says otherwise counts for nothing."""
    for name, value in scope["headers"]:
        if name == b"cookie" and _NAMED in value:
            chosen = value.partition(_NAMED)[2].partition(b";")[0].strip().decode("latin-1")
            return size_named(chosen)
    return TextSize.NORMAL


def size_named(name: str) -> TextSize:
    """The size of a name; the normal one for a name that is none."""
    return next((size for size in TextSize if size == name), TextSize.NORMAL)


def resized(page: bytes, size: TextSize) -> bytes:
    """A page in a reader's size."""
    if size is TextSize.NORMAL:
        return page
    return page.replace(_HTML, _HTML + f'data-size="{size}" '.encode(), 1)
