"""Bodies of requests, read whole before anything waits for them: small ones, within seconds. Understands none.

A body that never comes must hold no place that a reader could have: 300 of them were 503 for everybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BYTES: Final = 16_384
"""Of a body. Our largest form holds one query and one address of this site."""
WITHIN_S: Final = 5.0
"""In which a body must have come: a form takes one packet."""


class WholeBodies:
    """ASGI wrapper that calls its application when the body is there, and answers 408 or 413 itself if it is not."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        answer: Callable[[Request, Exception], Awaitable[Response]],
        longest_bytes: int = LONGEST_BYTES,
        within_s: float = WITHIN_S,
    ) -> None:
        self._app, self._answer = app, answer
        self._longest_bytes, self._within_s = longest_bytes, within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._within_s):
                body = await self._read(receive)
        except TimeoutError:
            await self._refuse(408, scope, receive, send)
            return
        if body is None:  # the reader has gone: nobody to answer
            return
        if len(body) > self._longest_bytes:
            await self._refuse(413, scope, receive, send)
            return
        is_given = False

        async def give() -> Message:
            nonlocal is_given
            if is_given:
                return {"type": "http.disconnect"}
            is_given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, give, send)

    async def _read(self, receive: Receive) -> bytearray | None:
        """The body, or as much of it as shows that it is too long; None if its sender has gone."""
        body = bytearray()
        while len(body) <= self._longest_bytes:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return body

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope), HTTPException(status))
        response.headers["connection"] = "close"
        await response(scope, receive, send)
