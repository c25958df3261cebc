"""Pictures of the main pages and states, to be looked at: ``python -m tests.browser.screenshots OUTDIR [--lang TAG]``.

Each at 1280 and 360 px, light and dark; whole pages, except where a name ends in ``-screen``. Nothing is compared.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import Windows, find_chromium, launch
from tests.browser.serving import fill_paper, serve
from tests.browser.states import STATES, reach

_WIDTHS = ((1280, 900), (360, 740))
_SCREENS = {"home", "results", "article-found"}
"""States whose first screen is taken too, as a reader meets it."""
_LOAD_PICTURES = """() => Promise.all([...document.images].map(image => {
    image.loading = "eager";
    return image.decode();
  }))"""
"""A picture below the first screen would wait for a reader to come near."""


def main(out: Path, *, lang: str = "") -> None:
    executable = find_chromium()
    if executable is None:
        sys.exit("no Chromium here (install chromium, or set GISA_CHROMIUM to one)")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        paper, empty = Path(temporary, "paper"), Path(temporary, "empty")
        paper.mkdir()
        empty.mkdir()
        with serve(paper, fill_paper(paper, hostile=False)) as paper_site, serve(empty, {}) as empty_site:
            browser = launch(playwright, executable)
            windows = Windows(browser)
            for state in (state for state in STATES if "hostile" not in state.name):
                site = empty_site if state.site == "empty" else paper_site
                for width, height in _WIDTHS:
                    window = windows.take(site.address, width=width, height=height, reduced_motion="reduce")
                    page = window.page
                    reach(page, state, lang=lang)
                    page.evaluate(_LOAD_PICTURES)
                    for scheme in ("light", "dark"):
                        page.emulate_media(color_scheme=scheme)
                        name = f"{state.name}-{width}-{scheme}"
                        page.screenshot(path=out / f"{name}.png", full_page=True)
                        if state.name in _SCREENS:
                            page.screenshot(path=out / f"{name}-screen.png")
                    windows.give_back(window)
            browser.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case [out]:
            main(Path(out))
        case [out, "--lang", tag]:
            main(Path(out), lang=tag)
        case _:
            sys.exit(__doc__)
