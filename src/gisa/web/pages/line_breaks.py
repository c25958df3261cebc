"""Where a line may not end, as Korean editors have it. Works on HTML text whose only tags are ``<mark>``. Pure.

Browsers break after a closing quote or bracket before Hangul even under ``word-break: keep-all``, so that a line begins with a
bare particle (‘꼴찌의 식탁’⏎은). U+2060, WORD JOINER, forbids it; screen readers and a browser's search pass over it.
"""

from __future__ import annotations

import re
from typing import Final

_JOINER: Final = "\u2060"
_AFTER_CLOSING: Final = re.compile(r"([’”」』〉》)\]](?:</mark>)?)(?=(?:<mark>)?[가-힣])")
_CHAIN: Final = re.compile(r"(?<!\w)\w(?:[^\Wㆍ]*+ㆍ\w++(?:[·・]\w++)*|\w*+(?:[·・]\w++)+)")
r"""``\w+(?:[·ㆍ・]\w+)+`` without a step back: of the three dots ``ㆍ`` is a letter to ``\w``, so it may stand inside a word.

The plain form tries each letter of a long word as a start: 1.65 s for 8,000 letters without a dot. A group is not repeated
possessively: before 3.11.5 Python does not take back what its last, failed repetition has matched (gh-106052).
"""
_DOT: Final = re.compile(r"[·ㆍ・]")
_SHORT_CHAIN: Final = 12
"""Characters of words joined by dots that stay on one line; a longer chain may break after a dot, never before one."""


def keep_together(html: str) -> str:
    """The text with its forbidden breaks marked.

    >>> keep_together("‘꼴찌의 식탁’은").index("\u2060")
    8
    """
    joined = _AFTER_CLOSING.sub(rf"\1{_JOINER}", html)
    return _CHAIN.sub(_joined, joined) if _DOT.search(joined) else joined


def _joined(chain: re.Match[str]) -> str:
    after = _JOINER if len(chain[0]) <= _SHORT_CHAIN else ""
    return _DOT.sub(lambda dot: f"{_JOINER}{dot[0]}{after}", chain[0])
