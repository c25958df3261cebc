"""Which addresses a crawl asks: those of its site that may be pages, and the counted ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message
from gisa.text.addresses import address_key, is_web_url, names_an_article

_NO_PAGE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|css|js|mjs|json|woff2?|ttf|eot|mp[34]|m4[av]|avi|mov|wmv|webm|pdf|hwpx?|docx?"
    r"|xlsx?|pptx?|zip|gz|tgz|rar|7z|exe|apk|dmg)$",
    re.IGNORECASE,
)
_NOT_READ: Final = re.compile(
    r"/(?:wp-admin|wp-login|wp-json|xmlrpc|login|logout|join|member|cart|admin)(?:[/.?]|$)|[?&](?:replytocom|share|print|sort|"
    r"order|return_?url|redirect)=|/feed/?$|/print(?:/|$)",
    re.IGNORECASE,
)
"""Doors for members, other orders of the same list, and prints of the same page."""
_LIKE_AN_ARTICLE: Final = re.compile(r"\d{3,}|[a-z가-힣%]+(?:-[a-z가-힣%0-9]+){3,}", re.IGNORECASE)
"""A number of three digits, or a slug of four words."""
_TWINS: Final = re.compile(r"^(?:www)\.")
_LAST_NUMBER: Final = re.compile(r"\d+(?=\D*$)")
MOST_IDS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """One site: a host with its port, with or without ``www.``."""

    host: str

    @classmethod
    def of(cls, url: str) -> Scope:
        """The site of an address. Raises ``ConfigError`` if it is no web address."""
        if not is_web_url(url):
            raise ConfigError(Message(ConfigCode.SITE_WRONG), url)
        return cls(_host(url))

    def holds(self, url: str) -> bool:
        """Whether an address is one of the site's."""
        return is_web_url(url) and _host(url) == self.host

    def wants(self, url: str) -> bool:
        """Whether an address of the site may be a page that leads to articles, or is one."""
        return self.holds(url) and _NO_PAGE.search(urlsplit(url).path) is None and _NOT_READ.search(url) is None


def looks_like_article(url: str) -> bool:
    """Whether an address looks like an article's rather than a list's; decides only which is asked first."""
    parts = urlsplit(url)
    return _LIKE_AN_ARTICLE.search(f"{parts.path}?{parts.query}") is not None and not re.search(
        r"(?:^|[?&/])(?:page|paged|p)[=/]\d+", parts.query or parts.path
    )


def is_twin(url: str, canonical: str | None) -> bool:
    """Whether a page says that another one is the article's own: the mobile or print version of it."""
    if canonical is None or not is_web_url(canonical) or not names_an_article(canonical):
        return False
    return address_key(canonical) != address_key(url)


def counted(url: str, numbers: range) -> Iterator[str]:
    """The addresses of articles that are numbered, the newest first; ``url`` is a pattern with ``{id}``, or one of them.

    Raises ``ConfigError`` if it holds no number, or there are too many.
    """
    if len(numbers) > MOST_IDS:
        raise ConfigError(Message(ConfigCode.IDS_TOO_MANY, count=len(numbers), limit=MOST_IDS))
    if "{id}" not in url:
        url, found = _LAST_NUMBER.subn("{id}", url)
        if not found:
            raise ConfigError(Message(ConfigCode.IDS_PLACELESS), url)
    return (url.replace("{id}", str(number)) for number in reversed(numbers))


def _host(url: str) -> str:
    return _TWINS.sub("", urlsplit(url).netloc.rpartition("@")[2].lower())
