"""``archive.explain``: whether a query finds an article, and why or why not. Wires search, views and the explainer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gisa.clause import EVERYTHING, AnyOf, all_of
from gisa.explanation import Explanation, QueryPart, Verdict, VerdictCode
from gisa.ingest.analysis import entry, text_of, views_of
from gisa.model import ArchivedArticle, Sort
from gisa.ports import Archive, ArchiveView, IndexView
from gisa.query.explain import PartExplainer, score_parts
from gisa.query.matching import ArticleTokens
from gisa.search.answer import SearchAnswer
from gisa.search.gated import NewGate
from gisa.search.notices import notices_of
from gisa.search.request import SearchRequest
from gisa.search.service import SearchService
from gisa.text.views import ViewBuilder

_LOOKED_AT: Final = 1_000
"""The most changes that the index may lack and that are searched for the article."""


class Explainer:
    """Explains searches of one archive. Not thread-safe (its view builder is not)."""

    def __init__(
        self,
        archive: Archive,
        index: IndexView,
        searching: SearchService,
        *,
        texts: ArchiveView,
        gate: NewGate,
        builder: ViewBuilder,
    ) -> None:
        """``texts`` and ``index`` are what the one who asks may see. ``builder`` makes views as the index's were made."""
        self._archive, self._index, self._searching = archive, index, searching
        self._texts, self._gate, self._builder = texts, gate, builder

    def explain(self, query: str, article_id: str) -> Explanation:
        """Why a search for ``query``, without filters, finds the article or does not."""
        archived = self._texts.get(article_id)
        answer = self._searching.answer(SearchRequest(query, sort=Sort.RELEVANCE, about=False, group=False, limit=0))
        tokens = self._tokens(archived)
        plan = answer.plan
        satisfied = plan is not None and tokens.holds(answer.found.match)
        indexed = not self._is_waiting(archived.seq)
        parts: tuple[QueryPart, ...] = ()
        if plan is not None:
            explainer = PartExplainer(archived.article, tokens, plan.words, shown=self._searching.shown)
            parts = tuple(explainer.explain(part.nodes, all_of(part.clauses)) for part in plan.parts)
        found = satisfied and indexed
        score = plan.score if plan is not None and found else None
        clauses = score.clauses if isinstance(score, AnyOf) else () if score is None else (score,)
        scores = self._index.scores(archived.seq, clauses)
        return Explanation(
            query=answer.parsed.text,
            article_id=archived.article.id,
            title=archived.article.title,
            found=found,
            verdict=_verdict(answer, tokens, parts, satisfied=satisfied, indexed=indexed),
            relaxed=answer.found.is_relaxed,
            notices=notices_of(answer.parsed.notices),
            parts=parts,
            score=sum(scores) if clauses else None,
            score_parts=score_parts(clauses, scores),
        )

    def _tokens(self, archived: ArchivedArticle) -> ArticleTokens:
        return article_tokens(archived, self._builder, now=self._gate().now)

    def _is_waiting(self, seq: int) -> bool:
        """True if the index does not hold the article's last change yet."""
        after = self._index.change_seq
        if after >= self._archive.last_change_seq():
            return False
        return any(change.article_seq == seq for change in self._archive.changes(after=after, limit=_LOOKED_AT))


def article_tokens(archived: ArchivedArticle, builder: ViewBuilder, *, now: datetime) -> ArticleTokens:
    """A revision as an index holds it, analysed again."""
    (views,) = views_of([text_of(archived)], builder)
    made = entry(archived, views, now=now)
    return ArticleTokens(made.views, seq=made.seq, published_at_s=made.published_at_s, opens_at_s=made.opens_at_s)


def _verdict(
    answer: SearchAnswer, tokens: ArticleTokens, parts: tuple[QueryPart, ...], *, satisfied: bool, indexed: bool
) -> Verdict:
    plan = answer.plan
    if plan is None or (not parts and not satisfied):
        return Verdict(VerdictCode.NOTHING_TO_SEARCH)
    if not indexed:
        return Verdict(VerdictCode.NOT_INDEXED)
    if satisfied and tokens.holds(plan.headline):
        return Verdict(VerdictCode.IS_HEADLINE)
    lacking = [part for part in parts if not part.holds]
    if satisfied and answer.found.is_relaxed:
        return Verdict(VerdictCode.FOUND_RELAXED, held=len(parts) - len(lacking), of=len(parts))
    if satisfied:
        is_about = plan.about == EVERYTHING or tokens.holds(plan.about)
        return Verdict(VerdictCode.FOUND_ALL if is_about else VerdictCode.MENTIONS)
    if lacking:
        return Verdict(VerdictCode.LACKS, reason=lacking[0].reason)
    return Verdict(VerdictCode.NOT_FOUND)
