"""What a reader sees on a page, as data: the count, the headlines, where the focus is."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Locator, Page


def search_box(page: Page) -> Locator:
    """The search box: a searchbox, and a combobox once the script has made it one."""
    return page.get_by_label("찾아보고 싶은 뉴스가 있다면, 검색")


def search(page: Page, query: str) -> None:
    """Type into the search box and press the button, as a reader does."""
    search_box(page).fill(query)
    page.get_by_role("search").get_by_role("button", name="검색", exact=True).click()


def total(page: Page) -> int:
    """The count in the heading."""
    return number(page.locator("h1 strong").inner_text())


def number(text: str) -> int:
    return int("".join(char for char in text if char.isdigit()))


def headlines(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".hit h2").all_inner_texts()]


def hit_ids(page: Page) -> list[str]:
    """The ids of the results, from their links."""
    hrefs = page.locator(".hit h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [unquote(urlsplit(href).path.removeprefix("/articles/")) for href in hrefs]


def hit_times(page: Page) -> list[datetime]:
    found = page.locator(".hit time").evaluate_all("times => times.map(time => time.dateTime)")
    return [datetime.fromisoformat(text) for text in found]


def sections(page: Page) -> list[str]:
    return page.locator(".hit .kicker").all_inner_texts()


def choice(page: Page, group: str, label: str) -> Locator:
    """A choice of the filters, whose choices are opened first: ``group`` is 기간 or 분야."""
    filter_ = page.locator(".filter", has=page.locator("summary", has_text=group))
    if not filter_.evaluate("filter => filter.open"):
        filter_.locator("summary").click()
    return page.get_by_role("navigation", name=group, exact=True).get_by_role("link").filter(has_text=label)


def chosen(page: Page, group: str) -> str:
    """The choice that is in force in a group, without its count."""
    text = page.get_by_role("navigation", name=group, exact=True, include_hidden=True).locator("[aria-current]")
    return (text.text_content() or "").split()[0]


def amount(link: Locator) -> int:
    """How many results a choice promises."""
    return number(link.locator(".n").inner_text())


def await_top(page: Page, *, timeout_s: float = 5.0) -> None:
    """Returns when the page has scrolled to its top. (Playwright's own waiting needs JavaScript and eval.)"""
    end = time.monotonic() + timeout_s
    while page.evaluate("scrollY") > 0:
        assert time.monotonic() < end, "the page does not scroll to its top"
        page.wait_for_timeout(30)


def recent(page: Page) -> list[str]:
    """The recent searches, in the order shown, those behind the disclosure included."""
    return [text.strip() for text in page.locator(".recent li a").all_text_contents()]


def state_of(page: Page) -> tuple[Any, ...]:
    """Everything that makes a page of results this one and no other."""
    return (
        page.url.partition("#")[0],
        page.locator("h1").inner_text(),
        headlines(page),
        page.locator("main [aria-current]").all_inner_texts(),
        search_box(page).input_value(),
    )


def focused(page: Page) -> dict[str, Any]:
    """The focused element: its tag and text, whether its focus can be seen, and whether something covers it."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const element = document.activeElement;
          const ring = (node) => {
            const style = node ? getComputedStyle(node) : null;
            return !!style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
          };
          const box = element.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
          const top = document.elementFromPoint(x, y);
          return {
            tag: element.tagName.toLowerCase(),
            text: (element.textContent || element.getAttribute("name") || "").replace(/\\s+/g, " ").trim(),
            href: element.getAttribute("href"),
            visible: ring(element) || ring(element.closest(".box")),
            inside: box.left >= -1 && box.right <= innerWidth + 1 && (box.height > innerHeight
              ? box.top < innerHeight && box.bottom > 0 : box.top >= -1 && box.bottom <= innerHeight + 1),
            covered: box.height <= innerHeight && !(top && (element.contains(top) || top.contains(element))),
          };
        }"""
    )
    return found
