"""Corrections: the list, the feeds, the API, and where they stand in the article that they correct."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import gisa
from gisa.web import create_app
from tests.web.conftest import clock, still
from tests.web.visitor import Visitor, links, text, texts

ARTICLES = [
    {
        "id": "a1",
        "title": "나루대교 오는 5월 개통",
        "body": "나루대교가 5월에 열린다.",
        "published_at": "2026-11-01T09:00:00+09:00",
    },
    {
        "id": "a2",
        "title": "나루시 예산 늘어",
        "body": "예산이 늘었다.\n[정정] 300억 원이 아니라 A < 350억 원입니다.",
        "published_at": "2026-11-02T09:00:00+09:00",
    },
    {
        "id": "n1",
        "title": "[반론보도] 나루대교 관련",
        "body": "11월 1일 「나루대교 오는 5월 개통」 기사에 대해 시는 6월이라고 알려왔습니다.",
        "published_at": "2026-11-03T09:00:00+09:00",
    },
    {
        "id": "n2",
        "title": "[정정보도] 비밀",
        "body": "11월 1일 「나루대교 오는 5월 개통」 뜸부기.",
        "published_at": "2026-11-04T09:00:00+09:00",
        "status": "draft",
    },
]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with gisa.open(tmp_path_factory.mktemp("corrections"), clock=clock, monotonic=still) as library:
        assert library.add(ARTICLES).rejected == 0
        yield Visitor(create_app(library, clock=clock, monotonic=still))


def test_the_list_holds_what_was_put_right(visitor: Visitor) -> None:
    """Newest first, in both languages; what may not be seen is not there."""
    page = visitor.page("/corrections")

    assert texts(page, ".quoting h2") == ["[반론보도] 나루대교 관련", "나루시 예산 늘어"]
    assert texts(page, ".quoting .corrected") == ["반론", "정정"]
    assert text(visitor.page("/corrections", lang="en"), "h1") == "Corrections and replies"
    assert "/corrections" in links(page, "footer nav a")
    assert visitor.get("/corrections", cursor="x").status_code == 200


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_the_list_is_a_feed(visitor: Visitor, form: str) -> None:
    """With what was put right, and nothing that may not be seen."""
    feed = visitor.get(f"/corrections.{form}").text

    assert "반론" in feed
    assert "350억" in feed
    assert "뜸부기" not in feed


def test_a_notice_stands_above_the_article_that_it_corrects(visitor: Visitor) -> None:
    """With its own headline and text, for readers, programs and search engines."""
    page = visitor.page("/articles/a1")
    data = visitor.get("/api/articles/a1").json()["data"]
    said = json.loads(text(page, 'script[type="application/ld+json"]'))

    assert links(page, ".corrected-note a") == ["/articles/n1"]
    assert [each["id"] for each in data["notices"]] == ["n1"]
    assert said["correction"]["name"] == "[반론보도] 나루대교 관련"
    assert visitor.page("/articles/n1").css(".corrected-note a") == []


def test_a_labelled_paragraph_marks_its_article(visitor: Visitor) -> None:
    """Above the text, in results, in feeds and files."""
    page = visitor.page("/articles/a2")

    assert texts(page, ".corrected-note p")[1] == "[정정] 300억 원이 아니라 A < 350억 원입니다."
    assert texts(visitor.page("/search", q="예산"), ".hit .corrected") == ["정정"]
    assert "정정: [정정] 300억 원이 아니라" in visitor.get("/search.atom", q="예산").text
    exported = visitor.get("/api/export", q="예산", format="jsonl", columns="id,correction,correction_kind").text
    assert json.loads(exported.splitlines()[0])["correction_kind"] == "정정"


def test_the_api_pages_through_them(visitor: Visitor) -> None:
    """Each once; a cursor that is none is refused."""
    first = visitor.get("/api/corrections", limit=1).json()
    second = visitor.get("/api/corrections", limit=1, cursor=first["meta"]["next_cursor"]).json()

    assert [each["id"] for page in (first, second) for each in page["data"]["corrections"]] == ["n1", "a2"]
    assert second["meta"]["next_cursor"] is None
    assert visitor.get("/api/corrections", cursor="x").status_code == 422


def test_a_notice_that_is_taken_down_is_gone(tmp_path: Path) -> None:
    """From the list and from the article that it corrected."""
    with gisa.open(tmp_path) as library:
        library.add(ARTICLES)
        library.remove(["n1"])

        assert [each.article.id for each in library.corrections().corrections] == ["a2"]
        assert library.notices_on(library.article("a1").article) == []


def test_what_was_asked_before_the_followers_ran_is_answered_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is committed first; an answer of between is not kept for longer than they take."""
    addresses = [
        "/corrections",
        "/api/corrections",
        "/api/quotes?speaker=%EA%B9%80%ED%95%98%EB%8A%98",
        "/api/articles/a1",
    ]
    mayor = {**ARTICLES[0], "id": "q1", "title": "새 소식", "body": "김하늘 나루시장은 “새 다리를 놓겠다”고 밝혔다."}
    with gisa.open(tmp_path, clock=clock, monotonic=still) as library:
        library.add(ARTICLES[:1])
        visitor = Visitor(create_app(library, clock=clock, monotonic=still))
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("gisa.library.followers.Followers.follow", lambda self: None)
            library.add([ARTICLES[2], mayor])
            before = [visitor.get(each).text for each in addresses]
        library._followers.follow()

        after = [visitor.get(each).text for each in addresses]

    assert not any("나루대교 관련" in each or "새 다리" in each for each in before)
    assert all("나루대교 관련" in each or "새 다리" in each for each in after)
