"""The explanation of a result, as a page and over the API."""

from __future__ import annotations

import pytest

from tests.web.visitor import Visitor, links, text, texts


def test_a_page_says_why_an_article_is_found(visitor: Visitor) -> None:
    """The verdict, each part of the query, and a score that is taken apart; no part of it is remembered."""
    response = visitor.get("/explain", q="등대", id="sea-01")
    page = visitor.page("/explain", q="등대", id="sea-01")

    assert text(page, "#verdict") == "검색됩니다"
    assert texts(page, ".parts strong") == ["등대"]
    assert page.css(".shares dd")
    assert "set-cookie" not in response.headers


def test_a_page_says_why_not(visitor: Visitor) -> None:
    """The first reason comes first; a query in markup stays text."""
    page = visitor.page("/explain", q="우주엘리베이터", id="sea-01")
    hostile = visitor.get("/explain", q="<script>alert(1)</script>", id="sea-01")

    assert text(page, "#verdict") == "검색되지 않습니다"
    assert "‘우주엘리베이터’가 제목과 본문 어디에도 없습니다." in texts(page, ".verdict p")
    assert "<script>alert" not in hostile.text


def test_the_article_leads_there(visitor: Visitor) -> None:
    """With a query by a link, without one by a form."""
    found = visitor.page("/articles/sea-01", q="등대")
    plain = visitor.page("/articles/sea-01")

    assert links(found, ".why a") == ["/explain?q=%EB%93%B1%EB%8C%80&id=sea-01"]
    assert plain.css(".asking-why input[name=q]")


def test_without_a_query_the_page_asks_for_one(visitor: Visitor) -> None:
    """A form with the article's headline, and no verdict."""
    page = visitor.page("/explain", id="sea-01")

    assert page.css(".asking-why")
    assert not page.css("#verdict")


@pytest.mark.parametrize(("article_id", "status"), [("none", 404), ("sea-99", 410), ("", 404)])
def test_what_is_not_there_cannot_be_explained(visitor: Visitor, article_id: str, status: int) -> None:
    """As a page and as a problem, with a query and without."""
    for path in ("/explain", "/api/explain"):
        for query in ("등대", ""):
            assert visitor.get(path, q=query, id=article_id).status_code == status


def test_the_api_explains(visitor: Visitor) -> None:
    """The same as data; parameters that are unknown or missing are named."""
    found = visitor.get("/api/explain", q="등대", id="sea-01").json()
    nothing = visitor.get("/api/explain", q="", id="sea-01").json()["data"]
    long = visitor.get("/api/explain", q="가 " * 2_500, id="sea-01").json()["data"]

    assert found["data"]["found"] is True
    assert found["meta"]["href"].startswith("/explain?q=")
    assert sum(part["score"] for part in found["data"]["score_parts"]) == pytest.approx(found["data"]["score"])
    assert (nothing["found"], nothing["parts"]) == (False, [])
    assert {notice["code"] for notice in long["notices"]} == {"too_long", "too_many_words"}
    assert visitor.get("/api/explain", q="등대").status_code == 422
    assert visitor.get("/api/explain", q="등대", id="sea-01", limit="1").status_code == 422
