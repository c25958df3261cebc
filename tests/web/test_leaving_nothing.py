"""A reader who has switched saving off leaves no word behind in the server's memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import gisa
from gisa.web import create_app
from gisa.web.pages import recent
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor

WORDS = ("비밀", "낱말")
"""Put together while a test runs, so that the word is in no constant."""
PLACES = (
    "/search?q={}",
    "/api/search?q={}&facets=true",
    "/articles/sea-01?q={}",
    "/explain?id=sea-01&q={}",
    "/api/suggest?q={}",
    "/embed?q={}",
    "/search.rss?q={}",
    "/search.atom?q={}",
    "/search.json?q={}",
    "/result?q={}&at=1",
    "/api/export?q={}&format=jsonl&columns=id",
    "/api/verify?text={}나루를+놓겠다",
)


@pytest.fixture
def library(tmp_path: object) -> Iterator[gisa.Library]:
    with gisa.open(str(tmp_path), clock=clock, monotonic=still) as library:
        library.add(paper())
        yield library


def held(word: str) -> list[str]:
    """What of the live objects holds the word."""
    gc.collect()
    found: list[str] = []
    for holder in gc.get_objects():
        for text in gc.get_referents(holder):
            if type(text) is str and word in text and holder is not found:
                found.append(f"{type(holder).__name__} {gc.get_referrers(holder)[:1]!r:.200}")
    return found


@pytest.mark.parametrize("path", PLACES)
def test_no_word_outlives_its_request(library: gisa.Library, path: str) -> None:
    """Analysers, patterns and caches remember other readers' words, so that their searches are quick."""
    word = "".join(WORDS)
    visitor = Visitor(create_app(library, clock=clock, monotonic=still))
    visitor.get(path.format("바다"))
    visitor.cookies.set(recent.COOKIE, recent.encode(recent.EMPTY.switch_off(keep=False)), domain="paper.example")

    status = visitor.get(path.format(word)).status_code

    assert status == (303 if path.startswith("/result") else 200)
    assert held(word) == []
