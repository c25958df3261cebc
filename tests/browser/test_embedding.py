"""The search on another site's page, in a real browser: the element, the frame, and a form in EUC-KR."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page

import gisa
from tests.browser.chromium import Window, Windows
from tests.browser.serving import Site, free_port, serve
from tests.web.conftest import paper

PAGES = {
    "/element": '<!doctype html><html lang="ko"><title>다른 곳</title><gisa-search {attributes}>{inside}</gisa-search>'
    '<script src="{site}/embed.js"></script>',
    "/old": '<!doctype html><html><meta charset="euc-kr"><title>옛 누리집</title><form action="{site}/search"><input name="q">'
    "<button>찾기</button></form>",
}
FORM = '<form action="{site}/search"><input name="q" aria-label="찾기"><button>찾기</button></form>'


@pytest.fixture(scope="module")
def sites(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Site]]:
    """The address of another site, and the paper's search, which lets it in."""
    port = free_port()
    folder = tmp_path_factory.mktemp("embedded")
    (folder / "gisa.toml").write_text(
        f'[embed]\norigins = ["http://127.0.0.1:{port}"]\n[serve]\nbudget_ms = 0\n', "utf-8"
    )
    with gisa.open(folder) as library:
        library.add([{**article, "image_url": None} for article in paper()[:30]])
    with serve(folder, {}) as site:

        class Other(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, _, kind = self.path.partition("?")
                text = PAGES.get(path, "")
                for name, value in (
                    ("inside", FORM if kind == "form" else ""),
                    ("attributes", "results" if kind == "results" else ""),
                    ("site", site.address),
                ):
                    text = text.replace("{" + name + "}", value)
                encoding = "euc-kr" if path == "/old" else "utf-8"
                self.send_response(200 if text else 204)
                self.send_header("content-type", f"text/html; charset={encoding}")
                self.end_headers()
                self.wfile.write(text.encode(encoding))

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", port), Other)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{port}", site
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_elsewhere(sites: tuple[str, Site], windows: Windows) -> Iterator[Callable[..., Page]]:
    """Opens a window that reads the other site; fails if anything went wrong in it but that the search is elsewhere."""
    taken: list[Window] = []

    def open_one(**options: Any) -> Page:
        taken.append(windows.take(sites[0], **options))
        return taken[-1].page

    yield open_one
    expected = f"another origin: {sites[1].address}/"
    troubles = [trouble for window in taken for trouble in window.watch.troubles if not trouble.startswith(expected)]
    for window in taken:
        windows.give_back(window)
    assert troubles == []


@pytest.fixture
def elsewhere(open_elsewhere: Callable[..., Page]) -> Page:
    return open_elsewhere()


@pytest.mark.parametrize("kind", ["", "form"])
def test_the_element_suggests_and_leads_to_the_search(elsewhere: Page, kind: str) -> None:
    """With a form of the page's own inside, or one that it makes."""
    elsewhere.goto("/element?" + kind)
    elsewhere.locator("gisa-search input").fill("바다")
    elsewhere.locator("datalist option").first.wait_for(state="attached")
    offered = elsewhere.locator("datalist option").evaluate_all("options => options.map(each => each.value)")
    elsewhere.locator("gisa-search button").click()
    elsewhere.wait_for_url("**/search?**")

    assert all(each.startswith("바다") for each in offered)
    assert elsewhere.locator(".hit").count() == 20


def test_results_show_in_a_frame_as_high_as_they_are(elsewhere: Page) -> None:
    """Pages turn within the frame; an article takes the whole window."""
    elsewhere.goto("/element?results")
    elsewhere.locator("gisa-search input").fill("바다")
    elsewhere.locator("gisa-search button").click()
    frame = elsewhere.frame_locator("iframe")
    frame.locator("a[rel=next]").click()
    frame.locator("a[rel=prev]").wait_for()
    elsewhere.wait_for_function("document.querySelector('iframe').offsetHeight > 900")

    assert frame.locator(".hit").count() == 10
    frame.locator(".hit h2 a").first.click()
    elsewhere.wait_for_url("**/articles/**")


def test_a_form_on_an_old_page_finds_the_same(elsewhere: Page) -> None:
    """The browser sends the query in the page's EUC-KR."""
    elsewhere.goto("/old")
    elsewhere.locator("input").fill("바다")
    elsewhere.locator("button").click()
    elsewhere.wait_for_url("**/search?**")

    assert elsewhere.url.endswith("?q=%B9%D9%B4%D9")
    assert elsewhere.locator("#q").input_value() == "바다"
    assert elsewhere.locator(".hit").count() == 20


def test_without_script_the_form_inside_is_a_form(open_elsewhere: Callable[..., Page]) -> None:
    """It leads to the results."""
    page = open_elsewhere(java_script_enabled=False)
    page.goto("/element?form")
    page.locator("input").fill("바다")
    page.locator("button").click()
    page.wait_for_url("**/search?**")

    assert page.locator(".hit").count() == 20
