"""How many requests may wait in one server process, and how long: past that a reader is told to come back.

A search is answered on the event loop itself (see ``pages``), so what waits, waits for the loop. Requests take turns, one in each round
of the loop, and clients share them (``turns``): whoever came during a search is seen, counted and, if there are too many, refused
before the next search begins, and so is what needs no turn (pages from memory, health). A request that has waited longer than a
search may take is refused before any work is done: most such readers have gone, and those behind them wait less.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gisa.clock import Monotonic
from gisa.web.serving.noted import Noted
from gisa.web.serving.turns import Turns

_TIME_LEFT_S: Final = Noted[float]("time_left_s")
HOLD_S: Final = 1.0
"""How long an answer that refuses is held back: a client that asks again at once would have the process do nothing but refuse.
At 512 connections 4 searches a second were answered, of 27 at 16."""
_MOST_HELD: Final = 256
"""Refusals held back at once; beyond it they go out at once, since each keeps a connection."""


@dataclass(slots=True)
class Places:
    """How many requests are under way in this process, of how many that may be."""

    limit: int
    under_way: int = 0

    @property
    def are_taken(self) -> bool:
        return self.under_way >= self.limit


class Admission:
    """ASGI wrapper that lets in as many requests as there are ``places``, each of which must begin within ``budget_s``."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        places: Places,
        budget_s: float | None,
        refuse: Callable[[Request], Awaitable[Response]],
        monotonic: Monotonic,
        client_of: Callable[[Scope], str],
        always: frozenset[str] = frozenset(),
        hold_s: float = 0.0,
    ) -> None:
        """``refuse`` answers (and counts) those turned away; paths in ``always`` never are (health, metrics).

        ``client_of`` says who shares turns; ``hold_s``: see ``HOLD_S``.
        """
        self._app, self._places, self._budget_s = app, places, budget_s
        self._refuse, self._monotonic, self._always = refuse, monotonic, always
        self._client_of, self._hold_s = client_of, hold_s
        self._turns = Turns()
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._always:
            await self._app(scope, receive, send)
            return
        client = self._client_of(scope)
        if self._places.are_taken and not self._turns.give_up_place(client):
            await self._turn_away(scope, receive, send)
            return
        came = self._monotonic()
        self._places.under_way += 1
        try:
            is_let_in = await self._turns.take(client)
            began = self._monotonic()
            if is_let_in and self._budget_s is not None:
                left_s = self._budget_s - (began - came)
                _TIME_LEFT_S.put(scope, left_s)
                is_let_in = left_s > 0
            if is_let_in:
                await self._app(scope, receive, send)
                self._turns.used(client, self._monotonic() - began)
        finally:
            self._places.under_way -= 1
        if not is_let_in:
            await self._turn_away(scope, receive, send)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._hold_s and self._held < _MOST_HELD:
            self._held += 1
            try:
                await asyncio.sleep(self._hold_s)
            finally:
                self._held -= 1
        response = await self._refuse(Request(scope))
        await response(scope, receive, send)


def time_left_s(request: Request) -> float | None:
    """What the request's waiting has left of its time when it was let in; None where there is no limit."""
    return _TIME_LEFT_S.of(request.scope)
