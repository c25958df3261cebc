"""Chromium on a real ``gisa serve``: one of the sample newspaper, one of an empty archive.

The servers last for the session. The browser lasts while tests of this folder run, not longer: Playwright keeps an event
loop running in its thread, in which tests elsewhere could not start their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import Window, Windows, find_chromium, launch
from tests.browser.serving import Site, fill_paper, serve


class OpenPage(Protocol):
    def __call__(
        self, site: Site | None = None, *, javascript: bool = True, width: int = 1280, height: int = 900, **options: Any
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = find_chromium()
    if found:
        return found
    reason = "no Chromium here (install chromium, or set GISA_CHROMIUM to one)"
    if os.environ.get("GISA_REQUIRE_BROWSER") == "1":
        pytest.fail(reason + ", and GISA_REQUIRE_BROWSER=1 asks for one")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def paper_site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample newspaper. What is read here changes nothing, so that every test may read it."""
    folder = tmp_path_factory.mktemp("paper")
    with serve(folder, fill_paper(folder)) as site:
        yield site
    assert_quiet(site)


@pytest.fixture(scope="session")
def empty_site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A data folder without an article."""
    with serve(tmp_path_factory.mktemp("empty"), {}) as site:
        yield site
    assert_quiet(site)


@pytest.fixture(scope="package")
def windows(chromium_path: str) -> Iterator[Windows]:
    with sync_playwright() as playwright:
        browser = launch(playwright, chromium_path)
        yield Windows(browser)
        browser.close()


@pytest.fixture
def open_page(windows: Windows, paper_site: Site) -> Iterator[OpenPage]:
    """Opens windows of new readers; after the test it takes them back, and fails if anything went wrong in one."""
    taken: list[Window] = []

    def open_one(
        site: Site | None = None, *, javascript: bool = True, width: int = 1280, height: int = 900, **options: Any
    ) -> Page:
        address = (site or paper_site).address
        window = windows.take(address, width=width, height=height, java_script_enabled=javascript, **options)
        taken.append(window)
        return window.page

    yield open_one
    troubles = [trouble for window in taken for trouble in window.watch.troubles]
    for window in taken:
        windows.give_back(window)
    assert troubles == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A new reader's window, with JavaScript, 1280 px wide."""
    return open_page()


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def either(open_page: OpenPage, javascript: bool) -> Page:
    """A new reader's window, once with JavaScript and once without."""
    return open_page(javascript=javascript)


def assert_quiet(site: Site) -> None:
    """A server that was only read from has nothing to complain about."""
    log = site.log.read_text("utf-8", "replace")
    assert "Traceback" not in log, log
