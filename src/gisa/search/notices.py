"""Notices with their arguments: the bound that a query met. What they say to a reader: ``gisa.saying``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gisa.model import Notice, NoticeCode
from gisa.query.bounds import MAX_LONE_SYLLABLES
from gisa.query.expansion import MAX_QUERY_VARIANTS
from gisa.query.parse import MAX_CHARACTERS, MAX_WORDS

_LIMITS: Final = {
    NoticeCode.TOO_LONG: MAX_CHARACTERS,
    NoticeCode.TOO_MANY_WORDS: MAX_WORDS,
    NoticeCode.TOO_MANY_SYLLABLES: MAX_LONE_SYLLABLES,
    NoticeCode.TOO_MANY_VARIANTS: MAX_QUERY_VARIANTS,
}


def notices_of(codes: Sequence[NoticeCode]) -> tuple[Notice, ...]:
    """A notice for each code, in their order."""
    return tuple(Notice(code, _LIMITS.get(code)) for code in codes)
