"""How many requests may wait in one server process, and how long: past that a reader is told at once to come back.

A search is answered on the event loop itself (see ``pages``), so what waits, waits for the loop. Requests take turns, one in each round
of the loop: whoever came during a search is seen, counted and, where there are too many, answered before the next search
begins, and so is what needs none (pages from memory, health). Who has waited longer than a search may take is turned away
before any work is done: most such readers have gone, and those behind them wait the shorter.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gisa.clock import Monotonic

_TIME_LEFT: Final = "gisa.time_left"


class Admission:
    """ASGI wrapper that lets at most ``limit`` requests be under way, each of which must begin within ``budget_s``."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit: int,
        budget_s: float | None,
        refuse: Callable[[Request], Awaitable[Response]],
        monotonic: Monotonic,
        always: frozenset[str] = frozenset(),
    ) -> None:
        """``refuse`` answers (and counts) those turned away; paths in ``always`` never are (health, metrics)."""
        self._app, self._limit, self._budget_s = app, limit, budget_s
        self._refuse, self._monotonic, self._always = refuse, monotonic, always
        self._turns = _Turns()
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._always:
            await self._app(scope, receive, send)
            return
        if self.under_way >= self._limit:
            await self._turn_away(scope, receive, send)
            return
        came = self._monotonic()
        self.under_way += 1
        try:
            await self._turns.take()
            if self._budget_s is not None:
                left_s = self._budget_s - (self._monotonic() - came)
                if left_s <= 0:
                    await self._turn_away(scope, receive, send)
                    return
                scope[_TIME_LEFT] = left_s
            await self._app(scope, receive, send)
        finally:
            self.under_way -= 1

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._refuse(Request(scope))
        await response(scope, receive, send)


class _Turns:
    """Lets those who wait go on one after the other, each in a round of the event loop of its own."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_called = False

    async def take(self) -> None:
        """Return when it is one's turn."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append(turn)
        if not self._is_called:
            self._is_called = True
            loop.call_soon(self._call, loop)
        await turn

    def _call(self, loop: asyncio.AbstractEventLoop) -> None:
        """Call the next who still waits; the one after it is called in the next round, when this one's search is done."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # its reader has not gone
                turn.set_result(None)
                break
        self._is_called = bool(self._waiting)
        if self._is_called:
            loop.call_soon(self._call, loop)


def time_left_s(request: Request) -> float | None:
    """What the request's waiting has left of its time when it was let in; None where there is no limit."""
    left_s: float | None = request.scope.get(_TIME_LEFT)
    return left_s
