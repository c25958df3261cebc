"""A body that does not come holds no place; one that breaks off is no failure."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from gisa.web.serving.bodies import WholeBodies


def sent(app: Any, messages: list[dict[str, Any]], *, path: str = "/recent/clear", **headers: str) -> list[Any]:
    """What an application answers to a POST whose body comes in these messages, and then no more."""
    answered: list[Any] = []
    waiting = list(messages)

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(60)
        return waiting.pop(0)

    async def send(message: Any) -> None:
        answered.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "http",
        "root_path": "", "http_version": "1.1", "server": ("paper.example", 80), "client": ("192.0.2.1", 1),
        "headers": [(b"sec-fetch-site", b"same-origin"), *((k.encode(), v.encode()) for k, v in headers.items())],
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(app(scope, receive, send), 10))
    return answered


async def say_status(_: Any, error: Any) -> Any:
    return PlainTextResponse(status_code=error.status_code)


async def count(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers with the length of the body."""
    message = await receive()
    await PlainTextResponse(str(len(message["body"])))(scope, receive, send)


def part(length: int, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": b"x" * length, "more_body": more}


BODIES: dict[str, tuple[list[dict[str, Any]], int | None]] = {
    "whole": ([part(5, more=False)], 200),
    "in pieces": ([part(5, more=True), part(5, more=False)], 200),
    "never ending": ([part(5, more=True)], 408),
    "too long": ([part(11, more=False)], 413),
    "too long, and going on": ([part(6, more=True), part(6, more=True)], 413),
    "broken off": ([part(5, more=True), {"type": "http.disconnect"}], None),
}


@pytest.mark.parametrize(("messages", "status"), BODIES.values(), ids=BODIES)
def test_a_body_is_there_or_refused(messages: list[dict[str, Any]], status: int | None) -> None:
    """The application is called with a whole body only."""
    answered = sent(WholeBodies(count, answer=say_status, longest_bytes=10, within_s=0.05), messages)

    assert (answered[0]["status"] if answered else None) == status


def test_an_aborted_post_is_no_failure(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a 500 nor a traceback; it is counted as nginx does, with 499."""
    with caplog.at_level(logging.DEBUG, logger="gisa"):
        answered = sent(app, [part(3, more=True), {"type": "http.disconnect"}])
    metrics = sent_metrics(app)

    assert answered == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert 'status="499"' in metrics


def sent_metrics(app: FastAPI) -> str:
    from tests.web.visitor import Visitor

    return Visitor(app).get("/metrics").text
