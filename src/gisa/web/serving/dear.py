"""Which questions are dear, and who answers them: a process of its own (``lane``) if there is one. Knows no pages.

A search on the event loop holds up every reader of its worker until it ends. So what would take longer than a reader notices
goes to the lane, told by its words and by its cost in the index before anything is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.types import Scope

from gisa.access import Asker
from gisa.explanation import Explanation
from gisa.library.set_changes import SetChanges
from gisa.model import ArticleView, SearchPage
from gisa.quotes.verifying import QuoteCheck
from gisa.search.request import SearchRequest
from gisa.web.pages.own_part import saves
from gisa.web.serving.admission import time_left_s
from gisa.web.serving.askers import asker_in
from gisa.web.serving.asking import Asking
from gisa.web.serving.lane import DearAnswers

if TYPE_CHECKING:
    from gisa.library import Library

MOST_WORDS: Final = 12
"""Of a query that is looked at here. Reading 64 compounds for the first time took 0.4 s, before anything was asked."""
MOST_ENTRIES: Final = 400_000
"""Entries of the index that a search here may read: about as much as three ordinary pages cost (estimated from four queries)."""
LONG_ARTICLE: Final = 100_000
"""Characters of an article that is explained here; one of 9.5 million took 26 s."""


class Questions:
    """Asks the library what readers ask, in place or in the lane. Raises what the library does, and ``TooDear``."""

    def __init__(
        self, g: Library, *, asking: Asking, lane: DearAnswers | None, client_of: Callable[[Scope], str]
    ) -> None:
        """``lane`` None: everything is asked in place."""
        self._g, self._asking, self._lane, self._client_of = g, asking, lane, client_of

    async def search(self, asked: SearchRequest, request: Request, *, facets: bool) -> SearchPage:
        """One page of a search."""
        page = await self.dear_search(asked, request, facets=facets)
        if page is None:
            page = await self._asking.of(request.scope)(
                self._g.search, asked, asker=asker_in(request.scope), facets=facets, budget_s=time_left_s(request)
            )
        return page

    async def article(self, article_id: str, request: Request, *, query: str) -> ArticleView:
        """An article with the places of a query."""
        if self._lane is not None and await self._is_dear(SearchRequest(query), request):
            view: ArticleView = await self._ask("article", request, article_id, query=query)
            return view
        return await self._asking.of(request.scope)(
            self._g.article, article_id, query=query, asker=asker_in(request.scope)
        )

    async def dear_search(self, asked: SearchRequest, request: Request, *, facets: bool) -> SearchPage | None:
        """The answer to a dear search; None for one that may be asked in place, for whoever asks that in a way of their own."""
        if self._lane is None or not await self._is_dear(asked, request):
            return None
        page: SearchPage = await self._ask("search", request, asked, facets=facets, budget_s=time_left_s(request))
        return page

    async def set_changes(self, set_id: str, request: Request) -> SetChanges:
        """What has become of a cited result set: always in the lane, since a thousand articles may have to be analysed."""
        if self._lane is None:
            return await self._asking.of(request.scope)(self._g.set_changes, set_id)
        told: SetChanges = await self._lane.ask("set_changes", set_id, client=self._client_of(request.scope))
        return told

    async def explain(self, query: str, article_id: str, request: Request) -> Explanation:
        """Why the query finds the article."""
        if self._lane is None or not (
            await self._is_dear(SearchRequest(query), request) or self._is_long(article_id, request)
        ):
            return await self._asking.of(request.scope)(
                self._g.explain, query, article_id, asker=asker_in(request.scope)
            )
        explanation: Explanation = await self._ask("explain", request, query, article_id)
        return explanation

    async def verify_quote(self, text: str, request: Request, *, asker: Asker = Asker.PUBLIC) -> QuoteCheck:
        """Whether a sentence stands in the archive: always in the lane, since forty articles are read, however long."""
        check: QuoteCheck = await self._beside("verify_quote", request, text, asker=asker)
        return check

    async def verify_draft(self, draft: str, request: Request) -> Sequence[QuoteCheck]:
        """The same of every quotation of a draft, as one question."""
        checks: Sequence[QuoteCheck] = await self._beside("verify_draft", request, draft)
        return checks

    async def _beside(self, method: str, request: Request, text: str, **named: Any) -> Any:
        """A question that is never asked on the event loop if there is a lane."""
        if self._lane is None:
            return await self._asking.of(request.scope)(getattr(self._g, method), text, **named)
        return await self._lane.ask(
            method, text, client=self._client_of(request.scope), forgets=not saves(request.scope), **named
        )

    async def _ask(self, method: str, request: Request, *args: Any, **named: Any) -> Any:
        assert self._lane is not None
        return await self._lane.ask(
            method,
            *args,
            client=self._client_of(request.scope),
            forgets=not saves(request.scope),
            asker=asker_in(request.scope),
            **named,
        )

    async def _is_dear(self, asked: SearchRequest, request: Request) -> bool:
        words = len(asked.query.split())
        if self._lane is None or not words:
            return False
        if words > MOST_WORDS:
            return True
        cost = await self._asking.of(request.scope)(self._g.cost, asked, asker=asker_in(request.scope))
        return cost > MOST_ENTRIES

    def _is_long(self, article_id: str, request: Request) -> bool:
        return len(self._g.article(article_id, asker=asker_in(request.scope)).article.body) > LONG_ARTICLE
