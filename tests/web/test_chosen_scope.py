"""The reader's choice between all results and those about the query is remembered, and is the address's to overrule."""

from __future__ import annotations

from pathlib import Path

import pytest

import gisa
from gisa.library import Library
from gisa.web.app import create_app
from tests.web.visitor import Visitor, texts

_MENTION = "다른 이야기를 길게 하다가 끝에 이르러 한 번 등대를 말한다."


def add(library: Library) -> Library:
    library.add(
        {"id": name, "title": title, "body": body, "published_at": "2025-06-05T09:00:00+09:00"}
        for name, title, body in (("about", "등대를 고치다", "등대가 밝다"), ("mention", "바다 소식", _MENTION))
    )
    return library


@pytest.fixture
def visitor(library: Library) -> Visitor:
    return Visitor(create_app(add(library)))


def titles(visitor: Visitor, **asked: str) -> list[str]:
    return texts(visitor.page("/search", q="등대", **asked), "h2 a")


def test_the_choice_is_remembered_until_another_is_made(visitor: Visitor) -> None:
    """A click on 주요 기사 holds for the next search, and one on 전체 ends it; who has chosen nothing gets no cookie."""
    first = titles(visitor)
    chosen = titles(visitor, about="1")
    next_one = titles(visitor)
    back = titles(visitor, about="0")
    after = titles(visitor)

    assert len(first) == 2
    assert chosen == next_one == ["등대를 고치다"]
    assert back == after == first


def test_one_reader_s_choice_is_not_another_s(library: Library) -> None:
    """Cached pages are told apart by what was chosen, and hold nobody's cookie."""
    app = create_app(add(library))
    one, other = Visitor(app), Visitor(app)

    assert len(titles(one, about="1")) == 1
    assert len(titles(other)) == 2
    assert len(titles(one)) == 1
    assert "gisa_about" not in other.get("/search", q="등대").headers.get("set-cookie", "")


def test_a_paper_may_show_what_is_about_the_query(tmp_path: Path) -> None:
    """``[search] about = true`` holds at every door that does not say otherwise, and not for the reason why."""
    (tmp_path / "gisa.toml").write_text("[search]\nabout = true\n", encoding="utf-8")
    with gisa.open(tmp_path) as library:
        add(library)
        visitor = Visitor(create_app(library))

        assert library.search("등대").total == 1
        assert library.search("등대", about=False).total == 2
        assert visitor.get("/api/search", q="등대").json()["data"]["total"] == 1
        assert len(titles(visitor, about="0")) == 2
        assert library.explain("등대", "mention").found
