"""Which names this server answers to. A page of another site whose name was made to point here (DNS rebinding) gets nothing."""

from __future__ import annotations

from collections.abc import Collection

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class KnownHosts:
    """ASGI wrapper that refuses requests for other hosts, and those that name two."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], always: Collection[str]) -> None:
        """``hosts``: names without ports, ``*.paper.example`` for all below; empty for any. ``always``: paths that a
        load balancer asks by address."""
        self._app, self._always = app, frozenset(always)
        self._names = frozenset(name.lower() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._answers_to(scope):
            await self._app(scope, receive, send)
            return
        response = PlainTextResponse("This server does not answer to that name.\n", status_code=421)
        await response(scope, receive, send)

    def _answers_to(self, scope: Scope) -> bool:
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) > 1:
            return False
        if not self._names or scope["path"] in self._always:
            return True
        host = _without_port(named[0].decode("latin-1").lower()) if named else ""
        return host in self._names or any(f"*{host[at:]}" in self._names for at, mark in enumerate(host) if mark == ".")


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].rstrip(".")
