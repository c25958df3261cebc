"""What can go wrong on the web, in one table: error → status and the developer's problem. What a page says
of it: ``gisa.saying.problems``.

Also the boundary that lets no traceback out and no query into the log.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa import errors
from gisa.saying.wording import ProblemSaid

log: Final = logging.getLogger("gisa.web")

AGENTS_PATH: Final = "/mcp"
PROBLEM_JSON: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of failure."""

    name: str
    status: int
    title: str
    """English, the same every time, for developers."""

    @property
    def type(self) -> str:
        """The problem's address: where the API's own page explains it."""
        return f"/api/docs#{self.name}"


NOT_FOUND: Final = Problem("not-found", 404, "Nothing is at this address")
ARTICLE_NOT_FOUND: Final = Problem("article-not-found", 404, "No article has this id")
ARTICLE_REMOVED: Final = Problem("article-removed", 410, "The article was removed")
UNAUTHORISED: Final = Problem("unauthorised", 401, "The key or token opens nothing, or there is none")
SET_NOT_FOUND: Final = Problem("set-not-found", 404, "No result set has this id")
METHOD_NOT_ALLOWED: Final = Problem("method-not-allowed", 405, "This address does not take this method")
CROSS_SITE: Final = Problem("cross-site", 403, "The request came from another site")
TOO_SLOW: Final = Problem("too-slow", 408, "The request did not come in time")
TOO_LARGE: Final = Problem("too-large", 413, "The request is too large")
INVALID: Final = Problem("invalid-parameters", 422, "A parameter is missing or not valid")
UNAVAILABLE: Final = Problem("unavailable", 503, "The archive or its index cannot answer now")
TOO_MANY: Final = Problem("too-many", 429, "The key or the address has asked too often")
TOO_DEAR: Final = Problem("too-dear", 429, "The question would take more than its time")
OVERLOADED: Final = Problem("overloaded", 503, "More requests are waiting than this server takes")
INTERNAL: Final = Problem("internal", 500, "Something failed inside")

EVERY_PROBLEM: Final = (
    NOT_FOUND, ARTICLE_NOT_FOUND, ARTICLE_REMOVED, SET_NOT_FOUND, METHOD_NOT_ALLOWED, CROSS_SITE, UNAUTHORISED, TOO_SLOW, TOO_LARGE, INVALID, TOO_MANY, TOO_DEAR, UNAVAILABLE, OVERLOADED,
    INTERNAL,
)  # fmt: skip

_BY_STATUS: Final = {
    401: UNAUTHORISED,
    403: CROSS_SITE,
    408: TOO_SLOW,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    413: TOO_LARGE,
    422: INVALID,
    429: TOO_MANY,
}
_BY_ERROR: Final[Mapping[type[Exception], Problem]] = {
    errors.ArticleRemoved: ARTICLE_REMOVED,
    errors.ArticleNotFound: ARTICLE_NOT_FOUND,
    errors.SearchInvalid: INVALID,
    errors.SetInvalid: SET_NOT_FOUND,
    errors.ArchiveError: UNAVAILABLE,
    errors.SearchIndexError: UNAVAILABLE,
    errors.DataFolderError: UNAVAILABLE,
    errors.NotAnswered: UNAVAILABLE,
    errors.TooDear: TOO_DEAR,
}


def problem_of(error: Exception) -> Problem:
    """The kind of failure an error is; a bug is ``INTERNAL``."""
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(error.status_code, INTERNAL if error.status_code >= 500 else NOT_FOUND)
    for kind in type(error).__mro__:
        if kind in _BY_ERROR:
            return _BY_ERROR[kind]
    return INTERNAL


def problem_response(
    problem: Problem,
    *,
    path: str,
    base: str,
    said: ProblemSaid,
    detail: str = "",
    invalid: Sequence[Mapping[str, Any]] = (),
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """RFC 9457 problem JSON, with ``more`` as its extension members. ``instance`` is the path alone: the query stays
    out of it. ``base`` is what every address of the site begins with. ``said`` is for readers, in the language asked for;
    title and detail are English, for developers."""
    body: dict[str, Any] = {
        "type": base + problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail or problem.title + ".",
        "instance": base + path,
        "message": f"{said.heading}. {said.advice}",
    }
    if invalid:
        body["errors"] = list(invalid)
    body |= more or {}
    return JSONResponse(body, status_code=problem.status, media_type=PROBLEM_JSON, headers=headers)


def is_api(path: str) -> bool:
    """Whether programs ask there, agents among them: they are told of problems in JSON."""
    return path in ("/api", AGENTS_PATH) or path.startswith("/api/")


class ErrorBoundary:
    """ASGI wrapper around everything: what no route handled becomes an answer and one line of the log.

    The log names the method, the endpoint and the frames. It holds neither the query string nor the message of an
    unexpected error, which may quote the query; the messages of ``GisaError`` are written without one.
    """

    def __init__(self, app: ASGIApp, *, answer: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_watched)
        except ClientDisconnect:  # nobody to answer, and nothing has failed
            return
        except Exception as error:  # the server would log its message, which may quote the query
            if not isinstance(error, HTTPException) or error.status_code >= 500:  # a refusal is no failure
                log_failure(scope, error)
            if started:
                raise ConnectionAbortedError("the answer had begun when it failed; see the log above") from None
            response = await self._answer(Request(scope), error)
            await response(scope, receive, send)


def log_failure(scope: Scope, error: BaseException) -> None:
    """Log an error that is not the reader's: where it happened, without what was asked for."""
    endpoint = scope.get("endpoint")
    log.error(
        "%s %s failed\n%s", scope["method"], getattr(endpoint, "__qualname__", "(no route)"), errors.trace_of(error)
    )


def log_template(name: str, error: Exception) -> None:
    """Log a template of the paper's theme that was passed over; its message quotes the template at most."""
    line = getattr(error, "lineno", None)
    place = f"{name}:{line}" if line else name
    log.error("theme/%s failed and was passed over: %s — run `gisa theme check`", place, error)
