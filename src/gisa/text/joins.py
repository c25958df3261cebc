"""Latin words that are also written as one: e-mail and email, smart phone and smartphone, AC/DC and ACDC. Knows no words.

1. Where a hyphen, an apostrophe, a slash or a full stop stands between letters, a text is read without it, too: ``McDonald's``
   as mcdonalds, ``A/S센터`` as as센터. A full stop joins two words (Node.js) or single letters (E.T.F), not www.gisa.kr.
2. Two words with a space between are one token more among the text's starts: ``smart phone`` gives smartphone.

Not ``&`` and ``·``, which make another word: FB is not F&B, AB형 not A·B형; nor what English shortens: its is not it's.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from gisa.text.hangul import is_hangul

MARKS: Final = "-'’‘/."
LEAST_LETTERS: Final = 4
"""Letters of two words that are joined over a space: fewer would make words of particles (``a b``)."""
_MOST_LETTERS: Final = 30
_SHORTENED: Final = re.compile("(?:it|he|she|that|what|who|there|here|let)['’‘]s|[a-z]+['’‘](?:t|re|ve|ll|m|d)")
_CHAIN: Final = re.compile(rf"[a-z]+(?:[{MARKS} ][a-z]+)+")
_MARK: Final = re.compile(f"[{MARKS}]")


class Joins(NamedTuple):
    """What a text's Latin words are, written as one."""

    glosses: list[str]
    """Words without their marks, with what is attached to them: ``as센터에``."""
    pairs: list[str]
    """Two words as one."""


def latin_joins(normal: str, ascii_only: str) -> Joins:
    """The joins of a text in normal form, in order. ``ascii_only``: its ASCII characters, which are looked at first."""
    glosses: list[str] = []
    pairs: list[str] = []
    if not _CHAIN.search(ascii_only) and not _before_a_letter("’", normal) and not _before_a_letter("‘", normal):
        return Joins(glosses, pairs)
    for match in _CHAIN.finditer(normal):
        words = match[0].split(" ")
        joined = list(map(without_marks, words))
        if joined != words:
            words[0] = normal[_attached_before(normal, match.start()) : match.start()] + words[0]
            joined[0] = normal[_attached_before(normal, match.start()) : match.start()] + joined[0]
            end = _attached_after(normal, match.end())
            words[-1] += normal[match.end() : end]
            joined[-1] += normal[match.end() : end]
            glosses += [one for one, word in zip(joined, words, strict=True) if one != word]
        if len(words) > 1:
            bare = map(without_marks, match[0].split(" "))
            pairs += [
                a + b for a, b in pairwise(bare) if LEAST_LETTERS <= len(a + b) <= _MOST_LETTERS and (a + b).isalpha()
            ]
    return Joins(glosses, pairs)


def is_joinable(run: str) -> bool:
    """Whether a run may stand in texts as two words, and so among their starts."""
    return LEAST_LETTERS <= len(run) <= _MOST_LETTERS and run.isalpha() and run.isascii()


def without_marks(word: str) -> str:
    """A Latin word without the marks between its letters; as it is where they make no word (www.gisa.kr, it's)."""
    if "." in word and word.count(".") > 1 and any(len(part) > 1 for part in word.split(".")):
        return word
    if _SHORTENED.fullmatch(word):
        return word
    return _MARK.sub("", word)


def _before_a_letter(mark: str, text: str) -> bool:
    return mark in text and any("a" <= part[:1] <= "z" for part in text.split(mark)[1:])


def _attached_before(text: str, at: int) -> int:
    while at > 0 and (is_hangul(text[at - 1]) or text[at - 1].isdigit()):
        at -= 1
    return at


def _attached_after(text: str, at: int) -> int:
    while at < len(text) and (is_hangul(text[at]) or text[at].isdigit()):
        at += 1
    return at
