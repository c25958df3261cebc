"""JSON Lines: one object a result, then one that says where the file comes from. Reads back with ``gisa add``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import orjson

from gisa.exports.record import Colophon, Column
from gisa.model import Article

COLOPHON_KEY: Final = "gisa_export"
"""The one key of the last line."""

_BATCH: Final = 200


def write(articles: Iterable[Article], columns: Sequence[Column], colophon: Colophon) -> Iterator[bytes]:
    """The chosen columns of each article; what an article does not have is left out. Bylines and keywords are lists."""
    remaining = iter(articles)
    while batch := list(islice(remaining, _BATCH)):
        yield b"".join(orjson.dumps(_object(article, columns)) + b"\n" for article in batch)
    yield orjson.dumps({COLOPHON_KEY: dict(colophon.lines())}) + b"\n"


def _object(article: Article, columns: Sequence[Column]) -> dict[str, object]:
    lists = {"byline": list(article.byline), "keywords": list(article.keywords)}
    values = ((column.name, lists.get(column.name, column.of(article))) for column in columns)
    return {name: value for name, value in values if value not in (None, [])}
