"""What stands below one or two results whose words are only scattered over their texts. Changes neither results nor total."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from gisa.model import Hit, Match
from gisa.ports import ArchiveView, IndexView
from gisa.query.plan import Plan
from gisa.search.answer import SearchAnswer
from gisa.search.finding import PageFinder
from gisa.search.hits import FinderMaker, build_hits
from gisa.search.relaxing import HANDFUL
from gisa.search.request import SearchRequest

FEW: Final = 2
"""Results that may be scattered. Judged by hand: of 40 pages with one or two exact hits 22 held the words all over a long text."""


def beside_scattered(
    index: IndexView,
    archive: ArchiveView,
    answer: SearchAnswer,
    plan: Plan,
    request: SearchRequest,
    *,
    mentions: Collection[int],
    make_finder: FinderMaker,
) -> tuple[Hit, ...]:
    """The first hits of a relaxed search, if several words have at most ``FEW`` results and those only mention them.

    None beyond the first page, and none once the time budget is spent.
    """
    found = answer.found
    is_first = not request.offset and request.cursor is None and request.limit > 0
    if not is_first or request.match is not Match.ALL or found.is_relaxed or len(plan.requirements.units) < 2:
        return ()
    if not 0 < found.result.total <= FEW or len(mentions) < found.result.total or not answer.budget.allows_more():
        return ()
    others = PageFinder(index, answer.narrowing, replace(request, limit=HANDFUL)).beside(plan, found)
    articles = archive.fetch([hit.seq for hit in others.hits])
    hits, _ = build_hits(others.hits, articles, make_finder, mentions=(), under={}, reach=0, budget=answer.budget)
    return hits
