"""What is dear is answered in a process of its own, which is ended if it does not answer in time."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.errors import ArticleNotFound, ArticleRemoved, TooDear
from gisa.search.request import SearchRequest
from gisa.web import create_app
from gisa.web.serving.dear import LONG_ARTICLE, MOST_WORDS
from gisa.web.serving.lane import MOST_WAITING, Lane
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor

DEAR = " ".join(f"낱말{number}" for number in range(MOST_WORDS + 1))
"""A query of more words than are looked at on the event loop."""


class Heard:
    """A lane that notes what it is asked, and answers in place or not at all."""

    def __init__(self, library: gisa.Library, *, is_too_dear: bool = False) -> None:
        self._library, self._is_too_dear = library, is_too_dear
        self.asked: list[tuple[str, str]] = []

    async def ask(self, method: str, *args: Any, client: str, forgets: bool = False, **named: Any) -> Any:
        self.asked.append((method, client))
        if self._is_too_dear:
            raise TooDear("it took too long")
        return getattr(self._library, method)(*args, **named)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[gisa.Library]:
    with gisa.open(tmp_path / "paper", clock=clock, monotonic=still) as library:
        library.add(
            [
                *paper(),
                {
                    "id": "long",
                    "title": "긴 글",
                    "body": "바다 소식 " * (LONG_ARTICLE // 5),
                    "published_at": "2026-01-01",
                },
            ]
        )
        yield library


PLACES: dict[str, tuple[str, str | None]] = {
    "an ordinary page": ("/search?q=바다", None),
    "an ordinary search": ("/api/search?q=바다+등대", None),
    "a page of many words": (f"/search?q={DEAR}", "search"),
    "a search for many words": (f"/api/search?q={DEAR}&match=any", "search"),
    "an article": ("/articles/sea-01?q=바다", None),
    "an article with many words marked": (f"/articles/sea-01?q={DEAR}", "article"),
    "the same from the API": (f"/api/articles/sea-01?q={DEAR}", "article"),
    "an explanation": ("/explain?id=sea-01&q=바다", None),
    "an explanation of many words": (f"/explain?id=sea-01&q={DEAR}", "explain"),
    "a long article explained": ("/api/explain?id=long&q=바다", "explain"),
}


@pytest.mark.parametrize(("path", "method"), PLACES.values(), ids=PLACES)
def test_what_is_dear_leaves_the_event_loop(library: gisa.Library, path: str, method: str | None) -> None:
    """Ordinary questions are answered in place, the others by the lane, with the same answer."""
    lane = Heard(library)
    answer = Visitor(create_app(library, clock=clock, monotonic=still, lane=lane)).get(path)
    in_place = Visitor(create_app(library, clock=clock, monotonic=still)).get(path)

    assert [asked for asked, _ in lane.asked] == ([method] if method else [])
    assert (answer.status_code, answer.text) == (200, in_place.text)


@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_what_is_too_dear_is_told(library: gisa.Library, path: str) -> None:
    """429 with Retry-After, and what to do."""
    visitor = Visitor(create_app(library, clock=clock, monotonic=still, lane=Heard(library, is_too_dear=True)))

    answer = visitor.get(path, q=DEAR)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert "기간을 좁혀" in answer.text or answer.json()["type"] == "/api/docs#too-dear"


def in_lane(folder: Path, *, budget_s: float, ask: Callable[[Lane], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        lane = Lane(folder, budget_s=budget_s)
        try:
            return await ask(lane)
        finally:
            lane.close()

    return asyncio.run(run())


def test_the_lane_answers_as_the_library_does(library: gisa.Library) -> None:
    """Pages, articles, explanations and errors come from the other process as they are."""
    folder, request = library.settings.data_dir, SearchRequest("바다")

    async def ask(lane: Lane) -> Any:
        found = await lane.ask("search", request, client="a")
        explained = await lane.ask("explain", "바다", "sea-01", client="a")
        with pytest.raises(ArticleNotFound, match="'none'"):
            await lane.ask("article", "none", client="a")
        return found.total, explained.found

    assert in_lane(folder, budget_s=10, ask=ask) == (66, True)


async def answered(lane: Lane) -> Any:
    """The answer, as soon as the lane has a process again."""
    while True:
        with suppress(TooDear):
            return await lane.ask("search", SearchRequest("바다"), client="a")


def test_a_question_that_runs_away_is_ended(library: gisa.Library) -> None:
    """Within twice the budget, and the next one is answered by a new process."""
    folder = library.settings.data_dir
    took_s = 0.0

    async def ask(lane: Lane) -> Any:
        nonlocal took_s
        await lane.ask("search", SearchRequest("바다"), client="a")
        first = lane._process
        assert first is not None
        os.kill(first.pid, signal.SIGSTOP)  # as busy as can be: it answers nothing any more
        began = time.monotonic()
        with pytest.raises(TooDear, match="too long"):
            await lane.ask("search", SearchRequest("바다"), client="a")
        took_s = time.monotonic() - began
        started = lane._process  # before anybody asks again
        assert started is not None
        return first.has_ended, started is not first, (await answered(lane)).total

    told = in_lane(folder, budget_s=1, ask=ask)

    assert told == (True, True, 66)
    assert took_s < 3


def test_a_process_that_is_being_started_makes_nobody_wait_longer(library: gisa.Library) -> None:
    """On a busy machine a start took ten seconds: it counts, and goes on for whoever asks next."""
    took_s = 0.0

    async def ask(lane: Lane) -> Any:
        nonlocal took_s
        await lane.ask("search", SearchRequest("바다"), client="a")
        lane._begin_anew()
        second = lane._process
        assert second is not None
        os.kill(second.pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(TooDear, match="being started"):
            await lane.ask("search", SearchRequest("바다"), client="a")
        took_s = time.monotonic() - began
        goes_on = lane._process is second and not second.has_ended
        os.kill(second.pid, signal.SIGCONT)
        return goes_on, (await answered(lane)).total

    told = in_lane(library.settings.data_dir, budget_s=1, ask=ask)

    assert told == (True, 66)
    assert took_s < 3


def test_what_is_forgotten_costs_no_process(library: gisa.Library) -> None:
    """Whoever lets nothing be saved is answered by the process that answers everybody, also the next time."""

    async def ask(lane: Lane) -> Any:
        processes = []
        for forgets in (True, True, False):
            found = await lane.ask("search", SearchRequest("바다"), client="a", forgets=forgets)
            processes.append((found.total, lane._process.pid if lane._process is not None else None))
        return processes

    told = in_lane(library.settings.data_dir, budget_s=10, ask=ask)

    assert len(set(told)) == 1


def test_a_client_has_one_question_in_the_lane(library: gisa.Library) -> None:
    """And only so many clients: the others are told at once."""

    async def ask(lane: Lane) -> Any:
        clients = ["a", "a", *(f"b{number}" for number in range(MOST_WAITING))]
        asked = [lane.ask("search", SearchRequest("바다"), client=client) for client in clients]
        return [isinstance(answer, TooDear) for answer in await asyncio.gather(*asked, return_exceptions=True)]

    refused = in_lane(library.settings.data_dir, budget_s=10, ask=ask)

    assert refused == [False, True, *[False] * (MOST_WAITING - 1), True]


@pytest.mark.parametrize(
    "error",
    [
        ArticleNotFound("하나"),
        ArticleRemoved("하나", datetime(2026, 1, 1, tzinfo=UTC), public_reason="오보"),
        TooDear("x"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_over_as_they_are(error: Exception) -> None:
    """With what a page says of them."""
    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
