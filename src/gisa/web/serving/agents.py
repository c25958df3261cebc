"""``/mcp``: the tools for agents (``gisa.mcp``) behind the server's keys, rates and lane.

There is nothing at that address until the paper has made a key, or where ``gisa[agents]`` is not installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gisa.access import Asker
from gisa.clock import Clock
from gisa.library.keys import KeyFile
from gisa.model import SearchPage
from gisa.quotes.verifying import QuoteCheck
from gisa.search.request import SearchRequest
from gisa.web.pages.own_part import leave_nothing
from gisa.web.serving.askers import asked_by, asker_in
from gisa.web.serving.asking import Asking
from gisa.web.serving.dear import Questions
from gisa.web.serving.security import is_own_origin, origin_of

if TYPE_CHECKING:
    from gisa.library import Library
    from gisa.mcp.calling import PaperFacts

P = ParamSpec("P")
T = TypeVar("T")


class Agents:
    """Answers agents. The SDK is loaded with the first of them."""

    def __init__(self, g: Library, *, keys: KeyFile, clock: Clock, asking: Asking, questions: Questions) -> None:
        self._g, self._keys, self._clock, self._asking, self._questions = g, keys, clock, asking, questions
        self._is_installed = find_spec("mcp") is not None

    @property
    def are_on(self) -> bool:
        """Whether anybody is answered."""
        return self._is_installed and self._keys.any_holds(now=self._clock())

    async def answer(self, request: Request) -> Response:
        """One request without a key that opens nothing (``askers.Refusing``). Raises 404 while there is no key, 403 for another site's page, 401 without a key."""
        if not self.are_on:
            raise HTTPException(404)
        if request.method != "POST":
            raise HTTPException(405, headers={"allow": "POST"})
        settings = self._g.settings
        if not is_own_origin(request.headers, canonical=settings.site.canonical, hosts=settings.serving.hosts):
            raise HTTPException(403)
        if not asked_by(request.scope).key:
            raise HTTPException(401, headers={"www-authenticate": "Bearer"})
        leave_nothing(request)
        from gisa.mcp.http import answer_once
        from gisa.mcp.server import make_server

        caller = _RequestCaller(self._g, request, asking=self._asking, questions=self._questions)
        server = make_server(self._facts, caller, root=origin_of(request, settings) + settings.site.base_path)
        return await answer_once(server, request.scope, request.receive)

    @cached_property
    def _facts(self) -> PaperFacts:
        from gisa.mcp.calling import facts_of

        return facts_of(self._g, clock=self._clock)


class _RequestCaller:
    """Who sent a request: what is dear is asked of the lane, everything else in threads that end with the answer."""

    def __init__(self, g: Library, request: Request, *, asking: Asking, questions: Questions) -> None:
        self._g, self._request, self._asking, self._questions = g, request, asking, questions

    @property
    def asker(self) -> Asker:
        return asker_in(self._request.scope)

    async def search(self, request: SearchRequest, *, facets: bool = False) -> SearchPage:
        return await self._questions.search(request, self._request, facets=facets)

    async def verify_quote(self, sentence: str) -> QuoteCheck:
        return await self._questions.verify_quote(sentence, self._request, asker=self.asker)

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._asking.alone(question, *args, **kwargs)
