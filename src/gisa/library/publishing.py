"""What the desk decides by hand: withholding an article, and publishing it. Knows the archive; indexes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

from gisa.clause import Token
from gisa.errors import ArticleNotFound
from gisa.model import Addition, Article, Sort, WithheldAs
from gisa.ports import Archive, IndexQuery, IndexReader
from gisa.text.views import GATE

_MOST_HELD: Final = 100_000
"""Articles that a desk holds back at once."""


def withheld(article: Article) -> Article:
    """The article, held back by the desk until it says otherwise."""
    return replace(article, withheld_as=WithheldAs.DESK)


def published(article: Article) -> Article:
    """The article, published and without embargo. One dated in the future is still not visible before its date."""
    return replace(article, withheld_as=None, visible_from=None)


def revise(archive: Archive, article_ids: Iterable[str], to: Callable[[Article], Article]) -> list[Addition]:
    """Withhold or publish the articles that are there, in one transaction; the caller holds the writer lock."""
    return archive.add([to(article) for article in _there(archive, article_ids)])


def held_by_desk(archive: Archive, index: IndexReader) -> frozenset[str]:
    """The ids of the articles that the desk holds back. The index must be level with the archive."""
    match = Token(GATE, WithheldAs.DESK.value)
    if not index.count(match):
        return frozenset()
    found = index.search(IndexQuery(match=match, score=None, sort=Sort.NEWEST, limit=_MOST_HELD, offset=0))
    return frozenset(each.article.id for each in archive.fetch([hit.seq for hit in found.hits]).values())


def still_withheld(articles: Sequence[Article], held: Collection[str]) -> list[Article]:
    """What a source sends again of an article that the desk holds stays withheld, whatever the source says."""
    return [withheld(article) if article.id in held else article for article in articles] if held else list(articles)


def _there(archive: Archive, article_ids: Iterable[str]) -> Iterator[Article]:
    for article_id in dict.fromkeys(article_ids):
        with suppress(ArticleNotFound):
            yield archive.get(article_id).article
