"""An archive or index on another machine is asked in threads, with a time limit; the event loop never waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from gisa.library import Library
from gisa.web.app import create_app
from gisa.web.serving.asking import Asking
from tests.web.conftest import clock, paper
from tests.web.visitor import HOST

PATIENCE_S = 10.0


class Remote:
    """A library's archive as if it were on another machine: notes the threads that ask it, and may keep them waiting."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.is_local = False
        self.threads: set[int] = set()
        self.may_answer = threading.Event()
        self.is_asked = threading.Event()
        self.may_answer.set()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._archive, name)
        if not callable(method):
            return method

        def asked(*args: Any, **kwargs: Any) -> Any:
            self.threads.add(threading.get_ident())
            self.is_asked.set()
            assert self.may_answer.wait(PATIENCE_S)
            return method(*args, **kwargs)

        return asked


@pytest.fixture
def remote(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    """The archive of ``library``, from now on on another machine."""
    library.add(paper())
    archive = Remote(library._archive)
    monkeypatch.setattr(library, "_archive", archive)
    monkeypatch.setattr(library._searches, "_archive", archive)
    monkeypatch.setattr(library._searches, "_made", None)  # the next asks the archive as it is now
    yield archive
    archive.may_answer.set()


def client_of(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HOST}")


PATHS = [
    "/",
    "/search?q=바다",
    "/search?q=바다&page=60",
    "/search?q=없는말",
    "/articles/sea-01?q=바다",
    "/explain?q=바다&id=sea-01",
    "/explain?id=sea-01",
    "/api/search?q=바다&facets=true",
    "/api/articles/sea-01?q=바다",
    "/api/explain?q=바다&id=sea-01",
    "/api/health",
    "/metrics",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_route_asks_a_remote_archive_on_the_event_loop(library: Library, remote: Remote, path: str) -> None:
    """Whatever the page, it is another thread that waits for the archive."""

    async def ask() -> tuple[int, int]:
        async with client_of(create_app(library, clock=clock)) as client:
            return (await client.get(path)).status_code, threading.get_ident()

    status, loop_thread = asyncio.run(ask())

    assert status == 200
    assert remote.threads
    assert loop_thread not in remote.threads


def test_the_server_is_alive_while_the_archive_takes_its_time(library: Library, remote: Remote) -> None:
    """A search that waits for the archive keeps no other request waiting."""

    async def ask() -> tuple[int, bool, int]:
        async with client_of(create_app(library, clock=clock)) as client:
            remote.may_answer.clear()
            search = asyncio.create_task(client.get("/search?q=바다"))
            while not remote.is_asked.is_set():
                await asyncio.sleep(0.001)
            alive = await client.get("/api/health/live")
            was_waiting = not search.done()
            remote.may_answer.set()
            return alive.status_code, was_waiting, (await search).status_code

    assert asyncio.run(ask()) == (200, True, 200)


def test_what_takes_too_long_is_told_to_come_back(library: Library, remote: Remote) -> None:
    """After the time limit the reader gets 503 with Retry-After, as a problem or as a page."""
    object.__setattr__(library.settings.serving, "timeout_ms", 50)

    async def ask() -> list[httpx.Response]:
        async with client_of(create_app(library, clock=clock)) as client:
            remote.may_answer.clear()
            answers = [await client.get(path) for path in ("/api/articles/sea-01", "/articles/sea-01")]
            remote.may_answer.set()
            return answers

    problem, page = asyncio.run(ask())

    assert (problem.status_code, problem.json()["type"]) == (503, "/api/docs#unavailable")
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")


def _raise_timeout() -> None:
    raise TimeoutError("its own")


@pytest.mark.parametrize("is_local", [True, False])
def test_what_a_question_raises_comes_through(is_local: bool) -> None:
    """Its own errors are not taken for the time limit."""
    asking = Asking(is_local=is_local, threads=1, timeout_s=PATIENCE_S)

    with pytest.raises(TimeoutError, match="its own"):
        asyncio.run(asking(_raise_timeout))


def test_a_local_library_is_asked_in_place() -> None:
    """No thread is started for what answers in a millisecond."""

    async def ask(question: Callable[[], int]) -> int:
        return await Asking(is_local=True, threads=1, timeout_s=PATIENCE_S)(question)

    assert asyncio.run(ask(threading.get_ident)) == threading.get_ident()
