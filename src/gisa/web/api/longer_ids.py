"""Ids that end like an address: ``/articles/ID/similar`` answers with the article ``ID/similar`` if there is no article ``ID``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse

from gisa.errors import ArticleNotFound, ArticleRemoved

T = TypeVar("T")
ReadArticle = Callable[[Request, str], Awaitable[Any]]
"""Answers with one article."""


async def or_longer_id(
    asked: Awaitable[T], request: Request, longer_id: str, *, article: ReadArticle
) -> T | JSONResponse:
    """What was asked of an article; if it is not there the one whose id is the whole address. Raises ``ArticleNotFound``."""
    try:
        return await asked
    except ArticleRemoved:
        raise
    except ArticleNotFound:
        answer = await article(request, longer_id)
        return JSONResponse(answer.model_dump(mode="json"))
