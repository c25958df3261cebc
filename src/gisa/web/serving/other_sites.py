"""Which other sites' scripts may read answers (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): those the paper names.

Without credentials: nothing that is a reader's own is ever read from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READABLE: Final = ("/api/", "/search.rss", "/search.atom", "/search.json")
_PREFLIGHT: Final = [
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"authorization"),
    (b"access-control-max-age", b"86400"),
]


class OtherSites:
    """ASGI wrapper that lets pages of ``origins`` read the API and feeds."""

    def __init__(self, app: ASGIApp, *, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origin.encode() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._origins or scope["type"] != "http" or not scope["path"].startswith(_READABLE):
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        origin = headers.get(b"origin", b"")
        allowed = [(b"vary", b"origin")]
        if origin in self._origins:
            allowed.append((b"access-control-allow-origin", origin))
            allowed.append((b"access-control-expose-headers", b"retry-after, ratelimit, content-disposition"))
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            preflight = [*allowed, *(_PREFLIGHT if len(allowed) > 1 else ())]
            await send({"type": "http.response.start", "status": 204, "headers": preflight})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_allowing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *allowed]}
            await send(message)

        await self._app(scope, receive, send_allowing)
