"""Where things stand: the URLs of searches and articles, written in one form. Pure."""

from __future__ import annotations

import zlib
from typing import Any
from urllib.parse import quote

from gisa.search.request import PARAMS, SearchRequest, spell_change


class SearchLinks:
    """Links and forms from one page of results to its neighbours: the same request with something changed.

    Every link holds the whole request as ``SearchRequest.to_params`` spells it, and every link but ``page`` leads to the first page.
    """

    def __init__(self, request: SearchRequest, *, kept: str = "") -> None:
        """``kept`` is what every link carries of its page's address besides the search (``lang=en``)."""
        self._start = f"/search?{kept}&" if kept else "/search?"
        self._number = request.page
        self._params = request.to_params()
        self._params.pop("page", None)
        self._written = {name: f"{name}={quote(text, safe='')}" for name, text in self._params.items()}

    def page(self, number: int) -> str:
        return self._start + "&".join(self._written.values()) + (f"&page={number}" if number > 1 else "")

    def to(self, **changes: Any) -> str:
        """The same search with these fields of the request changed."""
        written = dict(self._written)
        for name, text in spell_change(changes).items():
            written[name] = f"{name}={quote(text, safe='')}" if text else ""
        return self._start + "&".join(filter(None, map(written.get, _ORDER)))

    def here(self) -> str:
        """This very page."""
        return self.page(self._number)

    def export(self) -> str:
        """All results of the search as a file."""
        return self._start.replace("/search", "/api/export", 1) + "&".join(self._written.values())

    def feed(self, form: str) -> str:
        """The newest results of the search as a feed: ``rss``, ``atom`` or ``json``."""
        written = (each for name, each in self._written.items() if name != "sort")
        return self._start.replace("/search", f"/search.{form}", 1) + "&".join(written)

    def article_suffix(self) -> str:
        """What an article's link carries, so that its page can lead back here."""
        return self.here().removeprefix("/search")

    def carried(self) -> list[tuple[str, str]]:
        """The parameters that the search box carries on to another query: the order, and whether only what is about it."""
        return [(name, text) for name, text in self._params.items() if name in ("sort", "about")]

    def hidden(self, *, but: tuple[str, ...]) -> list[tuple[str, str]]:
        """The parameters that a form must carry whose own inputs are called ``but``."""
        return [(name, text) for name, text in self._params.items() if name not in but]


_ORDER = tuple(param.name for param in PARAMS)


def query_link(query: str, *, kept: str = "") -> str:
    """A plain search for a query."""
    return SearchLinks(SearchRequest(query), kept=kept).here()


def byline_link(name: str, *, kept: str = "") -> str:
    """A reporter's articles."""
    return query_link(f'기자:"{name.replace(chr(34), " ")}"', kept=kept)


def with_kept(address: str, kept: str) -> str:
    """The address with what links carry of the page they stand on (``lang=en``)."""
    return f"{address}{'&' if '?' in address else '?'}{kept}" if kept else address


def article_path(article_id: str) -> str:
    """An article's page. Slashes in the id are escaped too, so that no ``..`` in an id becomes a step up."""
    return "/articles/" + quote(article_id, safe="")


def explain_link(query: str, article_id: str, *, kept: str = "") -> str:
    """The page that says why a query finds an article, or why not."""
    return with_kept(f"/explain?q={quote(query, safe='')}&id={quote(article_id, safe='')}", kept)


def anchor(article_id: str) -> str:
    """The fragment that marks an article in a list of results, so that going back lands on it."""
    return f"a{zlib.crc32(article_id.encode('utf-8', 'replace')):08x}"
