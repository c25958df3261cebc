"""Stories in a browser: the others unfold under a result without script, and axe finds nothing on their pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import gisa
from tests.browser.conftest import OpenPage, assert_quiet
from tests.browser.serving import Site, serve
from tests.browser.test_accessibility import violations
from tests.stories.labelled import families

pytestmark = pytest.mark.browser

ARTICLES = [article for _, family in zip(range(3), families(), strict=False) for article, _ in family]
GROUPED = "/search?q=%EB%82%98%EB%A3%A8&group=1"
PATHS = [GROUPED, "/search?q=%EB%82%98%EB%A3%A8", f"/articles/{ARTICLES[2].id}/similar", f"/articles/{ARTICLES[2].id}"]


@pytest.fixture(scope="module")
def stories_site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three stories and what is like them."""
    folder = tmp_path_factory.mktemp("stories")
    with gisa.open(folder) as library:
        library.add(ARTICLES)
    with serve(folder, {}) as site:
        yield site
    assert_quiet(site)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PATHS, ids=["grouped", "apart", "similar", "article"])
def test_axe_finds_nothing(open_page: OpenPage, stories_site: Site, path: str, width: int) -> None:
    """With everything unfolded, in light and in dark; nothing is wider than the window."""
    page = open_page(stories_site, width=width, height=900, reduced_motion="reduce")
    page.goto(path)
    for summary in page.locator("main .more > summary").all():
        summary.click()

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_others_unfold_without_script(open_page: OpenPage, stories_site: Site) -> None:
    """A click on 비슷한 기사 shows them, and each leads to its article."""
    page = open_page(stories_site, javascript=False)
    page.goto(GROUPED)
    first = page.locator("details.similar").first
    assert not first.locator("li a").first.is_visible()
    first.locator("summary").click()
    name = first.locator("li a").first.inner_text()
    first.locator("li a").first.click()

    assert page.locator("h1").inner_text() == name
