"""What is kept of an article to tell whether another one tells the same story. Pure; holds no words of it.

MinHash by one permutation (Li, Owen, Zhang 2012): every five letters of headline and body have a hash, its last bits say in which of
128 buckets it falls, and each bucket keeps the least. The share of buckets that agree estimates how much of two texts is the same.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self
from zlib import crc32

from gisa.text.bulletins import is_bulletin

FINGERPRINT_VERSION: Final = 1
"""Raise it if a text would get another fingerprint, or two fingerprints another verdict: stores of before are built anew."""
BUCKETS: Final = 128
BANDS: Final = 20
"""Buckets by which candidates are found: of two texts that share a quarter, one pair in 300 agrees in none of them."""
_LETTERS: Final = 5
_READ: Final = 20_000
"""Letters of an article that are looked at."""
_FEWEST: Final = 60
"""Shingles of the shortest text that is compared: a headline and one sentence. Shorter ones are alike by chance."""
_SAME: Final = 0.22
"""Share of the text from which two articles tell the same story. Follow-ups and reports of the same form from two towns come up to
0.24, a flash of two sentences and the full report have 0.2 to 0.3: between the two, figures decide."""
_SAME_FORM: Final = 0.9
"""The share for lists and notices: those of two days, towns or families are alike by their form."""
_COMMON_FIGURES: Final = 0.5
"""More than this share of the figures (of the article with fewer) has to stand in both: the same form filled in on another day or
in another town has other figures."""
_WORDS: Final = re.compile(r"\w+")
_FIGURE: Final = re.compile(r"\d[\d,.]*\d|\d")
_EMPTY: Final = 1 << 32
"""More than any hash."""
_PART: Final = 60
"""The most hashes of a headline's pairs, and of figures."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of an article: hashes of 16 bits, 0 for an empty bucket."""

    buckets: array[int]
    headline: frozenset[int]
    """Of every two letters of the headline that stand side by side."""
    figures: frozenset[int]
    is_form: bool
    """Whether the text is a list or a notice by its form."""

    def bands(self) -> Iterator[int]:
        """Numbers of which two texts of one story have at least one in common, but for one pair in 300."""
        return (bucket << 16 | value for bucket, value in enumerate(self.buckets[:BANDS]) if value)

    def share(self, other: Fingerprint) -> float:
        """How much of two texts is the same, 0 to 1: Jaccard's coefficient of their shingles, estimated to ±0.04."""
        same = filled = 0
        for one, two in zip(self.buckets, other.buckets, strict=True):
            filled += bool(one or two)
            same += one == two != 0
        return same / max(1, filled)

    def tells_same_story(self, other: Fingerprint) -> bool:
        """Whether two articles, if they are of the same days, tell the same event in nearly the same words."""
        # What costs least first: 93 % of 33,000 candidates among 2,095 real articles have other headlines or figures.
        if self.headline.isdisjoint(other.headline) or not _agree(self.figures, other.figures):
            return False
        return self.share(other) >= (_SAME_FORM if self.is_form or other.is_form else _SAME)

    def to_bytes(self) -> bytes:
        """500 bytes at most, some 300; ``from_bytes`` reads them on machines of the same byte order."""
        headline, figures = sorted(self.headline), sorted(self.figures)
        return (
            bytes([self.is_form, len(headline)]) + (self.buckets + array("H", headline) + array("H", figures)).tobytes()
        )

    @classmethod
    def from_bytes(cls, kept: bytes) -> Self:
        values = array("H", kept[2:])
        end = BUCKETS + kept[1]
        return cls(values[:BUCKETS], frozenset(values[BUCKETS:end]), frozenset(values[end:]), bool(kept[0]))


def fingerprint(title: str, body: str) -> Fingerprint | None:
    """The fingerprint of an article; None if it has too little text to be compared."""
    read = body[:_READ]
    letters = "".join(_WORDS.findall(f"{title}\n{read}".lower()))
    data = letters.encode("utf-16-le", "surrogatepass")
    width = 2 * _LETTERS
    hashes = {crc32(data[at : at + width]) for at in range(0, len(data) - width + 1, 2)}
    if len(hashes) < _FEWEST:
        return None
    least = [_EMPTY] * BUCKETS
    for value in hashes:
        if value < least[value % BUCKETS]:
            least[value % BUCKETS] = value
    buckets = array("H", [0 if value == _EMPTY else value // BUCKETS & 0xFFFF or 1 for value in least])
    headline = "".join(_WORDS.findall(title.lower()))
    return Fingerprint(
        buckets,
        headline=_least(map("".join, pairwise(headline))),
        figures=_least(each for each in _FIGURE.findall(read) if len(each) > 1),
        is_form=is_bulletin(title, body),
    )


def _least(parts: Iterable[str]) -> frozenset[int]:
    """The least hashes of some parts: two sets with much in common keep some of it in common."""
    return frozenset(sorted({crc32(part.encode("utf-8", "surrogatepass")) & 0xFFFF for part in parts})[:_PART])


def _agree(one: frozenset[int], other: frozenset[int]) -> bool:
    fewer = min(len(one), len(other))
    return not fewer or len(one & other) > _COMMON_FIGURES * fewer
