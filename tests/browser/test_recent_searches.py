"""Recent searches in the reader's own browser: every state, with and without JavaScript."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from gisa.model import SEOUL
from tests.browser.conftest import OpenPage
from tests.browser.reading import headlines, recent, search
from tests.browser.serving import Site
from tests.browser.states import MANY, results

pytestmark = pytest.mark.browser

EMPTY = "저장된 검색어가 없습니다."
OFF = "검색어 저장 기능이 꺼져 있습니다."


def test_searches_are_listed_newest_first_with_their_day(either: Page) -> None:
    """Each search goes to the top with today's date; the same query again moves up and does not repeat."""
    before = datetime.now(SEOUL).date().isoformat()
    either.goto("/")
    for query in ("AI센터", "태풍", "나루항 예산"):
        search(either, query)
    assert recent(either) == ["나루항 예산", "태풍", "AI센터"]

    search(either, "태풍")

    assert recent(either) == ["태풍", "나루항 예산", "AI센터"]
    days = set(either.locator(".recent time").all_inner_texts())
    assert days <= {before, datetime.now(SEOUL).date().isoformat()}
    either.goto("/")
    assert recent(either) == ["태풍", "나루항 예산", "AI센터"]


def test_a_recent_search_is_searched_again(either: Page) -> None:
    """A word of the list leads to its results."""
    _search_all(either, "AI센터", "태풍")
    either.goto("/")

    either.locator(".recent").get_by_role("link", name="AI센터").click()

    assert "‘AI센터’" in either.locator("h1").inner_text()
    assert recent(either) == ["AI센터", "태풍"]


def test_one_search_is_deleted(either: Page) -> None:
    """검색기록 지우기 deletes the search beside it, and the reader stays on the page."""
    _search_all(either, "AI센터", "태풍")
    either.goto(results("나루", page=2))
    shown = headlines(either)

    either.get_by_role("button", name="AI센터 검색기록 지우기").click()

    expect(either.locator(".recent li")).to_have_count(1)
    assert recent(either) == ["태풍"]
    assert headlines(either) == shown


def test_all_searches_are_deleted(either: Page) -> None:
    """전체삭제 leaves an empty list, which offers to undo that, to switch saving off, and nothing to delete."""
    _search_all(either, "AI센터", "태풍")
    either.goto("/")

    either.get_by_role("button", name="전체삭제").click()

    expect(either.locator(".recent")).to_contain_text("검색어 2개를 삭제했습니다.")
    assert recent(either) == []
    assert either.locator(".recent").get_by_role("button").all_inner_texts() == ["되돌리기", "검색어 저장 끄기"]


def test_clearing_is_undone(either: Page) -> None:
    """되돌리기 brings back what 전체삭제 took, where the reader is."""
    _search_all(either, "AI센터", "태풍")
    either.goto(results("나루", page=2))
    either.get_by_role("button", name="전체삭제").click()

    either.get_by_role("button", name="되돌리기").click()

    expect(either.locator(".recent li")).to_have_count(2)
    assert recent(either) == ["태풍", "AI센터"]


def test_the_last_search_deleted_leaves_the_empty_state(either: Page) -> None:
    """Deleting one by one ends where 전체삭제 does."""
    _search_all(either, "AI센터")
    either.goto("/")

    either.get_by_role("button", name="AI센터 검색기록 지우기").click()

    expect(either.locator(".recent")).to_contain_text(EMPTY)


def test_a_new_reader_sees_the_empty_state(either: Page) -> None:
    """Before the first search the list says that it is empty."""
    either.goto("/")

    expect(either.locator(".recent")).to_contain_text(EMPTY)
    assert either.context.cookies() == []


@pytest.mark.parametrize(("choice", "kept"), [("삭제하고 끄기", []), ("그대로 두고 끄기", ["태풍", "AI센터"])])
def test_switching_off_and_on_again(either: Page, choice: str, kept: list[str]) -> None:
    """Off asks what becomes of the list, hides it and stores nothing; on brings back what was kept."""
    _search_all(either, "AI센터", "태풍")
    either.goto(results("나루", page=2))

    either.get_by_role("button", name="검색어 저장 끄기").click()
    expect(either.locator(".asking")).to_contain_text("저장된 검색어 2개를 어떻게 할까요?")
    either.get_by_role("button", name=choice).click()

    expect(either.locator(".recent")).to_contain_text(OFF)
    assert recent(either) == []
    assert either.get_by_role("button", name="전체삭제").count() == (1 if kept else 0)
    cookies = either.context.cookies()
    search(either, "비밀")
    assert either.context.cookies() == cookies
    expect(either.locator(".recent")).to_contain_text(OFF)
    either.goto("/")
    expect(either.locator(".recent")).to_contain_text(OFF)

    either.get_by_role("button", name="검색어 저장 켜기").click()

    assert recent(either) == kept
    search(either, "국회")
    assert recent(either) == ["국회", *kept]


def test_switching_off_can_be_called_off(either: Page) -> None:
    """취소 leaves the list and the switch as they were."""
    _search_all(either, "AI센터")
    either.goto(results("나루", page=2))
    either.get_by_role("button", name="검색어 저장 끄기").click()

    either.get_by_role("link", name="취소").click()

    expect(either.locator(".asking")).to_have_count(0)
    assert recent(either) == ["AI센터"]


def test_an_empty_list_is_switched_off_at_once(either: Page) -> None:
    """With nothing to delete there is nothing to ask."""
    either.goto("/")

    either.get_by_role("button", name="검색어 저장 끄기").click()

    expect(either.locator(".recent")).to_contain_text(OFF)
    assert either.locator(".recent").get_by_role("button").all_inner_texts() == ["검색어 저장 켜기"]


def test_kept_searches_are_deleted_while_off(either: Page) -> None:
    """전체삭제 works in the off state and leaves it off."""
    _search_all(either, "AI센터")
    either.goto("/")
    either.get_by_role("button", name="검색어 저장 끄기").click()
    either.get_by_role("button", name="그대로 두고 끄기").click()
    expect(either.locator(".recent")).to_contain_text("저장해 둔 검색어 1개")

    either.get_by_role("button", name="전체삭제").click()
    expect(either.locator(".recent")).to_contain_text(OFF)
    either.get_by_role("button", name="검색어 저장 켜기").click()

    expect(either.locator(".recent")).to_contain_text(EMPTY)


def test_a_long_list_opens_on_demand(either: Page) -> None:
    """Past eight searches the rest stands behind a disclosure, in the same order, and can be deleted there."""
    _search_all(either, *MANY)
    either.goto("/")
    assert recent(either) == list(reversed(MANY))
    assert either.locator(".recent li a:visible").count() == 8

    either.get_by_text("2개 더 보기").click()
    either.get_by_role("button", name=f"{MANY[0]} 검색기록 지우기").click()

    expect(either.locator(".recent li")).to_have_count(len(MANY) - 1)
    assert recent(either) == list(reversed(MANY[1:]))


def test_odd_queries_can_be_deleted(either: Page) -> None:
    """Quotes, tags and ampersands in a search neither break the list nor hinder its deletion."""
    odd = "\"AI센터\" <b>&amp; '나루' + 100%"
    _search_all(either, odd)
    either.goto("/")
    assert recent(either) == [odd]

    either.get_by_role("button", name="검색기록 지우기").click()

    expect(either.locator(".recent li")).to_have_count(0)


def test_the_list_is_the_readers_own(open_page: OpenPage) -> None:
    """What one reader searches another does not see, and no script of a page can read it."""
    one, other = open_page(), open_page()
    _search_all(one, "AI센터")
    one.goto("/")
    other.goto("/")

    assert recent(one) == ["AI센터"]
    assert recent(other) == []
    assert one.evaluate("document.cookie") == ""
    [cookie] = one.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")


def test_another_site_cannot_change_the_list(open_page: OpenPage, paper_site: Site) -> None:
    """A form that another page sends to 전체삭제 is refused, and the list stays."""
    page = open_page()
    _search_all(page, "AI센터")
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{paper_site.address}/recent/clear"><button>x</button></form>')

    page.get_by_role("button").click()

    expect(page.locator("h1")).to_have_text("요청을 확인할 수 없습니다")
    page.goto("/")
    assert recent(page) == ["AI센터"]


def test_no_query_is_written_to_the_servers_log(page: Page, paper_site: Site) -> None:
    """What a reader searches for, with saving on or off, stands in no log."""
    page.goto(results("은밀한낱말"))
    page.get_by_role("button", name="검색어 저장 끄기").click()
    expect(page.locator(".recent")).to_contain_text(OFF)
    page.goto(results("더은밀한낱말"))

    log = paper_site.log.read_text("utf-8", "replace")

    assert "은밀한" not in log
    assert "%EC%9D%80%EB%B0%80" not in log


def _search_all(page: Page, *queries: str) -> None:
    """Search without drawing the pages."""
    for query in queries:
        assert page.context.request.get(results(query)).ok
