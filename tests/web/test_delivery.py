"""How answers travel: compressed, with an ETag, remembered where they may be and forgotten when the archive changes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Hashable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pytest
import zstandard
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

import gisa
from gisa.config import Site
from gisa.library import Library
from gisa.search.request import SearchRequest
from gisa.web import create_app
from gisa.web.pages.recent import COOKIE, EMPTY, decode, encode
from gisa.web.serving.admission import Admission, Places
from gisa.web.serving.cache import AnswerCache
from gisa.web.serving.delivery import Delivery
from gisa.web.serving.response import Answer
from tests.web.conftest import NOW, clock, paper, still
from tests.web.visitor import Visitor, texts


def nobody(_scope: Any) -> str:
    """One client for all."""
    return ""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The paper in a folder of its own, to be changed."""
    with gisa.open(tmp_path / "paper", clock=clock, monotonic=still) as library:
        library.add(paper())
        yield library


@pytest.fixture
def asked(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every query that reaches the archive from now on."""
    queries: list[str] = []
    search = library.search

    def listening(request: SearchRequest, **named: Any) -> Any:
        queries.append(request.query)
        return search(request, **named)

    monkeypatch.setattr(library, "search", listening)
    return queries


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Hashable]:
    """Every key under which something is remembered from now on."""
    keys: list[Hashable] = []
    keep = AnswerCache.keep

    def listening(cache: AnswerCache[Any], key: Hashable, answer: Any, *, stamp: Hashable) -> None:
        keys.append(key)
        keep(cache, key, answer, stamp=stamp)

    monkeypatch.setattr(AnswerCache, "keep", listening)
    return keys


def get(app: FastAPI, path: str, *, cookies: tuple[str, ...] = (), **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they travel; ``_`` in a header's name stands for ``-``, ``cookies`` are lines."""
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
                "headers": [(b"host", b"paper.example"), *((b"cookie", line.encode()) for line in cookies)]
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


def _cookie(headers: dict[str, str]) -> str:
    return SimpleCookie(headers["set-cookie"])[COOKIE].value


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


def test_the_same_question_costs_nothing_the_second_time(library: Library, asked: list[str]) -> None:
    """Readers without a cookie share one answer, cookie and all."""
    app = create_app(library, clock=clock, monotonic=still)
    first = get(app, "/search?q=바다")

    second = get(app, "/search?q=바다")

    assert second == first
    assert "gisa_recent=" in second[1]["set-cookie"]
    assert asked == ["바다"]


def test_what_depends_on_a_readers_cookie_is_not_shared(library: Library) -> None:
    """One reader's recent searches never show on another's page."""
    app = create_app(library, clock=clock, monotonic=still)
    one, other = Visitor(app), Visitor(app)
    one.get("/search", q="비밀스러운낱말")
    one.get("/search", q="바다")

    page = other.get("/search", q="바다").text

    assert "비밀스러운낱말" not in page


def test_one_search_has_one_answer_however_it_is_spelt(library: Library, asked: list[str]) -> None:
    """The cache knows an address by the search it asks for, and by what is shown of recent searches."""
    app = create_app(library, clock=clock, monotonic=still)
    first = get(app, "/search?q=바다&section=지역")

    assert get(app, "/search?section=지역&sort=newest&q=%20바다&page=1&utm_source=letter") == first
    assert asked == ["바다"]
    get(app, "/search?q=바다&section=지역&recent=changed")
    get(app, "/search?q=바다&section=지역&title_only=1")
    assert len(asked) == 3


def test_readers_who_come_back_share_one_answer(library: Library, asked: list[str]) -> None:
    """Each has a list and a cookie of their own; the search is made once, whoever of them asks first."""
    app = create_app(library, clock=clock, monotonic=still)
    new, one, other = Visitor(app), Visitor(app), Visitor(app)
    one.get("/search", q="등대")
    other.get("/search", q="나루")
    asked.clear()

    pages = [reader.page("/search", q="바다") for reader in (one, new, other, one)]

    assert asked == ["바다"]
    assert [texts(page, ".recent li a") for page in pages] == [
        ["바다", "등대"],
        ["바다"],
        ["바다", "나루"],
        ["바다", "등대"],
    ]
    assert [len(page.css(".hit")) for page in pages] == [20] * 4


def test_a_page_from_memory_is_the_page_to_the_byte(library: Library) -> None:
    """Status, headers, cookie and body of every page that depends on a reader, as a server gives them that remembers none."""
    remembering = create_app(library, clock=clock, monotonic=still)
    (library.settings.data_dir / "gisa.toml").write_text("[serve]\ncache_mb = 0\n", encoding="utf-8")
    cookies = [
        None,
        encode(EMPTY.record("등대", day=NOW.date())),
        encode(EMPTY.record("바다", day=NOW.date() - timedelta(days=1)).record("<b>'\"&", day=NOW.date())),
        encode(EMPTY.switch_off(keep=False)),
        encode(EMPTY.record("등대", day=NOW.date()).switch_off(keep=True)),
        "broken!",
        "",
    ]
    paths = (
        "/",
        "/?recent=off",
        "/search?q=바다",
        "/search?q=바다&recent=off",
        "/search?q=바다&recent=changed",
        "/search?q=바다&page=2",
        "/search?q=" + "바다 " * 60,
        "/search?q=,",
        "/articles/sea-01?q=바다",
        "/api/search?q=바다",
    )
    with gisa.open(library.settings.data_dir, clock=clock, monotonic=still) as same:
        forgetting = create_app(same, clock=clock, monotonic=still)
        for path in paths:
            for _ in range(2):
                for cookie in cookies:
                    lines = () if cookie is None else (f"other=1; gisa_recent={cookie}",)
                    one, other = (get(app, path, cookies=lines) for app in (remembering, forgetting))
                    assert one == other, (path, cookie)


def test_a_page_loaded_ahead_is_not_the_page_of_a_search(library: Library) -> None:
    """Whoever asked first, a prefetch adds nothing to a reader's list and a search does."""
    app = create_app(library, clock=clock, monotonic=still)
    cookie = f"gisa_recent={encode(EMPTY.record('등대', day=NOW.date()))}"

    ahead = get(app, "/search?q=바다", cookie=cookie, sec_purpose="prefetch")
    searched = get(app, "/search?q=바다", cookie=cookie)

    assert "set-cookie" not in ahead[1]
    assert [entry.query for entry in decode(_cookie(searched[1])).entries] == ["바다", "등대"]


def test_a_takedown_shows_at_once_to_readers_who_come_back(library: Library) -> None:
    """What was remembered for them is gone with the change of the archive, for everybody and for good."""
    app = create_app(library, clock=clock, monotonic=still)
    reader = Visitor(app)
    before = [reader.get("/search", q="등대") for _ in range(2)][-1]

    library.remove(["sea-01"])

    assert 'href="/articles/sea-01?' in before.text
    assert 'href="/articles/sea-01?' not in reader.get("/search", q="등대").text


def test_pages_for_readers_who_come_back_count_as_remembered(library: Library) -> None:
    """The metrics see what readers with a cookie get from memory."""
    app = create_app(library, clock=clock, monotonic=still)
    for _ in range(2):
        reader = Visitor(app)
        reader.get("/search", q="등대")
        reader.get("/search", q="바다")

    text = Visitor(app).get("/metrics").text

    assert 'gisa_remembered_answers_total{outcome="hit"} 2.0' in text
    assert 'gisa_remembered_answers_total{outcome="miss"} 2.0' in text


@pytest.mark.parametrize("keep", [False, True])
def test_who_has_switched_saving_off_is_answered_from_memory_and_leaves_nothing(
    library: Library, asked: list[str], kept: list[Hashable], *, keep: bool
) -> None:
    """What others have asked is at hand for them; what only they have asked is kept nowhere, not as a key either."""
    app = create_app(library, clock=clock, monotonic=still)
    get(app, "/search?q=바다")
    cookie = f"gisa_recent={encode(EMPTY.record('등대', day=NOW.date()).switch_off(keep=keep))}"
    before = list(asked), list(kept)

    shared = get(app, "/search?q=바다", cookie=cookie)
    secret = [get(app, "/search?q=등대", cookie=cookie) for _ in range(2)]

    assert asked == [*before[0], "등대", "등대"]
    assert kept == before[1]
    assert all("set-cookie" not in answer[1] for answer in (shared, *secret))
    assert "검색어 저장 기능이 꺼져 있습니다." in shared[2].decode()


def test_a_cookie_in_a_line_of_its_own_is_seen(library: Library, kept: list[Hashable]) -> None:
    """HTTP/2 may send each cookie by itself, Gisa's last or first."""
    app = create_app(library, clock=clock, monotonic=still)
    off = f"gisa_recent={encode(EMPTY.switch_off(keep=False))}"
    for lines in ((off, "other=1"), ("other=1", off)):
        status, _, body = get(app, "/search?q=비밀", cookies=lines)

        assert status == 200
        assert "검색어 저장 기능이 꺼져 있습니다." in body.decode()
    assert kept == []


def test_nothing_is_remembered_of_a_reader_who_has_switched_saving_off(library: Library, asked: list[str]) -> None:
    """Their question is asked anew each time, and leaves nothing behind for others."""
    app = create_app(library, clock=clock, monotonic=still)
    reader = Visitor(app)
    reader.post("/recent/off", next="/")
    reader.get("/search", q="바다")
    reader.get("/search", q="바다")

    get(app, "/search?q=바다")

    assert asked == ["바다", "바다", "바다"]


def test_a_change_of_the_archive_shows_at_once(library: Library) -> None:
    """Removed, corrected and added articles change the next answer of every kind."""
    app = create_app(library, clock=clock, monotonic=still)
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


def test_failures_are_not_remembered(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment's failure the next reader is answered."""
    app = create_app(library, clock=clock, monotonic=still)
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


def test_more_than_may_wait_are_told_to_come_back(library: Library) -> None:
    """Of a crowd some are answered and the others get 503 with Retry-After, on pages and in the API; health answers."""
    (library.settings.data_dir / "gisa.toml").write_text("[serve]\nmax_waiting = 3\n", encoding="utf-8")
    with gisa.open(library.settings.data_dir, clock=clock, monotonic=still) as limited:
        app = create_app(limited, clock=clock, monotonic=still)

        async def crowd() -> list[httpx.Response]:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://paper.example") as client:
                paths = [*(f"/search?q=바다{n}" for n in range(10)), "/api/search?q=바다", "/api/health"]
                return list(await asyncio.gather(*map(client.get, paths)))

        *answers, of_api, health = asyncio.run(crowd())
    refused = [answer for answer in answers if answer.status_code == 503]

    assert 1 <= len(refused) < 10
    assert all(answer.headers["retry-after"] == "1" for answer in refused)
    assert "접속이 많아 검색이 지연되고 있습니다" in refused[0].text
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

    places = Places(2)
    admission = Admission(slow, places=places, budget_s=None, refuse=refuse, monotonic=still, client_of=nobody)

    async def crowd() -> None:
        scope = {"type": "http", "path": "/"}
        await asyncio.gather(*(admission(scope, None, None) for _ in range(5)))  # type: ignore[arg-type]  # unused here

    asyncio.run(crowd())

    assert (refused, places.under_way) == (3, 0)


def test_searches_take_turns_with_what_comes_meanwhile() -> None:
    """Whoever comes during a search is seen before the next begins; a reader who has gone is passed over."""
    order: list[str] = []

    async def search(scope: Any, receive: Any, send: Any) -> None:
        order.append(scope["path"])
        asyncio.get_running_loop().call_soon(order.append, "seen")

    async def refuse(_: Any) -> Any:
        raise AssertionError("nobody is refused")

    places = Places(9)
    admission = Admission(search, places=places, budget_s=None, refuse=refuse, monotonic=still, client_of=nobody)

    async def crowd() -> None:
        tasks = [
            asyncio.create_task(admission({"type": "http", "path": name}, None, None))  # type: ignore[arg-type]  # unused here
            for name in ("first", "gone", "second", "third")
        ]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(crowd())

    assert order == ["first", "seen", "second", "seen", "third", "seen"]
    assert places.under_way == 0


@pytest.mark.parametrize("is_full", [False, True])
def test_a_server_that_is_full_reads_no_address_to_refuse_it(is_full: bool) -> None:
    """Reading an address is half of what refusing it costs; one whose answer is remembered is answered all the same."""
    read: list[bytes] = []
    status = 503

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("there", status_code=status)(scope, receive, send)

    def cache_key(_: str, query: bytes) -> Hashable:
        read.append(query)
        return query

    class NoMetrics:
        def looked_in_memory(self, *, found: bool) -> None:
            pass

    delivery = Delivery(
        answer,
        cache=AnswerCache(limit_bytes=100_000),
        stamp=lambda: 1,
        personal=lambda answer, *_: answer,
        metrics=NoMetrics(),  # type: ignore[arg-type]  # all that it asks of them
        site=Site(),
        cache_key=cache_key,
        is_full=lambda: is_full,
    )

    get(delivery, "/search?q=a")  # type: ignore[arg-type]  # any ASGI application
    reads_for_a_refusal = len(read)
    status = 200
    get(delivery, "/search?q=a")  # type: ignore[arg-type]
    status = 503
    remembered, _, _ = get(delivery, "/search?q=a")  # type: ignore[arg-type]

    assert reads_for_a_refusal == (0 if is_full else 1)
    assert remembered == 200
