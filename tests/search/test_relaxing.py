"""Pages for queries whose words no article holds all of, and for questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import gisa
from gisa.library import Library
from gisa.model import NoticeCode, SearchPage
from gisa.search.relaxing import HANDFUL, RARE


def article(number: int, title: str, body: str = "본문") -> dict[str, str]:
    return {
        "id": f"a{number}",
        "title": title,
        "body": body,
        "published_at": f"2025-01-01T{number % 24:02}:00:00+09:00",
    }


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Library]:
    with gisa.open(tmp_path) as library:
        common = [article(number, f"나루 공연 {number}") for number in range(10, 10 + RARE + 1)]
        library.add(
            [
                article(1, "방탄소년단 병역", "방탄소년단은 간다."),
                article(2, "나루대교 통제", "나루대교를 막았다. 버스는 멈췄다."),
                article(3, "나루대교 개통", "나루대교가 열렸다. 버스도 다닌다."),
                *common,
            ]
        )
        yield library


def ids(page: SearchPage) -> list[str]:
    return [hit.article.id for hit in page.hits]


def nowhere(page: SearchPage) -> list[tuple[str, ...]]:
    return [notice.words for notice in page.notices if notice.code is NoticeCode.NOWHERE]


def test_the_rarest_word_comes_first(paper: Library) -> None:
    """An article that holds the rarest word stands before newer ones that hold more of the others."""
    page = paper.search("방탄소년단 나루대교 버스")

    assert page.relaxed
    assert ids(page) == ["a1", "a3", "a2"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance", "recommended"])
def test_no_order_puts_the_rarest_last(paper: Library, sort: str) -> None:
    """Whatever order is asked for, a relaxed page begins with the rarest word's article."""
    assert ids(paper.search("방탄소년단 나루대교 버스", sort=sort))[0] == "a1"


def test_words_that_are_nowhere_are_named(paper: Library) -> None:
    """The page says which of the words no article holds."""
    assert nowhere(paper.search("나루대교 스웨덴 왕세녀")) == [("스웨덴", "왕세녀")]
    assert nowhere(paper.search("방탄소년단 나루대교")) == []


def test_a_handful_where_only_a_common_word_is_left(paper: Library) -> None:
    """Hundreds of articles that hold one common word of two help nobody."""
    page = paper.search("공연 스웨덴")

    assert (page.total, len(page.hits)) == (HANDFUL, HANDFUL)
    assert ids(paper.search("공연 스웨덴", limit=3, offset=3)) == ids(page)[3:]


def test_a_question_finds_what_holds_any_of_its_words(paper: Library) -> None:
    """Its words that only ask are left out, and the best match comes first in every order."""
    page = paper.search("나루대교는 왜 막았나")

    assert page.relaxed
    assert ids(page)[0] == "a2"
    assert [notice.code for notice in page.notices] == [NoticeCode.QUESTION]


def test_what_holds_the_rarest_word_stands_before_what_is_about_all_others(library: Library) -> None:
    """An article that only mentions the rarest word comes before articles about the other two."""
    filler = "다른 일을 적었다. " * 40
    library.add(
        [
            article(1, "연말 결산", f"{filler}최원태가 던졌다."),
            article(2, "가을야구 1차전", "가을야구 1차전이 열렸다. 가을야구 1차전은 길었다."),
            article(3, "가을야구 1차전 뒤", "가을야구 1차전이 끝났다. 가을야구 1차전은 길었다."),
        ]
    )

    assert ids(library.search("최원태 가을야구 1차전")) == ["a1", "a3", "a2"]
