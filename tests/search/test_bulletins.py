"""Lists and notices can be left out, and are about what they list only if lists are asked for."""

from __future__ import annotations

import pytest

from gisa.library import Library


@pytest.fixture
def paper(library: Library) -> Library:
    library.add(
        {
            "id": name,
            "title": title,
            "body": "나루시 등대과장 홍예담. 등대과.",
            "published_at": "2025-06-05T09:00:00+09:00",
        }
        for name, title in (("list", "[인사] 나루시"), ("text", "나루시, 등대과장을 바꾸다"))
    )
    return library


def ids(library: Library, query: str, *, no_bulletins: bool = False, about: bool = False) -> set[str]:
    return {hit.article.id for hit in library.search(query, no_bulletins=no_bulletins, about=about).hits}


def test_they_can_be_left_out(paper: Library) -> None:
    """Both are found, and the list is not if it is not wanted."""
    assert ids(paper, "등대과") == {"list", "text"}
    assert ids(paper, "등대과", no_bulletins=True) == {"text"}


def test_they_are_about_nothing_unless_asked_for(paper: Library) -> None:
    """A list counts as an article about its names only for a query that names the kind of list."""
    assert ids(paper, "나루시", about=True) == {"text"}
    assert ids(paper, "나루시 인사", about=True) == {"list"}
