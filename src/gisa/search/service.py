"""Answering a query: read, compile, ask the index, fetch from the archive, show where it matched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Final

from gisa.clause import EVERYTHING, NOTHING, Beyond, Clause, all_of
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
    VariantCount,
)
from gisa.ports import Archive, IndexHit, IndexQuery, IndexReader, IndexResult, Known, MostHeld, Suggestions
from gisa.query.compile import CompiledQuery, compile_query, highlighted_leaves
from gisa.query.expansion import WordExpander
from gisa.query.highlighting import Finder
from gisa.query.parse import ParsedQuery, parse
from gisa.query.syntax import And, Node, Word, positive_leaves
from gisa.query.word_forms import matches_word
from gisa.search.answer import SearchAnswer
from gisa.search.budget import Budget
from gisa.search.cursor import Cursor, write_cursor
from gisa.search.did_you_mean import did_you_mean
from gisa.search.facets import count_facets, count_sections
from gisa.search.filters import Narrowing, narrow
from gisa.search.hits import build_hits
from gisa.search.notices import notices_of
from gisa.search.request import SearchRequest
from gisa.search.variant_counts import count_variants, variant_count
from gisa.text.analyser import Analyser, RememberingAnalyser
from gisa.text.hangul import is_hangul
from gisa.text.snippet import merge

_REACH: Final = 3_000
"""Characters of an article that are analysed for its snippet where a word is not there to the letter (늘렸다 for 늘리다).
Where words may be missing altogether, as with match="any", none are: it took 0.8 s a page of questions."""
_FEW: Final = 1_000
"""Results that are all taken along when it is asked how many words one article holds, so that page and filters need no
search of their own; over 600,000 articles a thousand take 0.15 ms more than one, and each search saved 3 ms."""
_MAX_TYPED: Final = 8
"""Words of a query that are tried as typed on the other keyboard, each a search or more."""


class SearchService:
    """Searches one index and archive. Safe to use from many threads."""

    def __init__(
        self,
        archive: Archive,
        index: IndexReader,
        *,
        clock: Clock,
        lexicon: Lexicon,
        suggestions: Suggestions,
        new_analyser: Callable[[], Analyser],
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """``new_analyser`` makes one for a thread, as the index's articles were analysed."""
        self._archive = archive
        self._index = index
        self._lexicon = lexicon
        self._suggestions = suggestions
        self._clock = clock
        self._monotonic = monotonic
        self._new_analyser = new_analyser
        self._local = threading.local()
        self._ends: tuple[int, tuple[datetime | None, datetime | None]] | None = None

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of results, with an exact total. An archive without hits gives a page that says so.

        The query is always read and its page found; the rest only while the request's time budget lasts.
        """
        answer = self.answer(request)
        notices = list(answer.parsed.notices)
        compiled, result, budget = answer.compiled, answer.result, answer.budget
        if compiled is None or (result.total == 0 and not compiled.holds_words):
            if answer.parsed.text:
                notices.append(NoticeCode.EMPTY)
            return self._empty(request, answer.parsed, notices)
        if compiled.variants_left_out:
            notices.append(NoticeCode.TOO_MANY_VARIANTS)
        if answer.relaxed:
            notices.append(NoticeCode.RELAXED)
        articles = self._archive.fetch([hit.seq for hit in result.hits])
        reach = _REACH if not answer.relaxed and request.match is Match.ALL else 0
        hits, found = build_hits(
            result.hits,
            articles,
            partial(Finder, compiled, self._analyser, enough=answer.held),
            reach=reach,
            budget=budget,
        )
        facets = None
        if request.facets and budget.allows_more():
            results, today = _results(answer, articles), self._today()
            facets = count_facets(
                self._index, compiled.match, answer.narrowing, total=result.total, results=results, today=today
            )
        variants = (
            ()
            if answer.relaxed
            else count_variants(self._index, answer, compiled, request.match, shown=self._lexicon.shown)
        )
        inside = None if answer.relaxed else self._inside(answer, compiled, request)
        meant = self._meant(answer, compiled, request, found)
        if budget.left_out:
            notices.append(NoticeCode.PARTIAL)
        return SearchPage(
            query=answer.parsed.text,
            sort=request.sort,
            total=result.total,
            hits=hits,
            notices=notices_of(notices),
            relaxed=answer.relaxed,
            limit=request.limit,
            offset=request.offset,
            facets=facets,
            variants=variants,
            variants_off=self._variants_off(answer.root, request),
            next_cursor=_next_cursor(result, articles, request),
            inside=inside,
            did_you_mean=meant,
        )

    def ranked(self, request: SearchRequest) -> tuple[IndexResult, bool]:
        """The numbers of a page's articles, with the total, and whether the search was relaxed. Asks the index only."""
        answer = self.answer(request)
        return answer.result, answer.relaxed

    def answer(self, request: SearchRequest) -> SearchAnswer:
        """Read the query and ask the index, and nothing else."""
        budget = Budget(request.budget_s, monotonic=self._monotonic)
        parsed = parse(request.query)
        root = parsed.root or And(())
        reader = self._reader(request.without)
        if request.inside:
            reader = reader.inside()
        narrowing = narrow(request.filters, today=self._today())
        compiled = compile_query(root, reader, match=request.match, typed=parsed.text)
        if compiled is None:
            return SearchAnswer(parsed, root, reader, narrowing, None, IndexResult(0, ()), budget, relaxed=False)
        result, most = self._best(compiled, narrowing, request)
        if result.total == 0 and self._typed_otherwise(root, reader, budget):
            compiled = compile_query(root, reader, match=request.match, typed=parsed.text) or compiled
            result, most = self._best(compiled, narrowing, request)
        held = len(compiled.units) if request.match is Match.ALL else 0
        relaxed = False
        if result.total == 0 and len(compiled.units) > 1 and request.match is Match.ALL:
            most = most or self._most_held(compiled, narrowing)
            if most.number:
                relaxed, held = True, most.number
                compiled = replace(compiled, match=compiled.relaxed(most.number))
                result = self._page_of(most, compiled, narrowing, request)
        known = most.articles if most is not None and most.articles and len(most.articles) == result.total else ()
        return SearchAnswer(
            parsed, root, reader, narrowing, compiled, result, budget, relaxed=relaxed, held=held, known=known
        )

    def highlights(self, query: str, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """Where a query's words stand in each text."""
        root = parse(query).root
        compiled = compile_query(root, self._reader(frozenset())) if root is not None else None
        if compiled is None:
            return [() for _ in texts]
        found = Finder(compiled, self._analyser).find(texts)
        return [merge([span for span, _ in spans]) for spans in found]

    def shown(self, name: str) -> str:
        """A name as it is written where people see it: ``ai`` → ``AI``."""
        return self._lexicon.shown(name)

    def sections(self) -> list[FacetCount]:
        """Every section with its count, most first."""
        return count_sections(self._index)

    def ends(self) -> tuple[datetime | None, datetime | None]:
        """When the newest and the oldest article were published; None for an empty archive.

        Of each state of the index it is asked once: every entry is looked at for it, 30 ms for a million.
        """
        change_seq = self._index.change_seq
        known = self._ends
        if known is None or known[0] != change_seq:
            known = self._ends = (change_seq, (self._end(Sort.NEWEST), self._end(Sort.OLDEST)))
        return known[1]

    def _end(self, sort: Sort) -> datetime | None:
        result = self._index.search(IndexQuery(match=EVERYTHING, score=None, sort=sort, limit=1, offset=0))
        for archived in self._archive.fetch([hit.seq for hit in result.hits]).values():
            return archived.article.published_at
        return None

    @property
    def _analyser(self) -> Analyser:
        analyser: RememberingAnalyser | None = getattr(self._local, "analyser", None)
        if analyser is None:
            analyser = self._local.analyser = RememberingAnalyser(self._new_analyser())
        return analyser

    def _reader(self, without: frozenset[str]) -> WordExpander:
        """A reader of words; what it has worked out serves the same thread's next queries of the day."""
        today = self._today()
        last: WordExpander | None = getattr(self._local, "reader", None)
        if last is None or last.on != today:
            last = WordExpander(self._analyser, self._lexicon, on=today)
        self._local.reader = reader = last.for_another(without)
        return reader

    def _typed_otherwise(self, root: Node, reader: WordExpander, budget: Budget) -> bool:
        """Read words that are nowhere as typed on the other keyboard, where that gives words that are somewhere."""
        changed = False
        leaves = [
            leaf
            for leaf in dict.fromkeys(positive_leaves(root))
            if isinstance(leaf, Word) and not _is_written_out(leaf.text)
        ]
        for leaf in leaves[:_MAX_TYPED]:
            if not budget.allows_more():
                break
            typed = self._lexicon.typed_otherwise(leaf.text)
            if not typed or self._index.count(all_of(reader.clauses(leaf.text))):
                continue
            for variant in typed:
                clauses = matches_word(reader.forms(variant.text))
                if clauses and self._index.count(all_of(clauses)):
                    reader.typed_as(leaf.text, variant)
                    changed = True
                    break
        return changed

    def _meant(
        self, answer: SearchAnswer, compiled: CompiledQuery, request: SearchRequest, found: Collection[int]
    ) -> str | None:
        """A query like this one that finds something, where this one finds nothing or was relaxed.

        ``found`` are the numbers of the words that stand in a hit: those need not be asked for.
        """
        if request.match is not Match.ALL or (answer.result.total and not answer.relaxed):
            return None
        words = [leaf.text for leaf in highlighted_leaves(answer.root) if isinstance(leaf, Word)]
        seen = {words[number] for number in found if number < len(words)}
        budget = answer.budget

        def is_somewhere(word: str) -> bool:
            if not budget.allows_more():  # a word that was not asked for is not replaced
                return True
            clauses = answer.reader.clauses(word)
            return not clauses or self._index.count(all_of(clauses)) > 0

        def finds(query: str) -> bool:
            compiled = compile_query(parse(query).root or And(()), self._reader(request.without), match=Match.ALL)
            return (
                compiled is not None
                and budget.allows_more()
                and self._index.count(answer.narrowing.of(compiled.match)) > 0
            )

        return did_you_mean(
            answer.parsed,
            self._suggestions,
            seen=seen,
            missing=len(compiled.units) - (answer.held if answer.relaxed else 0),
            is_somewhere=is_somewhere,
            finds=finds,
        )

    def _inside(self, answer: SearchAnswer, compiled: CompiledQuery, request: SearchRequest) -> int | None:
        """How many articles more hold the query's short words inside other words; asked for the first page only."""
        if (
            request.inside
            or request.offset
            or request.cursor is not None
            or request.match is not Match.ALL
            or not compiled.has_short_words
        ):
            return None
        if not answer.result.total and len(compiled.units) > 1:
            return None  # what has most of the words is of more use
        other = compile_query(answer.root, answer.reader.inside(), match=request.match, typed=answer.parsed.text)
        return (
            None
            if other is None or not answer.budget.allows_more()
            else self._index.count(answer.narrowing.of(other.match)) - answer.result.total
        )

    def _variants_off(self, root: Node, request: SearchRequest) -> tuple[VariantCount, ...]:
        """The variants of this query that are switched off."""
        if not request.without:
            return ()
        whole = compile_query(root, self._reader(frozenset()), match=request.match)
        variants = {each.variant.key: each.variant for _, each in whole.alternatives} if whole is not None else {}
        return tuple(
            variant_count(variant, 0, shown=self._lexicon.shown)
            for key, variant in variants.items()
            if key in request.without
        )

    def _ask(self, match: Clause, compiled: CompiledQuery, request: SearchRequest) -> IndexResult:
        """The page, and the total, which a cursor does not narrow."""

        score = compiled.score if request.sort is Sort.RELEVANCE else None

        def asked(within: Clause, *, limit: int) -> IndexResult:
            return self._index.search(
                IndexQuery(match=within, score=score, sort=request.sort, limit=limit, offset=request.offset)
            )

        last = request.cursor
        if last is None:
            return asked(match, limit=request.limit)
        beyond = Beyond(last.published_at_s, last.seq, older=last.sort is Sort.NEWEST)
        page = asked(all_of((match, beyond)), limit=request.limit)
        return IndexResult(self._index.count(match), page.hits)

    def _best(
        self, compiled: CompiledQuery, narrowing: Narrowing, request: SearchRequest
    ) -> tuple[IndexResult, MostHeld | None]:
        """The page of what matches. Of several words also how many of them one article holds at most, where that was
        asked first: three trending queries in four find nothing with all of their words, and then this was the answer."""
        beside_headline = compiled.required == EVERYTHING or compiled.headline == NOTHING
        if len(compiled.units) < 2 or request.match is not Match.ALL or not beside_headline:
            return self._ask(narrowing.of(compiled.match), compiled, request), None
        most = self._most_held(compiled, narrowing, whole=compiled.headline)
        if most.number < len(compiled.units):
            return IndexResult(0, ()), most
        return self._page_of(most, compiled, narrowing, request), most

    def _most_held(self, compiled: CompiledQuery, narrowing: Narrowing, *, whole: Clause = NOTHING) -> MostHeld:
        within = narrowing.of(compiled.required)
        return self._index.most_held(compiled.units, within=within, whole=whole, at_most=_FEW)

    def _page_of(
        self, most: MostHeld, compiled: CompiledQuery, narrowing: Narrowing, request: SearchRequest
    ) -> IndexResult:
        """The page of the articles that hold most; they are asked for unless they are few and known already."""
        if most.articles is None or request.sort is Sort.RELEVANCE or request.cursor is not None:
            return self._ask(narrowing.of(compiled.match), compiled, request)
        ordered = most.articles if request.sort is Sort.NEWEST else most.articles[::-1]
        page = ordered[request.offset : request.offset + request.limit]
        return IndexResult(len(ordered), tuple(IndexHit(each.seq, None) for each in page))

    def _empty(self, request: SearchRequest, parsed: ParsedQuery, notices: list[NoticeCode]) -> SearchPage:
        return SearchPage(
            query=parsed.text,
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


def _is_written_out(word: str) -> bool:
    """Whether a word is of whole syllables and figures, which are what was meant on any keyboard."""
    return all(is_hangul(letter) or letter.isdigit() for letter in word)


def _results(answer: SearchAnswer, articles: Mapping[int, ArchivedArticle]) -> Sequence[Known] | None:
    """All results, where they are at hand: few, or all on this page."""
    if answer.known:
        return answer.known
    if len(articles) != answer.result.total:
        return None
    return [Known(seq, each.article.published_at_s, each.article.section) for seq, each in articles.items()]


def _next_cursor(result: IndexResult, articles: Mapping[int, ArchivedArticle], request: SearchRequest) -> str | None:
    """Where the next page begins; None where this one is not full, and by relevance, which has no such place."""
    last = result.hits[-1] if result.hits else None
    if last is None or last.seq not in articles or len(result.hits) < request.limit or request.sort is Sort.RELEVANCE:
        return None
    return write_cursor(Cursor(request.sort, articles[last.seq].article.published_at_s, last.seq))
