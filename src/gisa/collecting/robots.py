"""A site's robots.txt: what may be asked, how fast, and which sitemaps it names (RFC 9309). Parsed by protego."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from protego import Protego

from gisa.errors import SourceError
from gisa.model import Reject
from gisa.sources.fetch import refusal
from gisa.sources.links import web_url
from gisa.sources.web import Web

NAME: Final = "Gisa"
"""The name by which a site may forbid or allow Gisa something."""


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt says to Gisa."""

    rules: Protego
    sitemaps: tuple[str, ...]
    delay_s: float
    """What it asks for between two requests; 0 if it asks for nothing."""
    unavailable: Reject | None = None
    """Why it cannot be read: then nothing may be asked (RFC 9309, 2.3.1.4). None if it can, or there is no such file."""

    def allows(self, url: str) -> bool:
        """Whether Gisa may ask the address."""
        return self.unavailable is None and bool(self.rules.can_fetch(url, NAME))


def read_robots(web: Web, root: str) -> Robots:
    """The robots.txt of the site at ``root`` (``https://paper.example``). Raises nothing."""
    url = f"{root}/robots.txt"
    try:
        answer = web.ask(url)
    except SourceError as error:
        return Robots(Protego.parse(""), (), 0.0, Reject(error.place, error.reason))
    if answer.status >= 500 or answer.status == 429:
        return Robots(Protego.parse(""), (), 0.0, Reject(url, refusal(answer)))
    text = answer.content[:_LARGEST].decode("utf-8-sig", "replace") if answer.is_success else ""
    rules = Protego.parse(text)
    sitemaps = dict.fromkeys(found for each in rules.sitemaps if (found := web_url(root, each)))
    return Robots(rules, tuple(sitemaps), float(rules.crawl_delay(NAME) or 0.0))


_LARGEST: Final = 512 * 1024
"""Bytes that are read, as RFC 9309 asks for at least."""
