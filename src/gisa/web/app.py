"""The web application: one place that wires pages, API, files and safety around an archive."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from hmac import compare_digest
from types import MethodType
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from gisa.clock import Monotonic
from gisa.errors import ArticleRemoved, GisaError, SearchInvalid
from gisa.library.keys import KeyFile
from gisa.model import SEOUL
from gisa.saying.problems import say_problem
from gisa.version import __version__
from gisa.web.api import routes as api
from gisa.web.api.docs import ApiDocs
from gisa.web.languages import Spoken, spoken
from gisa.web.pages.editions import Editions
from gisa.web.pages.look import make_assets
from gisa.web.pages.media import Media
from gisa.web.pages.mining import tdm_headers
from gisa.web.pages.routes import Pages
from gisa.web.pages.templates import TemplateFailed
from gisa.web.pages.theme import read_theme
from gisa.web.problems import (
    AGENTS_PATH,
    OVERLOADED,
    ErrorBoundary,
    is_api,
    log_failure,
    log_template,
    problem_of,
    problem_response,
)
from gisa.web.route_table import RouteTable
from gisa.web.serving.addresses import ReadableAddresses
from gisa.web.serving.admission import Admission, Places
from gisa.web.serving.agents import Agents
from gisa.web.serving.askers import Recognition, Refusing, client_in
from gisa.web.serving.asking import Asking
from gisa.web.serving.base_path import BelowBase
from gisa.web.serving.bodies import WholeBodies
from gisa.web.serving.cache import AnswerCache
from gisa.web.serving.chosen_scope import ChosenScope
from gisa.web.serving.dear import Questions
from gisa.web.serving.delivery import Delivery
from gisa.web.serving.hosts import KnownHosts
from gisa.web.serving.lane import DearAnswers
from gisa.web.serving.login import logins_of
from gisa.web.serving.metrics import Metrics
from gisa.web.serving.observation import Observation
from gisa.web.serving.other_sites import OtherSites
from gisa.web.serving.rates import Rates
from gisa.web.serving.response import Answer
from gisa.web.serving.security import SecurityHeaders, page_policy

if TYPE_CHECKING:
    from gisa.library import Library

_DESCRIPTION: Final = """\
Search a newspaper's articles. Every success is `{"data": …, "meta": {…}}`, every failure is a problem
(RFC 9457). Times are ISO 8601 with a zone; days are days in Asia/Seoul; spans count characters."""


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    g: Library,
    *,
    clock: Callable[[], datetime] = _now,
    monotonic: Monotonic = time.monotonic,
    hold_s: float = 0.0,
    lane: DearAnswers | None = None,
    rates: Rates | None = None,
    template_failed: TemplateFailed = log_template,
) -> FastAPI:
    """The ASGI application over an open archive; whoever opened ``g`` closes it.

    ``clock`` gives an aware time, ``monotonic`` measures how long requests wait; ``hold_s`` is how long a refusal
    is held back (``serving.admission``); ``lane`` answers what is dear (``serving.dear``); ``rates`` counts requests for all workers;
    ``template_failed`` is told of templates of the paper's theme that fail.
    """
    paper = g.settings.paper
    base = g.settings.site.base_path
    theme = read_theme(g.settings.theme_dir)
    assets = make_assets(paper, theme, base=base)
    editions = Editions(g, assets, theme, failed=template_failed)
    serving = g.settings.serving
    of_client = client_in(trust_proxy=g.settings.trust_proxy)
    logins = logins_of(g.settings.login)
    asking = Asking(is_local=g.is_local, threads=serving.threads, timeout_s=serving.timeout_s, forget=g.forget_words)
    metrics = Metrics(g)
    questions = Questions(g, asking=asking, lane=lane, client_of=of_client)
    keys = KeyFile(g.settings.keys_path)
    agents = Agents(g, keys=keys, clock=clock, asking=asking, questions=questions)
    pages = Pages(
        g,
        clock=clock,
        editions=editions,
        metrics=metrics,
        asking=asking,
        questions=questions,
        agents_are_on=lambda: agents.are_on,
    )

    async def answer(request: Request, error: Exception) -> Response:
        """Any error as a page, or as a problem under /api."""
        problem = problem_of(error)
        if problem.status >= 500 and isinstance(error, GisaError):
            log_failure(request.scope, error)
        path = request.scope["path"]
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        if problem.status in (429, 503):
            headers.setdefault("retry-after", "5")
        if not is_api(path):
            return pages.problem(request, problem, error, headers=headers)
        said = say_problem(problem.name, editions.speaker(request.scope))
        if isinstance(error, RequestValidationError | SearchInvalid):
            return api.invalid_response(error, path=path, base=base, said=said)
        detail = str(error) if isinstance(error, GisaError) and problem.status < 500 else ""
        more = api.tombstone(error) if isinstance(error, ArticleRemoved) else None
        return problem_response(problem, path=path, base=base, said=said, detail=detail, more=more, headers=headers)

    async def refuse(request: Request) -> Response:
        """Of more requests than may wait, or of one that has waited too long: come back in a second."""
        metrics.refused()
        headers = {"retry-after": "1", "cache-control": "no-store"}
        if is_api(request.scope["path"]):
            said = say_problem(OVERLOADED.name, editions.speaker(request.scope))
            return problem_response(OVERLOADED, path=request.scope["path"], base=base, said=said, headers=headers)
        chosen = spoken(request.scope, g.settings.site)
        page = refusals.get(chosen)
        if page is None:  # made once: of no reader's address, since all are sent this one
            anybody = {**request.scope, "path": "/", "query_string": chosen.kept.encode(), "headers": []}
            page = refusals[chosen] = pages.problem(Request(anybody), OVERLOADED, None, headers=headers)
        return page

    places = Places(serving.max_waiting)
    refusals: dict[Spoken, Response] = {}
    cache: AnswerCache[Answer] = AnswerCache(limit_bytes=serving.cache_mb * 1_000_000)

    def stamp() -> Hashable:
        """Changes with the archive, and with the day, which periods and recent searches depend on."""
        try:
            return g.stamp, clock().astimezone(SEOUL).date()
        except GisaError:  # the request itself will say what is wrong; nothing is remembered under this
            return object()

    async def serve_metrics(request: Request) -> Response:
        """The page that Prometheus reads, with the paper's token if it has set one."""
        given = request.headers.get("authorization", "").encode()
        if serving.metrics_token and not compare_digest(given, f"Bearer {serving.metrics_token}".encode()):
            raise HTTPException(401, headers={"www-authenticate": "Bearer"})
        text = await asking(metrics.text)
        return Response(text, media_type=CONTENT_TYPE_LATEST, headers={"cache-control": "no-store"})

    own_scripts = [script.source for script in theme.inline_scripts() if script.is_fixed]
    policy = page_policy(g.settings.site.csp, own_scripts=own_scripts)
    table = RouteTable()
    app = FastAPI(
        title=api.TITLE,
        version=__version__,
        description=_DESCRIPTION,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # a trace would hold what a reader typed
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        routes=[
            *table.page_routes(pages),
            Route(AGENTS_PATH, agents.answer, methods=["GET", "POST", "DELETE"], include_in_schema=False),
            Route("/metrics", serve_metrics, include_in_schema=False),
            Route("/static/{name}", assets.serve, include_in_schema=False),
            Mount("/media", Media(g.settings.media_dir)),
        ],
        middleware=[
            Middleware(BelowBase, base=base),
            Middleware(OtherSites, origins=g.settings.embed.origins),
            Middleware(ReadableAddresses),
            Middleware(Observation, metrics=metrics, request_log=serving.log, clock=clock, label=table.label),
            Middleware(KnownHosts, hosts=serving.hosts, always=table.always_admitted - {"/metrics"}),
            Middleware(
                Recognition,
                keys=keys,
                logins=logins,
                rates=rates or Rates(monotonic),
                clock=clock,
                per_minute=serving.api_per_minute,
                base=base,
                trust_proxy=g.settings.trust_proxy,
                always=table.always_admitted,
            ),
            Middleware(ChosenScope, base=base, trust_proxy=g.settings.trust_proxy),
            Middleware(
                Delivery,
                cache=cache,
                stamp=stamp,
                personal=pages.personal,
                metrics=metrics,
                site=g.settings.site,
                cache_key=table.cache_key,
                has_logins=logins.are_on,
                is_full=lambda: places.are_taken,
            ),
            Middleware(SecurityHeaders, policy=policy, more=tdm_headers(g.settings.mining)),
            Middleware(ErrorBoundary, answer=answer),
            Middleware(Refusing),
            Middleware(WholeBodies, answer=answer),
            Middleware(
                Admission,
                places=places,
                budget_s=serving.budget_s,
                refuse=refuse,
                monotonic=monotonic,
                client_of=of_client,
                always=table.always_admitted,
                hold_s=hold_s,
            ),
        ],
        exception_handlers={HTTPException: answer, RequestValidationError: answer, GisaError: answer},
        servers=[{"url": base}] if base else None,
        redirect_slashes=False,
    )
    app.include_router(
        api.api_routes(g, metrics=metrics, asking=asking, questions=questions, speaker_of=editions.speaker, clock=clock)
    )
    app.openapi = MethodType(api.describe_problems, app)  # type: ignore[method-assign]  # FastAPI's documented way
    app.add_route("/api/docs", ApiDocs(app, editions).serve, include_in_schema=False)
    return app
