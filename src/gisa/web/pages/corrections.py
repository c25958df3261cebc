"""The list of what the paper has put right, as a page and as feeds."""

from __future__ import annotations

from functools import partial
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from gisa.corrections.asking import CorrectionPage
from gisa.errors import SearchInvalid
from gisa.model import Hit, Snippet
from gisa.saying.correcting import correction_line
from gisa.web.pages.feeds import FEED_LENGTH, Feed, written
from gisa.web.pages.present import short_text, view_notice
from gisa.web.pages.routes import Pages
from gisa.web.serving.askers import asker_in

_PER_PAGE: Final = 20
_SHOWN: Final = 300
"""Characters of what was put right; the rest stands in the article."""


async def corrections(pages: Pages, request: Request) -> Response:
    """``/corrections``."""
    cursor, edition = request.query_params.get("cursor") or None, pages.edition(request)
    try:
        page = await _newest(pages, request, limit=_PER_PAGE, cursor=cursor)
    except SearchInvalid:  # a cursor that somebody wrote by hand
        page = await _newest(pages, request, limit=_PER_PAGE, cursor=None)
    more = f"/corrections?cursor={quote(page.next_cursor, safe='')}" if page.next_cursor else ""
    context = {
        "corrections": [view_notice(each, edition.speaker, edition.links, at_most=_SHOWN) for each in page.corrections],
        "more": edition.links.to(more) if more else "",
        "feeds": [
            (kind, edition.links.to(f"/corrections.{ending}"))
            for ending, kind in (("rss", "application/rss+xml"), ("atom", "application/atom+xml"))
        ],
    }
    return pages.fill(request, "corrections.html", context)


async def _newest(pages: Pages, request: Request, *, limit: int, cursor: str | None) -> CorrectionPage:
    library = pages.library
    return await pages.ask(request, library.corrections, limit=limit, cursor=cursor, asker=asker_in(request.scope))


async def corrections_feed(pages: Pages, request: Request) -> Response:
    """``/corrections.rss``, ``/corrections.atom`` and ``/corrections.json``."""
    page = await _newest(pages, request, limit=FEED_LENGTH, cursor=None)
    edition, paper, origin = pages.edition(request), pages.paper, pages.origin(request)
    put_right_at = {each.article.id: each.at for each in page.corrections}
    feed = Feed(
        title=f"{edition.speaker.wording.corrections.title} - {paper.name}",
        publisher=paper.name,
        language=edition.speaker.language.value,
        page=origin + edition.links.to("/corrections"),
        own=origin + edition.links.to(request.url.path.removeprefix(pages.site.base_path)),
        origin=origin,
        site=edition.links,
        hits=[
            Hit(each.article, (), Snippet(short_text(each.text) if each.is_notice else "", ()), None)
            for each in page.corrections
        ],
        correction_of=partial(correction_line, speaker=edition.speaker),
        changed_at=lambda article: put_right_at[article.id],
    )
    return written(feed, request)
