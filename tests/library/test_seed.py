"""The page that started it: the twenty articles of a search for AI센터, through the Python API."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from gisa.library import Library
from gisa.model import SEOUL, SearchPage, Sort
from tests.conftest import records


def ids(page: SearchPage) -> list[str]:
    return [hit.article.id for hit in page.hits]


def seed() -> list[dict[str, str]]:
    return records("seed/articles.jsonl")


@pytest.mark.parametrize("query", ["AI센터", '"AI센터"'])
def test_all_twenty_in_order(seed_library: Library, query: str) -> None:
    """The query of the page finds its twenty articles, newest first, as the page had them."""
    page = seed_library.search(query)

    assert page.total == 20
    assert ids(page) == [row["id"] for row in seed()]


def test_spacing_does_not_lose(seed_library: Library) -> None:
    """With a space the query finds at least as many."""
    assert seed_library.search("AI 센터").total >= 20


def test_compound_is_found_under_any_spacing(seed_library: Library) -> None:
    """제조AI센터 finds exactly the articles that hold it, however they space it."""
    holding = [row["id"] for row in seed() if "제조AI센터" in re.sub(r"\s", "", row["title"] + "\n" + row["body"])]

    assert ids(seed_library.search("제조AI센터")) == holding
    assert len(holding) == 2


def test_gloss_is_read_either_way(seed_library: Library) -> None:
    """국가AI컴퓨팅센터 finds 국가 인공지능(AI) 컴퓨팅센터 too, by the rule that a gloss says one thing twice."""
    texts = {row["id"]: re.sub(r"\s", "", row["title"] + "\n" + row["body"]) for row in seed()}
    holding = [key for key, text in texts.items() if re.search(r"국가(AI|인공지능\(AI\))컴퓨팅센터", text)]

    assert ids(seed_library.search("국가AI컴퓨팅센터")) == holding


def test_filters_answer_right(seed_library: Library) -> None:
    """Exclusion, field and date filters keep just the articles that satisfy them."""
    rows = seed()
    texts = {row["id"]: row["title"] + "\n" + row["body"] for row in rows}
    held = [key for key, text in texts.items() if "이재용" in text and "노태문" not in text]

    assert ids(seed_library.search("이재용 -노태문")) == held
    assert ids(seed_library.search("삼성전자 -노태문")) == [
        key for key, text in texts.items() if "삼성전자" in text and "노태문" not in text
    ]
    assert ids(seed_library.search("제목:포항")) == [row["id"] for row in rows if "포항" in row["title"]]
    assert ids(seed_library.search("분야:정치")) == [row["id"] for row in rows if row["section"] == "정치"]
    assert ids(seed_library.search("2025-10-01..2025-12-31")) == [
        row["id"] for row in rows if "2025-10-01" <= row["published_at"][:10] <= "2025-12-31"
    ]
    assert seed_library.search("포항 OR 울산").total == sum("포항" in text or "울산" in text for text in texts.values())


def test_every_headline_finds_its_article(seed_library: Library) -> None:
    """Each headline, verbatim and with all spaces removed, returns its article first by relevance."""
    for row in seed():
        for query in (row["title"], re.sub(r"\s", "", row["title"])):
            assert ids(seed_library.search(query, sort="relevance", limit=1)) == [row["id"]], query


def test_arguments_and_query_filters_agree(seed_library: Library) -> None:
    """A filter given beside the query narrows as the same filter inside it does."""
    inside = seed_library.search("AI센터 분야:지역 2025-10-01..2025-12-31")
    beside = seed_library.search("AI센터", section="지역", since=date(2025, 10, 1), until=date(2025, 12, 31))

    assert ids(inside) == ids(beside)
    assert 0 < beside.total < 20


def test_facets_count_each_choice(seed_library: Library) -> None:
    """Each section's count is what choosing it gives, also while another filter is set."""
    since = date(2025, 6, 1)
    page = seed_library.search("AI센터", since=since, section="지역", facets=True)
    assert page.facets is not None

    for choice in page.facets["section"]:
        assert seed_library.search("AI센터", since=since, section=choice.value).total == choice.count
    assert page.facets["period"][0].count == seed_library.search("AI센터", section="지역").total


def test_newest_first_is_by_seoul_time(seed_library: Library) -> None:
    """A day is a day of Asia/Seoul, and oldest first is newest first reversed."""
    newest = seed_library.search("AI센터")
    oldest = seed_library.search("AI센터", sort=Sort.OLDEST)

    assert ids(oldest) == ids(newest)[::-1]
    assert newest.hits[0].article.published_at == datetime(2025, 12, 23, tzinfo=SEOUL)
