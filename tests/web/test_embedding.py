"""The search on other sites: who may frame it, who may read it, and what it keeps of readers there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

import gisa
from gisa.web import create_app
from gisa.web.pages.assets import STATIC_DIR
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor, links, one, text

PAPER = "https://www.naru.example"
OTHER = "https://evil.example"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("embedded")
    (folder / "gisa.toml").write_text(f'[embed]\norigins = ["{PAPER}"]\n', "utf-8")
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        library.add(paper()[:45])
        yield create_app(library, clock=clock, monotonic=still)


def ancestors(visitor: Visitor, path: str) -> str:
    return visitor.get(path).headers["content-security-policy"].split("frame-ancestors ")[1].split(";")[0]


def test_only_the_papers_origins_may_frame_the_results(embedded: FastAPI, visitor: Visitor) -> None:
    """Theirs alone, and that page alone; nobody where the paper names none."""
    assert ancestors(Visitor(embedded), "/embed?q=바다") == PAPER
    assert ancestors(Visitor(embedded), "/search?q=바다") == "'none'"
    assert ancestors(visitor, "/embed?q=바다") == "'none'"


def test_a_frame_shows_results_and_keeps_nothing(embedded: FastAPI) -> None:
    """Hits, the way on within the frame and to the paper's page; no cookie, no list of the reader's own."""
    visitor = Visitor(embedded)
    visitor.get("/search", q="등대")
    page = visitor.page("/embed", q="바다", page=2)

    assert len(page.css(".hit")) == 20
    assert links(page, ".pages a") == [
        "/embed?q=%EB%B0%94%EB%8B%A4",
        "/search?q=%EB%B0%94%EB%8B%A4&page=2",
        "/embed?q=%EB%B0%94%EB%8B%A4&page=3",
    ]
    assert [node.attributes.get("target") for node in page.css(".pages a")] == ["_self", None, "_self"]
    assert one(page, "base").attributes == {"target": "_top"}
    assert "set-cookie" not in Visitor(embedded).get("/embed", q="바다").headers
    assert page.css_first(".recent") is None


@pytest.mark.parametrize("query", ["", "쀍뛟괡"])
def test_a_frame_has_its_empty_states(embedded: FastAPI, query: str) -> None:
    """A form before a search, a heading for a search that finds nothing."""
    page = Visitor(embedded).page("/embed", q=query)

    assert (text(page, "h1") == "‘쀍뛟괡’ 검색 결과가 없습니다") if query else one(page, "form[action='/embed']")


@pytest.mark.parametrize(
    "path", ["/api/search?q=바다", "/api/suggest?q=바", "/search.rss?q=바다", "/api/nothing", "/api/search?limit=-1"]
)
def test_the_papers_other_pages_may_read_answers(embedded: FastAPI, path: str) -> None:
    """Errors too; other origins may not, and caches are told that it differs."""
    visitor = Visitor(embedded)
    own, other = (visitor.get(path, {"origin": origin}).headers for origin in (PAPER, OTHER))

    assert own["access-control-allow-origin"] == PAPER
    assert "access-control-allow-credentials" not in own
    assert "access-control-allow-origin" not in other
    assert all("origin" in headers.get("vary", "").lower() for headers in (own, other))


@pytest.mark.parametrize("path", ["/", "/search?q=바다", "/articles/sea-01"])
def test_pages_are_read_by_nobody_else(embedded: FastAPI, path: str) -> None:
    """They may hold what is a reader's own."""
    assert "access-control-allow-origin" not in Visitor(embedded).get(path, {"origin": PAPER}).headers


@pytest.mark.parametrize(("origin", "allowed"), [(PAPER, "authorization"), (OTHER, None)])
def test_a_browser_that_asks_beforehand_is_answered(embedded: FastAPI, origin: str, allowed: str | None) -> None:
    """A key of the API may be sent from the paper's other pages."""
    asked = {
        "origin": origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
    }
    answer = Visitor(embedded).ask("OPTIONS", "/api/search?q=a", headers=asked)

    assert (answer.status_code, answer.headers.get("access-control-allow-headers")) == (204, allowed)


def test_without_origins_no_other_site_reads(visitor: Visitor) -> None:
    """As it comes, nothing is open."""
    assert "access-control-allow-origin" not in visitor.get("/api/search?q=바다", {"origin": PAPER}).headers


def test_the_element_is_small(visitor: Visitor) -> None:
    """One file under 6 KB, at an address that stays; kept for an hour, so that a new version gets there."""
    answer = visitor.get("/embed.js")

    assert len((STATIC_DIR / "embed.js").read_bytes()) < 6_000
    assert answer.text == (STATIC_DIR / "embed.js").read_text("utf-8")
    assert answer.headers["cache-control"] == "public, max-age=3600"
