"""Reading an article and finding the way back."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import hit_ids, state_of
from tests.browser.serving import Site
from tests.browser.states import CORRECTED_ID, PICTURED_ID, results

pytestmark = pytest.mark.browser


def test_to_an_article_and_back_to_the_very_result(either: Page) -> None:
    """From the third page of a refined list the article leads back to that page, at the result it was opened from."""
    either.goto(results("나루", sort="oldest", period="year", page=3))
    before = state_of(either)
    hit = either.locator(".hit").nth(15)
    headline, anchor = hit.locator("h2").inner_text(), hit.get_attribute("id")

    hit.locator("h2 a").click()
    assert either.locator("h1").inner_text() == headline
    either.get_by_role("link", name="‘나루’ 검색 결과로 돌아가기").first.click()

    assert state_of(either) == before
    assert either.url.endswith(f"#{anchor}")
    expect(either.locator(f"#{anchor} h2")).to_be_in_viewport()


def test_the_browsers_back_button_returns_to_the_result(either: Page) -> None:
    """Back from an article shows the same page of results, with the result in sight."""
    either.goto(results("나루", page=2))
    before = state_of(either)
    hit = either.locator(".hit h2 a").nth(12)
    hit.click()

    either.go_back()

    assert state_of(either) == before
    expect(either.locator(".hit h2 a").nth(12)).to_be_in_viewport()


def test_an_article_is_shown_whole(either: Page, paper_site: Site) -> None:
    """Headline, day, byline, picture and every paragraph of the article are there, in order."""
    article = paper_site.articles[PICTURED_ID]
    either.goto(f"/articles/{PICTURED_ID}")

    assert either.locator("h1").inner_text().replace("\u2060", "") == article["title"]
    shown_text = "\n".join(either.locator(".text p").all_inner_texts())
    assert shown_text.replace("\u2060", "") == article["body"]  # which forbids a line's end and is not seen
    assert either.locator("article header .meta").inner_text().count(article["byline"][0]) == 1
    shown = either.locator("article time").first.get_attribute("datetime")
    assert shown is not None
    assert datetime.fromisoformat(shown) == datetime.fromisoformat(article["published_at"])
    assert either.locator("figure img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert either.locator("mark").count() == 0


def test_an_article_marks_what_was_searched_for(either: Page) -> None:
    """Opened from results, an article marks the words in headline and text; a paragraph is never cut by a mark."""
    either.goto(results("AI센터 제목:예산", sort="relevance"))
    either.goto(f"/articles/{PICTURED_ID}?q=AI%EC%84%BC%ED%84%B0%20240%EC%96%B5")

    marks = {"".join(text.split()) for text in either.locator("article mark").all_inner_texts()}

    assert {"AI센터", "240억"} <= marks
    assert either.locator("h1 mark").count() >= 2


def test_a_corrected_article_says_so(page: Page, paper_site: Site) -> None:
    """The time of a change stands beside the time of publication, and the correction is set apart."""
    modified = datetime.fromisoformat(paper_site.articles[CORRECTED_ID]["modified_at"])
    page.goto(f"/articles/{CORRECTED_ID}")

    expect(page.locator("article header .meta")).to_contain_text(f"{modified:%H:%M}")
    assert page.locator(".correction").count() == 1


def test_keywords_and_section_are_searches(either: Page) -> None:
    """A keyword and the section of an article each lead to results that hold the article's like."""
    either.goto(f"/articles/{PICTURED_ID}")
    either.get_by_role("navigation", name="키워드").get_by_role("link").first.click()
    assert either.locator(".hit").count() > 0
    either.go_back()

    either.locator(".kicker a").click()

    assert set(either.locator(".hit .kicker").all_inner_texts()) == {"정치"}
    assert len(hit_ids(either)) == 20


def test_an_article_opened_directly_leads_home(either: Page) -> None:
    """Without a search before it, the way back is the first page."""
    either.goto(f"/articles/{PICTURED_ID}")

    either.locator(".back").get_by_role("link", name="검색 홈").click()

    expect(either.locator("h1")).to_have_text("찾아보고 싶은 뉴스가 있다면, 검색")
