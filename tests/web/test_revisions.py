"""The page and the API that say how an article changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import gisa
from gisa.web import create_app
from tests.web.conftest import clock, still
from tests.web.visitor import Visitor, links, text, texts

FIRST = {
    "id": "a1",
    "title": "나루대교 공사 소식",
    "body": "공사비는 300억 원이다. A < B이고 비가 왔다.",
    "published_at": "2026-11-01T09:00:00+09:00",
}
LATER = {**FIRST, "body": "공사비는 350억 원이다.", "modified_at": "2026-11-02T10:30:00+09:00"}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A paper that shows what was changed; of its articles one was, and one has an id like an address of revisions."""
    folder = tmp_path_factory.mktemp("revisions")
    (folder / "gisa.toml").write_text('[paper]\nrevisions = "diff"\n', "utf-8")
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        library.add([FIRST, LATER, {**FIRST, "id": "a2/revisions", "title": "다른 소식"}])
        yield Visitor(create_app(library, clock=clock, monotonic=still))


def test_the_page_says_what_was_changed(visitor: Visitor) -> None:
    """Newest first, each sentence as it was and as it is; texts are texts."""
    page = visitor.page("/articles/a1/revisions")

    assert texts(page, "h2") == ["2026년 11월 2일 10:30 수정", "2026년 11월 1일 09:00 입력"]
    assert texts(page, "del") == ["A < B이고 비가 왔다.", "공사비는 300억 원이다."]
    assert texts(page, "ins") == ["공사비는 350억 원이다."]
    assert text(visitor.page("/articles/a1/revisions", lang="en"), "h1") == "Revisions"


def test_an_article_leads_to_its_revisions(visitor: Visitor) -> None:
    """If it has some; in the language of the page."""
    assert links(visitor.page("/articles/a1"), "header .meta a") == ["/articles/a1/revisions"]
    assert links(visitor.page("/articles/a1", lang="en"), "header .meta a") == ["/articles/a1/revisions?lang=en"]
    assert links(visitor.page("/articles/a2%2Frevisions"), "header .meta a") == []


def test_an_id_that_ends_like_the_address_is_an_article(visitor: Visitor) -> None:
    """It is shown as every other, also by the API."""
    assert text(visitor.page("/articles/a2%2Frevisions"), "h1") == "다른 소식"
    assert visitor.get("/api/articles/a2%2Frevisions").json()["data"]["title"] == "다른 소식"


def test_the_api_says_the_same(visitor: Visitor) -> None:
    """Times with their zone, the sentences by part; null for the first."""
    answer = visitor.get("/api/articles/a1/revisions").json()
    second, first = answer["data"]["revisions"]

    assert (second["number"], second["at"]) == (2, "2026-11-02T10:30:00+09:00")
    assert second["changes"][1] == {
        "part": "body",
        "change": "changed",
        "before": "공사비는 300억 원이다.",
        "after": "공사비는 350억 원이다.",
    }
    assert first["changes"] is None
    assert answer["meta"]["href"] == "/articles/a1/revisions"


def test_many_revisions_lead_to_the_earlier_ones(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a link of the page, and a number of the API; a number that is none counts as no number."""
    monkeypatch.setattr("gisa.revisions.history.REVISIONS_SHOWN", 1)
    page = visitor.page("/articles/a1/revisions", lang="en", earlier_than="x")
    (more,) = links(page, "p a[rel=next]")
    first = visitor.page(more)

    assert texts(page, "h2") == ["Changed November 2, 2026, 10:30"]
    assert texts(first, "h2") == ["Published November 1, 2026, 09:00"]
    assert links(first, "p a[rel=next]") == []
    assert visitor.get("/api/articles/a1/revisions?fresh").json()["meta"]["earlier_than"] == 2
    assert visitor.get("/api/articles/a1/revisions?earlier_than=2").json()["meta"]["earlier_than"] is None
    assert visitor.get("/api/articles/a1/revisions?earlier_than=1").status_code == 422


def test_what_is_not_there_has_no_revisions(tmp_path: Path) -> None:
    """404 for an unknown article and where the paper shows none, 410 for one taken down."""
    with gisa.open(tmp_path) as library:
        library.add([FIRST, LATER, {**FIRST, "id": "a3", "title": "셋"}])
        library.remove(["a3"])
        visitor = Visitor(create_app(library))
        codes = {
            each: visitor.get(f"{api}/articles/{each}/revisions").status_code
            for each in ("a1", "a3", "a9")
            for api in ("", "/api")
        }
    assert codes == {"a1": 200, "a3": 410, "a9": 404}

    (tmp_path / "gisa.toml").write_text('[paper]\nrevisions = "none"\n', "utf-8")
    with gisa.open(tmp_path) as library:
        visitor = Visitor(create_app(library))
        assert visitor.get("/articles/a1/revisions").status_code == 404
        assert visitor.get("/api/articles/a1/revisions").status_code == 404
        assert links(visitor.page("/articles/a1"), "header .meta a") == []
