"""Chromium as the tests start it, and readers' windows in it that note whatever goes wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_TIMEOUT_MS: Final = 10_000


def find_chromium(environment: Mapping[str, str] = os.environ) -> str | None:
    """Where the browser is: ``GISA_CHROMIUM``, or the first known name on the path."""
    if told := environment.get("GISA_CHROMIUM"):
        return shutil.which(told)
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=list(_ARGUMENTS))


class Watch:
    """Notes what no page may do: errors in the console (CSP violations are among them), errors of scripts,
    dialogs, and requests to another origin."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self._refused: set[str] = set()
        self.troubles: list[str] = []
        """What went wrong since the window was taken."""
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfailed", self._on_failure)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("page", self._on_page)

    def forget(self) -> None:
        self._refused.clear()
        self.troubles.clear()

    def _on_page(self, page: Page) -> None:
        page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))

    def _on_request(self, request: Request) -> None:
        url = request.url
        if not url.startswith((self._address + "/", "data:", "about:")):
            self.troubles.append(f"another origin: {url}")

    def _on_response(self, response: Response) -> None:
        """A page that is not there, the one picture that is not, and suggestions refused are what some tests are about."""
        if response.status >= 400 and (
            response.request.resource_type == "document"
            or response.url.endswith("/not-there.png")
            or _is_for_suggestions(response.request)
        ):
            self._refused.add(response.url)

    def _on_failure(self, request: Request) -> None:
        """Suggestions that cannot be had, or are no longer wanted."""
        if _is_for_suggestions(request):
            self._refused.add(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if message.text.startswith("Failed to load resource") and message.location["url"] in self._refused:
            return
        self.troubles.append(f"console: {message.text} ({message.location['url']})")


def _is_for_suggestions(request: Request) -> bool:
    return urlsplit(request.url).path == "/api/suggest"


class Windows:
    """Windows of readers who have not been here before.

    A window that was given back is used again for one of the same kind, without cookies and on an empty page: a search in
    it takes 0.2 s of processor time, in a new window 1.3 s (measured; each starts a process and compiles everything anew).
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[Window]] = {}

    def take(self, address: str, *, width: int = 1280, height: int = 900, **options: Any) -> Window:
        """A page on the site of an address; ``options`` are those of ``Browser.new_context``."""
        kind = repr((address, sorted(options.items())))
        idle = self._idle.get(kind)
        if idle:
            window = idle.pop()
            window.page.set_viewport_size({"width": width, "height": height})
            return window
        context = self._browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            **options,
        )
        context.set_default_timeout(_TIMEOUT_MS)
        watch = Watch(context, address)
        return Window(context.new_page(), watch, kind, options)

    def give_back(self, window: Window) -> None:
        """Forget the reader. A window in which something went wrong is closed instead."""
        page, options = window.page, window.options
        if window.watch.troubles or len(page.context.pages) > 1:
            page.context.close()
            return
        page.goto("about:blank")
        page.unroute_all()
        page.context.clear_cookies()
        page.emulate_media(
            media="null",
            color_scheme=options.get("color_scheme", "light"),
            reduced_motion=options.get("reduced_motion", "no-preference"),
        )
        window.watch.forget()
        self._idle.setdefault(window.kind, []).append(window)


@dataclass(frozen=True, slots=True)
class Window:
    page: Page
    watch: Watch
    kind: str
    options: Mapping[str, Any]
