"""The article page: the whole text, the marks, and the way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import gisa
from gisa.model import SEOUL
from gisa.web import create_app
from tests.web.visitor import Visitor, links, one, text, texts


def test_an_article_is_shown_in_full(visitor: Visitor) -> None:
    """Headline, times, byline, publisher, picture, paragraphs, keywords and the original."""
    page = visitor.page("/articles/sea-01")

    assert text(page, "h1") == "바다 소식 1호"
    assert texts(page, ".text p") == ["나루 앞바다 바다 소식을 전한다.", "1번째 이야기는 등대 아래에서 시작된다."]
    assert texts(page, "article header .meta > *") == ["입력 2026년 11월 16일 05:00", "오세림 기자", "시험일보"]
    assert one(page, "figure img").attributes["src"] == "/media/sea.svg"
    assert texts(page, ".chips a") == ["바다", "나루 항"]
    assert links(page, ".original a") == ["https://news.example/sea/1"]
    assert page.css("mark") == []


def test_an_article_shows_what_a_paper_prints(tmp_path: Path) -> None:
    """부제 line by line, each picture with caption and credit, a day without a time, a link to the reporter's articles."""
    article = {
        "id": "a1",
        "title": "등대 축제",
        "subtitle": "사흘 동안\n불꽃 천 발",
        "body": "축제가 열렸다.",
        "published_at": "2026-11-10",
        "byline": ["홍예담 기자"],
        "pictures": [
            {"url": "/media/one.jpg", "caption": "등대 앞", "credit": "사진=홍예담", "alt": "불꽃"},
            {"url": "/media/two.jpg"},
        ],
    }
    with gisa.open(tmp_path) as library:
        assert library.add([article]).rejected == 0
        visitor = Visitor(create_app(library))
        page = visitor.page("/articles/a1")

        assert texts(page, ".subtitle p") == ["사흘 동안", "불꽃 천 발"]
        assert texts(page, "header time") == ["입력 2026년 11월 10일"]
        assert texts(page, "figcaption") == ["등대 앞 사진=홍예담"]
        assert [image.attributes["alt"] for image in page.css("figure img")] == ["불꽃", "기사 사진"]
        assert texts(visitor.page(links(page, "a[rel=author]")[0]), ".hit h2") == ["등대 축제"]
        assert page.css("article footer") == []


def test_a_subscribers_article_says_that_there_is_more(tmp_path: Path) -> None:
    """Everybody reads its beginning, and that the rest is for subscribers."""
    article = {
        "id": "a1",
        "title": "등대",
        "body": "등대 이야기. " * 90,
        "published_at": "2026-11-10",
        "access": "subscriber",
    }
    with gisa.open(tmp_path) as library:
        library.add([article, {**article, "id": "a2", "title": "등대지기", "access": "public"}])
        visitor = Visitor(create_app(library))

        assert texts(visitor.page("/articles/a1"), ".rest") == ["나머지 내용은 구독자만 읽을 수 있습니다."]
        assert texts(visitor.page("/articles/a2"), ".rest") == []


def test_a_correction_and_its_time_are_shown(visitor: Visitor) -> None:
    """A corrected article says when, and sets the notice apart."""
    page = visitor.page("/articles/bad%2F..%2F%22id%22%3Fx%23y")

    assert "수정 2026년 1월 3일 03:04" in texts(page, "article header time")
    assert text(page, ".correction") == "바로잡습니다: 함정은 없다."
    assert page.css(".original") == page.css("figure") == []


def test_a_correction_notice_stands_above_the_text_and_marks_the_result(visitor: Visitor) -> None:
    """What the paper put right, and when, on the article's page and beside its result; nowhere else."""
    page = visitor.page("/articles/bad%2F..%2F%22id%22%3Fx%23y")
    results = visitor.page("/search", q="함정")

    assert texts(page, ".corrected-note p") == [
        "정정 2026년 1월 4일 05:06",
        "함정이 아니라 <script>alert('x')</script>",
        "등대입니다.",
    ]
    assert texts(results, ".hit .corrected") == ["정정 2026년 1월 4일"]
    assert visitor.page("/articles/sea-01").css(".corrected-note") == []
    assert visitor.page("/search", q="바다").css(".corrected") == []


def test_a_removed_article_says_when_and_why(visitor: Visitor) -> None:
    """The day of the removal, and the reason the paper gives to readers; never the one it keeps to itself."""
    silent = visitor.ask("GET", "/articles/sea-99")
    told = visitor.ask("GET", "/articles/sea-98")
    today = datetime.now(SEOUL)

    assert f"{today.year}년 {today.month}월" in silent.text
    assert "에 삭제되었습니다." in silent.text
    assert "사유:" not in silent.text
    assert "사유: 당사자 요청 &lt;script&gt;" in told.text
    assert "속사정" not in silent.text + told.text


def test_the_query_is_marked_in_headline_and_text(visitor: Visitor) -> None:
    """An article opened from results shows why it was found."""
    page = visitor.page("/articles/sea-01", q="바다")

    assert texts(page, "h1 mark") == ["바다"]
    assert "바다" in texts(page, ".text mark")


def test_the_way_back_leads_to_the_very_page_and_place(visitor: Visitor) -> None:
    """From page 2 of a filtered search to an article and back to the same page, at the same article."""
    here = "/search?q=%EB%B0%94%EB%8B%A4&sort=oldest&period=year&section=%EA%B2%BD%EC%A0%9C&page=2"
    results = visitor.page(here)
    hit = one(results, ".hit")
    article = visitor.page(links(results, ".hit h2 a")[0])

    back = links(article, ".back a")
    assert back == [f"{here}#{hit.attributes['id']}"] * 2
    assert texts(article, ".back a")[0].endswith("‘바다’ 검색 결과로 돌아가기")


def test_an_article_without_a_query_leads_to_the_first_page(visitor: Visitor) -> None:
    """A reader who comes from elsewhere is not sent to a search they never made."""
    assert links(visitor.page("/articles/sea-01"), ".back a") == ["/"]


def test_ids_of_any_kind_have_a_page(visitor: Visitor) -> None:
    """Slashes, quotes, question marks and hashes in an id survive the way through a link."""
    href = links(visitor.page("/search", q="함정"), ".hit h2 a")[0]

    assert unquote(href.partition("?")[0]) == '/articles/bad/../"id"?x#y'
    assert text(visitor.page(href), "h1").startswith("함정")


def test_section_and_keywords_lead_to_searches(visitor: Visitor) -> None:
    """From an article to its section and to what it is about."""
    page = visitor.page("/articles/sea-01")

    assert texts(visitor.page(links(page, ".kicker a")[0]), "h1") == ["‘분야:경제’ 검색 결과 22건"]
    assert links(page, ".chips a")[1] == "/search?q=%EB%82%98%EB%A3%A8%20%ED%95%AD"
