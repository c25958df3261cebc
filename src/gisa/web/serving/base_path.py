"""A site below a path of its host: takes the path off requests. What puts it on links: ``web.pages.links``."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send


class BelowBase:
    """ASGI wrapper around everything: routes know their paths without the base.

    The proxy in front sends paths whole. If it took the base off, ``/search/search`` would come as ``/search``, which could
    then mean either.
    """

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app, self._base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._base and scope["type"] == "http":
            path: str = scope["path"]
            if not path.startswith(self._base + "/"):
                await self._elsewhere(path, scope["query_string"])(scope, receive, send)
                return
            scope["path"] = path.removeprefix(self._base)
        await self._app(scope, receive, send)

    def _elsewhere(self, path: str, query: bytes) -> Response:
        if path == self._base:
            asked = "?" + query.decode("latin-1") if query else ""
            return RedirectResponse(f"{self._base}/{asked}", status_code=308)
        return PlainTextResponse(f"The search is at {self._base}/\n", status_code=404)
