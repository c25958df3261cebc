"""A text cut into sentences, and how alike two of them are by their letters. Knows nothing of what they say."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from gisa.model import Span
from gisa.text.normal import normalise

_SENTENCE: Final = re.compile(r"\S[^\n]*?(?:[.?!…]+[”’\"']?(?=\s|$)|(?=\n)|$)")
NEAR: Final = 0.6
"""Share of pairs of letters (Dice's coefficient) from which a sentence is another form of a given one. Two sentences of the same
subject have some 0.3."""


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand, in characters, without the spaces between. A line's end also ends a sentence."""
    return [Span(*match.span()) for match in _SENTENCE.finditer(text)]


def letters_of(text: str) -> str:
    """What two texts have in common that differ in spacing and marks only: letters and figures in normal form."""
    return "".join(filter(str.isalnum, normalise(text)))


def likeness(given: Counter[str], printed: str) -> float:
    """How much of two sentences is the same, 0 to 1: Dice's coefficient of their pairs of letters."""
    other = pairs_of(printed)
    common = sum((given & other).values())
    return 2 * common / max(1, given.total() + other.total())


def pairs_of(text: str) -> Counter[str]:
    """Every two letters of a text that stand side by side, whatever the spacing."""
    return Counter(map("".join, pairwise(letters_of(text))))
