"""How much a phrase counts, and the tier that follows from it. Pure.

Every figure is a sum of whole numbers over the articles that hold the phrase. So a removal takes away exactly what the
article brought, and the store after any changes is the one a rebuild would make.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from gisa.model import SEOUL

_HALF_LIFE_DAYS: Final = 1826
"""Five years: an article weighs half as much as one that is so much newer. Of two phrases held equally often the more
recent wins, but a hundred old articles still outweigh thirty recent ones."""
_FIRST_DAY: Final = datetime(1980, 1, 1, tzinfo=SEOUL).toordinal()
_LAST_DAY: Final = datetime(2080, 1, 1, tzinfo=SEOUL).toordinal()
"""Days outside weigh as these do: ten million articles of the last day still fit 63 bits."""
_SCALE: Final = 64


class Count(NamedTuple):
    """The counts of a phrase, or by how much they change."""

    articles: int
    names: int
    """In how many of them it is a word or a name by itself."""
    weight: int


class Place(NamedTuple):
    """The tier and keys under which an offered phrase is stored."""

    tier: int
    corrects: bool
    """It is a word that may be offered as a correction."""


def weight_of(published_at: datetime) -> int:
    """How much one article adds to the weight of its phrases. The figure does not change with time; only its ratio
    to newer ones does."""
    return _weight(published_at.astimezone(SEOUL).toordinal())


def number_of(text: str) -> int:
    """The phrase's number in the store: 56 bits of a hash, so that it takes eight bytes, and two phrases in ten million
    share one with a chance of 1 in 1,000."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big")


def place_of(text: str, count: Count) -> Place | None:
    """None if the phrase is only counted and not offered: words side by side in one article, parts that are no word."""
    is_phrase = " " in text
    if not count.names and not (is_phrase and count.articles > 1):
        return None
    return Place(2 * count.weight.bit_length() + _upper_half(count.weight), not is_phrase and count.articles > 1)


def _upper_half(weight: int) -> int:
    """1 where the second bit is set, so that a tier is half a doubling, roughly."""
    return weight >> max(weight.bit_length() - 2, 0) & 1


@lru_cache(maxsize=4_096)
def _weight(day: int) -> int:
    age = min(max(day, _FIRST_DAY), _LAST_DAY) - _FIRST_DAY
    return round(_SCALE * 2 ** (age / _HALF_LIFE_DAYS))
