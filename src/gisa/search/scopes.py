"""How many of a query's results are about it, and which of a page only mention it. Finds no page."""

from __future__ import annotations

from collections.abc import Collection

from gisa.clause import EVERYTHING, Numbered, all_of
from gisa.model import ScopeCounts, Sort
from gisa.ports import IndexQuery, IndexView
from gisa.query.plan import Plan
from gisa.search.answer import SearchAnswer


def count_scopes(index: IndexView, answer: SearchAnswer, plan: Plan) -> tuple[ScopeCounts | None, Collection[int]]:
    """The counts, and the numbers of the page's articles that only mention the query.

    The page is asked first: if it holds all results, or none of them is about the query, that is one question to the index
    and not two. Nothing is counted for a relaxed search, or if the time budget is spent.
    """
    found = answer.found
    if found.is_relaxed or plan.about == EVERYTHING:
        return None, ()
    if found.all is not None:
        return ScopeCounts(found.all, found.result.total), ()
    seqs = tuple(hit.seq for hit in found.result.hits)
    if found.none_about:
        return ScopeCounts(found.result.total, 0), seqs
    if not seqs or not answer.budget.allows_more():
        return None, ()
    about = _those_about(index, plan, seqs)
    if len(seqs) == found.result.total:
        total = len(about)
    else:
        total = index.count(answer.narrowing.of(all_of((found.match, plan.about))))
    return ScopeCounts(found.result.total, total), frozenset(seqs) - about


def _those_about(index: IndexView, plan: Plan, seqs: tuple[int, ...]) -> frozenset[int]:
    match = all_of((Numbered(seqs), plan.about))
    found = index.search(IndexQuery(match=match, score=None, sort=Sort.NEWEST, limit=len(seqs), offset=0))
    return frozenset(hit.seq for hit in found.hits)
