"""Notices in words: what a reader should know about how a query was answered, with the bound it met."""

from __future__ import annotations

from collections.abc import Sequence

from gisa.model import Notice, NoticeCode
from gisa.query.bounds import MAX_LONE_SYLLABLES
from gisa.query.expansion import MAX_QUERY_VARIANTS
from gisa.query.parse import MAX_CHARACTERS, MAX_WORDS
from gisa.strings import NOTICES


def notices_of(codes: Sequence[NoticeCode]) -> tuple[Notice, ...]:
    limits = {
        NoticeCode.TOO_LONG: MAX_CHARACTERS,
        NoticeCode.TOO_MANY_WORDS: MAX_WORDS,
        NoticeCode.TOO_MANY_SYLLABLES: MAX_LONE_SYLLABLES,
        NoticeCode.TOO_MANY_VARIANTS: MAX_QUERY_VARIANTS,
    }
    return tuple(Notice(code, NOTICES[code].format(limit=limits.get(code, ""))) for code in codes)
