"""What every index holds of an article beside its views, and the fingerprint that says which Gisa built it."""

from __future__ import annotations

import hashlib
from typing import Final

from gisa.text.analyser import MecabAnalyser
from gisa.text.views import FIELDS, VIEWS_VERSION

SCHEMA_VERSION: Final = 6
"""Raise it if the fields of an index change, or their order."""

COUNTED: Final = tuple(field.name for field in FIELDS if field.counted)
"""Views whose tokens are also kept in a column, for facet counts."""

SEQ_BITS: Final = 30
"""A sort key is the time in seconds, then ``seq``: 34 bits of seconds (±272 years around 1970) and 30 of seq
(a thousand million articles)."""
_EPOCH_OFFSET: Final = 1 << (63 - SEQ_BITS)


def column(view: str) -> str:
    """The name of the column field of a counted view."""
    return view + "_column"


def sort_key(published_at_s: int, seq: int) -> int:
    """A unique number that sorts by time, then by ``seq``; unsigned, 64 bits."""
    shifted = min(max(published_at_s + _EPOCH_OFFSET, 0), 2 * _EPOCH_OFFSET - 1)
    return (shifted << SEQ_BITS) | seq


def seq_of(key: int) -> int:
    """The ``seq`` in a sort key."""
    return key & ((1 << SEQ_BITS) - 1)


def second_of(key: int) -> int:
    """The time in a sort key, in seconds since 1970."""
    return (key >> SEQ_BITS) - _EPOCH_OFFSET


def section_number(section: str) -> int:
    """A number of 32 bits for a section's name, never 0: a thousand sections share one with a chance of 1 in 8,600."""
    return int.from_bytes(hashlib.blake2b(section.encode(), digest_size=4).digest()) or 1


def fingerprint(*, engine: str) -> str:
    """Which schema, views, analyser and engine an index was built with, as 16 hex digits."""
    parts = (f"schema {SCHEMA_VERSION}", f"views {VIEWS_VERSION}", repr(FIELDS), MecabAnalyser.name, engine)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
