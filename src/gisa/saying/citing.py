"""A result set or an article as literature cites it: APA, BibTeX, RIS, and as Korean papers do. Forms, not sentences: the same in every language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from gisa.exports import bibtex, ris
from gisa.exports.bibtex import escaped
from gisa.model import SEOUL, Article
from gisa.search.sets import ResultSet


@dataclass(frozen=True, slots=True)
class Citations:
    """One set or article, cited in each form."""

    apa: str
    bibtex: str
    ris: str
    korean: str


def cite_set(found: ResultSet, *, publisher: str, address: str) -> Citations:
    """``publisher`` is the paper's name, ``address`` the set's own page. Days and times are Seoul's."""
    at = found.at.astimezone(SEOUL)
    query = found.request.query
    filters = "".join(f", {name}={text}" for name, text in shown_filters(found))
    count = f"{found.total:,} {'article' if found.total == 1 else 'articles'}"
    title = f"Search results for “{query}”{filters}"
    day = f"{at.year}, {at:%B} {at.day}"
    return Citations(
        apa=f"{publisher}. ({day}). {title} [{count}]. {address}",
        bibtex=(
            f"@misc{{search-{at:%Y%m%d%H%M%S},\n"
            f"  author = {{{{{escaped(publisher)}}}}},\n"
            f"  title = {{{{{escaped(title)}}}}},\n"
            f"  year = {{{at.year}}},\n  month = {{{at.month}}},\n  day = {{{at.day}}},\n"
            f"  note = {{{count}}},\n  url = {{{address}}}\n}}\n"
        ),
        ris=ris.written(
            (
                ("TY", "ELEC"), ("AU", publisher), ("TI", title), ("PY", f"{at.year}"), ("DA", f"{at:%Y/%m/%d}"),
                ("N1", count), ("UR", address),
            )
        ),
        korean=f"{publisher}, “{query}”{filters} 검색 결과 {found.total:,}건, "
        f"{at.year}. {at.month}. {at.day}. {at:%H:%M} 기준, {address}",
    )  # fmt: skip


def cite_article(article: Article, *, publisher: str, address: str | None) -> Citations:
    """``publisher`` is the paper's name, if the article does not say its own. Days are Seoul's."""
    named = replace(article, publisher=article.publisher or publisher, url=address)
    day = named.published_at.astimezone(SEOUL)
    authors, where = ", ".join(named.byline), f", {address}" if address else ""
    return Citations(
        apa=f"{authors or named.publisher}. ({day.year}, {day:%B} {day.day}). {named.title}. {named.publisher}."
        + (f" {address}" if address else ""),
        bibtex=bibtex.entry(named).strip() + "\n",
        ris=ris.record(named).strip() + "\r\n",
        korean=f"{authors + ', ' if authors else ''}「{named.title}」, 『{named.publisher}』, "
        f"{day.year}. {day.month}. {day.day}.{where}",
    )


def address_of(article: Article, *, root: str | None) -> str | None:
    """Where an article is cited from: its own address on the web, else its page below ``root`` (scheme, host, base path)."""
    if article.url and article.url.lower().startswith(("https://", "http://")):
        return article.url
    return None if root is None else f"{root}/articles/{quote(article.id, safe='')}"


def shown_filters(found: ResultSet) -> list[tuple[str, str]]:
    """What beside the query made the results what they are, as an address spells it."""
    params = found.request.to_params()
    return [
        (name, text)
        for name, text in params.items()
        if name not in ("q", "as_typed") and (name, text) != ("about", "0")
    ]
