"""axe-core on every page and state, light and dark; names, headings and landmarks for who cannot see the page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.serving import Site
from tests.browser.states import STATES, State, reach

pytestmark = pytest.mark.browser

_OPTIONS: Final = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless it is named
    "resultTypes": ["violations"],
    "preload": False,  # would fetch stylesheets again, for a rule about video
}
_AXE: Final = Axe().axe_script
_ON_A_PHONE: Final = {
    "home-recent",
    "results-recent",
    "results-range-open",
    "article-found",
    "none-filtered",
    "api-docs",
}

_HEADINGS: Final = """() => [...document.querySelectorAll("h1, h2, h3, h4")]
  .filter(e => e.checkVisibility()).map(e => +e.tagName[1])"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_state_is_accessible(open_page: OpenPage, paper_site: Site, empty_site: Site, state: State) -> None:
    """axe finds nothing against WCAG 2.2 A, AA and its best practices, in light and in dark; a screen reader finds a
    title of the page's own, one h1, headings without gaps, the landmarks, and unique ids."""
    page = open_page(empty_site if state.site == "empty" else paper_site, reduced_motion="reduce")
    reach(page, state)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    levels = page.evaluate(_HEADINGS)
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.title().count(" - ") >= 1
    assert page.locator("html").get_attribute("lang") == "ko"
    framed = state.name == "embed"  # the page around it has the banner, the foot and the box
    assert page.get_by_role("main").count() == 1
    for role in ("banner", "contentinfo"):
        assert page.get_by_role(role).count() == (0 if framed else 1), role
    assert page.get_by_role("search").count() == (0 if framed or state.name in ("api-docs", "verify") else 1)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "state", [state for state in STATES if state.name in _ON_A_PHONE], ids=lambda state: state.name
)
def test_axe_finds_nothing_on_a_phone(open_page: OpenPage, state: State) -> None:
    """The same holds for the narrow form of the pages."""
    page = open_page(width=360, height=740, has_touch=True, is_mobile=True)
    reach(page, state)

    assert violations(page) == []


def test_axe_sees_what_is_wrong(page: Page) -> None:
    """The check itself works: a page with faults is not passed."""
    page.set_content("<html lang=ko><title>x</title><main><h1>x</h1><img src='data:,'><input></main>")

    found = {line.split(":")[0] for line in violations(page)}

    assert {"image-alt", "label"} <= found


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    answer: dict[str, Any] = page.evaluate("options => axe.run(options)", _OPTIONS)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} — {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
