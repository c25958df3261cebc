"""Notices with their arguments: the bound that a query met. What they say to a reader: ``gisa.saying``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gisa.model import Notice, NoticeCode
from gisa.query.bounds import MAX_LONE_SYLLABLES
from gisa.query.expansion import MAX_QUERY_VARIANTS
from gisa.query.parse import MAX_CHARACTERS, MAX_WORDS
from gisa.query.plan import Plan
from gisa.search.grouping import MOST

_LIMITS: Final = {
    NoticeCode.TOO_LONG: MAX_CHARACTERS,
    NoticeCode.TOO_MANY_WORDS: MAX_WORDS,
    NoticeCode.TOO_MANY_SYLLABLES: MAX_LONE_SYLLABLES,
    NoticeCode.TOO_MANY_VARIANTS: MAX_QUERY_VARIANTS,
    NoticeCode.NOT_GROUPED: MOST,
}


def notices_of(codes: Sequence[NoticeCode]) -> tuple[Notice, ...]:
    """A notice for each code, in their order."""
    return tuple(Notice(code, _LIMITS.get(code)) for code in codes)


def notices_of_unreadable(count: int) -> tuple[Notice, ...]:
    """A notice that so many of the page's articles do not read; none if all do."""
    return (Notice(NoticeCode.UNREADABLE, count=count),) if count else ()


def notices_of_nowhere(plan: Plan, units: Sequence[int]) -> tuple[Notice, ...]:
    """A notice that names the words which no article holds; none if there are none."""
    if not units:  # so for every page that is not relaxed: the texts need the parts
        return ()
    texts = plan.unit_texts
    words = tuple(dict.fromkeys(texts[unit] for unit in units if texts[unit]))
    return (Notice(NoticeCode.NOWHERE, words=words),) if words else ()
