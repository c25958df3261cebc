"""Paging by cursor: every article once, whatever is added meanwhile, and a total that stays whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.errors import SearchInvalid
from gisa.library import Library
from gisa.model import Sort
from gisa.search.cursor import Cursor, read_cursor, write_cursor

NOON = datetime(2026, 1, 1, 3, tzinfo=UTC)


@given(st.sampled_from([Sort.NEWEST, Sort.OLDEST]), st.integers(-(2**33), 2**34), st.integers(1, 2**30))
def test_a_cursor_reads_back(sort: Sort, published_at_s: int, seq: int) -> None:
    """What a page says of its end is what the next one begins with."""
    cursor = Cursor(sort, published_at_s, seq)

    assert read_cursor(write_cursor(cursor)) == cursor


@given(st.text(max_size=40))
def test_anything_else_is_refused_with_a_reason(text: str) -> None:
    """No text makes a reader of cursors fail otherwise than by saying so."""
    said = None
    try:
        read_cursor(text)
    except ValueError as error:
        said = str(error)

    assert said is None or "cursor" in said


def _articles(count: int, *, first: int = 0) -> list[dict[str, str]]:
    """Articles of which three at a time share their moment."""
    return [
        {
            "id": f"{first + number:03}",
            "title": f"등대 {first + number}",
            "body": "바다",
            "published_at": (NOON - timedelta(minutes=number // 3)).isoformat(),
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_walking_by_cursor_meets_every_article_once(library: Library, sort: str) -> None:
    """In the order of page numbers, with the whole total on every page."""
    library.add(_articles(50))
    whole = [hit.article.id for hit in library.search("등대", sort=sort, limit=100).hits]
    met: list[str] = []
    cursor: str | None = None
    while True:
        page = library.search("등대", sort=sort, limit=7, cursor=cursor)
        assert page.total == 50
        met += [hit.article.id for hit in page.hits]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert met == whole


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("days_apart", [0.0001, 0.3, 40, 4_000])
def test_of_many_results_a_stretch_of_time_is_looked_at_first(
    library: Library, monkeypatch: pytest.MonkeyPatch, sort: str, days_apart: float
) -> None:
    """However far apart they were published, it is the same walk."""
    monkeypatch.setattr("gisa.search.finding._MANY", 5)
    moments = [NOON - timedelta(days=days_apart * (number // 3)) for number in range(20)]
    library.add([each | {"published_at": at.isoformat()} for each, at in zip(_articles(20), moments, strict=True)])
    whole = [hit.article.id for hit in library.search("등대", sort=sort, limit=100).hits]
    cursor, met = None, list[str]()
    while not met or cursor is not None:
        page = library.search("등대", sort=sort, limit=3, cursor=cursor)
        met += [hit.article.id for hit in page.hits]
        cursor = page.next_cursor

    assert met == whole


def test_an_article_added_meanwhile_moves_nothing(library: Library) -> None:
    """Page numbers shift when news comes in; a cursor does not."""
    library.add(_articles(20))
    first = library.search("등대", limit=5)
    expected = library.search("등대", limit=5, offset=5)
    library.add(
        [{"id": "new", "title": "등대 새 소식", "body": "바다", "published_at": (NOON + timedelta(1)).isoformat()}]
    )

    second = library.search("등대", limit=5, cursor=first.next_cursor)

    assert [hit.article.id for hit in second.hits] == [hit.article.id for hit in expected.hits]
    assert second.total == 21


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"cursor": "x"}, "not a cursor"),
        ({"cursor": "n-1-1", "sort": "oldest"}, "another order"),
        ({"cursor": "n-1-1", "sort": "relevance"}, "another order"),
        ({"cursor": "n-1-1", "offset": 5}, "leave offset out"),
    ],
)
def test_impossible_cursors_are_named(library: Library, arguments: dict[str, object], said: str) -> None:
    """What is wrong, and what to do."""
    with pytest.raises(SearchInvalid, match=said):
        library.search("등대", **arguments)  # type: ignore[call-overload]  # of several types on purpose


def test_by_relevance_there_is_no_cursor(library: Library) -> None:
    """Scores have no such place; the page says so by giving none."""
    library.add(_articles(20))

    assert library.search("등대", sort="relevance", limit=5).next_cursor is None
