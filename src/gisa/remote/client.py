"""``gisa.connect``: the methods of a library, asked of a server's API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Unpack
from urllib.parse import quote

import httpx

from gisa.closing import Closing
from gisa.errors import ArticleNotFound, ArticleRemoved, NotAnswered, SearchInvalid, TooDear
from gisa.exports.frames import articles_as_frame, results_as_html
from gisa.model import Article, ArticleView, Hit, SearchPage, Suggestion
from gisa.remote import reading
from gisa.search.cursor import read_cursor
from gisa.search.request import MAX_LIMIT, SearchKeywords, SearchRequest, request_of

_PATIENCE: Final = 5
"""How often a request that was told to come back is sent again."""
_LONGEST_WAIT_S: Final = 60.0


def connect(
    address: str,
    *,
    key: str | None = None,
    timeout_s: float = 30.0,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> RemoteLibrary:
    """The library behind a search page: ``gisa.connect("https://search.paper.example", key="gisa_…")``.

    ``key``: a key of its API, sent with every request; without one, what everybody may see. ``transport`` and ``sleep`` are for
    tests. Asks nothing yet. Raises ``SearchInvalid`` for an address that is none.
    """
    if not address.startswith(("https://", "http://")):
        raise SearchInvalid(f"{address!r} is no address — write it with https://")
    headers = {"accept": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    client = httpx.Client(
        base_url=address.rstrip("/") + "/api/", headers=headers, timeout=timeout_s, transport=transport
    )
    return RemoteLibrary(client, sleep=sleep)


class RemoteLibrary(Closing):
    """A library on another machine. Its methods give what ``Library``'s do; use it as a context manager.

    A server that is busy, or that this key has asked too often, is asked again when it says so, five times. Every method
    raises ``NotAnswered`` if the server cannot be reached or does not answer as Gisa does, and ``TooDear`` if it stays busy.
    """

    def __init__(self, client: httpx.Client, *, sleep: Callable[[float], None]) -> None:
        self._client, self._sleep = client, sleep

    def search(
        self, query: str | SearchRequest, /, *, facets: bool = False, **keywords: Unpack[SearchKeywords]
    ) -> SearchPage:
        """One page of results, as ``Library.search``. Articles of hits have no body: ``article`` reads them.

        Raises ``SearchInvalid`` for arguments that are impossible.
        """
        request = request_of(query, keywords)
        params = request.to_params() | {"limit": str(request.limit), "facets": "true" if facets else "false"}
        if "page" in params:
            params["offset"] = str(request.offset)
            del params["page"]
        return reading.search_page(self._ask("search", params))

    def results(self, query: str | SearchRequest, /, **keywords: Unpack[SearchKeywords]) -> RemoteResults:
        """Every result of a search, whatever their number, fetched page by page as you iterate."""
        return RemoteResults(self, replace(request_of(query, keywords), limit=MAX_LIMIT, offset=0, cursor=None))

    def article(self, article_id: str, *, query: str = "") -> ArticleView:
        """An article with the places where ``query`` matches. Raises ``ArticleNotFound`` and ``ArticleRemoved``."""
        path = f"articles/{quote(article_id, safe='')}"
        return reading.article_view(self._ask(path, {"q": query} if query else {}, article_id=article_id))

    def suggest(self, text: str, *, limit: int = 10) -> list[Suggestion]:
        """What somebody may be typing, most held first."""
        return reading.suggestions(self._ask("suggest", {"q": text, "limit": str(limit)}))

    def close(self) -> None:
        """Release the connection."""
        self._client.close()

    def _ask(self, path: str, params: dict[str, str], *, article_id: str = "") -> Any:
        for _ in range(_PATIENCE):
            try:
                answer = self._client.get(path, params=params)
            except httpx.HTTPError as error:
                raise NotAnswered(f"{self._client.base_url}: {error or type(error).__name__}") from error
            if answer.status_code not in (429, 503):
                break
            self._sleep(min(_seconds(answer.headers.get("retry-after")), _LONGEST_WAIT_S))
        return _read(answer, article_id)


@dataclass(frozen=True, slots=True)
class RemoteResults:
    """All results of a search, newest first or as was asked. Each pass asks the server anew."""

    library: RemoteLibrary
    request: SearchRequest

    @property
    def total(self) -> int:
        """How many there are now."""
        return self.library.search(replace(self.request, limit=0)).results

    def __iter__(self) -> Iterator[Article]:
        """The articles in order, without bodies; 100 are fetched at a time."""
        return (hit.article for hit in self.hits())

    def hits(self) -> Iterator[Hit]:
        """The results in order, with snippets. By cursor where there is one, so that none is met twice."""
        request = self.request
        while True:
            page = self.library.search(request)
            yield from page.hits
            if page.next_cursor is not None:
                request = replace(request, cursor=read_cursor(page.next_cursor), offset=0)
            elif page.hits and request.cursor is None and page.offset + len(page.hits) < page.results:
                request = replace(request, offset=page.offset + len(page.hits))
            else:
                return

    def to_pandas(self) -> Any:
        """A ``DataFrame`` with a row for each result. Needs pandas."""
        return articles_as_frame(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the first results as a table."""
        page = self.library.search(replace(self.request, limit=20))
        return results_as_html((hit.article for hit in page.hits), total=page.results, query=page.query)


def _read(answer: httpx.Response, article_id: str) -> Any:
    """The answer's JSON; a problem as the error that a library on this machine would raise."""
    try:
        said = answer.json()
        if answer.is_success:
            return said if said.keys() >= {"data", "meta"} else _not_gisa(answer)
        name, detail = str(said["type"]).rpartition("#")[2], str(said["detail"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return _not_gisa(answer)
    if name == "article-removed":
        at = datetime.fromisoformat(said["removed_at"])
        raise ArticleRemoved(article_id, at, public_reason=said.get("reason"))
    if name == "article-not-found":
        raise ArticleNotFound(article_id)
    if answer.status_code == 422:
        wrong = {each["parameter"]: each["detail"] for each in said.get("errors") or ()}
        raise SearchInvalid(detail, parameters=wrong)
    if answer.status_code == 429:
        raise TooDear(detail)
    raise NotAnswered(f"{answer.request.url.host}: {detail}")


def _not_gisa(answer: httpx.Response) -> Any:
    raise NotAnswered(f"{answer.request.url.host}: answered with {answer.status_code}, and not as Gisa does")


def _seconds(told: str | None) -> float:
    return float(told) if told and told.isdecimal() else 1.0
