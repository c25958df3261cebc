"""Searching, paging, sorting, and what a page says when there is nothing to show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.reading import await_top, headlines, hit_ids, hit_times, recent, search, search_box, total
from tests.browser.serving import HOSTILE_ID, LONE_WORD, REMOVED_ID, Site
from tests.browser.states import results

pytestmark = pytest.mark.browser


def test_a_reader_searches_from_the_first_page(either: Page) -> None:
    """Typing a query and pressing 검색 leads to results that show it, highlighted."""
    either.goto("/")

    search(either, "AI센터")

    assert either.url.endswith("/search?q=AI%EC%84%BC%ED%84%B0")
    assert search_box(either).input_value() == "AI센터"
    assert "‘AI센터’ 검색 결과" in either.locator("h1").inner_text()
    marks = either.locator(".hit mark").all_inner_texts()
    assert marks
    assert {"".join(mark.split()).lower() for mark in marks} & {"ai센터"}
    assert all(hit.locator("mark").count() for hit in either.locator(".hit").all())


def test_paging_to_the_end_shows_every_article_once(open_page: OpenPage, paper_site: Site, *, javascript: bool) -> None:
    """다음 leads through all pages: each article once, newest first, as many as the heading says."""
    page = open_page(javascript=javascript)
    page.goto(results("..2999-12-31"))
    promised = total(page)
    seen, times, pages = hit_ids(page), hit_times(page), 1
    assert page.locator(".found p").inner_text() == f"{promised:,}건 중 1~20"

    while (step := page.get_by_role("link", name="다음", exact=True)).count():
        step.click()
        pages += 1
        assert page.locator(".pages [aria-current=page]").text_content() == f"{pages}페이지{pages}"
        seen += hit_ids(page)
        times += hit_times(page)

    assert promised == len(seen) == len(set(seen))
    assert set(seen) == set(paper_site.articles)
    assert all(newer >= older for newer, older in pairwise(times))


def test_a_page_number_leads_there_and_back(either: Page) -> None:
    """A number of the page links opens that page of the same query; 이전 goes one back."""
    either.goto(results("나루", period="year"))
    first = headlines(either)

    either.get_by_role("navigation", name="결과 페이지").get_by_role("link", name="2페이지").click()
    second = headlines(either)
    either.get_by_role("link", name="이전", exact=True).click()

    assert second
    assert not set(first) & set(second)
    assert headlines(either) == first


def test_sorting_oldest_is_newest_reversed(either: Page) -> None:
    """오래된순 turns the list around, 추천순 keeps the same articles, and the choice is marked."""
    either.goto(results("제조AI센터"))
    newest = hit_ids(either)
    assert 1 < total(either) <= 20
    sorts = either.get_by_role("navigation", name="정렬")

    sorts.get_by_role("link", name="오래된순").click()
    oldest = hit_ids(either)
    sorts.get_by_role("link", name="추천순").click()

    assert oldest == newest[::-1]
    assert sorted(hit_ids(either)) == sorted(newest)
    assert sorts.locator("[aria-current]").inner_text() == "추천순"


def test_a_new_query_keeps_the_order_and_drops_the_page(either: Page) -> None:
    """Searching again from page 2 of an oldest-first list begins at its first page, oldest first."""
    either.goto(results("나루", sort="oldest", page=2))

    search(either, "AI센터")

    assert either.locator("[aria-label=정렬] [aria-current]").inner_text() == "오래된순"
    assert either.locator(".found p").inner_text().endswith("건 중 1~20")
    times = hit_times(either)
    assert times == sorted(times)


def test_an_empty_box_leads_nowhere(either: Page) -> None:
    """Pressing 검색 with nothing typed shows the first page again, the box ready."""
    either.goto("/")

    search(either, "   ")

    assert either.locator("h1").inner_text() == "찾아보고 싶은 뉴스가 있다면, 검색"
    expect(search_box(either)).to_be_focused()
    assert recent(either) == []


def test_nothing_found(either: Page) -> None:
    """Without a result the page says so, and helps: every example it gives is a search that works."""
    either.goto(results("쀍뛟괡"))

    assert either.locator("h1").inner_text() == "‘쀍뛟괡’ 검색 결과가 없습니다"
    assert either.locator(".hit").count() == 0
    either.get_by_role("link", name="태풍 | 호우").click()
    assert total(either) > 0


def test_nothing_found_for_want_of_a_wider_filter(either: Page) -> None:
    """When filters leave nothing, each can be taken out by a link, and all of them by one more."""
    either.goto(results("AI센터", section="경제", **{"from": "1999-01-01", "to": "1999-01-31"}))

    either.get_by_role("link", name="기간 ‘1999-01-01~1999-01-31’ 해제").click()
    assert set(either.locator(".hit .kicker").all_inner_texts()) == {"경제"}
    either.go_back()
    either.get_by_role("link", name="조건 모두 해제").click()

    assert either.url.endswith(results("AI센터"))
    assert total(either) > 20


@pytest.mark.parametrize("query", ["😀🎉", "!!! ???"], ids=["emoji", "marks"])
def test_a_query_without_a_letter(either: Page, query: str) -> None:
    """What holds nothing to look for is answered kindly, and not remembered."""
    either.goto("/")

    search(either, query)

    assert "검색할 수 있는 글자가 없습니다" in either.locator("main").inner_text()
    assert search_box(either).input_value() == query
    assert recent(either) == []


@pytest.mark.parametrize("query", ["\u3164", "\u200b"], ids=["Hangul filler", "zero-width space"])
def test_a_query_that_cannot_be_seen(page: Page, query: str) -> None:
    """What shows nothing on the screen is not remembered as a search."""
    page.goto(results(query))

    assert recent(page) == []
    assert page.locator(".hit").count() == 0


@pytest.mark.parametrize(
    "query",
    ['"AI센터 나루', "AI센터)", "ㅋㅋㅋ", "가" * 3000, "a\tb\\'\"<>&%00"],
    ids=["quote", "paren", "jamo", "long", "mixed"],
)
def test_no_query_is_an_error(page: Page, query: str) -> None:
    """Whatever is typed, a page of results answers."""
    page.goto("/")

    search(page, query)

    expect(page.locator("h1")).to_contain_text("검색 결과")


def test_a_page_beyond_the_end(either: Page) -> None:
    """page=999999 says where the results end and leads there."""
    either.goto(results("AI센터", page=999999))

    assert either.locator(".state h2").inner_text() == "마지막 페이지는 2페이지입니다"
    either.get_by_role("link", name="마지막 페이지로").click()
    assert either.url.endswith("page=2")
    assert headlines(either)


def test_an_empty_archive_says_so_without_commands(open_page: OpenPage, empty_site: Site, *, javascript: bool) -> None:
    """With no article in the archive both pages say so, and show readers no shell command."""
    page = open_page(empty_site, javascript=javascript)

    for path in ("/", results("AI센터")):
        page.goto(path)
        assert "gisa " not in page.locator("main").inner_text()
        assert page.locator("main h2", has_text="등록된 기사가 없습니다").is_visible()


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nothing/here", 404, "페이지를 찾을 수 없습니다"),
        ("/articles/no-such-article", 404, "기사를 찾을 수 없습니다"),
        (f"/articles/{REMOVED_ID}", 410, "삭제된 기사입니다"),
        ("/recent/clear", 405, "이 방법으로는 열 수 없는 페이지입니다"),
    ],
)
def test_what_is_not_there_leads_on(either: Page, path: str, status: int, heading: str) -> None:
    """A page that is not there, or no longer, says so in Korean and holds the search box."""
    answer = either.goto(path)

    assert answer is not None
    assert answer.status == status
    assert either.locator("h1").inner_text() == heading
    search(either, "AI센터")
    assert total(either) > 0


def test_text_of_an_article_is_never_markup(either: Page) -> None:
    """Scripts and tags in headline, body, section and byline do nothing: not taken in, or shown as written."""
    either.goto(results(LONE_WORD))
    assert either.locator(".hit h2").inner_text() == f"{LONE_WORD} 제목"

    either.locator(".hit h2 a").click()

    assert HOSTILE_ID in either.url
    assert either.locator("article script, article b").count() == 0
    assert either.title() != "broken"
    assert either.locator('[href^="javascript:"]').count() == 0


def test_a_picture_that_is_missing_leaves_no_hole(page: Page) -> None:
    """With JavaScript a result whose picture does not load looks like one without a picture."""
    page.goto(results(LONE_WORD))

    expect(page.locator(".hit .picture")).to_have_count(0)
    expect(page.locator(".hit.pictured")).to_have_count(0)


def test_up_leads_to_the_top(either: Page) -> None:
    """위로 at the end of a long page brings its top back into view."""
    either.goto(results("나루"))
    either.locator(".hit").last.scroll_into_view_if_needed()
    assert either.evaluate("scrollY") > 0

    either.get_by_role("link", name="위로").click()

    await_top(either)


def test_up_stays_in_reach_on_the_way(page: Page) -> None:
    """With JavaScript 위로 is in sight as soon as the top is not."""
    page.goto(results("나루"))
    expect(page.get_by_role("link", name="위로")).not_to_be_in_viewport()

    page.mouse.wheel(0, 2500)

    expect(page.get_by_role("link", name="위로")).to_be_in_viewport()
