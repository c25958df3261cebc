"""RIS, which reference managers import (Zotero, EndNote, Mendeley): one newspaper article a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gisa.model import SEOUL, Article


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """One record an article; tags as in RIS Format Specifications (Clarivate, 2011).

    The format has no place for a comment, so the colophon is not written.
    """
    for article in articles:
        yield record(article).encode()


def record(article: Article) -> str:
    """One article, from ``TY  - NEWS`` to ``ER  - ``; lines end with CRLF."""
    day = article.published_at.astimezone(SEOUL)
    tags = [
        ("TY", "NEWS"),
        ("ID", article.id),
        ("TI", article.title),
        *(("AU", name) for name in article.byline),
        ("T2", article.publisher),
        ("PY", f"{day:%Y}"),
        ("DA", f"{day:%Y/%m/%d}"),
        ("SE", article.section),
        *(("KW", word) for word in article.keywords),
        ("UR", article.url),
        ("LA", article.lang),
    ]
    return written(tags) + "\r\n"


def written(tags: Sequence[tuple[str, str | None]]) -> str:
    """Tags and their values, each on a line of its own, up to ``ER  - ``; empty ones are left out. No value can begin a line."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value and value.strip()]
    return "\r\n".join([*lines, "ER  - ", ""])
