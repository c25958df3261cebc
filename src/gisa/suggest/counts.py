"""What a phrase counts for, and where that lets it stand. Pure.

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
"""An article weighs twice what one of five years earlier weighs: of two phrases held as often the more recent wins, and
what a hundred articles hold stays above what thirty recent ones do."""
_FIRST_DAY: Final = datetime(1980, 1, 1, tzinfo=SEOUL).toordinal()
_LAST_DAY: Final = datetime(2080, 1, 1, tzinfo=SEOUL).toordinal()
"""Days outside weigh as these do: ten million articles of the last day still fit 63 bits."""
_SCALE: Final = 64


class Count(NamedTuple):
    """How a phrase stands, or by how much that changes."""

    articles: int
    names: int
    """In how many of them it is a word or a name by itself."""
    weight: int


class Place(NamedTuple):
    """Where an offered phrase stands in the tables."""

    tier: int
    corrects: bool
    """It is a word that may be what somebody meant."""


def weight_of(published_at: datetime) -> int:
    """What one article adds to the weight of its phrases. It does not change as time goes by, only compares."""
    return _weight(published_at.astimezone(SEOUL).toordinal())


def number_of(text: str) -> int:
    """The phrase's number in the store: 56 bits of a hash, so that it takes eight bytes, and two phrases in ten million
    share one with a chance of 1 in 1,000."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big")


def place_of(text: str, count: Count) -> Place | None:
    """None where the phrase is counted only: words side by side that one article holds, parts that are no word."""
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
