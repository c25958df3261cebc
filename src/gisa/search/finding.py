"""Finds the articles of a page and their total: the index queries of a plan. Fetches no article."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gisa.clause import EVERYTHING, NOTHING, Beyond, Boost, Clause, Not, Numbered, all_of, any_of
from gisa.model import Match, Sort
from gisa.ports import IndexHit, IndexQuery, IndexResult, IndexView, Known, MostHeld
from gisa.query.plan import Plan
from gisa.search.cursor import Cursor
from gisa.search.filters import Narrowing
from gisa.search.relaxing import Relaxation, relaxation
from gisa.search.request import SearchRequest

_FEW: Final = 1_000
"""If at most so many articles hold the most words, all of them are fetched with that question, and page and filters need
no search of their own: over 600,000 articles a thousand take 0.15 ms more than one, and each search saved 3 ms."""

_MANY: Final = 10_000
"""Results of which a page behind a cursor is looked for in a stretch of time. Sorting fewer takes less than a millisecond."""
_DAY_S: Final = 86_400
_STRETCHES: Final = 3
"""Stretches that are tried, each longer than the one before."""
_MOST_TIMES: Final = 64
"""How many times as long the next one is, at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a page."""

    match: Clause
    """What they satisfy, without the filters: a plan's ``match``, or less if the search was relaxed."""
    result: IndexResult
    most: MostHeld | None = None
    """How many of the query's words one article holds at most, if that was asked."""
    held: int = 0
    """How many of the query's words each result holds; 0 if that is not the same number for all."""
    is_relaxed: bool = False
    all: int | None = None
    """How many articles match, if the page has those about the query only."""
    nowhere: tuple[int, ...] = ()
    """If the search was relaxed: the numbers of the query's units that no article holds."""
    none_about: bool = False
    """Only those about the query were asked for, but there are none."""
    score: Clause | None = None
    """What orders the results in place of the sort that was asked for; None: that sort does."""
    at_most: int | None = None
    """How many of the results are shown, pages and files together; None: all."""

    @property
    def known(self) -> tuple[Known, ...]:
        """All results, if they are known beyond the page's; otherwise none."""
        known = self.most.articles if self.most is not None else None
        return known if known is not None and len(known) == self.result.total else ()


_FIRST: Final = 4.0
"""The weight of rarity beside how well the words match: the last of 16 words is worth 8."""

NOTHING_FOUND: Final = Found(NOTHING, IndexResult(0, ()))


class PageFinder:
    """Finds the page of one request."""

    def __init__(self, index: IndexView, narrowing: Narrowing, request: SearchRequest) -> None:
        self._index, self._narrowing, self._request = index, narrowing, request

    def find(self, plan: Plan) -> Found:
        """The page of what holds every word.

        Of several words the index is asked how many of them one article holds at most: three trending queries in four
        find nothing with all of their words, and then this is what ``relax`` needs.
        """
        asked = plan.requirements
        held = len(asked.units) if self._request.match is Match.ALL else 0
        beside_headline = asked.required == EVERYTHING or plan.headline == NOTHING
        if held < 2 or not beside_headline:
            return Found(asked.match, self._ask(plan, asked.match), held=held)
        most = self._most_held(plan, whole=plan.headline)
        if most.number < held:
            return Found(asked.match, IndexResult(0, ()), most, held)
        return Found(asked.match, self._page_of(plan, asked.match, most), most, held)

    def about(self, plan: Plan, found: Found) -> Found:
        """The page of what is about the query, if only that was asked for; ``found`` otherwise, or if there is none."""
        if not self._request.about or not found.result.total or plan.about == EVERYTHING:
            return found
        match = all_of((found.match, plan.about))
        result = self._ask(plan, match)
        if not result.total:
            return replace(found, none_about=True)
        return Found(match, result, held=found.held, all=found.result.total)

    def without(self, plan: Plan, found: Found, hidden: Sequence[int]) -> Found:
        """The page if these of the results stand under others. ``total`` goes on counting all of them."""
        known = found.known
        if known and not self._request.sort.is_scored and self._request.cursor is None:
            left_out = set(hidden)
            hits = self._page_among([each for each in known if each.seq not in left_out])
        else:
            hits = self._ask(plan, all_of((found.match, Not(Numbered(tuple(hidden)))))).hits
        return replace(found, result=IndexResult(found.result.total, hits))

    def relax(self, plan: Plan, found: Found) -> Found:
        """If no article holds every word, the page of those that hold the most; ``found`` otherwise."""
        if found.result.total or found.held < 2:
            return found
        most = found.most or self._most_held(plan)
        if not most.number:
            return replace(found, most=most)
        units, required = plan.requirements.units, plan.requirements.required
        counts: Sequence[int] | None = most.counts
        if counts is None:
            counts = list(self._index.count_each(self._narrowing.of(all_of((required, unit))) for unit in units))
        relaxed = relaxation(plan, counts, most_held=most.number)
        score = self._relaxed_score(plan, relaxed)
        return Found(
            relaxed.match,
            self._ranked(relaxed, score),
            held=most.number,
            is_relaxed=True,
            nowhere=relaxed.nowhere,
            score=score,
            at_most=relaxed.at_most,
        )

    def beside(self, plan: Plan, found: Found) -> IndexResult:
        """The page of a relaxed search, without the results of this one."""
        units, required = plan.requirements.units, plan.requirements.required
        counts = list(self._index.count_each(self._narrowing.of(all_of((required, unit))) for unit in units))
        relaxed = relaxation(plan, counts, most_held=len(units) - 1)
        others = Not(Numbered(tuple(hit.seq for hit in found.result.hits)))
        return self._ranked(relaxed._replace(match=all_of((relaxed.match, others))), self._relaxed_score(plan, relaxed))

    def any_word(self, plan: Plan) -> Found:
        """The page of a question: what holds any of its words, ranked by relevance."""
        if plan.score is None:
            return NOTHING_FOUND
        return Found(plan.match, self._scored(plan.match, plan.score), is_relaxed=True, score=plan.score)

    def numbers(self, plan: Plan, found: Found, *, also: Clause = EVERYTHING) -> array[int]:
        """The numbers of all results that satisfy ``also``, in the order of the pages and as many as those show."""
        asked = IndexQuery(
            match=all_of((self._narrowing.of(found.match), also)),
            score=found.score or plan.score_for(self._request.sort),
            sort=self._request.sort if found.score is None else Sort.RELEVANCE,
            limit=found.result.total,
            offset=0,
        )
        result = self._index.search(asked)
        while found.at_most is None and len(result.hits) < result.total:  # some were added in between
            result = self._index.search(replace(asked, limit=result.total))
        return array("I", (hit.seq for hit in result.hits))

    def _relaxed_score(self, plan: Plan, relaxed: Relaxation) -> Clause:
        """Orders a relaxed search: by the rarity of the words held, then as was asked for."""
        parts = [Boost(relaxed.score, _FIRST), plan.score_for(self._request.sort)]
        return any_of(part for part in parts if part is not None)

    def _ranked(self, relaxed: Relaxation, score: Clause) -> IndexResult:
        """The page of a relaxed search."""
        result = self._scored(relaxed.match, score)
        hits = tuple(IndexHit(hit.seq, None) for hit in result.hits)  # rarity is an order, no score
        if relaxed.at_most is None or result.total <= relaxed.at_most:
            return IndexResult(result.total, hits)
        left = max(relaxed.at_most - self._request.offset, 0)
        return IndexResult(relaxed.at_most, hits[:left])

    def _scored(self, match: Clause, score: Clause) -> IndexResult:
        """The page of what is ordered by a score. A cursor says where in time a page ended: behind it nothing is left."""
        request = self._request
        return self._index.search(
            IndexQuery(
                match=self._narrowing.of(match),
                score=score,
                sort=Sort.RELEVANCE,
                limit=request.limit if request.cursor is None else 0,
                offset=request.offset,
            )
        )

    def _most_held(self, plan: Plan, *, whole: Clause = NOTHING) -> MostHeld:
        asked = plan.requirements
        return self._index.most_held(asked.units, within=self._narrowing.of(asked.required), whole=whole, at_most=_FEW)

    def _page_of(self, plan: Plan, match: Clause, most: MostHeld) -> IndexResult:
        """The page of the articles that hold most; they are asked for unless they are few and known already."""
        request = self._request
        if most.articles is None or request.sort.is_scored or request.cursor is not None:
            return self._ask(plan, match)
        return IndexResult(len(most.articles), self._page_among(most.articles))

    def _page_among(self, newest_first: Sequence[Known]) -> tuple[IndexHit, ...]:
        """The page, if all results are known."""
        request = self._request
        ordered = newest_first if request.sort is Sort.NEWEST else newest_first[::-1]
        return tuple(IndexHit(each.seq, None) for each in ordered[request.offset : request.offset + request.limit])

    def _ask(self, plan: Plan, match: Clause) -> IndexResult:
        """The page, and the total, which a cursor does not narrow."""
        request = self._request
        asked = IndexQuery(
            match=self._narrowing.of(match),
            score=plan.score_for(request.sort),
            sort=request.sort,
            limit=request.limit,
            offset=request.offset,
        )
        if request.cursor is None:
            return self._index.search(asked)
        total = self._index.count(asked.match)
        return IndexResult(total, self._behind(request.cursor, asked, total=total))

    def _behind(self, last: Cursor, asked: IndexQuery, *, total: int) -> tuple[IndexHit, ...]:
        """The page behind a cursor, of ``total`` results.

        An index sorts all that stands behind it: 37 ms for 600,000. Of many results those of the next day, or of as many days
        as a page is likely to need, are sorted first.
        """
        behind = Beyond(last.published_at_s, last.seq, older=last.sort is Sort.NEWEST)
        within_s = _DAY_S
        for _ in range(_STRETCHES if total > _MANY else 0):
            near = replace(behind, within_s=within_s)
            page = self._index.search(replace(asked, match=all_of((asked.match, near))))
            if len(page.hits) == asked.limit:
                return page.hits
            within_s *= min(2 + 2 * asked.limit // max(page.total, 1), _MOST_TIMES)
        return self._index.search(replace(asked, match=all_of((asked.match, behind)))).hits
