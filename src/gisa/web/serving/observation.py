"""Seeing what the server does: every answer counted, and logged as one line of JSON where the paper wants it.

A log line holds method, route, status, milliseconds and bytes. The query is in it only under ``log = "queries"``, and never
for a reader who has switched saving off.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.config import RequestLog
from gisa.model import SEOUL
from gisa.web.pages.own_part import saves
from gisa.web.serving.metrics import Metrics

ABORTED: Final = 499
"""How a request is counted whose sender went before it was answered; nginx's number for it."""

log: Final = logging.getLogger("gisa.requests")


class Observation:
    """ASGI wrapper around everything that answers."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        request_log: RequestLog,
        clock: Callable[[], datetime],
        label: Callable[[str], str],
    ) -> None:
        """``label`` names the route of a path."""
        self._app, self._metrics, self._log, self._clock = app, metrics, request_log, clock
        self._label = label

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status, size = ABORTED, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            seconds = time.perf_counter() - started
            route = self._label(scope["path"])
            self._metrics.answered(route=route, status=status, seconds=seconds)
            if self._log is not RequestLog.OFF:
                self._write(scope, route=route, status=status, seconds=seconds, size_bytes=size)

    def _write(self, scope: Scope, *, route: str, status: int, seconds: float, size_bytes: int) -> None:
        line: dict[str, object] = {
            "at": self._clock().astimezone(SEOUL).isoformat(timespec="milliseconds"),
            "method": scope["method"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "bytes": size_bytes,
        }
        if self._log is RequestLog.QUERIES and saves(scope):
            query = parse_qs(scope["query_string"].decode("ascii", "replace")).get("q")
            if query:
                line["query"] = query[0]
        log.info("%s", json.dumps(line, ensure_ascii=False))
