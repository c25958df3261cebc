"""What a tool is called with: who calls, how the library is asked for them, and what every answer says of the paper."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

import anyio.to_thread

from gisa.access import Asker
from gisa.clock import Clock
from gisa.library import Library
from gisa.library.set_key import set_key
from gisa.mcp.cursors import Cursors
from gisa.model import SEOUL, Article, SearchPage
from gisa.quotes.verifying import QuoteCheck
from gisa.saying.citing import address_of
from gisa.saying.terms import licence_line
from gisa.search.request import SearchRequest

P = ParamSpec("P")
T = TypeVar("T")


class Caller(Protocol):
    """Who calls. Asks the library as that asker, never on the event loop."""

    @property
    def asker(self) -> Asker:
        """What they may see, decided anew for each call. Raises ``KeyRefused`` if their key opens nothing any more."""
        ...

    async def search(self, request: SearchRequest, *, facets: bool = False) -> SearchPage:
        """One page of a search."""
        ...

    async def verify_quote(self, sentence: str) -> QuoteCheck:
        """Whether a sentence stands in the archive; dear, since forty articles are read."""
        ...

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a question that is bounded by itself returns or raises."""
        ...


class ThreadCaller:
    """A caller of this machine, answered in threads: for a process that serves one agent.

    Nothing ends a question early, and what the process remembers of words stays until its end: it is the agent's own.
    """

    def __init__(self, library: Library, asker: Callable[[], Asker] = lambda: Asker.PUBLIC) -> None:
        self._library, self._asker = library, asker

    @property
    def asker(self) -> Asker:
        return self._asker()

    async def search(self, request: SearchRequest, *, facets: bool = False) -> SearchPage:
        return await self.ask(self._library.search, request, asker=self.asker, facets=facets)

    async def verify_quote(self, sentence: str) -> QuoteCheck:
        return await self.ask(self._library.verify_quote, sentence, asker=self.asker)

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await anyio.to_thread.run_sync(partial(question, *args, **kwargs))


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What answers say of the paper, made once for each open library."""

    library: Library
    name: str
    licence: str
    cursors: Cursors
    clock: Clock

    def said(self) -> dict[str, Any]:
        """The fields of every answer."""
        at = self.clock().astimezone(SEOUL).isoformat(timespec="seconds")
        return {"source": self.name, "licence": self.licence, "asked_at": at}


def facts_of(library: Library, *, clock: Clock) -> PaperFacts:
    """The facts of an open library. Cursors of a folder that can keep no key hold in this process only."""
    settings = library.settings
    key = set_key(settings.set_key_path)
    return PaperFacts(
        library,
        settings.paper.name,
        licence_line(settings.paper.name, settings.mining),
        Cursors(key or secrets.token_bytes(32)),
        clock,
    )


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a tool."""

    caller: Caller
    facts: PaperFacts
    root: str | None
    """Scheme, host and base path of the site, to say where an article stands; None: not known here."""

    @property
    def library(self) -> Library:
        return self.facts.library

    def address(self, article: Article) -> str | None:
        """Where readers find the article."""
        return address_of(article, root=self.root)
