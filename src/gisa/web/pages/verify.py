"""인용 확인: whether what a draft quotes stands in the archive. What is pasted is neither kept nor logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gisa.model import SEOUL
from gisa.quotes.verifying import QuoteCheck, Standing
from gisa.saying.quoting import say_standing
from gisa.saying.wording import sentence_for
from gisa.web.pages.editions import Edition
from gisa.web.pages.routes import Pages
from gisa.web.serving.response import NOT_KEPT

LONGEST_DRAFT: Final = 1_500
"""Characters: written as a form's field they take 13.5 of the 16 KB that a body may have."""
_SHOWN: Final = 5
"""Printings of one sentence that are shown, the oldest first."""


@dataclass(frozen=True, slots=True)
class PrintingView:
    text: str
    title: str
    href: str
    iso: str
    day: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """One sentence as the page shows it."""

    given: str
    is_found: bool
    said: str
    printings: tuple[PrintingView, ...]
    differences: tuple[tuple[str, str, str], ...]
    """What kind, the given words, the printed ones."""


async def verify(pages: Pages, request: Request) -> Response:
    """``/verify``: the form."""
    return pages.fill(request, "verify.html", {"draft": "", "checks": (), "longest": LONGEST_DRAFT})


async def check_draft(pages: Pages, request: Request) -> Response:
    """The form's answer: every quotation of the draft, or the draft itself if it holds none."""
    form = await pages.read_form(request)
    draft = form.get("text", "")[:LONGEST_DRAFT]
    edition = pages.edition(request)
    checks = [_view(check, edition) for check in await pages.verify_draft(draft, request)]
    response = pages.fill(request, "verify.html", {"draft": draft, "checks": checks, "longest": LONGEST_DRAFT})
    response.headers.update(NOT_KEPT)
    return response


def _view(check: QuoteCheck, edition: Edition) -> CheckView:
    speaker = edition.speaker
    text = speaker.wording.quotes
    return CheckView(
        given=check.given,
        is_found=check.standing in (Standing.EXACT, Standing.SPACING),
        said=say_standing(check, speaker),
        printings=tuple(
            PrintingView(
                " ".join(each.text.split()),
                each.archived.article.title,
                edition.links.to_article(each.archived.article.id),
                each.archived.article.published_at.astimezone(SEOUL).isoformat(),
                speaker.day(each.archived.article.published_at.astimezone(SEOUL).date()),
            )
            for each in check.printings[:_SHOWN]
        ),
        differences=tuple(
            (sentence_for(text.differences, each.kind), each.given or text.left_out, each.printed or text.left_out)
            for each in check.differences
        ),
    )
