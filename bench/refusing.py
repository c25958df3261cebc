"""Processor time of one refusal, in process: ``python -m bench.refusing DATA``. Each is of an address that nobody has asked before."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from starlette.types import ASGIApp

from bench.machine import describe_machine
from gisa.config import load_settings
from gisa.library import Library
from gisa.web import create_app

_TURNS: Final = 7
_EACH: Final = 1_000


async def _status(app: ASGIApp, number: int) -> int:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/search",
        "raw_path": b"/search",
        "query_string": b"q=%%EC%%84%%BC%%ED%%84%%B0&without=n%d" % number,
        "root_path": "",
        "headers": [(b"host", b"paper.example"), (b"accept-encoding", b"gzip"), (b"user-agent", b"x" * 80)],
        "server": ("paper.example", 80),
        "client": ("127.0.0.1", 1),
    }
    await app(scope, receive, send)
    status: int = sent[0]["status"]
    return status


async def measure(app: ASGIApp) -> float:
    """Milliseconds, the least of several turns: what else the machine does only adds to it."""
    turns = []
    for turn in range(_TURNS):
        began = time.process_time()
        for number in range(_EACH):
            status = await _status(app, turn * _EACH + number)
            if status != 503:
                raise RuntimeError(f"answered with {status}")
        turns.append((time.process_time() - began) / _EACH * 1000)
    return min(turns)


def main(data_dir: Path) -> None:
    settings = load_settings(data_dir)
    settings = replace(settings, serving=replace(settings.serving, max_waiting=0))
    with Library(settings, create=False) as library:
        library.prepare()
        print(*describe_machine(), f"\n{asyncio.run(measure(create_app(library))):.3f} ms a refusal", sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
