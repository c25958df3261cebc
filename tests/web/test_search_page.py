"""The search page, state by state."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

from gisa.library import Library
from gisa.model import (
    Article,
    ArticleView,
    FacetCount,
    Hit,
    Notice,
    NoticeCode,
    Picture,
    SearchPage,
    Snippet,
    Sort,
    Span,
)
from gisa.query.parse import MAX_CHARACTERS
from gisa.web import create_app
from tests.web.conftest import NOW, SCRIPT
from tests.web.visitor import Visitor, links, one, text, texts


def test_the_first_page_invites_to_search(visitor: Visitor) -> None:
    """Before any query: the labelled box with its button, what can be searched, the newest articles, the sections."""
    page = visitor.page("/")

    assert text(page, "h1 label[for=q]") == "찾아보고 싶은 뉴스가 있다면, 검색"
    assert text(page, "form[role=search] button") == "검색"
    assert "66건" in text(page, ".holdings")
    assert texts(page, ".card h3")[0] == "바다 소식 0호"
    assert "지역 22" in texts(page, ".home-columns .chips a")


@pytest.mark.parametrize("query", ["", "   ", "\x00"], ids=["none", "spaces", "NUL"])
def test_a_search_without_a_query_is_the_first_page(visitor: Visitor, query: str) -> None:
    """``/search`` alone asks for a query and stores nothing."""
    response = visitor.get("/search", q=query)

    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert "<h1><label" in response.text


def test_a_page_of_results_says_everything_about_its_hits(visitor: Visitor) -> None:
    """The exact count, 20 hits, newest first, each with headline, date, section, byline, snippet and marks."""
    page = visitor.page("/search", q="바다")

    assert text(page, "h1") == "‘바다’ 검색 결과 65건"
    assert texts(page, ".hit h2")[:2] == ["바다 소식 0호", "바다 소식 1호"]
    assert len(page.css(".hit")) == 20
    assert texts(page, ".hit .kicker")[:3] == ["지역", "경제", "문화"]
    assert texts(page, ".hit time")[0] == "2026년 11월 16일"
    assert one(page, ".hit time").attributes["datetime"] == "2026-11-16T11:00:00+09:00"
    assert "오세림 기자" in texts(page, ".hit .meta")[0]
    assert "바다" in texts(page, ".hit .snippet mark")
    assert one(page, "#q").attributes["value"] == "바다"


def test_pictures_cannot_make_the_page_jump(visitor: Visitor) -> None:
    """A picture is loaded late, at a fixed size, and says nothing to a screen reader that the headline does not."""
    pictures = visitor.page("/search", q="바다").css(".hit img")

    assert len(pictures) == 10
    for picture in pictures:
        assert {"loading": "lazy", "width": "320", "height": "200", "alt": ""}.items() <= picture.attributes.items()


def test_pages_are_linked_with_everything_kept(visitor: Visitor) -> None:
    """Page links carry query, order and filters; the first page has no way back, the last none onward."""
    first = visitor.page("/search", q="바다 소식", sort="oldest")
    last = visitor.page("/search", q="바다 소식", sort="oldest", page="4")

    assert texts(first, ".pages li a > span[aria-hidden]") == ["1", "2", "3", "4"]
    assert text(first, ".pages [aria-current=page] > span[aria-hidden]") == "1"
    assert links(first, ".pages a[rel=next]") == [
        "/search?q=%EB%B0%94%EB%8B%A4%20%EC%86%8C%EC%8B%9D&sort=oldest&page=2"
    ]
    assert first.css(".pages a[rel=prev]") == last.css(".pages a[rel=next]") == []
    assert len(last.css(".hit")) == 5


def test_pages_neither_repeat_nor_skip(visitor: Visitor) -> None:
    """Walking all pages shows every article once, in order."""
    shown = [
        title for number in range(1, 5) for title in texts(visitor.page("/search", q="바다", page=number), ".hit h2")
    ]

    assert shown == [f"바다 소식 {number}호" for number in range(65)]


def test_filters_show_what_they_would_leave(visitor: Visitor) -> None:
    """Periods and sections are offered with their counts, and a filter narrows the results."""
    page = visitor.page("/search", q="바다")
    periods, sections, *_ = page.css(".filters nav")
    week = visitor.page("/search", q="바다", period="week", section="경제")

    assert texts(LexborHTMLParser(periods.html or ""), "a")[:1] == ["전체 65"]
    assert texts(LexborHTMLParser(sections.html or ""), "a") == ["전체", "경제 22", "지역 22", "문화 21"]
    assert set(texts(week, ".hit .kicker")) == {"경제"}
    assert [label.split()[0] for label in texts(week, ".filters [aria-current=true]")][:2] == ["1주", "경제"]


def test_days_can_be_set_by_hand(visitor: Visitor) -> None:
    """The form for two days keeps the other filters and shows what is set."""
    page = visitor.page("/search", **{"q": "바다", "from": "2026-11-10", "to": "2026-11-11", "section": "지역"})

    assert text(page, ".range summary") == "기간: 2026-11-10~2026-11-11"
    assert [field.attributes.get("value") for field in page.css(".range input[type=date]")] == [
        "2026-11-10",
        "2026-11-11",
    ]
    assert one(page, ".range input[name=section]").attributes["value"] == "지역"
    assert set(texts(page, ".hit time")) <= {"2026년 11월 10일", "2026년 11월 11일"}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"from": "2025-13-45"}, "2025-13-45"),
        ({"from": "2026-12-01", "to": "2026-01-01"}, "바꾸어"),
    ],
    ids=["no date", "wrong order"],
)
def test_unusable_days_are_told_and_the_rest_is_answered(
    visitor: Visitor, parameters: dict[str, str], said: str
) -> None:
    """The page answers without them and says so."""
    page = visitor.page("/search", q="바다", **parameters)

    assert said in text(page, ".notice")
    assert page.css(".hit")


@pytest.mark.parametrize("number", ["-1", "0", "abc", "1e3", ""])
def test_an_unusable_page_number_is_page_one(visitor: Visitor, number: str) -> None:
    """Whatever is not a page is the first page."""
    assert texts(visitor.page("/search", q="바다", page=number), ".hit h2")[0] == "바다 소식 0호"


@pytest.mark.parametrize("number", ["5", "51", "999999", "9" * 400])
def test_a_page_beyond_the_end_leads_back(visitor: Visitor, number: str) -> None:
    """It says how far the results go, and links to the last page."""
    page = visitor.page("/search", q="바다", page=number)

    assert text(page, "#state-title") == "마지막 페이지는 4페이지입니다"
    assert links(page, ".state a.button")[0].endswith("&page=4")
    assert page.css(".hit") == []


def test_no_result_says_so_and_helps(visitor: Visitor) -> None:
    """What was searched, tips, and no filters to remove where none are set."""
    page = visitor.page("/search", q="우주엘리베이터")

    assert text(page, "h1#state-title") == "‘우주엘리베이터’ 검색 결과가 없습니다"
    assert page.css(".tips")
    assert page.css(".state a.button") == []


def test_no_result_under_filters_offers_to_remove_them(visitor: Visitor) -> None:
    """Each filter can be taken away by itself, or all at once."""
    page = visitor.page("/search", q="우주엘리베이터", section="경제", period="week")

    assert texts(page, ".state a.button") == [
        "기간 ‘1주’ 해제",
        "분야 ‘경제’ 해제",
        "조건 모두 해제",
    ]
    assert (
        links(page, ".state a.button")[-1]
        == "/search?q=%EC%9A%B0%EC%A3%BC%EC%97%98%EB%A6%AC%EB%B2%A0%EC%9D%B4%ED%84%B0"
    )


def test_words_that_nobody_has_together_are_relaxed_and_told(visitor: Visitor) -> None:
    """The page shows what has some of the words, says that none has all, and names the word that is nowhere."""
    page = visitor.page("/search", q="바다 우주엘리베이터")

    relaxed, nowhere = texts(page, ".notice")
    assert "모든 단어가 들어 있는 기사가 없어" in relaxed
    assert nowhere.endswith("‘우주엘리베이터’")
    assert len(page.css(".hit")) == 20


@pytest.mark.parametrize("query", ["!!!", "…", "“”"])
def test_a_query_without_letters_says_what_can_be_searched(visitor: Visitor, query: str) -> None:
    """Nonsense is answered kindly, and not remembered."""
    response = visitor.get("/search", q=query)

    assert response.status_code == 200
    assert "검색할 수 있는 글자가 없습니다" in response.text
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    "query",
    [
        '"따옴표',
        "((((",
        "😀 이모지",
        "ㅋㅋㅋ ㄱ",
        "a\x00b",
        "-",
        "OR OR",
        "제목:",
        "..",
        "%",
        "\\",
        "AND (",
        "\ud7a3" * 600,
    ],
    ids=str.__len__,
)
def test_no_query_fails(visitor: Visitor, query: str) -> None:
    """Whatever is typed, a page comes back, of ordinary size."""
    response = visitor.get("/search", q=query)

    assert response.status_code == 200
    assert len(response.content) < 400_000


@pytest.mark.parametrize(
    "query_string",
    [
        b"q=" + quote("가" * 10_000).encode(),
        b"q=%ff%fe%00%ed%a0%80",
        b"q=%",
        b"&&&==",
        b"q=a&q=b",
        b"%00=%00",
        b"q=\xea\xb0",
    ],
    ids=["10,000 characters", "no UTF-8", "bare percent", "empty pairs", "twice", "NUL", "raw bytes"],
)
def test_no_query_string_fails(visitor: Visitor, query_string: bytes) -> None:
    """Bytes that no browser would send are answered all the same, with a page of ordinary size."""
    status, body = visitor.get_raw("/search", query_string)

    assert status == 200
    assert len(body) < 400_000


def test_an_empty_archive_says_so_and_shows_no_command(empty_app: FastAPI) -> None:
    """First page and search page speak to readers, who run no commands."""
    visitor = Visitor(empty_app)

    for page in (visitor.page("/"), visitor.page("/search", q="바다")):
        assert text(page, "#empty-title") == "등록된 기사가 없습니다"
        assert not [said for said in texts(page, "code") if "gisa" in said]


def test_everything_an_article_says_is_escaped(visitor: Visitor) -> None:
    """Script in headline, body, byline, section and address stays text, in results and on the article's page."""
    for path in ("/search?q=함정", "/", "/articles/bad%2F..%2F%22id%22%3Fx%23y?q=함정"):
        response = visitor.get(path)
        page = LexborHTMLParser(response.text)

        assert response.status_code == 200
        assert SCRIPT not in response.text
        assert_only_our_scripts(page)
        assert page.css("[onerror]") == []
        assert "javascript:" not in response.text


def test_everything_an_archive_hands_out_is_escaped(
    paper_library: Library, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages trust nothing: an archive that was filled by other means may hold markup in every field."""
    wild = SCRIPT + "\"'><img src=x onerror=y>"
    article = Article(
        id=wild,
        title=wild,
        body=wild,
        published_at=NOW,
        modified_at=NOW,
        section=wild,
        byline=(wild, wild),
        publisher=wild,
        url="javascript:alert(1)",
        pictures=(Picture(url="javascript:alert(1)"),),
        keywords=(wild,),
        lang=wild,
    )
    marks = (Span(1, 4), Span(6, 300))
    page = SearchPage(
        wild,
        Sort.NEWEST,
        45,
        (Hit(article, marks, Snippet(wild, marks, cut_before=True), None),),
        (Notice(NoticeCode.RELAXED),),
        True,
        20,
        0,
        {"section": (FacetCount(wild, 3),), "period": (FacetCount("all", 4),)},
    )
    monkeypatch.setattr(paper_library, "search", lambda *_, **__: page)
    monkeypatch.setattr(paper_library, "article", lambda *_, **__: ArticleView(article, 1, marks, marks))
    monkeypatch.setattr(paper_library, "similar", lambda *_, **__: [article])
    monkeypatch.setattr(paper_library, "similar_total", lambda *_, **__: 1)
    monkeypatch.setattr(paper_library, "related", lambda *_, **__: [article])

    for path in ("/search?q=wild", "/articles/x?q=wild"):  # asked by no other test, so answered by nothing remembered
        response = visitor.get(path)
        shown = LexborHTMLParser(response.text)

        assert response.status_code == 200
        assert SCRIPT not in response.text
        assert shown.css("[onerror]") == shown.css("img") == shown.css('[href^="javascript"]') == []
        assert_only_our_scripts(shown)
        assert wild in one(shown, "h1" if "articles" in path else "h2 a").text()


def test_everything_a_reader_types_is_escaped(visitor: Visitor) -> None:
    """Script in every parameter and in the recent searches stays text."""
    parameters = dict.fromkeys(
        ("q", "section", "from", "to", "page", "sort", "period"), SCRIPT + '"><img src=x onerror=y>'
    )
    response = visitor.get("/search", None, **parameters)
    page = LexborHTMLParser(response.text)

    assert response.status_code == 200
    assert SCRIPT not in response.text
    assert page.css("[onerror]") == []
    assert_only_our_scripts(page)


def test_a_search_finds_an_article_at_once_after_it_is_added(library: Library) -> None:
    """The application serves what the archive holds now, and its first page within a second."""
    visitor = Visitor(create_app(library))
    assert visitor.page("/search", q="등대").css(".hit") == []

    library.add([{"id": "1", "title": "등대 불빛", "body": "등대", "published_at": "2026-01-01T00:00:00+09:00"}])

    assert texts(visitor.page("/search", q="등대"), ".hit h2") == ["등대 불빛"]


def test_the_page_has_landmarks_and_headings(visitor: Visitor) -> None:
    """One main, one h1, a skip link to it, hits as h2, and names on every navigation."""
    page = visitor.page("/search", q="바다")

    assert len(page.css("main#content")) == len(page.css("h1")) == 1
    assert links(page, "a.skip") == ["#content"]
    assert all(node.attributes.get("aria-label") or node.attributes.get("aria-labelledby") for node in page.css("nav"))
    assert text(page, ".to-top a") == "위로"
    assert one(page, "html").attributes["lang"] == "ko"


def test_a_new_search_keeps_the_order_and_drops_the_filters(visitor: Visitor) -> None:
    """The search form carries the chosen order only: filters belong to the results that offered them."""
    page = visitor.page("/search", q="바다", sort="relevance", section="경제", period="year")

    hidden = {node.attributes["name"]: node.attributes["value"] for node in page.css("form.finder input[type=hidden]")}
    assert hidden == {"sort": "relevance"}


def test_a_long_query_does_not_fill_the_page(visitor: Visitor) -> None:
    """The heading shows its beginning; the search box holds what was searched, and the page says it was cut."""
    page = visitor.page("/search", q="바다" * 400)

    assert text(page, "h1") == "‘" + "바다" * 30 + "…’ 검색 결과가 없습니다"
    assert one(page, "#q").attributes["value"] == "바다" * 250
    assert "500자" in text(page, ".notice")


def test_the_search_box_takes_more_than_a_search_reads_and_less_than_servers_refuse(visitor: Visitor) -> None:
    """What is pasted into the box always reaches the page, which says when it was cut."""
    box = one(visitor.page("/"), "#q")

    assert MAX_CHARACTERS < int(box.attributes["maxlength"] or 0) < 8_000 / len(quote("가"))


def test_what_stands_inside_words_is_offered(visitor: Visitor) -> None:
    """A two-syllable word that also stands inside words has a link to those, and that page one back; others have none."""
    first = visitor.page("/search", q="다소", sort="oldest")
    asked = visitor.page("/search", q="다소", sort="oldest", inside="1")
    other = visitor.page("/search", q="바다")

    assert text(first, ".inside") == "다른 단어의 일부로 쓰인 기사 65건 더 보기"
    assert links(first, ".inside a") == ["/search?q=%EB%8B%A4%EC%86%8C&sort=oldest&inside=1"]
    assert "65건" in text(asked, "h1")
    assert links(asked, ".inside a") == ["/search?q=%EB%8B%A4%EC%86%8C&sort=oldest"]
    assert all("inside=1" in href for href in links(asked, ".sorts a"))
    assert other.css(".inside") == []


def test_variants_are_switched_off_and_on_one_by_one(library: Library) -> None:
    """Switching a second variant off leaves the first one off; switching one on again leaves the other off."""
    titles = ("인공지능 전략", "AI 반도체", "에이아이 학교")
    library.add({"title": title, "body": "본문", "published_at": "2026-01-01"} for title in titles)
    visitor = Visitor(create_app(library))

    whole = visitor.page("/search", q="인공지능")
    one_off = visitor.page(links(whole, ".variants li:not(.off) a")[0])
    both_off = visitor.page(links(one_off, ".variants li:not(.off) a")[0])
    one_on = visitor.page(links(both_off, ".variants .off a")[0])

    assert [len(page.css(".hit")) for page in (whole, one_off, both_off, one_on)] == [3, 2, 1, 2]
    assert [len(page.css(".variants .off")) for page in (whole, one_off, both_off, one_on)] == [0, 1, 2, 1]


def test_a_mistyped_query_shows_what_was_meant_with_one_link_back(visitor: Visitor) -> None:
    """A query that finds nothing while its correction does shows the corrected results; one link searches as typed."""
    page = visitor.page("/search", q="바더")
    [back] = links(page, ".meant a")
    typed = visitor.page(back)

    assert texts(page, ".meant") == ["‘바다’ 검색 결과를 보여 드립니다. ‘바더’ 그대로 검색"]
    assert page.css(".hit")
    assert not typed.css(".hit")


def assert_only_our_scripts(page: LexborHTMLParser) -> None:
    """The page runs the site's two scripts, from its own files, and no other."""
    scripts = page.css("script:not([type])")  # data of a type is not run
    names = [(node.attributes["src"] or "").rpartition("/") for node in scripts]
    assert [(folder, name.partition(".")[0]) for folder, _, name in names] == [
        ("/static", "site"),
        ("/static", "suggest"),
    ]
    assert [node.text() for node in scripts] == ["", ""]


def test_the_form_for_days_keeps_everything_else(visitor: Visitor) -> None:
    """Choosing days forgets neither what was switched off nor the words looked for inside others, nor order and section."""
    address = "/search?q=바다&sort=oldest&period=year&section=지역&without=synonym:ai=인공지능&inside=1"
    page = visitor.page(address)
    [form] = page.css("details.range form")
    inputs = {each.attributes["name"]: each.attributes.get("value") for each in form.css("input")}

    assert inputs == {
        "q": "바다",
        "sort": "oldest",
        "section": "지역",
        "without": "synonym:ai=인공지능",
        "inside": "1",
        "from": "",
        "to": "",
    }


def test_days_in_the_wrong_order_are_told(visitor: Visitor) -> None:
    """The page finds what lies between the days and says that it changed their order; the API tells it by a code."""
    turned, straight = {"from": "2026-11-12", "to": "2026-11-10"}, {"from": "2026-11-10", "to": "2026-11-12"}
    page = visitor.page("/search", q="바다", **turned)
    of_api = visitor.get("/api/search", None, q="바다", **turned).json()["data"]

    assert "두 날짜를 바꾸어" in text(page, ".notice")
    assert [notice["code"] for notice in of_api["notices"]] == ["days_swapped"]
    assert of_api["total"] == visitor.get("/api/search", None, q="바다", **straight).json()["data"]["total"] > 0


def test_every_door_cleans_a_query_the_same_way(visitor: Visitor, paper_library: Library) -> None:
    """A Hangul filler, which nobody sees, is no letter at any door."""
    for query in ("바\u3164다", "바\u200b다"):
        of_api = visitor.get("/api/search", q=query).json()["data"]

        assert text(visitor.page("/search", q=query), "h1 strong") == "65건"
        assert of_api["total"] == 65
        assert paper_library.search(query).total == 65
