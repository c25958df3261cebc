"""How answers travel: compressed, with an ETag, remembered where they may be and forgotten when the archive changes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import zstandard
from fastapi import FastAPI

import gisa
from gisa.service import Gisa
from gisa.web import create_app
from gisa.web.admission import Admission
from gisa.web.cache import AnswerCache
from gisa.web.delivery import Answer
from tests.web.conftest import NOW, clock, paper, still
from tests.web.visitor import Visitor


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Gisa]:
    """The paper in a folder of its own, to be changed."""
    with gisa.open(tmp_path / "paper", clock=clock, monotonic=still) as library:
        library.add(paper())
        yield library


@pytest.fixture
def asked(library: Gisa, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every query that reaches the archive from now on."""
    queries: list[str] = []
    search = library.search

    def listening(query: str, **named: Any) -> Any:
        queries.append(query)
        return search(query, **named)

    monkeypatch.setattr(library, "search", listening)
    return queries


def get(app: FastAPI, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they travel; ``_`` in a header's name stands for ``-``."""
    found: dict[str, Any] = {}

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                found["status"] = message["status"]
                found["headers"] = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                found["body"] = found.get("body", b"") + message.get("body", b"")

        url = httpx.URL(f"http://paper.example{path}")
        await app(
            {
                "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
                "path": url.path, "raw_path": url.raw_path, "query_string": url.query, "root_path": "",
                "headers": [(b"host", b"paper.example")]
                + [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
                "server": ("paper.example", 80), "client": ("127.0.0.1", 1),
            },
            receive,
            send,
        )  # fmt: skip

    asyncio.run(ask())
    return found["status"], found["headers"], found["body"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, zstd;q=0", "gzip"),
        ("br", None),
        ("", None),
        ("zstd;q=0.0,gzip;q=0", None),
    ],
)
def test_answers_are_compressed_as_the_reader_takes_them(app: FastAPI, accepted: str, encoding: str | None) -> None:
    """zstd before gzip, neither where it is not wanted; the text is the same."""
    plain = get(app, "/search?q=바다")[2]

    status, headers, body = get(app, "/search?q=바다", accept_encoding=accepted)

    assert (status, headers.get("content-encoding")) == (200, encoding)
    assert _unpacked(body, encoding) == plain
    assert int(headers["content-length"]) == len(body)
    assert "accept-encoding" in headers["vary"]


def _unpacked(body: bytes, encoding: str | None) -> bytes:
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().decompress(body)
    return gzip.decompress(body) if encoding == "gzip" else body


@pytest.mark.parametrize("path", ["/search?q=바다", "/api/search?q=바다", "/articles/sea-01", "/"])
def test_a_reader_who_has_the_answer_is_told_so(app: FastAPI, path: str) -> None:
    """With the ETag of the same answer: 304, and no body."""
    _, headers, _ = get(app, path)

    status, again, body = get(app, path, if_none_match=headers["etag"])

    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]


def test_the_same_question_costs_nothing_the_second_time(library: Gisa, asked: list[str]) -> None:
    """Readers without a cookie share one answer, cookie and all."""
    app = create_app(library, clock=clock)
    first = get(app, "/search?q=바다")

    second = get(app, "/search?q=바다")

    assert second == first
    assert "gisa_recent=" in second[1]["set-cookie"]
    assert asked == ["바다"]


def test_what_depends_on_a_readers_cookie_is_not_shared(library: Gisa) -> None:
    """One reader's recent searches never show on another's page."""
    app = create_app(library, clock=clock)
    one, other = Visitor(app), Visitor(app)
    one.get("/search", q="비밀스러운낱말")
    one.get("/search", q="바다")

    page = other.get("/search", q="바다").text

    assert "비밀스러운낱말" not in page


def test_nothing_is_remembered_of_a_reader_who_has_switched_saving_off(library: Gisa, asked: list[str]) -> None:
    """Their question is asked anew each time, and leaves nothing behind for others."""
    app = create_app(library, clock=clock)
    reader = Visitor(app)
    reader.post("/recent/off", next="/")
    reader.get("/search", q="바다")
    reader.get("/search", q="바다")

    get(app, "/search?q=바다")

    assert asked == ["바다", "바다", "바다"]


def test_a_change_of_the_archive_shows_at_once(library: Gisa) -> None:
    """Removed, corrected and added articles change the next answer of every kind."""
    app = create_app(library, clock=clock)
    paths = ("/search?q=등대", "/api/search?q=등대&limit=100", "/articles/sea-01", "/api/articles/sea-01", "/")
    before = {path: get(app, path) for path in paths}
    assert all(status == 200 for status, _, _ in before.values())

    library.remove(["sea-01"])
    library.add([{"id": "new", "title": "등대 새 소식", "body": "등대", "published_at": NOW.isoformat()}])
    after = {path: get(app, path) for path in paths}

    assert [after[path][0] for path in paths] == [200, 200, 410, 410, 200]
    assert "</mark> 새 소식" in after["/search?q=등대"][2].decode()
    assert "sea-01" not in after["/api/search?q=등대&limit=100"][2].decode()
    assert "등대 새 소식" in after["/"][2].decode()


def test_failures_are_not_remembered(library: Gisa, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment's failure the next reader is answered."""
    app = create_app(library, clock=clock)
    with monkeypatch.context() as patched:
        patched.setattr(library, "search", lambda *_, **__: (_ for _ in ()).throw(gisa.GisaError("out of order")))
        failed = get(app, "/search?q=바다")

    answered = get(app, "/search?q=바다")

    assert failed[0] >= 500
    assert answered[0] == 200


def test_the_least_recently_used_goes_first() -> None:
    """The cache holds its limit, and a stamp of another archive empties it."""
    cache: AnswerCache[Answer] = AnswerCache(limit_bytes=20_000)
    cache.get("first", stamp=1)
    for name in ("first", "second", "third", "fourth", "fifth", "sixth"):
        cache.keep(name, Answer(200, [], b"x" * 900), stamp=1)
        cache.get("first", stamp=1)
    cache.keep("of another time", Answer(200, [], b"x"), stamp=2)

    kept = [name for name in ("first", "second", "sixth", "of another time") if cache.get(name, stamp=1)]

    assert kept == ["first", "second", "sixth"]
    assert cache.size_bytes <= 20_000
    assert cache.get("first", stamp=2) is None
    assert cache.size_bytes == 0


def test_more_than_may_wait_are_told_to_come_back(library: Gisa) -> None:
    """Of a crowd some are answered and the others get 503 with Retry-After, on pages and in the API; health answers."""
    (library.settings.data_dir / "gisa.toml").write_text("[serve]\nmax_waiting = 3\n", encoding="utf-8")
    with gisa.open(library.settings.data_dir, clock=clock) as limited:
        app = create_app(limited, clock=clock)

        async def crowd() -> list[httpx.Response]:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://paper.example") as client:
                paths = [*(f"/search?q=바다{n}" for n in range(10)), "/api/search?q=바다", "/api/health"]
                return list(await asyncio.gather(*map(client.get, paths)))

        *answers, of_api, health = asyncio.run(crowd())
    refused = [answer for answer in answers if answer.status_code == 503]

    assert 1 <= len(refused) < 10
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert "지금 찾는 분이 많습니다" in refused[0].text
    assert of_api.json()["type"] == "/api/docs#overloaded"
    assert health.status_code == 200


def test_each_waits_once() -> None:
    """As many as may are let in, the others are answered by the refusal, and nobody is left counted."""
    refused = 0

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.01)

    async def refuse(_: Any) -> Any:
        nonlocal refused
        refused += 1

        async def nothing(*_: Any) -> None:
            return None

        return nothing

    admission = Admission(slow, limit=2, budget_s=None, refuse=refuse, monotonic=still)

    async def crowd() -> None:
        scope = {"type": "http", "path": "/"}
        await asyncio.gather(*(admission(scope, None, None) for _ in range(5)))  # type: ignore[arg-type]  # unused here

    asyncio.run(crowd())

    assert (refused, admission.under_way) == (3, 0)
