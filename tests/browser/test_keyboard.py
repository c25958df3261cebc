"""The whole job with the keyboard alone, and typing Korean."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.reading import focused, search, search_box
from tests.browser.states import PICTURED_ID, State, open_details, reach, results

pytestmark = pytest.mark.browser

_TABBED = (
    State("home", "/", searched=("AI센터", "태풍")),
    State("results", results("제조AI센터"), searched=("AI센터",), act=open_details),
    State("article", f"/articles/{PICTURED_ID}?q=AI"),
    State("none", results("쀍뛟괡")),
    State("api-docs", "/api/docs"),
)


def test_searching_reading_and_going_back_by_keyboard(either: Page) -> None:
    """Tab finds the skip link first, then the box; Enter searches, opens the first result, and leads back."""
    press = either.keyboard.press
    either.goto(results("나루"))

    press("Tab")
    assert focused(either)["text"] == "본문으로 건너뛰기"
    expect(either.locator(".skip")).to_be_in_viewport(ratio=1)
    for _ in range(2):
        press("Tab")
    expect(search_box(either)).to_be_focused()
    press("Control+a")
    either.keyboard.type("AI센터")
    press("Enter")
    expect(either.locator("h1")).to_contain_text("‘AI센터’")

    _tab_to(either, ".hit h2 a")
    headline = focused(either)["text"]
    press("Enter")
    expect(either.locator("article h1")).to_have_text(headline)

    _tab_to(either, ".back a")
    press("Enter")
    expect(either.locator("h1")).to_contain_text("‘AI센터’")
    expect(either.locator(".hit h2").first).to_be_in_viewport()


def test_the_skip_link_passes_the_search_box(page: Page) -> None:
    """After 본문으로 건너뛰기 the next Tab lands inside the page's main part."""
    page.goto(f"/articles/{PICTURED_ID}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.keyboard.press("Tab")

    assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_first_page_is_ready_to_type(page: Page) -> None:
    """On the first page the box has the focus: type, Enter, results."""
    page.goto("/")

    page.keyboard.type("AI센터")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("‘AI센터’")


@pytest.mark.parametrize("state", _TABBED, ids=lambda state: state.name)
def test_every_stop_of_the_tab_key_can_be_seen(open_page: OpenPage, state: State) -> None:
    """Tab goes through every link and control once, in the order of the page; each shows its focus, uncovered."""
    page = open_page(reduced_motion="reduce")
    reach(page, state)
    page.locator(".skip").focus()  # the first page begins in its box, which is not its top
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
          .filter(e => e.tabIndex >= 0 && e.checkVisibility({ contentVisibilityAuto: true })).length"""
    )
    stops: list[dict[str, Any]] = []
    seen: set[int] = set()
    while len(stops) < 400:
        number = page.evaluate(
            """() => { const e = document.activeElement; window.seen ??= [];
              if (e === document.body) return -1;
              if (!window.seen.includes(e)) window.seen.push(e);
              return window.seen.indexOf(e); }"""
        )
        if number < 0 or (number in seen and number != len(seen) - 1):
            break
        if number not in seen:  # a date field is one stop of many parts
            seen.add(number)
            stops.append(focused(page))
        page.keyboard.press("Tab")

    assert len(stops) == wanted
    assert stops[0]["text"] == "본문으로 건너뛰기"
    assert [stop for stop in stops if not stop["visible"]] == []
    assert [stop for stop in stops if stop["covered"] or not stop["inside"]] == []


def test_a_filter_is_set_by_keyboard(page: Page) -> None:
    """직접 입력 opens with Enter, its fields follow, and Enter in them applies."""
    page.goto(results("나루"))
    _tab_to(page, ".range summary")
    page.keyboard.press("Enter")
    _tab_to(page, "input[name=from]")

    page.get_by_label("시작일").fill("2026-01-01")
    page.keyboard.press("Enter")

    expect(page.locator(".range summary")).to_have_text("기간: 2026-01-01부터")


def test_composing_korean_does_not_submit_early(either: Page) -> None:
    """The Enter that ends a syllable in the input method belongs to it; only the next one searches."""
    either.goto("/")
    box = search_box(either)
    box.fill("AI")
    box.press("End")
    keys = either.context.new_cdp_session(either)
    url = either.url

    for text in ("ㅅ", "세", "센", "센ㅌ", "센터"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    assert box.input_value() == "AI센터"
    composing = {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    keys.send("Input.dispatchKeyEvent", composing)
    keys.send("Input.insertText", {"text": "센터"})
    keys.send("Input.dispatchKeyEvent", composing | {"type": "keyUp"})
    either.wait_for_timeout(150)
    assert (either.url, box.input_value()) == (url, "AI센터")

    box.press("Enter")

    expect(either.locator("h1")).to_contain_text("‘AI센터’")


def test_no_script_acts_on_keys_of_a_composition(page: Page) -> None:
    """An Enter that says isComposing, or key code 229, changes nothing on the page."""
    page.goto("/")
    search_box(page).fill("AI센")
    url = page.url

    search_box(page).evaluate(
        """box => {
          box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true, data: "ㅅ" }));
          for (const type of ["keydown", "keypress", "keyup"])
            box.dispatchEvent(new KeyboardEvent(type,
              { key: "Enter", code: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
          box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "센" }));
        }"""
    )
    page.wait_for_timeout(150)

    assert (page.url, search_box(page).input_value()) == (url, "AI센")


def test_decomposed_typing_is_remembered_composed(either: Page) -> None:
    """A query typed in NFD (as a Mac may paste it) is shown and remembered in NFC, once."""
    either.goto("/")
    search(either, unicodedata.normalize("NFD", "AI센터"))
    search(either, "AI센터")

    assert search_box(either).input_value() == "AI센터"
    assert either.locator(".recent li a").all_inner_texts() == ["AI센터"]


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element of the selector, where it must be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            stop = focused(page)
            assert stop["visible"]
            assert stop["inside"]
            return
    pytest.fail(f"Tab never reaches {selector}")
