"""Suggestions while typing: a combobox for keyboard, mouse, touch and screen reader, and for the Korean input method."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.reading import recent, search_box
from tests.browser.states import results
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

ANY_SUGGESTION: Final = "**/api/suggest?*"
_LONGER_THAN_THE_WAIT_MS: Final = 250
_KEY: Final = """(box, [key, code, composing]) => box.dispatchEvent(new KeyboardEvent("keydown",
  { key, keyCode: code, isComposing: composing, bubbles: true, cancelable: true }))"""


def test_typing_shows_options(page: Page) -> None:
    """What begins with the typed text is listed, the typed part marked, and a screen reader is told how many."""
    page.goto("/")
    expect(search_box(page)).to_have_attribute("aria-expanded", "false")

    search_box(page).press_sequentially("나루")

    expect(options(page).first).to_be_visible()
    texts = options(page).all_inner_texts()
    assert all(text.startswith("나루") for text in texts)
    assert "나루" not in texts
    assert page.locator(".offers mark").all_inner_texts() == ["나루"] * len(texts)
    expect(page.get_by_role("status")).to_have_text(f"제안 {len(texts)}개")
    box = page.get_by_role("combobox", expanded=True)
    expect(box).to_be_focused()
    assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    assert box.get_attribute("aria-autocomplete") == "list"
    assert page.locator(".offers [aria-selected=true]").count() == 0


@pytest.mark.parametrize(
    ("typed", "option", "marked"),
    [
        ("나ㄹ", "나루대교", "나루"),
        ("나룯", "나루대교", "나루대"),
        ("ㄴㄹㄷㄱ", "나루대교", "나루대교"),
        ("ai ㅅ", "AI센터장", "AI센"),
    ],
)
def test_what_is_unfinished_is_marked(page: Page, typed: str, option: str, marked: str) -> None:
    """An unfinished syllable and a row of initials mark the syllables that they stand for."""
    page.goto("/")

    search_box(page).fill(typed)

    expect(offered(page, option).locator("mark")).to_have_text(marked)


def test_arrows_go_round_through_the_typed_text(page: Page) -> None:
    """Down from the last option, and up from the first, is the typed text; Home goes to the beginning of what the box shows."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    expect(options(page).first).to_be_visible()
    count = options(page).count()

    page.keyboard.press("ArrowUp")
    assert active(page) == options(page).nth(count - 1).inner_text()
    page.keyboard.press("ArrowDown")
    assert active(page) is None
    seen = []
    for _ in range(count):
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
    assert seen == options(page).all_inner_texts()
    assert page.locator(".offers [aria-selected=true]").count() == 1
    page.keyboard.press("Home")

    assert active(page) is None
    assert search_box(page).evaluate("box => [box.value, box.selectionStart]") == [seen[-1], 0]
    expect(page.get_by_role("listbox")).to_be_visible()


def test_enter_searches_for_the_option(page: Page) -> None:
    """With an option chosen Enter searches for it, in the order of results that the page has."""
    page.goto(results("AI", sort="oldest"))
    search_box(page).fill("나루대ㄱ")
    expect(offered(page, "나루대교")).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = active(page)

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text(f"‘{chosen}’")
    assert parse_qs(urlsplit(page.url).query) == {"q": [chosen], "sort": ["oldest"]}
    expect(search_box(page)).to_have_value(str(chosen))
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()


def test_enter_without_an_option_searches_as_typed(page: Page) -> None:
    """A list that is open does not stand between a reader and what was typed."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("‘나루’")


def test_escape_closes_and_clears_nothing(page: Page) -> None:
    """Escape closes the list; once more it leaves the text alone. An arrow opens the list again."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Escape")

    expect(search_box(page)).to_have_value("나루")
    expect(search_box(page)).to_be_focused()
    assert active(page) is None
    expect(page.get_by_role("status")).to_have_text("")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_tab_leaves(page: Page) -> None:
    """Tab goes to the button and closes the list; what an arrow has put into the box stays, to be searched for."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = active(page)

    page.keyboard.press("Tab")

    expect(page.get_by_role("search").get_by_role("button")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(search_box(page)).to_have_value(str(chosen))


def test_a_suggestion_can_be_written_on(page: Page) -> None:
    """An arrow puts it into the box; the next letters make a longer query, and the arrow back brings what was typed."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = active(page)
    page.keyboard.type(" 예산")

    expect(search_box(page)).to_have_value(f"{chosen} 예산")
    page.keyboard.press("Control+a")
    page.keyboard.type("나루")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(search_box(page)).to_have_value("나루")


def test_an_option_is_picked_with_the_mouse(page: Page) -> None:
    """Pressing an option keeps the box focused and the list open; letting go searches for it."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    option = offered(page, "나루대교")
    option.hover()
    page.mouse.down()
    expect(search_box(page)).to_be_focused()
    expect(option).to_be_visible()

    page.mouse.up()

    expect(page.locator("h1")).to_contain_text("‘나루대교’")


def test_an_option_is_put_into_the_box(page: Page) -> None:
    """The arrow at its end fills the box and searches for nothing yet; the list is then about what the box holds."""
    page.goto("/")
    search_box(page).press_sequentially("나루")
    offered(page, "나루대교").locator(".fill").click()

    expect(search_box(page)).to_have_value("나루대교")
    expect(search_box(page)).to_be_focused()
    assert urlsplit(page.url).path == "/"
    search_box(page).press_sequentially(" 개통")
    search_box(page).press("Enter")
    expect(page.locator("h1")).to_contain_text("‘나루대교 개통’")


def test_an_option_is_picked_by_touch(open_page: OpenPage) -> None:
    """On a phone a tap searches; options are 44 px high, and the page does not scroll sideways or move."""
    page = open_page(width=360, height=740, has_touch=True, is_mobile=True)
    seen(page, "AI센터 " + "아주긴검색어" * 15, "나루항 예산")
    page.goto("/")
    before = page.locator(".holdings").bounding_box()
    search_box(page).tap()
    expect(options(page)).to_have_count(2)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert min(box["height"] for box in map(Locator.bounding_box, options(page).all()) if box) >= 44
    assert page.locator(".holdings").bounding_box() == before
    offered(page, "나루항 예산").tap()

    expect(page.locator("h1")).to_contain_text("‘나루항 예산’")


def test_recent_searches_come_first(page: Page) -> None:
    """An empty box offers all recent searches; a typed one those that begin with it, then those that hold it, then the
    archive's, nothing twice."""
    seen(page, "돌핀스", "오늘 나루", "나루항 예산", "나루대교")
    page.goto("/")
    expect(search_box(page)).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()  # a page that has just come opens nothing by itself

    search_box(page).click()
    assert options(page).all_inner_texts() == ["나루대교", "나루항 예산", "오늘 나루", "돌핀스"]
    assert requested(page) == []
    search_box(page).press_sequentially("나ㄹ")

    expect(page.get_by_role("group", name="추천 검색어").get_by_role("option").first).to_be_visible()
    own = page.get_by_role("group", name="최근검색어").get_by_role("option").all_inner_texts()
    assert own == ["나루대교", "나루항 예산", "오늘 나루"]
    texts = options(page).all_inner_texts()
    assert texts[:3] == own
    assert len(texts) == len(set(texts)) > 3


@pytest.mark.parametrize("choice", ["삭제하고 끄기", "그대로 두고 끄기"])
def test_with_saving_off_nothing_recent_is_offered(page: Page, choice: str) -> None:
    """With saving off an empty box offers nothing, the archive's suggestions go on, and nothing typed is kept."""
    seen(page, "나루항 예산")
    page.goto("/")
    page.get_by_role("button", name="검색어 저장 끄기").click()
    page.get_by_role("button", name=choice).click()
    page.get_by_role("button", name="검색어 저장 켜기").wait_for()
    cookies = page.context.cookies()

    search_box(page).click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    search_box(page).press_sequentially("나루")

    expect(options(page).first).to_be_visible()
    assert page.get_by_role("group").count() == 1
    assert "나루항 예산" not in options(page).all_inner_texts()
    assert page.context.cookies() == cookies
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("caches.keys()") == []


def test_a_composition_is_suggested_for_and_left_alone(page: Page) -> None:
    """An unfinished syllable is suggested for while it is composed; keys of the input method choose and submit nothing,
    the commit asks nothing anew, and the composed text is whole."""
    page.goto("/")
    box = search_box(page)
    ime = input_method(page)
    for text in ("ㄴ", "나", "날"):
        compose(ime, text)
    expect(offered(page, "나루대교")).to_be_visible()
    asked = requested(page)
    before = options(page).all_inner_texts()

    for key, code in (("ArrowDown", 40), ("Enter", 13)):
        ime.send("Input.dispatchKeyEvent", _process(key) | {"type": "rawKeyDown"})
        box.evaluate(_KEY, [key, 229, True])  # as Chrome tells of it
        box.evaluate(_KEY, [key, code, True])
    assert (active(page), urlsplit(page.url).path) == (None, "/")
    ime.send("Input.insertText", {"text": "날"})
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)

    assert box.input_value() == "날"
    assert requested(page) == asked
    assert options(page).all_inner_texts() == before
    page.keyboard.press("ArrowDown")  # the commit came first: now the arrow is the list's
    assert active(page) == before[0]


def test_the_enter_that_safari_sends_after_a_composition_picks_nothing(page: Page) -> None:
    """Safari ends the composition before its Enter, which only the key code 229 tells from another."""
    page.goto("/")
    box = search_box(page)
    ime = input_method(page)
    compose(ime, "나")
    ime.send("Input.insertText", {"text": "나"})
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = active(page)

    box.evaluate(_KEY, ["Enter", 229, False])
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)

    assert (active(page), urlsplit(page.url).path) == (chosen, "/")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(f"‘{chosen}’")


def test_an_option_picked_while_composing(page: Page) -> None:
    """The mouse picks an option with a syllable unfinished in the box, which is not written into."""
    page.goto("/")
    compose(input_method(page), "나ㄹ")

    offered(page, "나루대교").click()

    expect(page.locator("h1")).to_contain_text("‘나루대교’")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["나루대교"]}


def test_quick_typing_asks_once(page: Page) -> None:
    """Letters typed within the wait are asked for together; a text asked for before, or only spaces more, not again."""
    page.goto("/")
    box = search_box(page)
    with page.expect_response(ANY_SUGGESTION):
        box.press_sequentially("나루")
    assert requested(page) == ["나루"]

    box.press("Space")
    with page.expect_response(ANY_SUGGESTION):
        box.fill("태풍")
    expect(offered(page, "태풍 마루")).to_be_visible()
    box.fill("나루")
    expect(offered(page, "나루대교")).to_be_visible()

    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)
    assert requested(page) == ["나루", "태풍"]


def test_an_answer_that_comes_late_is_not_shown(page: Page) -> None:
    """The answer to an earlier text does not replace that to the present one; after Escape none opens the list."""
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        if "slow" in route.request.url:
            waiting.append(route)
        else:
            route.fulfill(json=_suggesting("fast one"))

    page.route(ANY_SUGGESTION, answer)
    page.goto("/")
    box = search_box(page)
    box.fill("slow")
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)
    box.fill("fast")
    expect(offered(page, "fast one")).to_be_visible()
    waiting.pop().fulfill(json=_suggesting("slow one"))
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)
    assert options(page).all_inner_texts() == ["fast one"]

    box.fill("slow too")
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)
    box.press("Escape")
    waiting.pop().fulfill(json=_suggesting("slow too one"))
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)

    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("trouble", ["busy", "not ours", "offline"])
def test_without_an_answer_there_is_no_list(page: Page, trouble: str) -> None:
    """A busy server, an answer of something else, a lost connection: no list, no message, and typing goes on."""

    def answer(route: Route) -> None:
        if trouble == "offline":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=503 if trouble == "busy" else 200, body="<p>sign in to this network</p>")

    page.route(ANY_SUGGESTION, answer)
    page.goto("/")
    search_box(page).press_sequentially("나루", delay=150)
    page.wait_for_timeout(_LONGER_THAN_THE_WAIT_MS)

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")
    page.unroute(ANY_SUGGESTION)
    search_box(page).press_sequentially("대")
    expect(offered(page, "나루대교")).to_be_visible()


def test_a_suggestion_is_text(page: Page) -> None:
    """What looks like markup in a suggestion or in what is typed is shown as it is."""
    evil = "<img src=x onerror=alert(1)> & <b>"
    page.route(ANY_SUGGESTION, lambda route: route.fulfill(json=_suggesting(evil)))
    page.goto("/")

    search_box(page).fill("<img")

    expect(offered(page, evil)).to_be_visible()
    assert page.locator(".offers img, .offers b").count() == 0


@pytest.mark.parametrize("options_of", [{}, {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}])
def test_the_open_list_is_accessible(open_page: OpenPage, options_of: dict[str, Any]) -> None:
    """axe finds nothing with both groups open and an option chosen, in light, dark and forced colours."""
    page = open_page(reduced_motion="reduce", **options_of)
    seen(page, "나루항 예산")
    for path in ("/", results("AI센터")):
        page.goto(path)
        search_box(page).fill("나루")
        expect(page.get_by_role("group", name="추천 검색어")).to_be_visible()
        page.keyboard.press("ArrowDown")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
        page.emulate_media(forced_colors="active")
        chosen, other = (options(page).nth(n).evaluate("e => getComputedStyle(e).backgroundColor") for n in (0, 1))
        assert chosen != other
        page.emulate_media(forced_colors="none")


def test_without_a_script_the_box_is_a_search_box(open_page: OpenPage) -> None:
    """No script, no combobox: the form is sent as ever."""
    page = open_page(javascript=False)
    page.goto("/")
    expect(page.get_by_role("searchbox")).to_have_count(1)

    page.get_by_role("searchbox").fill("나루대교")
    page.get_by_role("searchbox").press("Enter")

    expect(page.locator("h1")).to_contain_text("‘나루대교’")
    assert page.locator("[role=listbox]").count() == 0
    assert recent(page) == ["나루대교"]


def test_a_correction_shows_its_results_with_one_link_back(either: Page) -> None:
    """The results are there at once; the link leads to the query as it was typed."""
    either.goto(results("나르항"))

    expect(either.locator(".meant")).to_have_text("‘나루항’ 검색 결과를 보여 드립니다. ‘나르항’ 그대로 검색")
    assert either.locator(".hit").count() > 0

    either.locator(".meant").get_by_role("link").click()

    expect(either.locator(".meant")).to_have_text("이것을 찾으셨나요? 나루항")
    assert either.locator(".hit").count() == 0


def test_did_you_mean_leads_to_the_proposed_query(either: Page) -> None:
    """Asked for as it was typed, 이것을 찾으셨나요? stands above the empty state; its link is a search that finds something."""
    either.goto(results("나르항") + "&as_typed=1")
    line = either.locator(".meant")
    expect(line).to_have_text("이것을 찾으셨나요? 나루항")
    place, state = line.bounding_box(), either.locator(".state").bounding_box()
    assert place
    assert state
    assert place["y"] + place["height"] <= state["y"]

    line.get_by_role("link").click()

    expect(either.locator("h1")).to_contain_text("‘나루항’")
    assert either.locator(".hit").count() > 0
    assert either.locator(".meant").count() == 0


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def offered(page: Page, text: str) -> Locator:
    return page.get_by_role("listbox").get_by_role("option", name=text, exact=True)


def active(page: Page) -> str | None:
    """The option that a screen reader is told of; None while that is the typed text."""
    text: str | None = page.evaluate(
        """() => { const id = document.querySelector("#q").getAttribute("aria-activedescendant");
          return id && document.getElementById(id).textContent; }"""
    )
    return text


def requested(page: Page) -> list[str]:
    """The texts that this page has asked suggestions for."""
    urls: list[str] = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    return [parse_qs(urlsplit(url).query)["q"][0] for url in urls if urlsplit(url).path == "/api/suggest"]


def seen(page: Page, *queries: str) -> None:
    """The reader has searched before, the last of these last."""
    for query in queries:
        assert page.context.request.get(results(query)).ok


def input_method(page: Page) -> CDPSession:
    search_box(page).focus()
    return page.context.new_cdp_session(page)


def compose(ime: CDPSession, text: str) -> None:
    ime.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})


def _process(code: str) -> dict[str, Any]:
    return {"key": "Process", "code": code, "windowsVirtualKeyCode": 229}


def _suggesting(*texts: str) -> Any:
    return {"data": {"suggestions": [{"text": text, "articles": 1} for text in texts]}, "meta": {"limit": len(texts)}}
