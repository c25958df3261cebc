"""A site below a path of its host: every address it writes begins there, and only there is it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

import gisa
from gisa.config import load_settings
from gisa.errors import ConfigError
from gisa.web import create_app
from tests.said import refused
from tests.web.conftest import clock, paper, still
from tests.web.visitor import HOST, Visitor

BASE = "/search"
"""The path that a page of the site has as well: what confuses one with the other fails here."""
PATHS = [
    "/",
    "/search?q=바다",
    "/search?q=바다&section=경제&period=week&page=1",
    "/search?q=바다&from=1999-01-01&to=1999-01-02",
    "/search?q=우주엘리베이터",
    "/search?q=바다&lang=en",
    "/articles/sea-01?q=바다",
    "/articles/none",
    "/explain?q=바다&id=sea-01",
    "/api/docs",
]
_ADDRESSES = re.compile(r"(?:href|src|action|formaction|data-ask|content|value)=\"(/[^\"]*)\"")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("below")
    (folder / "gisa.toml").write_text(f'[site]\nbase_path = "{BASE}/"\n[paper]\nlogo = "sea.svg"\n', "utf-8")
    (folder / "media").mkdir()
    (folder / "media/sea.svg").write_text("<svg/>", "utf-8")
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        library.add(paper()[:25])
        yield create_app(library, clock=clock, monotonic=still)


@pytest.mark.parametrize("path", PATHS)
def test_every_address_of_a_page_lies_below_the_base(below: FastAPI, path: str) -> None:
    """Links, forms, buttons, pictures and files, with a list of recent searches on the page."""
    visitor = Visitor(below)
    visitor.get(BASE + "/search", q="바다")
    addresses = _ADDRESSES.findall(visitor.get(BASE + path).text)

    assert addresses
    assert [address for address in addresses if not address.startswith(BASE + "/")] == []


def test_every_link_of_the_results_leads_somewhere(below: FastAPI) -> None:
    """Whatever the page of results links to is there."""
    visitor = Visitor(below)
    page = LexborHTMLParser(visitor.get(f"{BASE}/search", q="바다").text)
    found = {node.attributes["href"] or "" for node in page.css("a[href^='/'], link[href^='/']")}

    assert {visitor.get(href.partition("#")[0]).status_code for href in sorted(found)} == {200}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 404),
        ("/articles/sea-01", 404),
        ("/searching", 404),
        ("/search", 308),
        ("/search/", 200),
        ("/search/search", 200),
    ],
)
def test_nothing_is_found_outside(below: FastAPI, path: str, status: int) -> None:
    """Paths beside the base are not the site's; the base without its slash leads to it."""
    answer = Visitor(below).get(path, q="바다")

    assert answer.status_code == status
    if status == 308:
        assert answer.headers["location"].startswith(BASE + "/?q=")


def test_cookie_and_way_back_stay_below(below: FastAPI) -> None:
    """The cookie is sent nowhere else on the host; a form leads back below the base, or to its first page."""
    visitor = Visitor(below)
    cookie = visitor.get(BASE + "/search", q="바다").headers["set-cookie"]
    back = visitor.post(BASE + "/recent/clear", next=BASE + "/search?q=x").headers["location"]
    away = visitor.post(BASE + "/recent/clear", next="/login").headers["location"]

    assert f"Path={BASE}/;" in cookie
    assert back.startswith(BASE + "/search?q=x")
    assert away.startswith(BASE + "/?")


def test_feeds_and_the_api_say_the_whole_address(below: FastAPI) -> None:
    """Entries of feeds, ``href`` of hits, the problem's type and the server of the description."""
    visitor = Visitor(below)
    feed = feedparser.parse(visitor.get(BASE + "/search.rss", q="바다").content)
    hit = visitor.get(BASE + "/api/search", q="바다").json()["data"]["hits"][0]
    problem = visitor.get(BASE + "/api/search", limit=-1).json()

    assert feed.entries[0].link == f"http://{HOST}{BASE}/articles/sea-00"
    assert hit["href"] == f"{BASE}/articles/sea-00"
    assert problem["type"].startswith(BASE + "/api/docs#")
    assert problem["instance"] == BASE + "/api/search"
    assert visitor.get(BASE + "/api/openapi.json").json()["servers"] == [{"url": BASE}]


@pytest.mark.parametrize("given", ["search", "/a b", "//evil.example", "/a/../b", "/a?b", '/"', "https://x.example/a"])
def test_a_base_that_is_no_path_is_refused(tmp_path: Path, given: str) -> None:
    """The message names the setting."""
    (tmp_path / "gisa.toml").write_text(f"[site]\nbase_path = '{given}'\n", "utf-8")

    with refused(ConfigError, "base_path"):
        load_settings(tmp_path)
