"""CSL-JSON, the citation styles' own format (Zotero, pandoc, citeproc): a list of ``article-newspaper``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from gisa.model import SEOUL, Article


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """A JSON list, written as it comes. The schema allows no comment, so the colophon is not written."""
    opening = b"["
    for article in articles:
        yield opening + b"\n" + orjson.dumps(item(article))
        opening = b","
    yield b"[]\n" if opening == b"[" else b"\n]\n"


def item(article: Article) -> dict[str, object]:
    """One article by the CSL 1.0.2 data schema. Names are ``literal``: Korean ones have no given and family part."""
    day = article.published_at.astimezone(SEOUL)
    fields: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": name} for name in article.byline],
        "container-title": article.publisher,
        "section": article.section,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": article.url,
        "language": article.lang,
    }
    return {name: value for name, value in fields.items() if value}
