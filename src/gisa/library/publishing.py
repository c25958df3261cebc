"""What the desk decides by hand: withholding an article, and publishing it. Knows the archive; indexes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from gisa.errors import ArticleNotFound
from gisa.model import Addition, Article, WithheldAs
from gisa.ports import Archive


def withheld(article: Article) -> Article:
    """The article, held back by the desk until it says otherwise."""
    return replace(article, withheld_as=WithheldAs.DESK)


def published(article: Article) -> Article:
    """The article, published and without embargo. One dated in the future is still not visible before its date."""
    return replace(article, withheld_as=None, visible_from=None)


def revise(archive: Archive, article_ids: Iterable[str], to: Callable[[Article], Article]) -> list[Addition]:
    """Withhold or publish the articles that are there, in one transaction; the caller holds the writer lock."""
    return archive.add([to(article) for article in _there(archive, article_ids)], lift_holds=True)


def _there(archive: Archive, article_ids: Iterable[str]) -> Iterator[Article]:
    for article_id in dict.fromkeys(article_ids):
        with suppress(ArticleNotFound):
            yield archive.get(article_id).article
