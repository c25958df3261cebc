"""The page of what somebody said: quotations by speaker, by words in them, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from gisa.errors import SearchInvalid
from gisa.model import SEOUL
from gisa.quotes.asking import QuotedWords
from gisa.text.unseen import clean_line
from gisa.web.pages.editions import Edition
from gisa.web.pages.routes import Pages

_PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A quotation as the page shows it."""

    words: str
    speaker: str
    """Empty where the article does not say."""
    speaker_href: str


@dataclass(frozen=True, slots=True)
class QuotingArticle:
    """An article with those of its quotations that were asked for."""

    title: str
    href: str
    iso: str
    day: str
    quotations: tuple[QuotationView, ...]


async def quotes(pages: Pages, request: Request) -> Response:
    """``/quotes?speaker=&q=``."""
    speaker = clean_line(request.query_params.get("speaker", ""))
    words = clean_line(request.query_params.get("q", ""))
    page, quotations = None, pages.library.quotations
    if speaker or words:
        try:
            page = await pages.ask(
                request,
                quotations,
                speaker,
                text=words,
                limit=_PER_PAGE,
                cursor=request.query_params.get("cursor") or None,
            )
        except SearchInvalid:  # a cursor that somebody wrote by hand
            page = await pages.ask(request, quotations, speaker, text=words, limit=_PER_PAGE)
    edition = pages.edition(request)
    context = {
        "speaker": speaker,
        "words": words,
        "articles": list(_articles(page.quotations if page is not None else (), edition)),
        "asked": page is not None,
        "more": _address(edition, speaker, words, page.next_cursor) if page and page.next_cursor else "",
    }
    return pages.fill(request, "quotes.html", context)


def _articles(found: Sequence[QuotedWords], edition: Edition) -> Iterator[QuotingArticle]:
    for _, quoted in groupby(found, key=lambda each: each.archived.seq):
        of_one = list(quoted)
        article = of_one[0].archived.article
        at = article.published_at.astimezone(SEOUL)
        yield QuotingArticle(
            article.title,
            edition.links.to_article(article.id),
            at.isoformat(),
            edition.speaker.day(at.date()),
            tuple(
                QuotationView(
                    " ".join(each.words.split()),
                    each.speaker or "",
                    _address(edition, each.speaker, "", None) if each.speaker else "",
                )
                for each in of_one
            ),
        )


def _address(edition: Edition, speaker: str, words: str, cursor: str | None) -> str:
    given = {"speaker": speaker, "q": words, "cursor": cursor or ""}
    written = urlencode({name: text for name, text in given.items() if text})
    return edition.links.to("/quotes") + ("&" if edition.links.kept else "?") + written
