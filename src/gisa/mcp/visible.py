"""Text of articles as answers hold it: every letter to be seen, and no more bytes than it may take. Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from gisa.text.unseen import holds_unshown

_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode's categories of controls, of what has no letter, and of what ends a line beside ``\\n``."""
_AS_EMOJI: Final = "\ufe0f"
_ELLIPSIS: Final = "…"


def as_data(text: str) -> str:
    """A text with every letter to be seen: controls, and those that hide or turn others, become U+FFFD.

    One letter for one, so that places in a text hold. A line's end stays, and what makes an emoji of a sign before it.
    """
    if text.isascii() and text.isprintable():
        return text
    may_hide, before, said = holds_unshown(text), " ", []
    for each in text:
        is_hidden = each != "\n" and unicodedata.category(each) in _HIDDEN
        if may_hide and not is_hidden and holds_unshown(each):
            is_hidden = each != _AS_EMOJI or unicodedata.category(before) != "So"
        said.append(_SHOWN if is_hidden else each)
        before = each
    return "".join(said)


def clipped(text: str, at_most: int) -> str:
    """``as_data`` in at most so many bytes of JSON; ``…`` says that something was cut."""
    said = as_data(text[: at_most + 1])
    reached = list(accumulate(map(_json_bytes, said)))
    if not reached or reached[-1] <= at_most:
        return said
    return said[: bisect_right(reached, at_most - len(_ELLIPSIS.encode()))] + _ELLIPSIS


def _json_bytes(letter: str) -> int:
    return 2 if letter in '"\\\n' else len(letter.encode())
