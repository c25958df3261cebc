"""A reader who has switched saving off leaves no word behind in the server's memory."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

import gisa
from gisa.quotes.comparing import _plain
from gisa.search.request import SearchRequest
from gisa.text.runs import _read
from gisa.web import create_app
from gisa.web.pages import recent
from gisa.web.serving.lane_process import answer_one
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


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        pytest.param("search", lambda word: SearchRequest(word), id="a dear search"),
        pytest.param("search", lambda word: SearchRequest(word + " 海洋水産部祕密"), id="words in 漢字"),
        pytest.param("verify_quote", lambda word: f"{word} 나루를 놓겠다", id="a sentence"),
        pytest.param("verify_quote", lambda _: "나루 앞바다 祕密 소식이다.", id="a sentence that is printed"),
    ],
)
def test_no_word_outlives_its_answer_in_the_lane(library: gisa.Library, method: str, asked: Any) -> None:
    """The process for dear questions answers the next one at once, and knows nothing of the one before."""
    library.add([{"id": "secret", "title": "글", "body": "나루 앞바다 祕密 소식이다.", "published_at": "2026-01-01"}])
    library.search("바다")
    answers = BytesIO()

    answer_one(library, BytesIO(pickle.dumps((method, (asked("".join(WORDS)),), {}, True))), answers)

    assert answers.tell()

    assert held("".join(WORDS)) == []
    assert _plain.cache_info().currsize == _read.cache_info().currsize == 0
