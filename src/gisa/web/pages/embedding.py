"""The search on other sites' pages: results for a frame, and the script of ``<gisa-search>``. Keeps nothing of a reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gisa.search.request import SearchRequest
from gisa.web.pages.present import view_results
from gisa.web.pages.routes import Pages
from gisa.web.serving.security import page_policy

_HOUR: Final = {"cache-control": "public, max-age=3600"}
"""Other sites name the script by its plain address, so it may not be kept for ever."""


async def embed(pages: Pages, request: Request) -> Response:
    """``/embed?q=``: results without what is around them; only the paper's other origins may frame it."""
    asked, _ = SearchRequest.from_address(request.query_params)
    edition = pages.edition(request)
    page = await pages.find(asked, request) if asked.query else None
    view = view_results(page, asked, edition.speaker, edition.links) if page else None
    framed = edition.links.search(replace(asked, query=page.query) if page else asked, at="/embed")
    context = {
        "query": page.query if page else "",
        "page": page,
        "view": view,
        "previous": framed.page(asked.page - 1) if view and view.previous else "",
        "next": framed.page(asked.page + 1) if view and view.next else "",
    }
    response = pages.fill(request, "embed.html", context)
    settings = pages.library.settings
    response.headers["content-security-policy"] = page_policy(settings.site.csp, framed_by=settings.embed.origins)
    return response


async def script(pages: Pages, request: Request) -> Response:
    """``/embed.js``: the element ``<gisa-search>``."""
    del request
    return Response(pages.embed_script, media_type="text/javascript; charset=utf-8", headers=_HOUR)
