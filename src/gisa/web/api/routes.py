"""The REST routes under ``/api/``. Strict where the pages are lenient: a parameter that is not valid is a problem."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urljoin

from fastapi import APIRouter, Depends, FastAPI, Path, Query
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Scope

from gisa.clock import Clock
from gisa.errors import ArticleRemoved, SearchInvalid
from gisa.exports.quotations import MEDIA_TYPES, write_quotations
from gisa.model import SEOUL
from gisa.quotes.asking import as_row
from gisa.saying.citing import cite_set
from gisa.saying.speaker import Speaker
from gisa.saying.wording import ProblemSaid
from gisa.search.request import SearchRequest
from gisa.version import __version__
from gisa.web.api import envelopes, wire
from gisa.web.api.exporting import EXPORT_TYPES, Columns, Format, export_headers, open_export
from gisa.web.api.longer_ids import or_longer_id
from gisa.web.api.searching import Facets, Fields, Lang, chosen_fields, described_parameters, read_search, search_beside
from gisa.web.api.story_routes import add_story_routes
from gisa.web.pages.links import Links
from gisa.web.problems import INVALID, PROBLEM_JSON, problem_response
from gisa.web.serving.askers import asker_in
from gisa.web.serving.asking import Asking
from gisa.web.serving.dear import Questions
from gisa.web.serving.metrics import Metrics
from gisa.web.serving.response import NOT_KEPT
from gisa.web.serving.security import origin_of

if TYPE_CHECKING:
    from gisa.library import Library

TITLE: Final = "Gisa"
_PROBLEM_REF: Final = {"content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/WireProblem"}}}}
_INVALID: Final[dict[int | str, dict[str, Any]]] = {
    422: {"description": "A parameter is not valid; `errors` names it.", **_PROBLEM_REF}
}
_SUGGEST_CACHING: Final = "private, no-store"
"""What was typed stays in nobody's cache, not on the reader's disk either; and a removal is seen at the next letter."""
_UNAVAILABLE: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "The key or token opens nothing.", **_PROBLEM_REF},
    429: {
        "description": "The question would take more than its time, or its key or address has asked too often; ask later.",
        **_PROBLEM_REF,
    },
    503: {"description": "The archive or its index cannot answer now.", **_PROBLEM_REF},
}
_OF_AN_ARTICLE: Final[dict[int | str, dict[str, Any]]] = {
    404: {"description": "No article has this id.", **_PROBLEM_REF},
    410: {
        "description": "The article was removed; `removed_at` says when, `reason` why if the paper says so.",
        **_PROBLEM_REF,
    },
    **_INVALID,
    **_UNAVAILABLE,
}


def api_routes(
    g: Library,
    *,
    metrics: Metrics,
    asking: Asking,
    questions: Questions,
    speaker_of: Callable[[Scope], Speaker],
    clock: Clock,
) -> APIRouter:
    """The routes of one archive. ``speaker_of`` gives the language that a request asks for."""
    routes = APIRouter(prefix="/api")
    site = Links(base=(g.settings.site.canonical or "") + g.settings.site.base_path)

    @routes.get(
        "/search",
        summary="Search the articles",
        response_model=wire.Envelope[wire.SearchData, wire.SearchMeta],
        responses={**_INVALID, **_UNAVAILABLE},
        openapi_extra={"parameters": described_parameters()},
    )
    async def search(
        asked: Annotated[SearchRequest, Depends(read_search)],
        request: Request,
        response: Response,
        facets: Facets = False,
        fields: Fields = "",
        lang: Lang = None,
    ) -> Any:
        """Answers a query with one page of hits. Totals are exact; pages never repeat or skip an article. Where time was up
        facets, variants and proposals are left out, and a notice `partial` says so. The `Link` header leads to the pages around."""
        chosen = chosen_fields(fields, wire.WireHit.model_fields)
        del lang  # described and checked here; ``speaker_of`` reads it
        started = time.perf_counter()
        page = await questions.search(asked, request, facets=facets)
        metrics.searched(page, seconds=time.perf_counter() - started)
        if page.is_partial:
            response.headers.update(NOT_KEPT)
        set_id = g.set_id(asked, page, asker=asker_in(request.scope))
        answer = envelopes.search_answer(page, asked, speaker_of(request.scope), site, set_id=set_id)
        response.headers["link"] = envelopes.page_links(answer, asked, site.to("/api/search"))
        if not chosen:
            return answer
        said = answer.model_dump(mode="json")
        said["data"]["hits"] = [{name: hit[name] for name in hit if name in chosen} for hit in said["data"]["hits"]]
        return JSONResponse(said, headers=dict(response.headers))

    @routes.get(
        "/sets/{set_id}",
        summary="See what has become of cited results",
        responses={404: {"description": "No result set has this id.", **_PROBLEM_REF}, **_INVALID, **_UNAVAILABLE},
    )
    async def result_set(
        request: Request, set_id: Annotated[str, Path(description="`meta.set_id` of a search.")]
    ) -> wire.Envelope[wire.SetData, wire.SetMeta]:
        """How many results then and now; which articles were added, corrected or removed since; and how to cite the set."""
        told = await questions.set_changes(set_id, request)
        href = site.to(f"/sets/{set_id}")
        citations = cite_set(
            told.found, publisher=g.settings.paper.name, address=urljoin(origin_of(request, g.settings), href)
        )
        return envelopes.set_answer(told, citations=citations, href=href)

    @routes.get(
        "/export",
        summary="Export every result of a search",
        response_class=StreamingResponse,
        responses={200: {"description": "The file.", "content": EXPORT_TYPES}, **_INVALID, **_UNAVAILABLE},
        openapi_extra={"parameters": described_parameters()},
    )
    async def export(
        request: Request,
        format: Format = "csv",  # noqa: A002 - the parameter's name
        columns: Columns = "",
        lang: Lang = None,
    ) -> StreamingResponse:
        """All results as of one state of the archive, whatever their number, streamed as a file. The last line or sheet says
        query, filters, total and day, except in RIS and CSL-JSON. Of a subscriber's article the body is its beginning."""
        del lang  # as in ``search``
        asked = search_beside(request, ("format", "columns", "lang"))
        written, kind = await asking.of(request.scope)(
            open_export, g, asked, asker=asker_in(request.scope), form=format, columns=columns, at=clock()
        )
        return StreamingResponse(written, media_type=kind.media_type, headers=export_headers(asked, kind))

    @routes.get("/suggest", summary="Suggest what to search for", responses=_INVALID)
    async def suggest(
        asked: Annotated[wire.SuggestParameters, Query()], request: Request, response: Response
    ) -> wire.Envelope[wire.SuggestData, wire.SuggestMeta]:
        """Headline phrases and names that begin with what has been typed: by jamo (`서울시ㅈ`), by initials (`ㅅㅅㅈㅈ`), by
        the other keyboard (`tjdnf`). The same for every reader; empty when there is nothing to suggest."""
        response.headers["cache-control"] = _SUGGEST_CACHING
        return envelopes.suggest_answer(
            await asking.of(request.scope)(g.suggest, asked.q, limit=asked.limit), limit=asked.limit
        )

    @routes.get("/quotes", summary="Find what somebody said", responses={**_INVALID, **_UNAVAILABLE})
    async def quotes(
        asked: Annotated[wire.QuotesParameters, Query()], request: Request
    ) -> wire.Envelope[wire.QuotesData, wire.QuotesMeta]:
        """Quotations by speaker, by words in them, or both, newest first. A speaker is named only where the article says who
        it is. Give a speaker, `q`, or both."""
        page = await asking.of(request.scope)(
            g.quotations, asked.speaker, text=asked.q, limit=asked.limit, cursor=asked.cursor
        )
        return envelopes.quotes_answer(page, limit=asked.limit)

    @routes.get(
        "/quotes/export",
        summary="Export what somebody said",
        response_class=StreamingResponse,
        responses={
            200: {"description": "The file.", "content": {"text/csv": {}, "application/x-ndjson": {}}},
            **_INVALID,
            **_UNAVAILABLE,
        },
    )
    async def export_quotes(
        asked: Annotated[wire.QuotesExportParameters, Query()], request: Request
    ) -> StreamingResponse:
        """All quotations of a speaker that the asker may read, newest first, streamed as a file."""
        rows = map(as_row, g.every_quotation(asked.speaker, text=asked.q, asker=asker_in(request.scope)))
        headers = {"content-disposition": f'attachment; filename="quotations.{asked.format}"', **NOT_KEPT}
        return StreamingResponse(
            write_quotations(rows, asked.format), media_type=MEDIA_TYPES[asked.format], headers=headers
        )

    @routes.get("/corrections", summary="List what the paper has put right", responses={**_INVALID, **_UNAVAILABLE})
    async def corrections(
        asked: Annotated[wire.CorrectionsParameters, Query()], request: Request
    ) -> wire.Envelope[wire.CorrectionsData, wire.CorrectionsMeta]:
        """Corrected articles, and notices of correction, reply and follow-up (정정·반론·추후보도), newest first."""
        page = await asking.of(request.scope)(
            g.corrections, limit=asked.limit, cursor=asked.cursor, asker=asker_in(request.scope)
        )
        return envelopes.corrections_answer(page, site, limit=asked.limit)

    @routes.get(
        "/verify", summary="Ask whether a sentence stands in the archive", responses={**_INVALID, **_UNAVAILABLE}
    )
    async def verify(
        asked: Annotated[wire.VerifyParameters, Query()], request: Request
    ) -> wire.Envelope[wire.VerifyData, wire.VerifyMeta]:
        """The archive's own sentence with its place, and what differs word by word; or `none`, and how many articles were
        searched."""
        return envelopes.verify_answer(await questions.verify_quote(asked.text, request))

    async def article(
        request: Request,
        article_id: Annotated[str, Path(description="The article's id.", examples=["naru-economy-001"])],
        q: Annotated[str, Query(description="A query to highlight in the text.")] = "",
    ) -> wire.Envelope[wire.ArticleData, wire.ArticleMeta]:
        """The current revision of an article, with the query's highlights when there is one."""
        view = await questions.article(article_id, request, query=q)
        notices = await asking.of(request.scope)(g.notices_on, view.article, asker=asker_in(request.scope))
        return envelopes.article_answer(view, notices, site)

    @routes.get(
        "/articles/{article_id:path}/revisions",
        summary="See how an article changed",
        response_model=wire.Envelope[wire.RevisionsData, wire.RevisionsMeta],
        responses={
            404: {"description": "No article has this id, or the paper does not show revisions.", **_PROBLEM_REF},
            410: {"description": "The article was removed.", **_PROBLEM_REF},
            **_INVALID,
            **_UNAVAILABLE,
        },
    )
    async def revisions(
        request: Request,
        article_id: Annotated[str, Path(description="The article's id.", examples=["naru-economy-001"])],
        earlier_than: Annotated[int | None, Query(ge=2, description="Only revisions with smaller numbers.")] = None,
    ) -> Any:
        """The revisions that the asker may see, newest first, fifty at most; what each says otherwise only if the paper shows it."""
        ask, asker = asking.of(request.scope), asker_in(request.scope)
        asked = ask(g.revisions, article_id, earlier_than=earlier_than, asker=asker)
        found = await or_longer_id(asked, request, f"{article_id}/revisions", article=article)
        if isinstance(found, JSONResponse):
            return found
        view = await ask(g.article, article_id, asker=asker)
        return envelopes.revisions_answer(view.article, found, site)

    add_story_routes(routes, g, asking=asking, site=site, article=article, responses=_OF_AN_ARTICLE)

    routes.get("/articles/{article_id:path}", summary="Read one article", responses=_OF_AN_ARTICLE)(article)

    @routes.get(
        "/explain",
        summary="Explain why a query finds an article, or why not",
        responses={
            404: {"description": "No article has this id.", **_PROBLEM_REF},
            410: {"description": "The article was removed.", **_PROBLEM_REF},
            **_INVALID,
            **_UNAVAILABLE,
        },
    )
    async def explain(
        asked: Annotated[wire.ExplainParameters, Query()], request: Request
    ) -> wire.Envelope[wire.ExplainData, wire.ExplainMeta]:
        """How each part of the query was read, by which rule it was found or the first reason why not, and the score."""
        explained = await questions.explain(asked.q, asked.id, request)
        return envelopes.explain_answer(explained, speaker_of(request.scope), site)

    @routes.get("/health", summary="Ask whether the server is ready", responses=_UNAVAILABLE)
    async def health() -> wire.Envelope[wire.HealthData, wire.HealthMeta]:
        """200 when searches are answered, 503 when the archive or the index fails, or lags behind. Cheap enough to ask every second."""
        return envelopes.health_answer(await asking(g.health), version=__version__)

    @routes.get("/health/live", summary="Ask whether the server is alive")
    async def live() -> wire.Envelope[wire.LiveData, wire.HealthMeta]:
        """200 as long as the process answers at all, whatever the archive's state: restart it only when this fails."""
        return envelopes.live_answer(version=__version__)

    return routes


def tombstone(error: ArticleRemoved) -> dict[str, Any]:
    """What a removed article's problem says beside the usual."""
    return {"removed_at": error.removed_at.astimezone(SEOUL).isoformat(), "reason": error.public_reason}


def invalid_response(
    error: RequestValidationError | SearchInvalid, *, path: str, base: str, said: ProblemSaid
) -> JSONResponse:
    """A 422 problem that names every refused parameter and its reason, without repeating the values."""
    if isinstance(error, SearchInvalid):
        refused = [{"parameter": name, "detail": reason} for name, reason in error.parameters.items()]
        return problem_response(INVALID, path=path, base=base, said=said, detail=str(error), invalid=refused)
    refused = [{"parameter": _parameter(item["loc"]), "detail": item["msg"]} for item in error.errors()]
    detail = "; ".join(f"{item['parameter']}: {item['detail']}" for item in refused)
    return problem_response(INVALID, path=path, base=base, said=said, detail=detail, invalid=refused)


def describe_problems(app: FastAPI) -> dict[str, Any]:
    """The app's OpenAPI description, with the problem's schema among its components. Built once, then remembered."""
    if app.openapi_schema is None:
        schema = FastAPI.openapi(app)
        problem = wire.WireProblem.model_json_schema(ref_template="#/components/schemas/{model}")
        components = schema["components"]["schemas"]
        components |= problem.pop("$defs", {})
        schema["components"]["securitySchemes"] = {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "A key of the API; it opens more (docs/keys.md).",
            }
        }
        schema["security"] = [{}, {"key": []}]
        components["WireProblem"] = problem
    return app.openapi_schema or {}


def _parameter(place: Sequence[str | int]) -> str:
    named = [str(part) for part in place[1:]]
    return ".".join(named) or str(place[0] if place else "")
