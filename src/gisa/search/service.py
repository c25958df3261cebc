"""Answers a query: parse, compile, ask the index, fetch from the archive, mark the matches. Opens nothing."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from itertools import chain
from typing import Final

from gisa.clause import EVERYTHING, NOTHING, Clause, Not, Numbered, all_of
from gisa.clock import Clock, Monotonic
from gisa.lexicon.lexicon import Lexicon
from gisa.model import (
    SEOUL,
    ArchivedArticle,
    FacetCount,
    Match,
    NoticeCode,
    SearchPage,
    Sort,
    Span,
    Suggestion,
)
from gisa.ports import ArchiveView, IndexQuery, IndexResult, IndexView, Known, Suggestions
from gisa.query.expansion import WordExpander
from gisa.query.highlighting import Finder
from gisa.query.parse import parse
from gisa.query.plan import Plan, compile_query
from gisa.query.questions import content_of, is_question
from gisa.query.syntax import And, Node
from gisa.query.word_forms import holds_letters, letters_bound
from gisa.search.answer import SearchAnswer
from gisa.search.budget import Budget
from gisa.search.compiling import Compilers
from gisa.search.cost import cost_of
from gisa.search.cursor import Cursor, write_cursor
from gisa.search.did_you_mean import Corrector
from gisa.search.facets import count_facets, count_sections
from gisa.search.filters import Narrowing, narrow, period_start, scoped
from gisa.search.finding import NOTHING_FOUND, Found, PageFinder
from gisa.search.grouping import OFFERED, Grouped, Grouper
from gisa.search.hits import SIMILAR_SHOWN, build_hits
from gisa.search.keyboard import typed_otherwise
from gisa.search.next_words import next_words
from gisa.search.notices import notices_of, notices_of_nowhere, notices_of_unreadable
from gisa.search.offers import Offers, count_offers, variants_off
from gisa.search.request import SearchRequest
from gisa.search.scattered import beside_scattered
from gisa.search.scopes import count_scopes
from gisa.search.timeline import Stretch, stretches
from gisa.text.analyser import Analyser
from gisa.text.snippet import merge

_MAX_TYPED: Final = 60
"""Characters of typed text that suggestions read."""
_NEWEST: Final = 40
"""Newest articles that are read to complete a word."""
_REACH: Final = 3_000
"""Characters of an article that are analysed for its snippet if a word does not occur literally (늘렸다 for 늘리다). None with
match="any", where words may be missing altogether: analysing took 0.8 s for a page of questions."""


_MARKING: Final = 1_000
"""The cost of highlighting one word in one hit, in index entries. Highlighting 100 hits of 12 words with ``match=any`` took longer
than finding them: 0.67 s a request on a busy machine."""


class SearchService:
    """Searches one index and archive. Safe to use from many threads."""

    def __init__(
        self,
        archive: ArchiveView,
        index: IndexView,
        *,
        clock: Clock,
        lexicon: Lexicon,
        suggestions: Suggestions,
        new_analyser: Callable[[], Analyser],
        grouper: Grouper,
        monotonic: Monotonic = time.monotonic,
        about: bool = False,
        group: bool = False,
    ) -> None:
        """``new_analyser`` makes the analyser of one thread; it must be the one that the index was built with.

        ``about``, ``group``: the defaults for requests that do not say whether they want only articles about the query, and each
        story once.
        """
        self._about, self._group, self._grouper = about, group, grouper
        self._archive = archive
        self._index = index
        self._lexicon = lexicon
        self._suggestions = suggestions
        self._clock = clock
        self._monotonic = monotonic
        self._compilers = Compilers(new_analyser, lexicon)
        self._ends: tuple[int, tuple[datetime | None, datetime | None]] | None = None

    def search(self, request: SearchRequest, *, facets: bool = False, budget_s: float | None = None) -> SearchPage:
        """One page of results, with an exact total.

        If nothing matches every word but the corrected query finds something, returns the page of the correction, unless the
        request is ``as_typed``. Hits and total are always found; facets, counts and corrections only while ``budget_s`` lasts
        (None: no limit).
        """
        change_seq = self._index.change_seq
        answer = self.answer(request, budget_s=budget_s)
        notices = list(answer.parsed.notices)
        if request.days_swapped:
            notices.append(NoticeCode.DAYS_SWAPPED)
        plan, found, budget = answer.plan, answer.found, answer.budget
        total, is_relaxed = found.result.total, found.is_relaxed
        if plan is None or (not total and not plan.requirements.holds_words):
            if answer.parsed.text:
                notices.append(NoticeCode.EMPTY)
            return self._empty(request, answer, notices)
        if plan.words.variants_left_out:
            notices.append(NoticeCode.TOO_MANY_VARIANTS)
        if is_relaxed:
            notices.append(NoticeCode.QUESTION if answer.is_question else NoticeCode.RELAXED)
        if found.none_about:
            notices.append(NoticeCode.NONE_ABOUT)
        if answer.grouped is None and not is_relaxed and self._groups(request):
            notices.append(NoticeCode.NOT_GROUPED)
        under = answer.grouped.under if answer.grouped is not None else {}
        seqs = [hit.seq for hit in found.result.hits]
        named = chain.from_iterable(under[seq][:SIMILAR_SHOWN] for seq in seqs if seq in under)
        articles = self._archive.fetch([*seqs, *named])
        unreadable = sum(hit.seq not in articles and hit.seq in self._archive.unreadable for hit in found.result.hits)
        scopes, mentions = count_scopes(self._index, answer, plan)
        reach = _REACH if not is_relaxed and request.match is Match.ALL else 0
        make_finder = partial(Finder, plan.sought, self._analyser)
        hits, seen = build_hits(
            found.result.hits,
            articles,
            partial(make_finder, enough=found.held),
            mentions=mentions,
            under=under,
            reach=reach,
            budget=budget,
        )
        meant = self._meant(answer, plan, request, seen)
        if meant is not None and not request.as_typed:
            corrected = replace(request, query=meant, as_typed=True)
            page = self.search(corrected, facets=facets, budget_s=budget.left_s)
            return replace(page, did_you_mean=meant, corrected_from=answer.parsed.text)
        counts = None
        if facets and budget.allows_more():
            results, today = _results(answer, articles), self._today()
            counts = count_facets(
                self._index,
                found.match,
                answer.narrowing,
                total=total,
                results=results,
                today=today,
                bars=self._bars(request, today) if total else (),
            )
        offers = Offers()
        if not is_relaxed:
            offers = count_offers(self._index, answer, plan, request, shown=self.shown)
        also = beside_scattered(
            self._index, self._archive, answer, plan, request, mentions=mentions, make_finder=make_finder
        )
        if also:
            notices.append(NoticeCode.SCATTERED)
        grouped = answer.grouped or (self._count_stories(answer) if facets and budget.allows_more() else None)
        if budget.left_out:
            notices.append(NoticeCode.PARTIAL)
        return SearchPage(
            query=answer.parsed.text,
            sort=request.sort,
            total=total,
            hits=hits,
            notices=(
                *notices_of(notices),
                *notices_of_nowhere(plan, found.nowhere),
                *notices_of_unreadable(unreadable),
            ),
            relaxed=is_relaxed,
            limit=request.limit,
            offset=request.offset,
            also=also,
            facets=counts,
            variants=offers.variants,
            variants_off=variants_off(plan, shown=self.shown),
            next_cursor=None if is_relaxed else _next_cursor(found.result, articles, request),
            inside=offers.inside,
            verbs=offers.verbs,
            scopes=scopes,
            about=found.all is not None,
            stories=total - grouped.saved if grouped is not None else None,
            grouped=answer.grouped is not None,
            did_you_mean=meant,
            change_seq=None if is_relaxed or self._index.change_seq != change_seq else change_seq,
        )

    def ranked(self, request: SearchRequest) -> tuple[IndexResult, bool]:
        """Article numbers of a page, the total, and whether the search was relaxed. Reads the index only."""
        found = self.answer(replace(request, group=False)).found
        return found.result, found.is_relaxed

    def finds(self, query: str, seq: int) -> bool:
        """Whether a search for the query, without filters and with every offer taken, finds this article."""
        root = parse(query).root
        plan = compile_query(root, self._expander(), verbs=True) if root is not None else None
        return plan is not None and self._index.count(all_of((plan.match, Numbered((seq,))))) > 0

    def every(self, request: SearchRequest) -> tuple[str, array[int]]:
        """The query as it was read, and the numbers of all that its pages show in their order, as of one commit of the index.

        ``limit``, ``offset`` and ``cursor`` of the request are passed over. 100,000 take 0.4 MB, while they are found 10 MB.
        """
        request = replace(request, limit=1, offset=0, cursor=None)
        answer = self.answer(request)
        if not request.as_typed and (not answer.found.result.total or answer.found.is_relaxed):
            page = self.search(request)
            if page.corrected_from is not None:
                return page.query, self.every(replace(request, query=page.query, as_typed=True))[1]
        hidden = answer.grouped.hidden if answer.grouped is not None else ()
        return answer.parsed.text, self._numbers(answer, request, Not(Numbered(hidden)) if hidden else EVERYTHING)

    def members(self, request: SearchRequest, *, also: Clause = EVERYTHING) -> tuple[Clause, array[int]]:
        """The clause that matches the results of a search, and the numbers of the results that satisfy ``also``, in order.

        A relaxed search has no results here, because what it shows depends on the other articles.
        """
        answer = self.answer(replace(request, limit=1, offset=0, cursor=None, group=False))
        if answer.plan is None or answer.found.is_relaxed:
            return NOTHING, array("I")
        return answer.narrowing.of(answer.found.match), self._numbers(answer, request, also)

    def _numbers(self, answer: SearchAnswer, request: SearchRequest, also: Clause) -> array[int]:
        """All results of an answered search that satisfy ``also``."""
        plan, found = answer.plan, answer.found
        if plan is None or not found.result.total:
            return array("I")
        return PageFinder(self._index, answer.narrowing, request).numbers(plan, found, also=also)

    def answer(self, request: SearchRequest, *, budget_s: float | None = None) -> SearchAnswer:
        """Compile the query and ask the index for the page, and nothing else."""
        if request.about is None:
            request = replace(request, about=self._about)
        budget = Budget(budget_s, monotonic=self._monotonic)
        parsed = parse(request.query)
        narrowing = narrow(request, today=self._today())
        finder = PageFinder(self._index, narrowing, request)
        root = scoped(parsed.root or And(()), request)
        plan = self._compile(root, request, parsed.text, request.match)
        if plan is None:
            return SearchAnswer(parsed, narrowing, None, NOTHING_FOUND, budget)
        if request.match is Match.ALL and is_question(parsed.text) and (asked := content_of(root)) is not None:
            is_headline = plan.headline != NOTHING and self._index.count(narrowing.of(plan.headline)) > 0
            question = None if is_headline else self._compile(asked, request, parsed.text, Match.ANY)
            found = finder.any_word(question) if question is not None else NOTHING_FOUND
            if found.result.total:
                return SearchAnswer(parsed, narrowing, question, found, budget, is_question=True)
        found = finder.find(plan)
        if not found.result.total:
            typed = typed_otherwise(plan, self._index, self._lexicon, budget)
            if typed:
                plan = plan.typed_as(typed)
                found = finder.find(plan)
        found = finder.about(plan, found) if found.result.total else finder.relax(plan, found)
        grouped = None
        if self._groups(request) and not found.is_relaxed:
            grouped = self._group_of(found, narrowing)
            if grouped is not None and grouped.under:
                found = finder.without(plan, found, grouped.hidden)
        return SearchAnswer(parsed, narrowing, plan, found, budget, grouped)

    def _groups(self, request: SearchRequest) -> bool:
        """Whether each story is to be shown once."""
        return self._group if request.group is None else request.group

    def _group_of(self, found: Found, narrowing: Narrowing) -> Grouped | None:
        return self._grouper.group(self._index, narrowing.of(found.match), total=found.result.total, known=found.known)

    def _count_stories(self, answer: SearchAnswer) -> Grouped | None:
        """For results that are not grouped: how many there would be. None if that is not known, or takes long."""
        if answer.found.is_relaxed or answer.found.result.total > OFFERED:
            return None
        return self._group_of(answer.found, answer.narrowing)

    def cost(self, request: SearchRequest) -> int:
        """The cost of a request in index entries (``search.cost``), estimated from token frequencies."""
        parsed = parse(request.query)
        plan = self._compile(scoped(parsed.root or And(()), request), request, parsed.text, request.match)
        if plan is None:
            return 0
        frequency = cache(self._index.frequency)
        found = cost_of(plan.match, frequency).entries
        if len(plan.requirements.units) > 1:  # what holds the most words is looked for among all that hold one
            found = max(found, cost_of(plan.requirements.relaxed(1), frequency).entries)
        if self._groups(request):
            found += self._grouper.cost(found)
        sought = plan.sought
        return found + _MARKING * request.limit * (len(sought.words) + len(sought.variants) + len(sought.literals))

    def suggest(self, text: str, *, limit: int) -> list[Suggestion]:
        """Completions of what is being typed: phrases that begin with it, then its words with the last one completed.

        The last word is completed by the newest articles that hold the words before it.
        """
        found = self._suggestions.suggest(text, limit=limit)
        before, _, last = text[:_MAX_TYPED].rpartition(" ")
        if len(found) >= limit or not last or not before.strip():
            return found
        newest = self.answer(SearchRequest(before, limit=_NEWEST, about=False, group=False)).found
        if newest.is_relaxed:
            return found
        articles = self._archive.fetch([hit.seq for hit in newest.result.hits])
        words = next_words(last, (each.article for each in articles.values()), self._analyser)
        offered = {each.text for each in found}
        more = (Suggestion(f"{before.strip()} {word}", count) for word, count in words)
        return [*found, *(each for each in more if each.text not in offered)][:limit]

    def _compile(self, root: Node, request: SearchRequest, typed: str, match: Match) -> Plan | None:
        return self._compilers.here.compile(root, request, typed=typed, match=match, today=self._today())

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Where a query's words stand in each text."""
        root = parse(query).root
        plan = compile_query(root, self._expander()) if root is not None else None
        if plan is None:
            return [() for _ in texts]
        found = Finder(plan.sought, self._analyser).find(texts)
        return [merge([span for span, _ in spans]) for spans in found]

    def shown(self, name: str) -> str:
        """A name in its usual spelling: ``ai`` → ``AI``."""
        return self._lexicon.shown(name)

    def sections(self) -> list[FacetCount]:
        """Every section with its count, most first."""
        return count_sections(self._index)

    def ends(self) -> tuple[datetime | None, datetime | None]:
        """When the newest and the oldest article were published; None for an empty archive.

        Cached for each state of the index: it reads every entry, 30 ms for a million.
        """
        change_seq = self._index.change_seq
        known = self._ends
        if known is None or known[0] != change_seq:
            known = self._ends = (change_seq, (self._end(Sort.NEWEST), self._end(Sort.OLDEST)))
        return known[1]

    def _bars(self, request: SearchRequest, today: date) -> tuple[Stretch, ...]:
        """The bars of a timeline over the days that the request's filters leave."""
        newest, oldest = (None if end is None else end.astimezone(SEOUL).date() for end in self.ends())
        if newest is None or oldest is None:
            return ()
        since = max(oldest, request.since or (period_start(request.period, today=today) if request.period else oldest))
        until = min(newest, request.until or newest)
        return stretches(since, until) if since <= until else ()

    def _end(self, sort: Sort) -> datetime | None:
        result = self._index.search(IndexQuery(match=EVERYTHING, score=None, sort=sort, limit=1, offset=0))
        for archived in self._archive.fetch([hit.seq for hit in result.hits]).values():
            return archived.article.published_at
        return None

    @property
    def analyser(self) -> Analyser:
        """This thread's, which has cached the words of its queries of the day."""
        return self._analyser

    @property
    def _analyser(self) -> Analyser:
        return self._compilers.here.analyser

    def _expander(self) -> WordExpander:
        return self._compilers.here.expander(self._today())

    def _meant(self, answer: SearchAnswer, plan: Plan, request: SearchRequest, seen: Collection[int]) -> str | None:
        """The corrected query, if this one finds nothing or was relaxed and the correction finds something.

        ``seen``: numbers of the words that a hit holds; they need no look-up.
        """
        found, within = answer.found, answer.budget.within
        if answer.is_question or request.match is not Match.ALL or (found.result.total and not found.is_relaxed):
            return None
        texts, expander = plan.texts, self._expander()

        def count(clauses: Iterable[Clause]) -> Iterator[int]:
            return self._index.count_each(within(clauses))

        def find(queries: Iterable[str], *, title_only: bool) -> Iterator[bool]:
            asked = replace(request, title_only=title_only)
            plans = (
                compile_query(scoped(parse(query).root or And(()), asked), expander, without=request.without)
                for query in queries
            )
            return map(bool, count(answer.narrowing.of(NOTHING if each is None else each.match) for each in plans))

        corrector = Corrector(
            self._suggestions,
            are_somewhere=lambda words: map(bool, count(all_of(plan.words.clauses(word)) for word in words)),
            count_letters=lambda words: count(map(holds_letters, words)),
            most_with_letters=letters_bound(self._index.frequency),
            find=partial(find, title_only=request.title_only),
            find_in_headlines=partial(find, title_only=True),
        )
        return corrector.corrected(
            answer.parsed,
            seen={texts[number] for number in seen if number < len(texts)},
            missing=len(plan.requirements.units) - (found.held if found.is_relaxed else 0),
        )

    def _empty(self, request: SearchRequest, answer: SearchAnswer, notices: list[NoticeCode]) -> SearchPage:
        return SearchPage(
            query=answer.parsed.text,
            sort=request.sort,
            total=0,
            hits=(),
            notices=notices_of(notices),
            relaxed=False,
            limit=request.limit,
            offset=request.offset,
        )

    def _today(self) -> date:
        return self._clock().astimezone(SEOUL).date()


def _results(answer: SearchAnswer, articles: Mapping[int, ArchivedArticle]) -> Sequence[Known] | None:
    """All results, if they have been fetched: there are few, or all are on this page."""
    if answer.found.known:
        return answer.found.known
    seqs = [hit.seq for hit in answer.found.result.hits]
    if len(seqs) != answer.found.result.total or not all(seq in articles for seq in seqs):
        return None
    shown = ((seq, articles[seq].article) for seq in seqs)
    return [Known(seq, article.published_at_s, article.section) for seq, article in shown]


def _next_cursor(result: IndexResult, articles: Mapping[int, ArchivedArticle], request: SearchRequest) -> str | None:
    """The cursor of the next page. None if this page is not full, or for a scored sort, which has no cursor."""
    last = result.hits[-1] if result.hits else None
    if last is None or last.seq not in articles or len(result.hits) < request.limit or request.sort.is_scored:
        return None
    return write_cursor(Cursor(request.sort, articles[last.seq].article.published_at_s, last.seq))
