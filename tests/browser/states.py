"""Every page and state of the site, by name, and how a reader gets there: for axe, for widths, for screenshots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urlencode

from playwright.sync_api import Page

from gisa.language import Language
from gisa.saying.speaker import WORDINGS
from gisa.saying.wording import PageText
from tests.browser.serving import HOSTILE_ID, LONE_WORD, REMOVED_ID

CORRECTED_ID: Final = "naru-local-006"
PICTURED_ID: Final = "naru-politics-001"
MANY: Final = tuple(
    f"{word} {number}" for number, word in enumerate("시장 국회 태풍 축제 예산 반도체 항만 학교 병원 선거".split())
)


@dataclass(frozen=True, slots=True)
class State:
    """One state of one page."""

    name: str
    path: str
    site: Literal["paper", "empty"] = "paper"
    searched: tuple[str, ...] = ()
    """What the reader has searched for before."""
    act: Callable[[Page], None] | None = None
    """What the reader then does on the page."""
    status: int = 200


def results(query: str, **given: str | int) -> str:
    return "/search?" + urlencode({"q": query, **given}, quote_via=quote)


def open_details(page: Page) -> None:
    for summary in page.locator("summary:visible").all():
        summary.click()


def words_of(page: Page) -> PageText:
    """What the page says, in its own language."""
    return WORDINGS[Language(page.locator("html").get_attribute("lang") or "")].page


def _press(*names: str) -> Callable[[Page], None]:
    """Press buttons, by the names of their sentences in ``PageText``."""

    def press(page: Page) -> None:
        for name in names:
            page.get_by_role("button", name=getattr(words_of(page), name), exact=True).click()

    return press


def _ask_to_switch_off(page: Page) -> None:
    words = words_of(page)
    page.get_by_role("button", name=words.recent_switch_off).click()
    page.get_by_role("button", name=words.recent_off_delete).wait_for()


STATES: Final = (
    State("home", "/"),
    State("home-recent", "/", searched=("AI센터", "나루항 예산", "태풍")),
    State("home-many-recent", "/", searched=MANY, act=open_details),
    State("home-asking-off", "/", searched=("AI센터", "태풍"), act=_ask_to_switch_off),
    State("home-off", "/", act=_press("recent_switch_off")),
    State("home-off-kept", "/", searched=("AI센터",), act=_press("recent_switch_off", "recent_off_keep")),
    State("quotes", "/quotes?q=%EB%82%98%EB%A3%A8"),
    State("verify", "/verify"),
    State("results", results("AI센터")),
    State("results-recent", results("나루"), searched=MANY),
    State("results-middle-page", results("나루", page=5)),
    State("results-last-page", results("나루", page=9)),
    State("results-relevance", results("제조AI센터", sort="relevance")),
    State("results-filtered", results("나루", period="year", section="경제", sort="oldest")),
    State("results-range-open", results("나루"), act=open_details),
    State("results-range-set", results("나루", **{"from": "2025-01-01", "to": "2026-06-30"}), act=open_details),
    State("results-bad-date", results("나루", **{"from": "2025-13-45"})),
    State("results-unparsed", results('"AI센터 나루')),
    State("results-relaxed", results("태풍 컴퓨팅 경매사 돌고래")),
    State("results-offering-inside", results("우정")),
    State("results-inside", results("우정", inside=1)),
    State("results-hostile", results(LONE_WORD)),
    State("none", results("쀍뛟괡")),
    State("none-meant", results("나르항")),
    State("results-meant", results("나르항 예산")),
    State("none-filtered", results("AI센터", section="경제", **{"from": "1999-01-01", "to": "1999-01-31"})),
    State("nonsense", results("😀🎉")),
    State("long-query", results("가나다라마바사아자차카타파하" * 30)),
    State("beyond-the-end", results("AI센터", page=999999)),
    State("article", f"/articles/{PICTURED_ID}"),
    State("article-found", f"/articles/{PICTURED_ID}?q={quote('AI센터 예산')}"),
    State("article-corrected", f"/articles/{CORRECTED_ID}"),
    State("article-hostile", f"/articles/{HOSTILE_ID}?q={quote(LONE_WORD)}"),
    State("article-result", f"/articles/{PICTURED_ID}?q={quote('AI센터')}&at=3"),
    State("advanced", "/advanced?" + urlencode({"q": "나루"})),
    State("embed", "/embed?q=" + quote("나루")),
    State("explain-found", f"/explain?q={quote('AI센터 예산')}&id={PICTURED_ID}"),
    State("explain-lacks", f"/explain?q={quote('우정 (양자 OR 나루) 2025-01-01..2025-01-02 -예산')}&id={PICTURED_ID}"),
    State("explain-empty", f"/explain?id={PICTURED_ID}"),
    State("explain-hostile", f"/explain?q={quote(LONE_WORD)}&id={quote(HOSTILE_ID)}"),
    State("explain-removed", f"/explain?q=a&id={REMOVED_ID}", status=410),
    State("not-found", "/nothing/here", status=404),
    State("article-not-found", "/articles/no-such-article", status=404),
    State("article-removed", f"/articles/{REMOVED_ID}", status=410),
    State("not-allowed", "/recent/clear", status=405),
    State("empty-home", "/", site="empty"),
    State("empty-results", results("AI센터"), site="empty"),
    State("api-docs", "/api/docs"),
)


def reach(page: Page, state: State, *, lang: str = "") -> None:
    """Bring a new reader's window to a state, in the paper's language or another."""
    for query in state.searched:  # without drawing the pages: their cookie is what counts
        assert page.context.request.get(results(query)).ok
    chosen = f"{'&' if '?' in state.path else '?'}lang={lang}" if lang else ""
    answer = page.goto(state.path + chosen)
    assert answer is not None
    assert answer.status == state.status
    if state.act:
        state.act(page)
