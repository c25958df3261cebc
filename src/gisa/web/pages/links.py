"""Where things stand: the URLs of searches and articles, written in one form. Pure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from gisa.search.request import PARAMS, SearchRequest, spell_change

PLACE: Final = "at"
"""The parameter that says the how-manieth result an article is."""


class SearchLinks:
    """Links and forms from one page of results to its neighbours: the same request with something changed.

    Every link holds the whole request as ``SearchRequest.to_params`` spells it, and every link but ``page`` leads to the first page.
    """

    def __init__(self, request: SearchRequest, *, at: str = "/search", base: str = "", kept: str = "") -> None:
        """``at`` is the page that shows the results; ``base`` and ``kept``: see ``Links``."""
        self._base, self._kept = base, f"?{kept}&" if kept else "?"
        self._start = f"{base}{at}{self._kept}"
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
        return f"{self._base}/api/export{self._kept}" + "&".join(self._written.values())

    def feed(self, form: str) -> str:
        """The newest results of the search as a feed: ``rss``, ``atom`` or ``json``."""
        written = (each for name, each in self._written.items() if name != "sort")
        return f"{self._base}/search.{form}{self._kept}" + "&".join(written)

    def result(self, place: int) -> str:
        """The how-manieth result of the search: leads on to its article."""
        return f"{self._base}/result{self._kept}" + "&".join((*self._written.values(), f"{PLACE}={place}"))

    def article_suffix(self) -> str:
        """What an article's link carries, so that its page can lead back here."""
        return self.here().removeprefix(f"{self._base}/search")

    def carried(self) -> list[tuple[str, str]]:
        """The parameters that the search box carries on to another query: the order, and whether only what is about it."""
        return [(name, text) for name, text in self._params.items() if name in ("sort", "about")]

    def hidden(self, *, but: tuple[str, ...]) -> list[tuple[str, str]]:
        """The parameters that a form must carry whose own inputs are called ``but``."""
        return [(name, text) for name, text in self._params.items() if name not in but]


_ORDER = tuple(param.name for param in PARAMS)


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the site as the links of a page write them."""

    base: str = ""
    """What every path begins with (``[site] base_path``)."""
    kept: str = ""
    """What every link carries of its page's address (``lang=en``)."""

    def to(self, path: str) -> str:
        """A page of the site, by its path in the route table."""
        return with_kept(self.base + path, self.kept)

    def search(self, request: SearchRequest, *, at: str = "/search") -> SearchLinks:
        """The links of a page of results; ``at``: which."""
        return SearchLinks(request, at=at, base=self.base, kept=self.kept)

    def query(self, query: str) -> str:
        """A plain search for a query."""
        return self.search(SearchRequest(query)).here()

    def section(self, name: str) -> str:
        """A section's articles."""
        return self.query(section_query(name))

    def byline(self, name: str) -> str:
        """A reporter's articles."""
        return self.query(f'기자:"{name.replace(chr(34), " ")}"')

    def article(self, article_id: str) -> str:
        """An article's one address, whatever page names it. Slashes in the id are escaped too, so that no ``..`` in an id becomes a step up."""
        return f"{self.base}/articles/{quote(article_id, safe='')}"

    def quotes(self, speaker: str) -> str:
        """What somebody said."""
        return self.to(f"/quotes?speaker={quote(speaker, safe='')}")

    def revisions(self, article_id: str, *, earlier_than: int | None = None) -> str:
        """The page that says how an article changed, from the newest revision or one before a number."""
        asked = f"?earlier_than={earlier_than}" if earlier_than is not None else ""
        return with_kept(self.article(article_id) + "/revisions" + asked, self.kept)

    def to_article(self, article_id: str, query: str = "") -> str:
        """Where a page leads to an article: in the language of this one, with the places of a query."""
        asked = f"?q={quote(query, safe='')}" if query else ""
        return with_kept(self.article(article_id) + asked, self.kept)

    def similar(self, article_id: str) -> str:
        """The articles that tell the same story as one."""
        return with_kept(self.article(article_id) + "/similar", self.kept)

    def explain(self, query: str, article_id: str) -> str:
        """The page that says why a query finds an article, or why not."""
        return self.to(f"/explain?q={quote(query, safe='')}&id={quote(article_id, safe='')}")

    def picture(self, url: str | None) -> str | None:
        """The address of a picture the page may show: the paper's own or one under https."""
        if url and url.startswith("/media/"):
            return self.base + url
        if url and (url.startswith("https://") or (url.startswith("/") and not url.startswith(("//", "/\\")))):
            return url
        return None


def with_kept(address: str, kept: str) -> str:
    """The address with what links carry of the page they stand on (``lang=en``)."""
    return f"{address}{'&' if '?' in address else '?'}{kept}" if kept else address


def section_query(section: str) -> str:
    """A query that finds a section; quoted where its name holds more than letters."""
    return f"분야:{section}" if section.isalnum() else '분야:"{}"'.format(section.replace('"', " "))


def web_url(url: str | None) -> str | None:
    """The address if it leads to the web (http, https); anything else, ``javascript:`` above all, is refused."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def anchor(article_id: str) -> str:
    """The fragment that marks an article in a list of results, so that going back lands on it."""
    return f"a{zlib.crc32(article_id.encode('utf-8', 'replace')):08x}"
