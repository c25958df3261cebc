"""What the API answers: a page of results, an article or a state, put into the shapes of ``wire``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from gisa.corrections.asking import CorrectionPage
from gisa.corrections.corrected import Corrected
from gisa.explanation import Explanation
from gisa.library.set_changes import SetArticle, SetChanges
from gisa.model import SEOUL, Article, ArticleView, FacetCount, Hit, SearchPage, Span, Suggestion
from gisa.quotes.asking import QuotationPage
from gisa.quotes.verifying import QuoteCheck
from gisa.reports import Status
from gisa.revisions.history import Revision
from gisa.saying.citing import Citations
from gisa.saying.explaining import explanation_as_dict
from gisa.saying.notices import say_notice
from gisa.saying.speaker import Speaker
from gisa.search.request import MAX_OFFSET, SearchRequest
from gisa.text.corrections import correction_of
from gisa.web.api.wire import (
    ArticleData,
    ArticleHighlights,
    ArticleMeta,
    CorrectionsData,
    CorrectionsMeta,
    Envelope,
    ExplainData,
    ExplainMeta,
    HealthData,
    HealthMeta,
    HitHighlights,
    LiveData,
    QuotesData,
    QuotesMeta,
    RevisionsData,
    RevisionsMeta,
    SearchData,
    SearchMeta,
    SetData,
    SetMeta,
    SuggestData,
    SuggestMeta,
    VerifyData,
    VerifyMeta,
    WireCitations,
    WireCorrection,
    WireFacetCount,
    WireHit,
    WireNotice,
    WireQuotation,
    WireRevision,
    WireScopes,
    WireSetArticle,
    WireSetRemoval,
    WireSuggestion,
    WireVariant,
)
from gisa.web.api.wire_stories import similar_article
from gisa.web.pages.links import Links


def search_answer(
    page: SearchPage, asked: SearchRequest, speaker: Speaker, site: Links, *, set_id: str | None
) -> Envelope[SearchData, SearchMeta]:
    end = page.offset + len(page.hits)
    facets = page.facets
    return Envelope[SearchData, SearchMeta](
        data=SearchData(
            query=page.query,
            total=page.total,
            stories=page.stories,
            grouped=page.grouped,
            hits=[_hit(hit, site) for hit in page.hits],
            also=[_hit(hit, site) for hit in page.also],
            notices=[
                WireNotice(
                    code=notice.code,
                    limit=notice.limit,
                    words=list(notice.words),
                    count=notice.count,
                    message=say_notice(notice, speaker),
                )
                for notice in page.notices
            ],
            relaxed=page.relaxed,
            facets={name: _counts(counts) for name, counts in facets.items()} if facets is not None else None,
            variants=[
                WireVariant(
                    key=variant.key,
                    kind=variant.kind,
                    source=variant.source,
                    replacement=variant.replacement,
                    count=variant.count,
                )
                for variant in page.variants
            ],
            inside=page.inside,
            verbs=page.verbs,
            scopes=None if page.scopes is None else WireScopes(all=page.scopes.all, about=page.scopes.about),
            about=page.about,
            did_you_mean=page.did_you_mean,
            corrected_from=page.corrected_from,
        ),
        meta=SearchMeta(
            sort=page.sort,
            match=asked.match,
            limit=page.limit,
            offset=page.offset,
            total_pages=-(-page.results // page.limit) if page.limit else 0,
            next_offset=end if page.hits and end < page.results and asked.cursor is None else None,
            next_cursor=page.next_cursor,
            set_id=set_id,
        ),
    )


def suggest_answer(found: list[Suggestion], *, limit: int) -> Envelope[SuggestData, SuggestMeta]:
    return Envelope[SuggestData, SuggestMeta](
        data=SuggestData(suggestions=[WireSuggestion(text=each.text, articles=each.articles) for each in found]),
        meta=SuggestMeta(limit=limit),
    )


def quotes_answer(page: QuotationPage, *, limit: int) -> Envelope[QuotesData, QuotesMeta]:
    return Envelope[QuotesData, QuotesMeta](
        data=QuotesData(quotations=[WireQuotation.model_validate(each.as_dict()) for each in page.quotations]),
        meta=QuotesMeta(limit=limit, next_cursor=page.next_cursor),
    )


def corrections_answer(page: CorrectionPage, site: Links, *, limit: int) -> Envelope[CorrectionsData, CorrectionsMeta]:
    return Envelope[CorrectionsData, CorrectionsMeta](
        data=CorrectionsData(corrections=[_correction(each, site) for each in page.corrections]),
        meta=CorrectionsMeta(limit=limit, next_cursor=page.next_cursor),
    )


def _correction(corrected: Corrected, site: Links) -> WireCorrection:
    return WireCorrection.model_validate({**corrected.as_dict(), "href": site.article(corrected.article.id)})


def revisions_answer(
    article: Article, found: Sequence[Revision], site: Links
) -> Envelope[RevisionsData, RevisionsMeta]:
    return Envelope[RevisionsData, RevisionsMeta](
        data=RevisionsData(
            id=article.id,
            title=article.title,
            revisions=[WireRevision.model_validate(each.as_dict()) for each in found],
        ),
        meta=RevisionsMeta(
            href=site.revisions(article.id),
            earlier_than=found[-1].number if found and found[-1].number > 1 else None,
        ),
    )


def verify_answer(check: QuoteCheck) -> Envelope[VerifyData, VerifyMeta]:
    return Envelope[VerifyData, VerifyMeta](data=VerifyData.model_validate(check.as_dict()), meta=VerifyMeta())


def article_answer(view: ArticleView, notices: Sequence[Corrected], site: Links) -> Envelope[ArticleData, ArticleMeta]:
    """``extra`` stays inside: what a source sent beyond the known fields was not meant for the public."""
    article = view.article
    correction = correction_of(article)
    return Envelope[ArticleData, ArticleMeta](
        data=ArticleData(
            id=article.id,
            title=article.title,
            body=article.body,
            published_at=article.published_at,
            modified_at=article.modified_at,
            section=article.section,
            byline=list(article.byline),
            publisher=article.publisher,
            url=article.url,
            image_url=article.image_url,
            keywords=list(article.keywords),
            lang=article.lang,
            corrected=correction is not None,
            corrected_at=article.corrected_at,
            correction=correction.text or None if correction is not None else None,
            notices=[_correction(each, site) for each in notices],
            highlights=ArticleHighlights(title=_spans(view.title_highlights), body=_spans(view.body_highlights)),
            href=site.article(article.id),
        ),
        meta=ArticleMeta(revision=view.revision),
    )


def live_answer(*, version: str) -> Envelope[LiveData, HealthMeta]:
    return Envelope[LiveData, HealthMeta](data=LiveData(alive=True), meta=HealthMeta(version=version))


def page_links(answer: Envelope[SearchData, SearchMeta], asked: SearchRequest, path: str) -> str:
    """The ``Link`` header of a page of hits (RFC 8288): first, previous, next, and last where pages are numbered."""
    meta = answer.meta
    places: dict[str, dict[str, Any]] = {"first": {"offset": 0, "cursor": None}}
    if asked.cursor is None and meta.limit:
        if meta.offset:
            places["prev"] = {"offset": max(meta.offset - meta.limit, 0)}
        last = max(meta.total_pages - 1, 0) * meta.limit
        if last <= MAX_OFFSET:
            places["last"] = {"offset": last}
    if asked.cursor is not None and meta.next_cursor is not None:
        places["next"] = {"cursor": meta.next_cursor}
    elif meta.next_offset is not None and meta.next_offset <= MAX_OFFSET:
        places["next"] = {"offset": meta.next_offset}
    written = ((rel, urlencode(replace(asked, **place).to_params())) for rel, place in places.items())
    return ", ".join(f'<{path}?{query}>; rel="{rel}"' for rel, query in written)


def set_answer(told: SetChanges, *, citations: Citations, href: str) -> Envelope[SetData, SetMeta]:
    found = told.found
    return Envelope[SetData, SetMeta](
        data=SetData(
            query=found.request.query,
            parameters=found.request.to_params(),
            cited_at=found.at.astimezone(SEOUL),
            total_then=found.total,
            total=told.total,
            counts=told.counts,
            added=_set_articles(told.added),
            corrected=_set_articles(told.corrected),
            removed=[
                WireSetRemoval(id=each.id, removed_at=each.removed_at, reason=each.public_reason)
                for each in told.removed
            ],
            left=_set_articles(told.left),
            is_exact=told.is_exact,
            same_words=told.same_words,
            citations=WireCitations(**asdict(citations)),
        ),
        meta=SetMeta(href=href),
    )


def _set_articles(articles: Sequence[SetArticle]) -> list[WireSetArticle]:
    return [WireSetArticle(id=each.id, title=each.title, published_at=each.published_at) for each in articles]


def explain_answer(explained: Explanation, speaker: Speaker, site: Links) -> Envelope[ExplainData, ExplainMeta]:
    return Envelope[ExplainData, ExplainMeta](
        data=ExplainData.model_validate(explanation_as_dict(explained, speaker)),
        meta=ExplainMeta(href=site.explain(explained.query, explained.article_id)),
    )


def health_answer(status: Status, *, version: str) -> Envelope[HealthData, HealthMeta]:
    return Envelope[HealthData, HealthMeta](
        data=HealthData(
            ready=True,
            degraded=status.unreadable > 0,
            articles=status.articles,
            change_seq=status.change_seq,
            indexed_change_seq=status.indexed_change_seq,
            behind_s=round(status.behind_s, 3),
            words_version=status.words_version,
            generation=status.generation,
            newest=status.newest,
        ),
        meta=HealthMeta(version=version),
    )


def _hit(hit: Hit, site: Links) -> WireHit:
    article, snippet = hit.article, hit.snippet
    return WireHit(
        id=article.id,
        title=article.title,
        published_at=article.published_at,
        section=article.section,
        url=article.url,
        snippet=snippet.text,
        score=hit.score,
        mention=hit.is_mention,
        similar=[similar_article(each, site) for each in hit.similar],
        similar_total=hit.similar_total,
        snippet_cut_before=snippet.cut_before,
        snippet_cut_after=snippet.cut_after,
        highlights=HitHighlights(title=_spans(hit.title_highlights), snippet=_spans(snippet.highlights)),
        byline=list(article.byline),
        publisher=article.publisher,
        image_url=article.image_url,
        corrected=correction_of(article) is not None,
        corrected_at=article.corrected_at,
        href=site.article(article.id),
    )


def _spans(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _counts(counts: tuple[FacetCount, ...]) -> list[WireFacetCount]:
    return [WireFacetCount(value=facet.value, count=facet.count) for facet in counts]
