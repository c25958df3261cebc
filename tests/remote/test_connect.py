"""``gisa.connect``: what a library on this machine gives, a server's gives too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

import gisa
from gisa.access import Scope
from gisa.errors import ArticleNotFound, ArticleRemoved, ExportInvalid, NotAnswered, SearchInvalid, TooDear
from gisa.library import Library
from gisa.library.keys import KeyFile
from gisa.remote import RemoteLibrary, reading
from gisa.web import create_app
from tests.web.conftest import NOW, clock, paper, still

NOUN = {"id": "noun", "title": "기록", "body": "아파트 하자 보수를 요구했다", "published_at": NOW}
VERB = {"id": "verb", "title": "기록", "body": "서로 돕기로 하자 모두 웃었다", "published_at": NOW}


class AppTransport(httpx.BaseTransport):
    """Sends a synchronous client's requests to an application in this process."""

    def __init__(self, app: Any) -> None:
        self._asgi = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def ask() -> httpx.Response:
            answer = await self._asgi.handle_async_request(request)
            assert isinstance(answer.stream, httpx.AsyncByteStream)
            sent = b"".join([part async for part in answer.stream])
            return httpx.Response(answer.status_code, headers=answer.headers, content=sent)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    deep = {
        "id": "deep",
        "title": "깊은 바다",
        "body": "바다 " * 200 + "끝말",
        "published_at": NOW,
        "access": "subscriber",
    }
    with gisa.open(tmp_path_factory.mktemp("paper"), clock=clock, monotonic=still) as opened:
        opened.add([*paper(), deep, {**deep, "id": "gone"}, NOUN, VERB])
        opened.remove(["gone"], public_reason="당사자 요청")
        yield opened


@pytest.fixture(scope="module")
def transport(library: Library) -> AppTransport:
    return AppTransport(create_app(library, clock=clock, monotonic=still))


@pytest.fixture
def remote(transport: AppTransport) -> Iterator[RemoteLibrary]:
    with gisa.connect("http://paper.example", transport=transport) as connected:
        yield connected


@pytest.mark.parametrize(
    "keywords",
    [
        {},
        {"sort": "relevance", "limit": 5},
        {"sort": "oldest", "offset": 40, "section": "경제"},
        {"since": "2026-11-01", "until": "2026-11-10", "title_only": True},
        {"limit": 7, "offset": 14},
    ],
)
def test_a_page_is_that_of_the_library(library: Library, remote: RemoteLibrary, keywords: dict[str, Any]) -> None:
    """Totals, order, snippets, highlights and facets are the same; hits have no bodies."""
    here, there = library.search("바다", facets=True, **keywords), remote.search("바다", facets=True, **keywords)

    bare = [replace(hit, article=replace(hit.article, body="")) for hit in here.hits]
    assert [(hit.article.id, hit.snippet, hit.title_highlights) for hit in there.hits] == [
        (hit.article.id, hit.snippet, hit.title_highlights) for hit in bare
    ]
    assert [hit.article.published_at for hit in there.hits] == [hit.article.published_at for hit in bare]
    same = (
        "query",
        "sort",
        "total",
        "notices",
        "relaxed",
        "limit",
        "offset",
        "facets",
        "next_cursor",
        "scopes",
        "about",
        "stories",
        "grouped",
    )
    assert {name: getattr(there, name) for name in same} == {name: getattr(here, name) for name in same}


def test_what_more_would_be_found_is_that_of_the_library(
    library: Library, transport: AppTransport, remote: RemoteLibrary
) -> None:
    """How many articles more hold the verb, or words inside others; a server that does not count verbs yet says None."""
    here, there = library.search("하자"), remote.search("하자")
    with httpx.Client(base_url="http://paper.example", transport=transport) as client:
        answer = client.get("/api/search", params={"q": "하자"}).json()
    del answer["data"]["verbs"]

    assert here.verbs == 1
    assert (there.verbs, there.inside) == (here.verbs, here.inside)
    assert reading.search_page(answer).verbs is None


@pytest.mark.parametrize("sort", ["newest", "oldest", "recommended", "relevance"])
def test_all_results_are_met_once(library: Library, remote: RemoteLibrary, sort: Any) -> None:
    """Iterating goes through every page, whatever the order."""
    met = [article.id for article in remote.results("바다", sort=sort)]

    assert met == [article.id for article in library.results(gisa.SearchRequest("바다", sort=sort))]
    assert remote.results("바다").total == len(set(met)) == 66


def test_an_article_as_the_key_may_read_it(library: Library, transport: AppTransport, remote: RemoteLibrary) -> None:
    """Without a key its beginning, with a subscriber's all of it; highlights as here."""
    whole, _ = KeyFile(library.settings.keys_path).create("도서관", scopes=[Scope.SUBSCRIBER], now=NOW)
    with gisa.connect("http://paper.example", key=whole, transport=transport) as subscriber:
        assert subscriber.article("deep").article.body.endswith("끝말")

    assert not remote.article("deep").article.body.endswith("끝말")
    assert (
        remote.article("sea-01", query="등대").body_highlights
        == library.article("sea-01", query="등대").body_highlights
    )
    assert [each.text for each in remote.suggest("나루")] == [each.text for each in library.suggest("나루")]


def test_errors_are_those_of_the_library(remote: RemoteLibrary) -> None:
    """What is not there, was removed or is impossible raises what it raises here."""
    with pytest.raises(ArticleNotFound):
        remote.article("없는 기사")
    with pytest.raises(ArticleRemoved) as removed:
        remote.article("gone")
    assert removed.value.public_reason == "당사자 요청"
    with pytest.raises(SearchInvalid):
        remote.search("바다", limit=1_000)
    with pytest.raises(SearchInvalid, match="there is no colour"):
        remote.search("바다", colour="blue")  # type: ignore[call-arg]
    with pytest.raises(SearchInvalid, match="there is no colour"):
        remote.results("바다", colour="blue")  # type: ignore[call-arg]
    with pytest.raises(SearchInvalid, match="leave out limit"):
        remote.search(gisa.SearchRequest("바다"), limit=5)
    with pytest.raises(SearchInvalid, match="https://"):
        gisa.connect("paper.example")


@pytest.mark.parametrize(
    ("answers", "error", "waits"),
    [
        pytest.param([httpx.Response(200, text="<html>")], NotAnswered, [], id="another site"),
        pytest.param([httpx.Response(502, text="bad gateway")], NotAnswered, [], id="a proxy without its server"),
        pytest.param(
            [httpx.Response(429, json={"type": "/api/docs#too-many", "detail": "too often"}, headers={"retry-after": "7"})] * 5,
            TooDear, [7.0] * 5, id="busy for ever",
        ),
    ],
)  # fmt: skip
def test_a_server_that_does_not_answer_as_gisa(
    answers: list[httpx.Response], error: type[Exception], waits: list[float]
) -> None:
    """It is asked again when it says so, and then told by a message; nothing hangs."""
    slept: list[float] = []
    replies = iter(answers)
    transport = httpx.MockTransport(lambda _: next(replies))
    with (
        gisa.connect("https://paper.example", transport=transport, sleep=slept.append) as connected,
        pytest.raises(error),
    ):
        connected.search("바다")

    assert slept == waits


def test_a_notebook_shows_a_table(library: Library, remote: RemoteLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first twenty results, escaped; pandas is asked for by name where it is missing."""
    here, there = library.results(gisa.SearchRequest("바다")), remote.results("바다")
    hostile = remote.results("함정")

    assert here._repr_html_() == there._repr_html_()
    assert here._repr_html_().count("<tr>") == 20
    assert "<script>" not in hostile._repr_html_()
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(ExportInvalid, match="pip install pandas"):
        here.to_pandas()


def test_a_frame_has_a_row_for_each_result(remote: RemoteLibrary) -> None:
    """Columns are those of an export, times are times."""
    pytest.importorskip("pandas")
    frame = remote.results("바다").to_pandas()

    assert len(frame) == 66
    assert str(frame["published_at"].dtype).startswith("datetime64")


def test_the_client_needs_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting makes nothing on this machine."""
    monkeypatch.chdir(tmp_path)
    gisa.connect("https://paper.example").close()

    assert list(tmp_path.iterdir()) == []
