"""Fetches the page of an article and reads it, or says why there is none. One request; decides nothing about what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Reject
from gisa.sources.encoding import xml_text
from gisa.sources.fetch import refusal
from gisa.sources.pages.extract import extract
from gisa.sources.pages.rules import Rule
from gisa.sources.web import NO_VALIDATORS, Answer, Validators, Web, without_password

PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", ""})


class PageIs(StrEnum):
    """What an address was when its page was asked for."""

    ARTICLE = "article"
    UNCHANGED = "unchanged"
    """304: as it was when it was last asked."""
    OTHER = "other"
    """No article: a list, a wall, a picture."""
    MOVED = "moved"
    """It leads elsewhere, and was not followed there."""
    GONE = "gone"
    """404 or 410: the site does not have it any more."""
    REFUSED = "refused"
    """A status that asking again soon does not change: 401, 403 …"""
    BUSY = "busy"
    """429 or 503: the site wants to be left alone for a while."""
    FAILED = "failed"
    """The server or the network failed: to be asked again."""

    @property
    def is_for_now(self) -> bool:
        """Whether asking again later may bring the page."""
        return self in (PageIs.BUSY, PageIs.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one request for a page brought."""

    outcome: PageIs
    url: str
    """Where it was found, after redirects that were followed."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Of the article, in the names of an article."""
    text: str = ""
    """The page itself, if it is HTML."""
    content: bytes = b""
    """What else it is: a sitemap, a feed."""
    location: str | None = None
    """Where it has moved."""
    validators: Validators = NO_VALIDATORS
    retry_after_s: float | None = None
    trouble: Reject | None = None
    """Why there is no article."""


def ask_page(
    web: Web,
    url: str,
    *,
    validators: Validators = NO_VALIDATORS,
    follows: bool = True,
    rules: Sequence[Rule] = (),
) -> Page:
    """The article on the page at ``url``. Raises nothing: what fails is an outcome."""
    try:
        answer = web.ask(url, validators=validators, follows=follows, wanted=_is_text)
    except SourceError as error:
        return Page(outcome=PageIs.FAILED, url=without_password(url), trouble=Reject(error.place, error.reason))
    if not answer.is_success:
        return _none(answer, url)
    if answer.media_type not in PAGE_TYPES:
        return Page(
            outcome=PageIs.OTHER,
            url=answer.url,
            content=answer.content,
            validators=answer.validators,
            trouble=Reject(answer.url, Message(SourceCode.PAGE_NO_HTML)),
        )
    text, _ = xml_text(answer.content, charset=answer.charset)
    found = extract(text, url=answer.url, rules=rules)
    return Page(
        outcome=PageIs.ARTICLE if found.is_article else PageIs.OTHER,
        url=answer.url,
        fields=found.fields if found.is_article else {},
        text=text,
        content=answer.content,
        validators=answer.validators,
        trouble=None if found.is_article else Reject(answer.url, Message(SourceCode.PAGE_SHOWS_NONE)),
    )


def _none(answer: Answer, url: str) -> Page:
    if answer.status == 304:
        outcome = PageIs.UNCHANGED
    elif answer.location is not None:
        outcome = PageIs.MOVED
    elif answer.status in (404, 410):
        outcome = PageIs.GONE
    elif answer.status in (429, 503):
        outcome = PageIs.BUSY
    else:
        outcome = PageIs.FAILED if answer.status >= 500 else PageIs.REFUSED
    return Page(
        outcome=outcome,
        url=answer.url,
        location=answer.location,
        retry_after_s=answer.retry_after_s,
        trouble=Reject(without_password(url), refusal(answer)),
    )


def _is_text(media_type: str) -> bool:
    """Whether a body is worth reading: pages, feeds and sitemaps, not pictures and films."""
    return media_type in PAGE_TYPES or "xml" in media_type or media_type.startswith("text/") or "json" in media_type
