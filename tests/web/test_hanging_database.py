"""A database that neither answers nor ends its connections: readers are told, and the process stays alive."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

import gisa
from gisa.library import Library
from gisa.web.app import create_app
from tests.servers import new_postgres_url
from tests.web.conftest import clock, paper
from tests.web.visitor import HOST

TIMEOUT_S = 2.0
"""Longer than a thread's first search takes on a busy machine, where it loads what analysis needs."""


class Wire:
    """Passes bytes on between a client and a server, until it is cut off from them without a word."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.may_pass = threading.Event()
        self.may_pass.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = [self._listening]
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.may_pass.set()
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                self._open += [client, server]
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while received := source.recv(65_536):
                self.may_pass.wait()
                target.sendall(received)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[tuple[Library, Wire]]:
    """A server that follows an archive at the other end of a wire."""
    with new_postgres_url() as url:
        parsed = make_url(url)
        wire = Wire(parsed.port or 5432)
        (tmp_path / "gisa.toml").write_text(
            f'archive_url = "{parsed.set(port=wire.port).render_as_string(hide_password=False)}"\n'
            f"[serve]\ntimeout_ms = {int(TIMEOUT_S * 1000)}\nmax_behind_s = 1\n",
            encoding="utf-8",
        )
        with gisa.open(tmp_path, clock=clock) as library:
            library.add(paper())
            library.follow_archive()
            yield library, wire
            wire.may_pass.set()
            pool: Any = library._archive._engines.reads.pool  # type: ignore[attr-defined]  # what hung ends first
            while pool.checkedout():
                time.sleep(0.02)
        wire.close()


def test_liveness_answers_while_the_database_hangs(wired: tuple[Library, Wire]) -> None:
    """Searches, articles and health end in 503 at their time limit; whether the process lives is answered meanwhile."""
    library, wire = wired
    app = create_app(library, clock=clock)

    async def visit() -> tuple[list[int], list[float]]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HOST}") as reader:
            before = await reader.get("/search?q=등대")
            wire.may_pass.clear()
            waiting = [
                asyncio.create_task(reader.get(path)) for path in ("/search?q=바다", "/articles/sea-01", "/api/health")
            ]
            took = []
            for _ in range(5):
                began = time.monotonic()
                assert (await reader.get("/api/health/live")).status_code == 200
                took.append(time.monotonic() - began)
                await asyncio.sleep(0.05)
            answers = [(await each).status_code for each in waiting]
            wire.may_pass.set()
            return [before.status_code, *answers], took

    statuses, took = asyncio.run(visit())

    assert statuses == [200, 503, 503, 503]
    assert max(took) < TIMEOUT_S


def test_a_server_that_hears_nothing_is_not_ready(wired: tuple[Library, Wire], monkeypatch: pytest.MonkeyPatch) -> None:
    """Past ``max_behind_s`` health is 503, and past some seconds no page is answered from memory; then all is well again."""
    library, wire = wired
    monkeypatch.setattr("gisa.library.node.STALE_S", 1.0)
    app = create_app(library, clock=clock)

    async def visit() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HOST}") as reader:
            seen = [(await reader.get(path)).status_code for path in ("/search?q=등대", "/api/health")]
            wire.may_pass.clear()
            await asyncio.sleep(1.5)
            seen += [(await reader.get(path)).status_code for path in ("/search?q=등대", "/api/health")]
            wire.may_pass.set()
            for _ in range(100):
                await asyncio.sleep(0.05)
                if (await reader.get("/api/health")).status_code == 200:
                    break
            return [*seen, (await reader.get("/search?q=등대")).status_code]

    assert asyncio.run(visit()) == [200, 200, 503, 503, 200]
