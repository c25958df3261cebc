"""The pages in English: chosen by address, paper or browser, kept by links, complete in every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

import gisa
from gisa.web import create_app
from tests.web.conftest import NOW, clock, still
from tests.web.visitor import Visitor, links, one, text, texts

HANGUL = re.compile("[가-힣ㄱ-ㅣ]")
ARTICLE: dict[str, Any] = {
    "published_at": NOW,
    "lang": "en",
    "section": "World",
    "byline": ["Hannah Sea"],
    "publisher": "Naru Times",
}
ARTICLES = [
    *({**ARTICLE, "id": f"sea-{number}", "title": f"Sea news {number}", "body": "Harbour and sea."} for number in range(45)),
    {
        **ARTICLE,
        "id": "corrected",
        "title": "WHO report on the lighthouse",
        "body": "The lighthouse stands.\nIt was built in 1901.",
        "modified_at": NOW,
        "correction": "It was built in 1902.",
        "corrected_at": NOW,
        "keywords": ["lighthouse"],
        "url": "https://news.example/lighthouse",
        "image_url": "/media/lighthouse.svg",
        "lang": "en",
    },
    {**ARTICLE, "id": "inside", "title": "A ship named 심우정", "body": "It sails.", "section": "Travel"},
]  # fmt: skip
OWN_TEXT = ("심우정", "우정")
"""Hangul of the paper and of queries."""


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A paper in English."""
    folder = tmp_path_factory.mktemp("english")
    (folder / "gisa.toml").write_text('[paper]\nname = "Naru Times"\n[site]\nlang = "en"\n', "utf-8")
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        assert library.add([*ARTICLES, {**ARTICLE, "id": "gone", "title": "Gone", "body": "Gone."}]).rejected == 0
        library.remove(["gone"], public_reason="on request")
        yield create_app(library, clock=clock, monotonic=still)


def without_own_text(page: str) -> str:
    """The page without the paper's text, queries, and links that are marked as Korean."""
    page = re.sub(r"</?mark>", "", re.sub(r'<a [^>]*lang="ko".*?</a>', "", page))
    for own in OWN_TEXT:
        page = page.replace(own, "")
    return page


STATES = {
    "first page": "/",
    "results": "/search?q=sea",
    "a page further on": "/search?q=sea&page=2&sort=relevance",
    "beyond the end": "/search?q=sea&page=9",
    "filtered": "/search?q=sea&period=week&section=World",
    "days": "/search?q=sea&from=2026-01-01&to=2026-12-31",
    "from a day": "/search?q=sea&from=2026-01-01",
    "until a day": "/search?q=sea&to=2026-12-31",
    "one day": "/search?q=sea&from=2026-11-16&to=2026-11-16",
    "swapped days": "/search?q=sea&from=2026-12-31&to=2026-01-01",
    "a day that is none": "/search?q=sea&from=tomorrow",
    "nothing found": "/search?q=elevator",
    "nothing found within filters": "/search?q=sea&to=1999-01-01&section=Sports",
    "mistyped": "/search?q=lighthuose",
    "no letters": "/search?q=!!!",
    "torn": "/search?q=%22sea",
    "too long": "/search?q=" + "sea+" * 150,
    "relaxed": "/search?q=sea+elevator",
    "inside words": "/search?q=우정",
    "with what is inside words": "/search?q=우정&inside=1",
    "an article": "/articles/corrected",
    "an article from results": "/articles/corrected?q=lighthouse",
    "an article without much": "/articles/sea-1",
    "removed": "/articles/gone",
    "not there": "/articles/none",
    "no page": "/nowhere",
    "the API's page": "/api/docs",
    "explain, not asked yet": "/explain?id=corrected",
    "explain, found": "/explain?id=corrected&q=lighthouse",
    "explain, headline": "/explain?id=sea-1&q=Sea+news+1",
    "explain, not found": "/explain?id=corrected&q=elevator+byline:Kim+section:Sports+(ship+OR+boat)+..2001-01-01+-stands",
    "explain, a phrase": "/explain?id=corrected&q=%22stands+it%22",
    "explain, relaxed": "/explain?id=sea-1&q=sea+harbour+elevator",
    "explain, letters": "/explain?id=corrected&q=house",
    "explain, syllables": "/explain?id=inside&q=우정",
    "explain, no letters": "/explain?id=inside&q=!!!",
}  # fmt: skip


@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
def test_no_hangul_is_left_in_an_english_page(english: FastAPI, address: str) -> None:
    """Beyond the paper's own text, queries, and what is marked as Korean: examples, and the link to the Korean page."""
    response = Visitor(english).get(address)
    page = LexborHTMLParser(response.text)
    for node in page.css("[lang=ko]"):
        node.remove()
    if address == "/api/docs":  # examples of queries in the descriptions of parameters
        for node in page.css("main"):
            node.remove()
    left = without_own_text(page.html or "")

    assert one(page, "html").attributes["lang"] == "en"
    assert not HANGUL.search(left), HANGUL.findall(left)


def test_the_list_of_recent_searches_is_english_in_every_state(english: FastAPI) -> None:
    """Kept, asked about, switched off, and with more than it shows."""
    visitor = Visitor(english)
    for number in range(10):
        visitor.get("/search", q=f"sea {number}")
    kept = visitor.get("/").text
    asking = visitor.get("/?recent=off").text
    visitor.post("/recent/off", entries="keep", next="/")
    off = visitor.get("/").text
    refused = Visitor(english).post("/recent/on", {"sec-fetch-site": "cross-site"}).text

    for page in (kept, asking, off, refused):
        shown = without_own_text(page)
        assert not HANGUL.search(shown), HANGUL.findall(shown)
    assert "What should happen to your 10 saved searches?" in asking


def test_a_failure_of_the_paper_speaks_english(english: FastAPI) -> None:
    """What only a request of another kind brings about."""
    page = without_own_text(Visitor(english).ask("DELETE", "/search").text)

    assert "buttons on the page" in page
    assert not HANGUL.search(page)


def test_an_empty_paper_says_in_english_how_to_fill_it(tmp_path: Path) -> None:
    """Its first page and its results."""
    with gisa.open(tmp_path / "empty", clock=clock, monotonic=still) as library:
        app = create_app(library, clock=clock, monotonic=still)
        for address in ("/?lang=en", "/search?q=sea&lang=en"):
            assert "There are no articles yet" in Visitor(app).get(address).text


def test_an_address_chooses_the_language_and_its_links_keep_it(visitor: Visitor) -> None:
    """Other pages, filters, articles, the way back, forms; the link to the other language changes it."""
    page = visitor.page("/search", q="바다", lang="en")
    inside = [each for each in links(page, "main a, .foot nav a, .paper") if each and not each.startswith("#")]

    assert text(page, "h1").startswith("Results for ‘바다’")
    assert all("lang=en" in each for each in inside if "lang=ko" not in each), inside
    assert links(page, ".foot a[hreflang]") == ["/search?q=%EB%B0%94%EB%8B%A4&lang=ko"]
    assert {node.attributes["value"] for node in page.css("input[name=lang]")} == {"en"}
    article = visitor.page(next(each for each in inside if each.startswith("/articles/")))
    assert texts(article, ".back a")[0].startswith("← Back to the results")


def test_without_a_choice_links_stay_short(visitor: Visitor) -> None:
    """The paper's own language is not repeated in every address."""
    response = visitor.get("/search", q="바다")

    assert response.text.count("lang=en") == 1
    assert "lang=ko" not in response.text


@pytest.mark.parametrize("asked", ["fr", "", "en%00", "<script>"])
def test_an_unknown_language_is_the_paper_s(visitor: Visitor, asked: str) -> None:
    """A misspelt choice is no mistake of the reader's."""
    page = LexborHTMLParser(visitor.get("/?lang=" + asked).text)

    assert one(page, "html").attributes["lang"] == "ko"


def test_a_browser_s_language_counts_only_where_the_paper_allows_it(tmp_path: Path, visitor: Visitor) -> None:
    """Each reader gets their own page, also from the cache."""
    header = {"accept-language": "en-US,en;q=0.9,ko;q=0.5"}
    (tmp_path / "gisa.toml").write_text("[site]\nfollow_browser = true\n", "utf-8")
    with gisa.open(tmp_path, clock=clock, monotonic=still) as library:
        app = create_app(library, clock=clock, monotonic=still)
        followed = [Visitor(app).get("/search?q=sea", headers) for headers in (header, {}, header)]

    assert 'lang="ko"' in visitor.get("/", header).text[:40]
    assert ['lang="en"' in each.text[:40] for each in followed] == [True, False, True]
    assert all(each.headers["vary"].lower().count("accept-language") == 1 for each in followed)
    assert [each.headers["content-language"] for each in followed] == ["en", "ko", "en"]


def test_messages_of_the_api_are_in_the_language_asked_for(visitor: Visitor) -> None:
    """The codes stay the same."""
    said = {
        lang: visitor.get("/api/search", q='"바다', lang=lang).json()["data"]["notices"][0] for lang in ("ko", "en")
    }
    why = visitor.get("/api/explain", q="elevator", id="sea-01", lang="en").json()["data"]

    assert said["ko"]["code"] == said["en"]["code"] == "unparsed"
    assert "따옴표" in said["ko"]["message"]
    assert said["en"]["message"].startswith("A quotation mark")
    assert why["verdict"]["code"] == "lacks"
    assert why["message"] == "‘elevator’ is neither in the headline nor in the text."
    assert visitor.get("/api/search", q="바다", lang="fr").status_code == 422


@pytest.mark.parametrize(
    ("path", "korean", "english_says"),
    [
        ("/api/articles/none", "기사를 찾을 수 없습니다. ", "Article not found. "),
        ("/api/articles/gone", "삭제된 기사입니다. ", "This article was removed. "),
        ("/api/search?q=a&limit=x", "주소에 잘못된 값이 있습니다. ", "The address holds a value that cannot be used. "),
    ],
)
def test_problems_of_the_api_are_said_in_the_language_asked_for(
    english: FastAPI, path: str, korean: str, english_says: str
) -> None:
    """To readers, by the address or by the paper; what developers read stays English, the same every time."""
    visitor, mark = Visitor(english), "&" if "?" in path else "?"
    asked, default = visitor.get(f"{path}{mark}lang=ko").json(), visitor.get(path).json()

    assert asked["message"].startswith(korean)
    assert default["message"].startswith(english_says)
    assert (asked["title"], asked["detail"]) == (default["title"], default["detail"])
