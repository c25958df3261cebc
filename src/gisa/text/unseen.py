"""Characters that nobody sees: which they are, and a text without them. Pure; says nothing about words.

The one table, for queries, headlines' keys and the check that an article shows something. It is Unicode's
``Default_Ignorable_Code_Point`` (DerivedCoreProperties, 15.1), with controls, lone surrogates and the blank of braille.
White space is not in it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SHAPING: Final = "\u034f\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Joiners and variation selectors: they change how their neighbours are drawn (👩‍🔬, 葛󠄀), so they stay within a text."""
_UNSEEN: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\u00ad\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\u115f\u1160\u3164\uffa0"  # fillers of Hangul: letters to Unicode and to Python
    "\u2800"  # braille without a dot
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ud800-\udfff"
)
_UNSEEN_RE: Final = re.compile(f"[{_UNSEEN}]+")
_UNSHOWN_RE: Final = re.compile(f"[{_UNSEEN}{_SHAPING}]+")
_UNSHOWN_BMP: Final = re.compile(
    re.sub("[\U00010000-\U0010ffff](?:-[\U00010000-\U0010ffff])?", "", f"[{_UNSEEN}{_SHAPING}]")
)
"""Those of the Basic Multilingual Plane alone: 15 µs for 1,200 characters, where the whole table takes 100."""
_BLANK: Final = re.compile(rf"[\s{_UNSEEN}{_SHAPING}]*")


def without_unseen(text: str) -> str:
    """The text without characters that show nothing and shape nothing: ``나루\\u3164대교`` → 나루대교."""
    return _UNSEEN_RE.sub("", text)


def holds_unshown(text: str) -> bool:
    """Whether the text holds a character that shows nothing of its own, joiners and variation selectors among them."""
    if _UNSHOWN_BMP.search(text):
        return True
    is_wide = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    return is_wide and _UNSHOWN_RE.search(text) is not None


def without_unshown(text: str) -> str:
    """The text as its words are compared: also without what only shapes its neighbours."""
    return _UNSHOWN_RE.sub("", text)


def places_shown(text: str) -> list[int]:
    """Where each character of ``without_unshown`` stands in the text."""
    return [place for place, character in enumerate(text) if not _UNSHOWN_RE.match(character)]


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of the text: it is empty, or holds only white space and what nobody sees."""
    return _BLANK.fullmatch(text) is not None


def clean_line(text: str) -> str:
    """The text in NFC, on one line, with single spaces, without what cannot be seen.

    >>> clean_line("  AI\\x00센터 \\n 포항 ")
    'AI센터 포항'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", without_unseen(text)).split())
