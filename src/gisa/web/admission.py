"""How many requests may wait in one server process: past that a reader is told at once to come back, instead of waiting.

A search is answered on the event loop itself (see ``pages``), so what waits, waits for the loop. Each request first steps
aside once; whoever came meanwhile is counted before the next search begins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class Admission:
    """ASGI wrapper that lets at most ``limit`` requests be under way."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit: int,
        refuse: Callable[[Request], Awaitable[Response]],
        always: frozenset[str] = frozenset(),
    ) -> None:
        """``refuse`` answers (and counts) those beyond the limit; paths in ``always`` are never refused (health, metrics)."""
        self._app, self._limit, self._refuse, self._always = app, limit, refuse, always
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._always:
            await self._app(scope, receive, send)
            return
        if self.under_way >= self._limit:
            response = await self._refuse(Request(scope))
            await response(scope, receive, send)
            return
        self.under_way += 1
        try:
            await asyncio.sleep(0)
            await self._app(scope, receive, send)
        finally:
            self.under_way -= 1
