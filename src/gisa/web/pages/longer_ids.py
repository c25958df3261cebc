"""Ids that end like an address: ``/articles/ID/similar`` shows the article ``ID/similar`` if there is no article ``ID``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from gisa.errors import ArticleNotFound, ArticleRemoved
from gisa.web.pages.routes import Pages

Show = Callable[[Pages, Request], Awaitable[Response]]


def or_longer_id(ending: str) -> Callable[[Show], Show]:
    """Marks the page of an article whose address ends so; it raises ``ArticleNotFound`` where there is no such article."""

    def mark(show: Show) -> Show:
        @wraps(show)
        async def marked(pages: Pages, request: Request) -> Response:
            try:
                return await show(pages, request)
            except ArticleRemoved:
                raise
            except ArticleNotFound:
                request.path_params["article_id"] += f"/{ending}"
                return await pages.article(request)

        return marked

    return mark
