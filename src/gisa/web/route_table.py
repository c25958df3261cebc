"""Every address of the site, one row each: how it is counted, whether its answer is cached, what answers it. No code behind.

Metrics, the cache of answers and admission read their part of a row; a new page is a row here and a file of its own
(``docs/adding-a-page.md``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from types import MethodType
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gisa.search.request import SearchRequest
from gisa.web.pages import browsers, corrections, crawlers, embedding, feeds, mining, reading, sets
from gisa.web.pages.advanced import advanced
from gisa.web.pages.quotes import quotes
from gisa.web.pages.revisions import revisions
from gisa.web.pages.routes import Pages
from gisa.web.pages.similar import similar
from gisa.web.pages.verify import check_draft, verify

CacheKey = Callable[[bytes], Hashable]
"""What of an address, given the bytes after its ``?``, an answer depends on, besides its path and language."""


def by_address(query_string: bytes) -> Hashable:
    """Every other spelling of an address is another answer."""
    return query_string


def by_search(query_string: bytes) -> Hashable:
    """Addresses that ask for the same search have one answer, however they are spelt."""
    params = QueryParams(query_string)
    return SearchRequest.from_address(params), params.get("recent")


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One address, or all below one."""

    path: str
    """As Starlette writes it: ``/articles/{article_id:path}``; a slash at its end stands for everything below. Of two rows that fit an
    address the first counts."""
    label: str
    """What metrics and the log call it; never anything that a reader typed."""
    page: Callable[[Pages, Request], Awaitable[Response]] | None = None
    """Answers it; None if the API or the files do."""
    method: str = "GET"
    cached: CacheKey | None = None
    """None: never cached."""
    is_always_admitted: bool = False
    """True: answered however many requests wait, so it must be cheap."""


ROUTES: Final = (
    RouteRow("/", "home", Pages.home, cached=by_address),
    RouteRow("/search", "search", Pages.search, cached=by_search),
    RouteRow("/embed", "embed", embedding.embed, cached=by_address),
    RouteRow("/embed.js", "file", embedding.script),
    RouteRow("/search.rss", "feed", feeds.search_feed),
    RouteRow("/search.atom", "feed", feeds.search_feed),
    RouteRow("/search.json", "feed", feeds.search_feed),
    RouteRow("/corrections", "corrections", corrections.corrections, cached=by_address),
    RouteRow("/corrections.rss", "feed", corrections.corrections_feed),
    RouteRow("/corrections.atom", "feed", corrections.corrections_feed),
    RouteRow("/corrections.json", "feed", corrections.corrections_feed),
    RouteRow("/quotes", "quotes", quotes, cached=by_address),
    RouteRow("/verify", "verify", verify),
    RouteRow("/verify", "verify", check_draft, method="POST"),
    RouteRow("/explain", "explain", Pages.explain),
    RouteRow("/articles/{article_id:path}/revisions", "revisions", revisions, cached=by_address),
    RouteRow("/articles/{article_id:path}/similar", "similar", similar, cached=by_address),
    RouteRow("/articles/{article_id:path}", "article", Pages.article, cached=by_address),
    RouteRow("/sets/{set_id}", "set", sets.result_set),
    RouteRow("/advanced", "advanced", advanced, cached=by_address),
    RouteRow("/result", "result", reading.result),
    RouteRow("/text-size", "text-size", reading.set_text_size, method="POST"),
    RouteRow("/robots.txt", "robots", crawlers.robots),
    RouteRow("/.well-known/tdmrep.json", "robots", mining.tdmrep),
    RouteRow("/llms.txt", "robots", mining.llms),
    RouteRow("/sitemap.xml", "sitemap", crawlers.sitemap_index, cached=by_address),
    RouteRow("/sitemap-news.xml", "sitemap", crawlers.news_sitemap, cached=by_address),
    RouteRow("/sitemaps/{name}", "sitemap", crawlers.sitemap, cached=by_address),
    RouteRow("/opensearch.xml", "browser", browsers.opensearch),
    RouteRow("/manifest.webmanifest", "browser", browsers.manifest),
    RouteRow("/favicon.ico", "browser", browsers.favicon),
    RouteRow("/recent/delete", "recent", Pages.delete_recent, method="POST"),
    RouteRow("/recent/clear", "recent", Pages.clear_recent, method="POST"),
    RouteRow("/recent/restore", "recent", Pages.restore_recent, method="POST"),
    RouteRow("/recent/off", "recent", Pages.switch_recent_off, method="POST"),
    RouteRow("/recent/on", "recent", Pages.switch_recent_on, method="POST"),
    RouteRow("/api/search", "api-search", cached=by_address),
    RouteRow("/api/articles/{article_id:path}/revisions", "api-revisions", cached=by_address),
    RouteRow("/api/articles/{article_id:path}/similar", "api-similar", cached=by_address),
    RouteRow("/api/articles/{article_id:path}/related", "api-related", cached=by_address),
    RouteRow("/api/articles/{article_id:path}", "api-article", cached=by_address),
    RouteRow("/api/export", "api-export"),
    RouteRow("/api/sets/{set_id:path}", "api-set"),
    RouteRow("/api/suggest", "api-suggest"),
    RouteRow("/api/quotes/export", "api-quotes-export"),
    RouteRow("/api/quotes", "api-quotes", cached=by_address),
    RouteRow("/api/corrections", "api-corrections", cached=by_address),
    RouteRow("/api/verify", "api-verify"),
    RouteRow("/api/explain", "api-explain"),
    RouteRow("/api/health", "api-health", is_always_admitted=True),
    RouteRow("/api/health/live", "api-health-live", is_always_admitted=True),
    RouteRow("/api/docs", "api-docs"),
    RouteRow("/api/openapi.json", "api-openapi.json"),
    RouteRow("/mcp", "mcp", method="POST"),
    RouteRow("/metrics", "metrics", is_always_admitted=True),
    RouteRow("/static/{name}", "file"),
    RouteRow("/media/", "file"),
)


class RouteTable:
    """Finds a path's row."""

    def __init__(self, rows: Sequence[RouteRow] = ROUTES) -> None:
        self._rows = rows
        self._exact = {
            row.path: row for row in rows if "{" not in row.path and (row.path == "/" or row.path[-1] != "/")
        }
        self._below = [(*_ends(row.path), row) for row in rows if row.path not in self._exact]

    def label(self, path: str) -> str:
        """Which of our routes a path is: few, and without anything of a path that somebody made up."""
        row = self._row(path)
        return row.label if row is not None else "other"

    def cache_key(self, path: str, query_string: bytes) -> Hashable | None:
        """What of an address its answer depends on; None for one that is not cached."""
        row = self._row(path)
        return None if row is None or row.cached is None else (path, row.cached(query_string))

    @property
    def always_admitted(self) -> frozenset[str]:
        return frozenset(row.path for row in self._rows if row.is_always_admitted)

    def page_routes(self, pages: Pages) -> list[BaseRoute]:
        """The pages, ready to be served."""
        return [
            Route(row.path, MethodType(row.page, pages), methods=[row.method], include_in_schema=False)
            for row in self._rows
            if row.page is not None
        ]

    def _row(self, path: str) -> RouteRow | None:
        exact = self._exact.get(path)
        return exact or next(
            (row for start, end, row in self._below if path.startswith(start) and path.endswith(end)), None
        )


def _ends(path: str) -> tuple[str, str]:
    """How the addresses of a row begin and end: ``/articles/{article_id:path}/revisions``."""
    start, _, rest = path.partition("{")
    return start, rest.rpartition("}")[2]
