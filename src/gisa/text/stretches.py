"""Cutting texts so that analysing one takes time linear in its length, whatever stands in it. Analyses nothing.

No word is a hundred characters long. A stretch that has no space for so long (a file pasted as text, a hostile feed) would cost the
square of its length or more: 4,000 random syllables took 45 s.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LONGEST: Final = 100
"""Characters without a space after which a text is cut; ``runs`` cuts runs there, too. A run of a hundred random syllables, the
worst there is, takes some tenths of a second."""
MOST_CUT: Final = 20
"""Pieces of cut stretches that are analysed in one text: about 3 s (estimated from 5 s for 30) if all are random syllables. Of 7,412 Wikipedia articles 9 have such a
stretch, and none has more than 3 pieces."""
MOST_ANALYSED: Final = 200_000
"""Characters of different words of a text that are analysed (estimated: 24 s of random words, 2 s of news). A word that comes again
costs next to nothing, so however long a text is that repeats itself, all of it is analysed."""
_WORD: Final = re.compile(r"\S+")
_PIECE: Final = re.compile(rf"\S{{1,{LONGEST - 1}}}[^\w\s]|\S{{{LONGEST}}}")
_HALF: Final = LONGEST // 2
"""A stretch of more than ``LONGEST`` characters covers all of one such part of the text, wherever it begins."""
_LONG: Final = re.compile(rf"\S{{{LONGEST + 1},}}+")


class Stretches(NamedTuple):
    """A text in normal form, cut."""

    text: str
    """All of it, with a space in long stretches where they are cut: what is indexed by its letters."""
    analysed: str
    """What of it is analysed; the same text unless it is too long or holds too many cut stretches."""

    @property
    def left_out(self) -> int:
        """How many characters are not analysed, spaces not counted."""
        if len(self.text) == len(self.analysed):
            return 0
        return len(self.text) - self.text.count(" ") - len(self.analysed) + self.analysed.count(" ")


def cut_stretches(normal: str) -> Stretches:
    """Cut a text in normal form. A stretch is cut behind a mark if it has one in reach, so that an address keeps its words."""
    if not _may_hold_long(normal) or _LONG.search(normal) is None:
        return Stretches(normal, _begin(normal))
    whole: list[str] = []
    analysed: list[str] = []
    end, pieces_left = 0, MOST_CUT
    for long in _LONG.finditer(normal):
        pieces = _PIECE.findall(long[0])
        pieces.append(long[0][sum(map(len, pieces)) :])
        between = normal[end : long.start()]
        whole += (between, " ".join(pieces))
        analysed += (between, " ".join(pieces[:pieces_left]))
        pieces_left = max(0, pieces_left - len(pieces))
        end = long.end()
    whole.append(normal[end:])
    analysed.append(normal[end:])
    return Stretches("".join(whole), _begin("".join(analysed)))


def _may_hold_long(text: str) -> bool:
    """False if there is surely no stretch to cut: it would leave one of these places without a space.

    2 µs for 1,200 characters, where the pattern takes 8.
    """
    return any(text.find(" ", at, at + _HALF) < 0 for at in range(0, len(text) - _HALF + 1, _HALF))


def _begin(text: str) -> str:
    """The beginning that is analysed: up to the first new word for which nothing is left."""
    if len(text) <= MOST_ANALYSED:
        return text
    left, met = MOST_ANALYSED, set[str]()
    for found in _WORD.finditer(text):
        word = found[0]
        if word not in met:
            met.add(word)
            left -= len(word)
            if left < 0:
                return text[: found.start()]
    return text
