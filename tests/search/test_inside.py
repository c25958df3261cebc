"""What the boundary of words hides is offered on request, with its count, and never mixed in."""

from __future__ import annotations

import pytest

from gisa.library import Library


@pytest.fixture
def named(library: Library) -> Library:
    """Two articles with 우정 as a word, three with it inside a name or over a space, one of them with both."""
    library.add(
        {"id": number, "title": title, "body": "본문", "published_at": f"2025-06-05T00:0{number}:00Z"}
        for number, title in (
            ("1", "우정의 무대"),
            ("2", "심우정 총장과 우정"),
            ("3", "심우정 검사"),
            ("4", "배우정 기자"),
            ("5", "배우 정다은"),
        )
    )
    return library


def ids(library: Library, query: str, *, inside: bool = False) -> list[str]:
    return [hit.article.id for hit in library.search(query, inside=inside).hits]


def test_hidden_places_are_counted_and_shown_on_request(named: Library) -> None:
    """The first answer holds the word and counts the rest; the second holds both, newest first, and marks them."""
    page = named.search("우정")
    asked = named.search("우정", inside=True)

    assert [hit.article.id for hit in page.hits] == ["2", "1"]
    assert page.inside == 3
    assert [hit.article.id for hit in asked.hits] == ["5", "4", "3", "2", "1"]
    assert asked.inside is None
    assert asked.hits[1].title_highlights == ((1, 3),)


def test_other_words_stay_as_they_are(named: Library) -> None:
    """Beside other words, literals and exclusions only words are looked for inside words."""
    assert named.search("우정 본문").inside == 3
    assert ids(named, "우정 검사", inside=True) == ["3"]
    assert ids(named, "우정 -우정", inside=True) == ["5", "4", "3"]
    assert named.search("심우정").inside == 0
    assert named.search('"우정"').inside is None


@pytest.mark.parametrize("query", ["제목:우정", "(우정 | 총장)", "우정 2025-06-05..2025-06-05"])
def test_the_count_keeps_its_word(named: Library, query: str) -> None:
    """As many more are found as were promised, however the word stands in the query."""
    page = named.search(query)

    assert page.inside
    assert named.search(query, inside=True).total == page.total + page.inside


def test_nothing_is_counted_in_vain(named: Library) -> None:
    """Later pages, a search for any word and a relaxed answer offer nothing; a word that is nowhere says so."""
    assert named.search("우정", offset=1).inside is None
    assert named.search("우정 총장", match="any").inside is None
    assert named.search("우정 우주선").inside is None
    assert named.search("학원").inside == 0
    assert named.search("총장").inside == 0
