"""``/mcp`` over the whole application: keys, rates, other sites' pages, what is dear, and what stays behind."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from fastapi import FastAPI
from mcp.client.streamable_http import streamable_http_client

import gisa
from gisa.access import Scope
from gisa.errors import TooDear
from gisa.library import Library
from gisa.library.keys import KeyFile
from gisa.search.request import SearchRequest
from gisa.web import create_app
from gisa.web.serving import dear
from gisa.web.serving.security import is_own_origin
from mcp import Client
from tests.mcp.agent import Agent, text_of
from tests.mcp.conftest import NOW, REST, articles, clock
from tests.web.conftest import still
from tests.web.visitor import HOST, Visitor

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
TAKES = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("http")
    (folder / "gisa.toml").write_text('[paper]\nname = "시험일보"\n[serve]\nlog = "queries"\n', "utf-8")
    with gisa.open(folder, clock=clock, monotonic=still) as opened:
        report = opened.add(articles())
        assert report.rejected == 0, report.rejects
        yield opened


@pytest.fixture
def app(library: Library) -> FastAPI:
    return create_app(library, clock=clock, monotonic=still)


def new_key(library: Library, *scopes: Scope, **more: Any) -> tuple[str, str]:
    """A key and its id."""
    whole, key = KeyFile(library.settings.keys_path).create("agent", scopes=scopes, now=NOW, **more)
    return whole, key.id


def over_http(
    app: FastAPI, key: str, *, mode: Any = "auto", path: str = "/mcp"
) -> Callable[[], AbstractAsyncContextManager[Client]]:
    """Connects the SDK's client to the application, without a network."""

    @asynccontextmanager
    async def connect() -> AsyncIterator[Client]:
        headers = {"authorization": f"Bearer {key}"}
        transport = httpx2.ASGITransport(app)
        async with (
            httpx2.AsyncClient(transport=transport, headers=headers) as http,
            Client(streamable_http_client(f"http://{HOST}{path}", http_client=http), mode=mode) as client,
        ):
            yield client

    return connect


def post(app: FastAPI, headers: dict[str, str], body: Any = LIST, path: str = "/mcp") -> httpx.Response:
    return Visitor(app).ask("POST", path, content=json.dumps(body), headers=TAKES | headers)


ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "앞바다", "limit": 3}),
    ("read", {"id": "sea-07"}),
    ("verify_quote", {"sentence": "나루 앞바다 소식 7번째다."}),
    ("count", {"query": "앞바다"}),
    ("timeline", {"query": "앞바다"}),
    ("who_said", {"speaker": "김하늘", "limit": 3}),
    ("cite", {"id": "sea-07"}),
]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_answers_over_http(app: FastAPI, library: Library, mode: str) -> None:
    """Clients of either generation of the protocol are answered, statelessly."""
    whole, _ = new_key(library)
    agent = Agent(over_http(app, whole, mode=mode))

    for tool, asked in ASKED:
        assert agent.call(tool, **asked)["source"] == "시험일보"
    assert agent.refused("read", id="ahead")["code"] == "not_found"
    assert agent.call("read", id="long")["article"]["printed"]["address"] == f"http://{HOST}/articles/long"


def test_a_key_opens_what_its_scope_says(app: FastAPI, library: Library) -> None:
    """The same gate as everywhere."""
    plain, subscriber, desk = (new_key(library, *scopes)[0] for scopes in ([], [Scope.SUBSCRIBER], [Scope.DESK]))

    assert REST not in str(Agent(over_http(app, plain)).call("read", id="deep"))
    assert REST in str(Agent(over_http(app, subscriber)).call("read", id="deep"))
    assert Agent(over_http(app, desk)).call("read", id="ahead")["revision"] == 1


def test_there_is_nothing_until_a_key_exists(tmp_path: Path) -> None:
    """404 before the first key and after the last one; a key that opens nothing is told so, as at every address."""
    with gisa.open(tmp_path / "data", clock=clock, monotonic=still) as opened:
        app = create_app(opened, clock=clock, monotonic=still)
        assert post(app, {}).status_code == 404
        assert Visitor(app).get("/mcp").status_code == 404
        assert post(app, {"authorization": "Bearer gisa_00000000_made-up"}).status_code == 401
        assert "/mcp" not in Visitor(app).get("/llms.txt").text

        whole, key_id = new_key(opened)
        assert post(app, {}).status_code == 401
        assert post(app, {"authorization": f"Bearer {whole}"}).status_code == 200
        assert f"](http://{HOST}/mcp)" in Visitor(app).get("/llms.txt").text

        KeyFile(opened.settings.keys_path).revoke(key_id, now=NOW)
        new_key(opened, expires_at=NOW - timedelta(days=1))
        assert post(app, {}).status_code == 404


def test_there_is_nothing_where_the_sdk_is_not_installed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else is served all the same."""
    monkeypatch.setattr("gisa.web.serving.agents.find_spec", lambda _: None)
    whole, _ = new_key(library)
    app = create_app(library, clock=clock, monotonic=still)

    assert post(app, {"authorization": f"Bearer {whole}"}).status_code == 404
    assert Visitor(app).get("/").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"authorization": ""}, 401, id="no key"),
        pytest.param({"authorization": "Bearer gisa_00000000_made-up"}, 401, id="made up"),
        pytest.param({"origin": "https://evil.example"}, 403, id="another site's page"),
        pytest.param({"origin": "null"}, 403, id="a page without an origin"),
        pytest.param({"sec-fetch-site": "cross-site"}, 403, id="a browser, from elsewhere"),
        pytest.param({"origin": f"http://{HOST}"}, 200, id="this site's own page"),
        pytest.param({"content-type": "text/plain"}, 400, id="a form's type"),
        pytest.param({"accept": "text/html"}, 406, id="wants a page"),
    ],
)
def test_who_is_answered(app: FastAPI, library: Library, headers: dict[str, str], status: int) -> None:
    """Whoever shows a key, and no other site's page; answers are kept by nobody."""
    whole, _ = new_key(library)
    response = post(app, {"authorization": f"Bearer {whole}"} | headers)

    assert response.status_code == status
    if status in (401, 403):
        assert response.headers["content-type"] == "application/problem+json"
    if status == 200:
        assert response.headers["cache-control"] == "no-store"
        assert len(response.json()["result"]["tools"]) == 7


def test_the_canonical_site_is_no_other_site() -> None:
    """Behind a proxy that asks by another name, the paper's own pages are known by their address."""
    headers = {"origin": "https://www.naru.example", "host": "10.0.0.2:8000"}

    assert is_own_origin(headers, canonical="https://www.naru.example", hosts=())
    assert not is_own_origin(headers, canonical=None, hosts=())


@pytest.mark.parametrize(
    ("canonical", "hosts", "is_own"),
    [
        pytest.param("https://www.naru.example", (), False, id="the site has one address"),
        pytest.param("https://www.naru.example", ("evil.example",), True, id="a host that the paper named"),
        pytest.param(None, (), True, id="no name is known"),
    ],
)
def test_a_page_whose_name_points_here(canonical: str | None, hosts: tuple[str, ...], is_own: bool) -> None:
    """It names this host as its origin; what the paper says of its own names decides."""
    headers = {"origin": "http://evil.example", "host": "evil.example", "sec-fetch-site": "same-origin"}

    assert is_own_origin(headers, canonical=canonical, hosts=hosts) is is_own


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_are_no_sessions(app: FastAPI, library: Library, method: str) -> None:
    """No stream to listen to, nothing to end."""
    whole, _ = new_key(library)
    response = Visitor(app).ask(method, "/mcp", headers={"authorization": f"Bearer {whole}"})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


def test_a_key_that_is_revoked_is_refused_with_the_next_request(app: FastAPI, library: Library) -> None:
    """In the middle of a session."""
    whole, key_id = new_key(library)
    shown = {"authorization": f"Bearer {whole}"}
    assert post(app, shown).status_code == 200

    KeyFile(library.settings.keys_path).revoke(key_id, now=NOW)

    assert post(app, shown).status_code == 401


def test_a_keys_rate_bounds_its_agent(app: FastAPI, library: Library) -> None:
    """One request too many is told when to come back."""
    whole, _ = new_key(library, per_minute=2)
    shown = {"authorization": f"Bearer {whole}"}

    answers = [post(app, shown) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "retry-after" in answers[-1].headers
    assert "ratelimit" in answers[0].headers


def test_a_body_that_is_too_large_is_not_read(app: FastAPI, library: Library) -> None:
    """Arguments are short."""
    whole, _ = new_key(library)
    response = post(app, {"authorization": f"Bearer {whole}"}, {**LIST, "params": {"x": "y" * 20_000}})

    assert response.status_code == 413


def test_what_an_agent_asks_is_not_logged(app: FastAPI, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """Not even where the server logs readers' queries, and not in an address either."""
    whole, _ = new_key(library)
    with caplog.at_level(logging.DEBUG):
        Agent(over_http(app, whole, path="/mcp?q=비밀검색어")).call("search", query="비밀검색어")

    lines = [record.getMessage() for record in caplog.records if record.name == "gisa.requests"]
    assert {json.loads(line)["route"] for line in lines} == {"mcp"}
    theirs = ("mcp.client", "httpx2")  # the agent's own side, in the same process here
    ours = [record for record in caplog.records if not record.name.startswith(theirs)]
    assert not [record for record in ours if "비밀검색어" in record.getMessage() + str(record.exc_text)]


def test_an_agent_is_not_answered_on_the_event_loop(
    app: FastAPI, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers of the worker do not wait for it."""
    whole, _ = new_key(library)
    threads: set[int] = set()
    for name in ("search", "article", "verify_quote", "quotations"):
        method = getattr(library, name)

        def noted(*args: Any, method: Callable[..., Any] = method, **kwargs: Any) -> Any:
            threads.add(threading.get_ident())
            return method(*args, **kwargs)

        monkeypatch.setattr(library, name, noted)

    agent = Agent(over_http(app, whole))
    for tool, asked in ASKED:
        agent.call(tool, **asked)

    assert threads
    assert threading.get_ident() not in threads


class NotedLane:
    """A lane that answers in place, and notes what it is asked, and whether it has to forget."""

    def __init__(self, library: Library, error: Exception | None = None) -> None:
        self._library, self._error = library, error
        self.asked: list[tuple[str, SearchRequest, bool]] = []

    async def ask(self, method: str, *args: Any, client: str, forgets: bool = False, **named: Any) -> Any:
        assert client
        self.asked.append((method, args[0], forgets))
        if self._error is not None:
            raise self._error
        return getattr(self._library, method)(*args, **named)


def test_a_dear_search_goes_to_the_lane_which_forgets_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a reader's who has switched saving off; and one that takes too long says what to do."""
    monkeypatch.setattr(dear, "MOST_ENTRIES", 0)
    whole, _ = new_key(library)
    lane, late = NotedLane(library), NotedLane(library, TooDear("it took too long"))

    found = Agent(over_http(create_app(library, clock=clock, monotonic=still, lane=lane), whole))
    refused = Agent(over_http(create_app(library, clock=clock, monotonic=still, lane=late), whole))

    assert found.call("count", query="앞바다")["total"] == 40
    assert [(method, request.query, ends) for method, request, ends in lane.asked] == [("search", "앞바다", True)]
    assert refused.refused("count", query="앞바다")["code"] == "too_dear"


def test_a_sentence_is_checked_in_the_lane_as_the_key_may_read(library: Library) -> None:
    """Forty articles are read for it, however long: no thread of the server does that."""
    whole, _ = new_key(library, Scope.SUBSCRIBER)
    lane = NotedLane(library)
    agent = Agent(over_http(create_app(library, clock=clock, monotonic=still, lane=lane), whole))

    assert agent.call("verify_quote", sentence=f"{REST}를 찾겠다")["standing"] == "exact"
    assert [(method, forgets) for method, _, forgets in lane.asked] == [("verify_quote", True)]


def test_a_refusal_is_no_failure(app: FastAPI, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """Wrong keys and keys that ask too often are answered, and write no error to the log."""
    whole, _ = new_key(library, per_minute=1)
    with caplog.at_level(logging.ERROR):
        answers = [post(app, {"authorization": f"Bearer {shown}"}).status_code for shown in (whole, whole, "gisa_none")]

    assert answers == [200, 429, 401]
    assert not caplog.records


def test_below_a_base_path(tmp_path: Path) -> None:
    """The endpoint moves with the site, and addresses are those of the site."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "gisa.toml").write_text(
        '[site]\nbase_path = "/search"\ncanonical = "https://www.naru.example"\n', "utf-8"
    )
    with gisa.open(folder, clock=clock, monotonic=still) as opened:
        opened.add(articles()[40:41])
        whole, _ = new_key(opened)
        app = create_app(opened, clock=clock, monotonic=still)
        agent = Agent(over_http(app, whole, path="/search/mcp"))

        address = agent.call("read", id="long")["article"]["printed"]["address"]
        assert address == "https://www.naru.example/search/articles/long"
        assert post(app, {"authorization": f"Bearer {whole}"}).status_code == 404


def test_readers_are_answered_while_an_agent_waits(
    app: FastAPI, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tool that takes its time holds up its own agent alone."""
    whole, _ = new_key(library)
    may_go_on = threading.Event()
    verify = library.verify_quote

    def slow(*args: Any, **kwargs: Any) -> Any:
        assert may_go_on.wait(10)
        return verify(*args, **kwargs)

    monkeypatch.setattr(library, "verify_quote", slow)

    async def both() -> tuple[int, str]:
        async with over_http(app, whole)() as client:
            waiting = asyncio.create_task(client.call_tool("verify_quote", {"sentence": "나루 앞바다 소식 7번째다."}))
            await asyncio.sleep(0.05)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HOST}") as reader:
                status = (await reader.get("/search?q=바다")).status_code
            may_go_on.set()
            return status, text_of(await waiting)

    status, said = asyncio.run(both())
    assert status == 200
    assert json.loads(said)["standing"] == "exact"
