"""One or two results that only mention the words: others that hold some of them stand below, apart."""

from __future__ import annotations

from typing import Any

import pytest

from gisa.library import Library
from gisa.model import NoticeCode, SearchPage

FILLER = "다른 일을 오래 적었다. " * 40


@pytest.fixture
def paper(library: Library) -> Library:
    """The words of 갈매기 등대 축제 all stand in one long text, and some of them in articles about them."""
    library.add(
        {"id": name, "title": title, "body": body, "published_at": f"2025-01-0{number}T09:00:00+09:00"}
        for number, (name, title, body) in enumerate(
            (
                ("scattered", "연말 결산", f"{FILLER}갈매기가 날았다. {FILLER}등대를 고쳤다. {FILLER}축제를 열었다."),
                ("lighthouse", "갈매기 등대 준공", "갈매기 등대가 섰다. 갈매기 등대는 높다."),
                ("festival", "포도 축제", "축제가 열렸다. 축제는 길었다."),
                ("other", "눈길 제설", "눈을 치웠다."),
            ),
            start=1,
        )
    )
    return library


def ids(page: SearchPage) -> tuple[list[str], list[str]]:
    return [hit.article.id for hit in page.hits], [hit.article.id for hit in page.also]


def is_told(page: SearchPage) -> bool:
    return any(notice.code is NoticeCode.SCATTERED for notice in page.notices)


def test_what_holds_some_of_the_words_stands_apart(paper: Library) -> None:
    """The exact result stays first and alone in the total; below, the rarest words first, what a relaxed page would show."""
    page = paper.search("갈매기 등대 축제")

    assert ids(page) == (["scattered"], ["lighthouse"])
    assert page.total == 1
    assert page.hits[0].is_mention
    assert is_told(page)


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("갈매기 등대", {}),
        ("결산", {}),
        ("갈매기 등대 축제", {"offset": 1}),
        ("갈매기 등대 축제", {"match": "any"}),
        ("포도 등대 축제", {}),
    ],
    ids=["one is about them", "one word", "a further page", "any word", "a relaxed page"],
)
def test_nothing_stands_apart_elsewhere(paper: Library, query: str, options: dict[str, Any]) -> None:
    """Not if a result is about the query, nor for one word, beyond the first page, or on a relaxed page."""
    page = paper.search(query, **options)

    assert page.also == ()
    assert not is_told(page)
