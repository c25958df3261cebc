"""What crawlers read: ``robots.txt``, sitemaps of every article and of the last two days' (sitemaps.org, Google's news schema).

Sitemaps are there only if the paper has named its canonical address. They list what everybody may see at the moment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from gisa.model import SEOUL, Article, Sort
from gisa.search.facets import TIMELINE
from gisa.search.request import SearchRequest
from gisa.search.timeline import stretch_named
from gisa.web.pages.feeds import changed_at, xml_text
from gisa.web.pages.front import EVERYTHING
from gisa.web.pages.links import Links
from gisa.web.pages.mining import robots_lines
from gisa.web.pages.routes import Pages

if TYPE_CHECKING:
    from gisa.library import Library

IN_ONE_SITEMAP: Final = 2_000
"""Addresses. 50,000 are allowed; 2,000 articles are read in 0.1 s or so, which is how long other readers would wait."""
_NEWS_DAYS: Final = 2
_MOST_NEWS: Final = 1_000
_YEARS_COUNTED: Final = 3
"""Months of so many years are counted in one search."""
_NAME: Final = re.compile(r"(\d{4}-\d{2})-(\d{1,4})\.xml", re.ASCII)
_SITEMAP: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_TYPE: Final = "text/xml; charset=utf-8"


async def robots(pages: Pages, request: Request) -> Response:
    """``/robots.txt``: articles may be read, for training only if the paper allows it; searches are endless and each costs one.

    Below a base path nobody asks for it: the paper puts its lines into its own.
    """
    del request
    base, canonical = pages.site.base_path, pages.site.canonical
    lines = robots_lines(pages.library.settings.mining, base=base)
    lines += ["User-agent: *", *(f"Disallow: {base}{path}" for path in ("/search", "/explain", "/api/", "/recent/"))]
    if canonical:
        lines += [f"Sitemap: {canonical}{base}{path}" for path in ("/sitemap.xml", "/sitemap-news.xml")]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"cache-control": "public, max-age=3600"})


async def sitemap_index(pages: Pages, request: Request) -> Response:
    """``/sitemap.xml``: a sitemap for each month, several for one with many articles."""
    return await pages.ask(request, _index, pages.library, _root(pages))


async def sitemap(pages: Pages, request: Request) -> Response:
    """``/sitemaps/2025-03-1.xml``: a month's articles, or a part of them."""
    named = _NAME.fullmatch(request.path_params["name"])
    if named is None or not 1 <= int(named[1][5:]) <= 12 or not 1600 <= int(named[1][:4]) < 3000:
        raise HTTPException(404)
    return await pages.ask(request, _month, pages.library, _root(pages), named[1], int(named[2]))


async def news_sitemap(pages: Pages, request: Request) -> Response:
    """``/sitemap-news.xml``: the last two days, newest first."""
    root = _root(pages)
    return await pages.ask(request, _news, pages.library, root, pages.now, pages.paper.name)


def _root(pages: Pages) -> str:
    """What every address begins with, host included."""
    if pages.site.canonical is None:
        raise HTTPException(404)
    return pages.site.canonical + pages.site.base_path


def _index(library: Library, root: str) -> Response:
    parts = [
        f"<sitemap><loc>{xml_text(f'{root}/sitemaps/{month}-{part}.xml')}</loc></sitemap>\n"
        for month, count in sorted(_months(library).items(), reverse=True)
        for part in range(1, -(-count // IN_ONE_SITEMAP) + 1)
    ]
    return _xml(f"<sitemapindex {_SITEMAP}>\n{''.join(parts)}</sitemapindex>\n")


def _months(library: Library) -> Counter[str]:
    """How many articles each month holds that has any."""
    status = library.status()
    months: Counter[str] = Counter()
    if status.oldest is None or status.newest is None:
        return months
    first, last = status.oldest.astimezone(SEOUL).year, status.newest.astimezone(SEOUL).year
    for year in range(first, last + 1, _YEARS_COUNTED):
        until = date(min(last, year + _YEARS_COUNTED - 1), 12, 31)
        asked = SearchRequest(EVERYTHING, since=date(year, 1, 1), until=until, group=False, limit=0)
        for bar in (library.search(asked, facets=True).facets or {}).get(TIMELINE, ()):
            months[bar.value[:7]] += bar.count
    return +months


def _month(library: Library, root: str, month: str, part: int) -> Response:
    days = stretch_named(month)
    asked = SearchRequest(EVERYTHING, since=days.first, until=days.last, sort=Sort.OLDEST, group=False)
    found = library.results(asked)
    shown = replace(found, seqs=found.seqs[(part - 1) * IN_ONE_SITEMAP : part * IN_ONE_SITEMAP])
    if not shown.total:
        raise HTTPException(404)
    return _urls((_url(root, article) for article in shown), _SITEMAP)


def _news(library: Library, root: str, now: datetime, paper: str) -> Response:
    since = now - timedelta(days=_NEWS_DAYS)
    found = library.results(
        SearchRequest(EVERYTHING, since=since.astimezone(SEOUL).date(), sort=Sort.NEWEST, group=False)
    )
    newest = replace(found, seqs=found.seqs[:_MOST_NEWS])
    urls = (_url(root, each, _news_part(each, paper)) for each in newest if each.published_at >= since)
    return _urls(urls, f"{_SITEMAP} {_NEWS}")


def _news_part(article: Article, paper: str) -> str:
    name, language = xml_text(article.publisher or paper), xml_text(article.lang[:2])
    return (
        f"<news:news><news:publication><news:name>{name}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{article.published_at.astimezone(SEOUL).isoformat()}"
        f"</news:publication_date><news:title>{xml_text(article.title)}</news:title></news:news>"
    )


def _url(root: str, article: Article, more: str = "") -> str:
    address = escape(root + Links().article(article.id))
    return (
        f"<url><loc>{address}</loc><lastmod>{changed_at(article).astimezone(SEOUL).isoformat()}</lastmod>{more}</url>\n"
    )


def _urls(urls: Iterable[str], namespaces: str) -> Response:
    return _xml(f"<urlset {namespaces}>\n{''.join(urls)}</urlset>\n")


def _xml(text: str) -> Response:
    return Response('<?xml version="1.0" encoding="utf-8"?>\n' + text, media_type=_TYPE)
