"""Narrowing a search by section and time, and the browser's back button through it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from gisa.model import SEOUL
from tests.browser.reading import amount, choice, chosen, hit_ids, hit_times, number, sections, state_of, total
from tests.browser.serving import Site
from tests.browser.states import results

pytestmark = pytest.mark.browser


def test_refining_and_going_back(either: Page) -> None:
    """Section, period, own dates and order each keep what was chosen before; back undoes them one by one."""
    either.goto(results("나루"))
    states = [state_of(either)]

    link = choice(either, "분야", "경제")
    promised = amount(link)
    link.click()
    assert (total(either), chosen(either, "분야")) == (promised, "경제")
    assert set(sections(either)) == {"경제"}
    states.append(state_of(either))

    link = choice(either, "기간", "1년")
    promised = amount(link)
    link.click()
    assert (total(either), chosen(either, "기간"), chosen(either, "분야")) == (promised, "1년", "경제")
    states.append(state_of(either))

    _set_days(either, "2025-03-01", "2026-02-28")
    assert all(date(2025, 3, 1) <= moment.date() <= date(2026, 2, 28) for moment in hit_times(either))
    assert set(sections(either)) == {"경제"}
    states.append(state_of(either))

    either.get_by_role("navigation", name="정렬").get_by_role("link", name="오래된순").click()
    assert hit_times(either) == sorted(hit_times(either))

    for state in reversed(states):
        either.go_back()
        assert state_of(either) == state


@pytest.mark.parametrize(("label", "days"), [("1주", 7), ("1개월", 31), ("1년", 366)])
def test_a_period_ends_now(page: Page, label: str, days: int) -> None:
    """A period holds what its count promises, nothing older, and 전체 leads out of it."""
    page.goto(results("..2999-12-31"))
    everything = total(page)
    link = choice(page, "기간", label)
    promised = amount(link)

    link.click()

    assert 0 < total(page) == promised < everything
    assert min(hit_times(page)) >= datetime.now(SEOUL) - timedelta(days=days + 1)
    choice(page, "기간", "전체").click()
    assert total(page) == everything


def test_own_dates_hold_both_days(either: Page, paper_site: Site) -> None:
    """Days set by hand are whole days in Seoul, both ends included: exactly the articles of those days."""
    moments = {
        article_id: datetime.fromisoformat(article["published_at"]).astimezone(SEOUL).date()
        for article_id, article in paper_site.articles.items()
    }
    days = sorted(moments.values())
    since, until = days[60], days[70]
    either.goto(results("..2999-12-31"))

    _set_days(either, since.isoformat(), until.isoformat())

    expected = {article_id for article_id, day in moments.items() if since <= day <= until}
    assert set(hit_ids(either)) == expected
    assert total(either) == len(expected)
    assert (either.locator(".range summary").text_content() or "").strip() == f"기간: {since}~{until}"


def test_swapped_dates_are_turned_around(either: Page) -> None:
    """A beginning after the end is read the other way round, and the page says so."""
    either.goto(results("나루"))

    _set_days(either, "2026-02-28", "2025-03-01")

    expect(either.locator(".notice")).to_contain_text("두 날짜를 바꾸어 검색했습니다")
    assert total(either) > 0


def test_a_date_that_is_none_is_left_out(either: Page) -> None:
    """from=2025-13-45 is said to be unreadable, and the search goes on without it."""
    either.goto(results("나루"))
    everything = total(either)

    either.goto(results("나루", **{"from": "2025-13-45"}))

    expect(either.locator(".notice")).to_contain_text("날짜(2025-13-45)를 읽을 수 없어")
    assert total(either) == everything


def test_sections_count_without_themselves(either: Page) -> None:
    """With a section chosen the others keep their counts, so that a reader can step from one to the next."""
    either.goto(results("나루"))
    promised = amount(choice(either, "분야", "문화"))
    choice(either, "분야", "경제").click()

    link = choice(either, "분야", "문화")

    assert amount(link) == promised
    link.click()
    assert total(either) == promised


def _set_days(page: Page, since: str, until: str) -> None:
    page.locator(".range summary").click()
    page.get_by_label("시작일").fill(since)
    page.get_by_label("종료일").fill(until)
    page.get_by_role("button", name="적용").click()


def test_hidden_places_are_a_link_away(either: Page) -> None:
    """우정 is bound to where words begin; one link brings the names with it in, another takes them out again."""
    either.goto(results("우정", sort="oldest"))
    few = total(either)
    link = either.get_by_role("link", name="다른 단어의 일부로 쓰인")
    promised = number(link.inner_text())

    link.click()
    assert total(either) == few + promised
    assert "inside=1" in either.url
    assert "sort=oldest" in either.url

    either.get_by_role("link", name="다른 단어의 일부로 쓰인 기사 제외").click()
    assert total(either) == few
    assert "inside" not in either.url
