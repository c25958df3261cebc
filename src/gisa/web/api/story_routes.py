"""``/api/articles/ID/similar`` and ``/related``: what stands beside an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import JSONResponse

from gisa.web.api.longer_ids import ReadArticle, or_longer_id
from gisa.web.api.wire import Envelope
from gisa.web.api.wire_stories import (
    RelatedData,
    RelatedMeta,
    SimilarData,
    SimilarMeta,
    WireTelling,
    similar_article,
)
from gisa.web.pages.links import Links
from gisa.web.serving.askers import asker_in
from gisa.web.serving.asking import Asking

if TYPE_CHECKING:
    from gisa.library import Library

_MOST_RELATED: Final = 20
ArticleId = Annotated[str, Path(description="The article's id.", examples=["naru-economy-001"])]


def add_story_routes(
    routes: APIRouter, g: Library, *, asking: Asking, site: Links, article: ReadArticle, responses: dict[int | str, Any]
) -> None:
    """``article`` answers with one article, whose id may end like these addresses. ``responses``: those of an article."""

    @routes.get(
        "/articles/{article_id:path}/similar",
        summary="Compare the articles of one story",
        response_model=Envelope[SimilarData, SimilarMeta],
        responses=responses,
    )
    async def similar(request: Request, article_id: ArticleId) -> Any:
        """The articles that tell the same event in nearly the same words, this one among them, the one printed first first;
        of each which sentences it adds, drops or changes."""
        asked = asking.of(request.scope)(g.story, article_id, asker=asker_in(request.scope))
        story = await or_longer_id(asked, request, f"{article_id}/similar", article=article)
        if isinstance(story, JSONResponse):
            return story
        return Envelope[SimilarData, SimilarMeta](
            data=SimilarData(articles=[WireTelling.of(each, site) for each in story.tellings]),
            meta=SimilarMeta(total=story.total),
        )

    @routes.get(
        "/articles/{article_id:path}/related",
        summary="Find related articles",
        response_model=Envelope[RelatedData, RelatedMeta],
        responses=responses,
    )
    async def related(
        request: Request,
        article_id: ArticleId,
        limit: Annotated[int, Query(ge=1, le=_MOST_RELATED, description="How many at most.")] = 5,
    ) -> Any:
        """Articles about the same things, best first, that do not tell the same story."""
        asked = asking.of(request.scope)(g.related, article_id, limit=limit, asker=asker_in(request.scope))
        found = await or_longer_id(asked, request, f"{article_id}/related", article=article)
        if isinstance(found, JSONResponse):
            return found
        return Envelope[RelatedData, RelatedMeta](
            data=RelatedData(articles=[similar_article(each, site) for each in found]), meta=RelatedMeta(limit=limit)
        )
