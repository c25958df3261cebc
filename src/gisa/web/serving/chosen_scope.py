"""What a reader chose last, all results or those about the query, as a cookie: 전체 or 주요 기사. Knows nothing of searches.

An address that says ``about=`` decides, and is remembered. Where a page of results is asked for without it, the reader's choice
is written into the address before anything else reads it, so that links, caches and the page itself know one way only.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.web.serving.security import is_https

COOKIE: Final = "gisa_about"
_MAX_AGE_S: Final = 365 * 24 * 3600
_PATH: Final = "/search"
_CHOICES: Final = {"1": "1", "true": "1", "0": "0", "false": "0"}


class ChosenScope:
    """ASGI wrapper around what answers pages. ``base``: what every path of the site begins with."""

    def __init__(self, app: ASGIApp, *, base: str, trust_proxy: bool) -> None:
        self._app, self._base, self._trust_proxy = app, base, trust_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        chosen = Request(scope).cookies.get(COOKIE, "")
        query: bytes = scope["query_string"]
        asked = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)).get("about")
        if asked is None and chosen in ("0", "1"):
            scope["query_string"] = query + (b"&" if query else b"") + f"about={chosen}".encode()
        now = _CHOICES.get((asked or "").strip().lower())
        line = self._line(scope, now) if now is not None and now != chosen else None

        async def leaving(message: Message) -> None:
            if line is not None and message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"set-cookie", line)]
            await send(message)

        await self._app(scope, receive, leaving)

    def _line(self, scope: Scope, choice: str) -> bytes:
        line = f"{COOKIE}={choice}; Max-Age={_MAX_AGE_S}; Path={self._base}/; HttpOnly; SameSite=Lax"
        secure = is_https(scope["scheme"], Request(scope).headers, trust_proxy=self._trust_proxy)
        return (line + "; Secure" if secure else line).encode("ascii")
