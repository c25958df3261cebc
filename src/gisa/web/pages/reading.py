"""What helps a reader read on: the next result of a search, and the size of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gisa.search.request import MAX_OFFSET, SearchRequest
from gisa.web.pages.links import PLACE
from gisa.web.pages.routes import Pages, place_in
from gisa.web.pages.text_size import COOKIE, TextSize, size_named

_YEAR_S: Final = 365 * 24 * 3600


async def result(pages: Pages, request: Request) -> Response:
    """``/result?q=…&at=12``: to the twelfth result's article; past the last one, back to the list."""
    place = place_in(request)
    asked, _ = SearchRequest.from_address(request.query_params)
    if place is None or not asked.query or place > MAX_OFFSET:
        raise HTTPException(404)
    per_page, links = asked.limit, pages.edition(request).links
    page = await pages.find(replace(asked, limit=1, offset=place - 1), request)
    if page.hits:
        listed = links.search(replace(asked, offset=(place - 1) // per_page * per_page))
        target = f"{links.article(page.hits[0].article.id)}{listed.article_suffix()}&{PLACE}={place}"
    else:
        target = links.search(replace(asked, offset=max(page.results - 1, 0) // per_page * per_page)).here()
    return RedirectResponse(target, status_code=303, headers={"x-robots-tag": "noindex, nofollow"})


async def set_text_size(pages: Pages, request: Request) -> Response:
    """``POST /text-size``: remembers the size in a cookie and leads back."""
    form = await pages.read_form(request)
    size = size_named(form.get("size", ""))
    response = RedirectResponse(pages.way_back(form), status_code=303)
    age = _YEAR_S if size is not TextSize.NORMAL else 0
    secure = "; Secure" if pages.is_secure(request) else ""
    line = f"{COOKIE}={size}; Max-Age={age}; Path={pages.site.base_path}/; HttpOnly; SameSite=Lax{secure}"
    response.raw_headers.append((b"set-cookie", line.encode("ascii")))
    return response
