"""Phones, large text, dark mode, print, reduced motion: the pages fit, and nothing is too small or lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.reading import choice, search, search_box, total
from tests.browser.serving import Site
from tests.browser.states import CORRECTED_ID, PICTURED_ID, STATES, State, reach, results

pytestmark = pytest.mark.browser

_OVERFLOWING = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + "." + e.className + " " + Math.round(e.getBoundingClientRect().right)).slice(0, 9)
    .concat(document.scrollingElement.scrollWidth)"""
"""What sticks out, when the page scrolls sideways."""

_TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
  .filter(e => e.checkVisibility() && !e.closest("p:not(.back):not(.actions):not(.kicker):not(.original):not(.to-top)"))
  .filter(e => e.tabIndex >= 0 && !e.matches(".skip"))
  .map(e => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([box, e]) => `${e.outerHTML.slice(0, 80)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""
"""Targets under 24 CSS pixels (WCAG 2.2, 2.5.8); links inside a sentence are exempt."""

_CLIPPED = """() => [...document.querySelectorAll("body *")].filter(e => {
    const style = getComputedStyle(e);
    return e.checkVisibility() && ["hidden", "clip"].includes(style.overflowX) && style.position !== "absolute"
      && !e.matches(".picture, .snippet, .vh, img, input") && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  }).map(e => `${e.tagName}.${e.className} ${e.scrollWidth}>${e.clientWidth} ${e.scrollHeight}>${e.clientHeight}`)"""
"""Boxes that cut off what is in them, other than pictures and snippets, which are meant to be cut."""

_SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) < 14)
  .map(e => `${e.outerHTML.slice(0, 80)} ${getComputedStyle(e).fontSize}`)"""
"""Elements whose own text is under 14 CSS pixels."""

_SHIFTED = """() => new Promise(done => {
    let shifted = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) shifted += entry.value; })
      .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(shifted), 100);
  })"""
"""How far the page has moved by itself so far (Cumulative Layout Shift)."""


def _site(state: State, paper_site: Site, empty_site: Site) -> Site:
    return empty_site if state.site == "empty" else paper_site


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_fits_a_phone(open_page: OpenPage, paper_site: Site, empty_site: Site, state: State) -> None:
    """At 360 and at 320 px no page scrolls sideways, no text is cut off, and no target is under 24 px."""
    page = open_page(_site(state, paper_site, empty_site), width=360, height=740, has_touch=True, is_mobile=True)
    reach(page, state)

    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("innerWidth") == width
        assert page.evaluate(_OVERFLOWING) == []
        assert page.evaluate(_TOO_SMALL) == []
        assert page.evaluate(_CLIPPED) == []


_LARGE = [state for state in STATES if state.name in {
    "home-recent", "home-asking-off", "results-filtered", "results-range-open", "results-range-set", "none-filtered",
    "beyond-the-end", "article-hostile", "article-found", "not-found", "empty-home",
}]  # fmt: skip


@pytest.mark.parametrize("state", _LARGE, ids=lambda state: state.name)
def test_text_of_double_size_fits(open_page: OpenPage, paper_site: Site, empty_site: Site, state: State) -> None:
    """With text at 200 % (WCAG 1.4.4), and with WCAG 1.4.12's spacing, nothing is cut off or scrolls sideways."""
    page = open_page(_site(state, paper_site, empty_site))
    reach(page, state)

    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(_OVERFLOWING) == []
        assert page.evaluate(_CLIPPED) == []
    page.evaluate(
        """() => { document.documentElement.style.fontSize = "";
          for (const e of document.querySelectorAll("body *"))
            Object.assign(e.style, { lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" }); }"""
    )
    assert page.evaluate(_OVERFLOWING) == []
    assert page.evaluate(_CLIPPED) == []


def test_a_phone_shows_results_on_its_first_screen(open_page: OpenPage) -> None:
    """On a phone the box, the count and the first headline stand on the first screen, and a filter is two taps."""
    page = open_page(width=360, height=740, has_touch=True, is_mobile=True)
    page.goto("/")
    search(page, "AI센터")

    expect(search_box(page)).to_be_in_viewport(ratio=1)
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator(".hit h2").first).to_be_in_viewport()
    choice(page, "분야", "스포츠").tap()
    assert total(page) == page.locator(".hit").count()
    expect(page.locator(".filter .current")).to_have_text("분야: 스포츠")
    expect(page.locator(".filter .current")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("width", "height", "first_y", "whole"), [(1280, 900, 240, 5), (360, 800, 300, 3)], ids=["desktop", "phone"]
)
@pytest.mark.parametrize("query", ["나루", "AI센터", "바다"])
def test_results_stand_on_the_first_screen(
    open_page: OpenPage, query: str, width: int, height: int, first_y: int, whole: int
) -> None:
    """The first headline begins near the top, and several whole results follow it before any scrolling."""
    page = open_page(width=width, height=height)
    page.goto(results(query))

    tops = page.locator(".hit h2").evaluate_all("titles => titles.map(title => title.getBoundingClientRect().top)")
    ends = page.locator(".hit").evaluate_all("hits => hits.map(hit => hit.getBoundingClientRect().bottom)")
    assert tops[0] < first_y
    assert sum(end <= height for end in ends) >= whole


@pytest.mark.parametrize("state", [each for each in STATES if each.site == "paper"], ids=lambda state: state.name)
def test_no_text_is_small(open_page: OpenPage, state: State) -> None:
    """Nothing that is read is under 14 px."""
    page = open_page()
    reach(page, state)

    small = page.evaluate(_SMALL_TEXT)

    assert small == []


@pytest.mark.parametrize("path", ["/", results("AI센터"), f"/articles/{PICTURED_ID}", "/nothing"])
def test_dark_mode_is_dark(open_page: OpenPage, path: str) -> None:
    """A reader who prefers dark gets light text on a dark ground, form controls included."""
    page = open_page(color_scheme="dark")
    page.goto(path)

    ground, ink = (_brightness(page, name) for name in ("backgroundColor", "color"))

    assert ground < 60 < 200 < ink
    assert "dark" in page.evaluate("getComputedStyle(document.documentElement).colorScheme")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_article_prints(open_page: OpenPage, scheme: str) -> None:
    """On paper an article is its text in black on white, without the page's controls, and its address stands there."""
    page = open_page(color_scheme=scheme)
    page.goto(f"/articles/{CORRECTED_ID}?q=%EA%B2%BD%EB%A7%A4%EC%82%AC")
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".text p").last).to_be_visible()
    for selector in (".finder", ".back", ".to-top", "article nav", ".skip"):
        expect(page.locator(selector).first).to_be_hidden()
    assert _brightness(page, "backgroundColor") == 255
    assert _brightness(page, "color") == 0
    assert page.pdf().startswith(b"%PDF")


def test_results_print_without_controls(page: Page) -> None:
    """On paper a page of results is the list."""
    page.goto(results("AI센터"))
    page.emulate_media(media="print")

    expect(page.locator(".hit")).to_have_count(20)
    for selector in (".finder", ".filters", ".sorts", ".pages", ".recent", ".to-top"):
        expect(page.locator(selector).first).to_be_hidden()


@pytest.mark.parametrize(("motion", "jumps"), [("reduce", True), ("no-preference", False)])
def test_motion_is_the_readers_choice(open_page: OpenPage, motion: str, *, jumps: bool) -> None:
    """위로 moves through the page, with reduced motion it jumps; nothing else moves: no other link scrolls past 5,000 px."""
    page = open_page(reduced_motion=motion)
    page.goto(results("나루"))
    page.evaluate("scrollTo(0, 3000)")
    page.get_by_role("link", name="위로").click()

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
    if jumps:
        assert page.evaluate("scrollY") == 0
    page.wait_for_function("() => scrollY === 0")  # the page's policy lets no text be run


def test_pictures_have_their_place_before_they_come(page: Page) -> None:
    """Nothing on a page of results moves while its pictures load (CLS under 0.01)."""
    for path in ("/", results("나루"), f"/articles/{PICTURED_ID}"):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(_SHIFTED) < 0.01, path


def _brightness(page: Page, name: str) -> float:
    """The mean of red, green and blue of a colour of the body."""
    colour: list[float] = page.evaluate(
        "name => getComputedStyle(document.body)[name].match(/[0-9.]+/g).slice(0, 3).map(Number)", name
    )
    return sum(colour) / 3
