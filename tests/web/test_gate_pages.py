"""What is not published shows at no address: a paper with hidden articles answers byte for byte as one without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from fastapi import FastAPI

import gisa
from gisa.stories.fingerprint import fingerprint
from gisa.web import create_app
from gisa.web.route_table import ROUTES
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor

MARKER: Final = "바람골뜸부기"
_WITHHELD: Final[dict[str, dict[str, Any]]] = {
    "draft": {"status": "draft"},
    "private": {"status": "비공개"},
    "password": {"has_password": "비밀"},
    "deleted": {"deleted": True},
}
_AHEAD: Final[dict[str, dict[str, Any]]] = {
    "scheduled": {"published_at": "2035-01-01T09:00:00+09:00"},
    "embargoed": {"visible_from": "2027-01-01T09:00:00+09:00"},
}


_STORY: Final = (
    "나루 앞바다에 높은 물결이 일어 고기잡이배 12척이 항구로 돌아왔다. 해경은 바람이 잦아들 때까지 배가 나가지 못하게 했다. "
    "나루항 등대는 평소보다 2시간 일찍 불을 켰고, 여객선 3편이 묶였다. 어민들은 그물을 걷지 못해 손해가 크다고 말했다."
)
"""Long enough to be compared: what is hidden would stand in one story with what is not."""


def tellings() -> list[dict[str, Any]]:
    """Two articles of one story, which anybody may read."""
    return [
        {
            "id": f"story-{number}",
            "title": f"앞바다 높은 물결, 바다 소식 {number}보",
            "body": f"{_STORY}\n{number}번째로 전한다.",
            "published_at": f"2026-11-16T10:0{number}:00+09:00",
        }
        for number in (1, 2)
    ]


def hidden(hiding: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """One article for each way of hiding it, the marker in every field, and the sea in each so that many searches meet it."""
    return [
        {
            "id": f"{MARKER}-{name}",
            "title": f"{MARKER} 바다 소식",
            "subtitle": MARKER,
            "body": f"나루 앞바다 {MARKER} 등대. 김바람 시장은 “{MARKER} 소식”이라고 말했다.\n{_STORY}",
            "published_at": "2026-11-16T11:00:00+09:00",
            "section": MARKER,
            "byline": [MARKER],
            "keywords": [MARKER],
            "publisher": MARKER,
            "url": f"https://news.example/{name}",
            "pictures": [{"url": f"/media/{name}.svg", "caption": MARKER}],
            "correction": MARKER,
            **fields,
        }
        for name, fields in hiding.items()
    ]


_EARLIER: Final = [
    {**paper()[1], "title": f"{MARKER} 초고", "status": "draft"},
    {**paper()[1], "title": f"{MARKER} 가제", "status": "draft"},
]
"""What an article that may be seen was before it was published. An embargo would leave words in the index, and other scores."""


def _with_a_past(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [articles[0], *_EARLIER, *articles[1:]]


def _app(folder: Path, articles: list[dict[str, Any]]) -> Iterator[FastAPI]:
    (folder / "gisa.toml").write_text(
        '[site]\ncanonical = "https://paper.example"\n', "utf-8"
    )  # else there are no sitemaps
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        report = library.add([*articles, *tellings()])
        assert report.rejected == 0, report.rejects
        yield create_app(library, clock=clock, monotonic=still)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    yield from _app(tmp_path_factory.mktemp("without"), paper())


@pytest.fixture(scope="module")
def with_withheld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    yield from _app(tmp_path_factory.mktemp("withheld"), [*_with_a_past(paper()), *hidden(_WITHHELD)])


@pytest.fixture(scope="module")
def with_ahead(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    yield from _app(tmp_path_factory.mktemp("ahead"), [*_with_a_past(paper()), *hidden(_AHEAD)])


QUERIES: Final = (
    "바다",
    "소식 등대",
    MARKER,
    f'"{MARKER[1:4]}"',
    MARKER[:-1] + "거",
    f"바다 {MARKER}",
    f"-{MARKER} 바다",
    f"분야:{MARKER}",
    f"기자:{MARKER}",
    f"제목:{MARKER} OR 바다",
    "qkfkarhfEmaqnrl",
    "2026-11-16..",
)
PARAMS: Final = (
    "",
    "&sort=relevance",
    "&sort=oldest&page=2",
    "&inside=1",
    "&group=1",
    f"&section={quote(MARKER)}",
    f"&byline={quote(MARKER)}",
    "&from=2026-11-16&to=2035-12-31",
    "&period=week&title_only=1",
    "&lang=en",
)
_VARYING: Final = re.compile(rb"[0-9]+\.[0-9]+|[A-Za-z0-9_-]{60,}")
"""Scores: how many entries an index holds, and how rare an embargoed article makes its words, take part in them. And ids of
result sets, which each folder signs with a key of its own."""
ARTICLES: Final = [f"{MARKER}-{name}" for name in (*_WITHHELD, *_AHEAD)]


def addresses() -> Iterator[str]:
    yield from (
        "/",
        "/?lang=en",
        "/advanced",
        "/verify",
        "/api/openapi.json",
        "/api/docs",
        "/sets/none",
        "/api/sets/none",
    )
    yield from (
        "/robots.txt",
        "/.well-known/tdmrep.json",
        "/llms.txt",
        "/opensearch.xml",
        "/manifest.webmanifest",
        "/favicon.ico",
        "/sitemap.xml",
        "/sitemap-news.xml",
    )
    yield from (f"/sitemaps/{month}-1.xml" for month in ("2026-11", "2027-01", "2035-01"))
    for query in map(quote, QUERIES):
        for params in PARAMS:
            yield f"/search?q={query}{params}"
            yield f"/embed?q={query}{params}"
            yield f"/result?q={query}{params}&at=2"
            yield f"/api/search?q={query}{params.replace('page', 'offset')}"
        yield f"/search?q=&{query}"
        yield from (f"/search.{form}?q={query}" for form in ("rss", "atom", "json"))
        yield from (f"/api/export?q={query}&format={form}" for form in ("csv", "jsonl", "ris", "bibtex", "csl"))
    for query in map(quote, QUERIES[1:5]):
        for article_id in map(quote, [*ARTICLES[:2], ARTICLES[-1], "sea-01", "story-1"]):
            yield f"/explain?q={query}&id={article_id}"
            yield f"/api/explain?q={query}&id={article_id}"
            yield f"/articles/{article_id}?q={query}"
            yield f"/api/articles/{article_id}?q={query}"
    for article_id in map(quote, [*ARTICLES, "sea-01", "story-1"]):
        for what in ("revisions", "similar", "related"):
            yield f"/articles/{article_id}/{what}"
            yield f"/api/articles/{article_id}/{what}"
    for words in ("speaker=김바람", f"q={MARKER}", f"speaker=김바람&q={MARKER}"):
        yield f"/quotes?{words}"
        yield f"/api/quotes?{words}"
    yield from (f"/api/quotes/export?speaker=김바람&format={form}" for form in ("csv", "jsonl"))
    yield f"/search?q={quote('김바람')}"
    yield "/verify"
    yield from (f"{start}/corrections{more}" for start in ("", "/api") for more in ("", "?limit=1", "?cursor=1-1"))
    yield from (f"/corrections.{form}" for form in ("rss", "atom", "json"))
    yield from (
        f"/api/verify?text={text}" for text in (f"{MARKER} 소식", "나루 앞바다 등대", f"나루 앞바다 {MARKER} 등대")
    )
    for typed in ("바", "바람", MARKER, "ㅂㄹㄱ", "qkfka", "나루"):
        yield f"/api/suggest?q={quote(typed)}"


@pytest.fixture(scope="module")
def expected(without: FastAPI) -> dict[str, tuple[int, bytes]]:
    """What a paper without them answers at each address, scores apart."""
    plain = Visitor(without)
    return {address: _answer(plain, address) for address in addresses()}


def _answer(visitor: Visitor, address: str) -> tuple[int, bytes]:
    response = visitor.get(address)
    return response.status_code, _VARYING.sub(b"", response.content)


@pytest.mark.parametrize("hiding", ["with_withheld", "with_ahead"])
def test_every_address_answers_as_if_they_were_not_there(
    expected: dict[str, tuple[int, bytes]], hiding: str, request: pytest.FixtureRequest
) -> None:
    """Status and bytes of every page and answer, with every parameter, are those of a paper without them; scores may differ."""
    gated = Visitor(request.getfixturevalue(hiding))

    for address, answer in expected.items():
        assert _answer(gated, address) == answer, address


def test_what_is_hidden_would_be_in_a_story(without: FastAPI) -> None:
    """The crawl would not see what it looks for: two articles are one story, and each hidden one tells the same."""
    found = Visitor(without).get("/api/search?q=바다&group=1").json()["data"]
    shown, *others = (fingerprint(each["title"], each["body"]) for each in [*tellings(), *hidden(_WITHHELD | _AHEAD)])

    assert found["stories"] < found["total"]
    assert shown is not None
    assert all(other is not None and shown.tells_same_story(other) for other in others)


@pytest.mark.parametrize("hiding", ["with_withheld", "with_ahead"])
def test_figures_of_the_server_do_not_count_them(without: FastAPI, hiding: str, request: pytest.FixtureRequest) -> None:
    """Health and metrics say how many articles readers can see, and when the newest of those is from."""
    plain, gated = Visitor(without), Visitor(request.getfixturevalue(hiding))

    data, expected = (visitor.get("/api/health").json()["data"] for visitor in (gated, plain))
    metrics, metrics_expected = (
        [line for line in visitor.get("/metrics").text.splitlines() if line.startswith("gisa_articles")]
        for visitor in (gated, plain)
    )

    assert MARKER not in gated.get("/api/health").text + gated.get("/metrics").text
    assert (data["articles"], data.get("newest")) == (expected["articles"], expected.get("newest"))
    assert metrics == metrics_expected


def test_the_crawl_meets_every_route() -> None:
    """A new route must be looked at here, too."""
    crawled = {address.partition("?")[0] for address in addresses()} | {"/api/health", "/metrics"}
    fixed = {"/api/health/live", "/embed.js", "/static/{name}", "/media/"}

    for row in ROUTES:
        if row.method == "GET" and row.path not in fixed:
            start = row.path.partition("{")[0]
            assert any(path == row.path or (start != row.path and path.startswith(start)) for path in crawled), row.path
