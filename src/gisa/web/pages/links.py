"""Where things stand: the URLs of searches and articles, written in one form. Pure."""

from __future__ import annotations

import zlib
from urllib.parse import quote

from gisa.model import Filters, Period, Sort
from gisa.web.pages.params import Asked


class SearchLinks:
    """Links from one page of results to its neighbours: other pages, orders and filters of the same query.

    Defaults are left out, parameters keep one order, and every link but ``page`` leads to the first page.
    """

    def __init__(self, asked: Asked, *, kept: str = "") -> None:
        """``kept`` is what every link carries of its page's address besides the search (``lang=en``)."""
        self._page, self._sort, self._filters = asked.page, asked.sort, asked.filters
        self._without, self._inside = asked.without, asked.inside
        self._query = (kept + "&" if kept else "") + "q=" + quote(asked.query, safe="")
        self._current = self._write(asked.sort, asked.filters)

    def page(self, number: int) -> str:
        return "/search?" + self._current + (f"&page={number}" if number > 1 else "")

    def sort(self, sort: Sort) -> str:
        return "/search?" + self._write(sort, self._filters)

    def period(self, period: Period | None) -> str:
        """A period takes the place of the days set by hand; None is all time."""
        return "/search?" + self._write(self._sort, Filters(period=period, section=self._filters.section))

    def section(self, section: str | None) -> str:
        now = self._filters
        return "/search?" + self._write(
            self._sort, Filters(since=now.since, until=now.until, period=now.period, section=section)
        )

    def unfiltered(self) -> str:
        return "/search?" + self._write(self._sort, Filters())

    def without(self, key: str) -> str:
        """The same search with one more variant switched off."""
        return "/search?" + self._write(self._sort, self._filters, without=(*self._without, key))

    def again_with(self, key: str) -> str:
        """The same search with a variant switched on again."""
        kept = tuple(each for each in self._without if each != key)
        return "/search?" + self._write(self._sort, self._filters, without=kept)

    def inside(self, *, wanted: bool) -> str:
        """The same search inside other words as well, or not."""
        return "/search?" + self._write(self._sort, self._filters, inside=wanted)

    def here(self) -> str:
        """This very page."""
        return self.page(self._page)

    def article_suffix(self) -> str:
        """What an article's link carries, so that its page can lead back here."""
        return "?" + self._current + (f"&page={self._page}" if self._page > 1 else "")

    def _write(
        self, sort: Sort, filters: Filters, *, without: tuple[str, ...] | None = None, inside: bool | None = None
    ) -> str:
        text = self._query
        if sort is not Sort.NEWEST:
            text += "&sort=" + sort
        if filters.period:
            text += "&period=" + filters.period
        if filters.since:
            text += "&from=" + filters.since.isoformat()
        if filters.until:
            text += "&to=" + filters.until.isoformat()
        if filters.section:
            text += "&section=" + quote(filters.section, safe="")
        off = self._without if without is None else without
        if off:
            text += "&without=" + quote("|".join(off), safe="")
        if self._inside if inside is None else inside:
            text += "&inside=1"
        return text


def query_link(query: str, *, kept: str = "") -> str:
    """A plain search for a query."""
    return with_kept("/search?q=" + quote(query, safe=""), kept)


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
