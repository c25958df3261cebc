"""An article as one JSON object, as JSONL holds it: what ``accept`` reads back to the same article. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from gisa.model import SEOUL, Access, Article, Picture

_TEXTS: Final = ("subtitle", "section", "publisher", "url", "edition", "page", "correction")
_TIMES: Final = ("modified_at", "visible_from", "corrected_at")


def record_of(article: Article) -> dict[str, Any]:
    """The article's fields; what has its default is left out. A day without a time is written as the day alone."""
    record: dict[str, Any] = {"id": article.id, "title": article.title, "body": article.body}
    record["published_at"] = _day_or_time(article)
    record |= {name: value for name in _TEXTS if (value := getattr(article, name)) is not None}
    record |= {name: value.isoformat() for name in _TIMES if isinstance(value := getattr(article, name), datetime)}
    if article.byline:
        record["byline"] = list(article.byline)
    if article.keywords:
        record["keywords"] = list(article.keywords)
    if article.pictures:
        record["pictures"] = [_picture(each) for each in article.pictures]
    if article.lang != "ko":
        record["lang"] = article.lang
    if article.withheld_as is not None:
        record |= {"status": article.status.value, "withheld_as": article.withheld_as.value}
    if article.access is not Access.PUBLIC:
        record["access"] = article.access.value
    if article.excerpt:
        record["excerpt"] = True
    if article.correction_kind is not None:
        record["correction_kind"] = article.correction_kind.value
    if article.extra:
        record["extra"] = dict(article.extra)
    return record


def _day_or_time(article: Article) -> str:
    if article.date_only:
        return article.published_at.astimezone(SEOUL).date().isoformat()
    return article.published_at.isoformat()


def _picture(picture: Picture) -> dict[str, str]:
    return {name: value for name in Picture.__dataclass_fields__ if (value := getattr(picture, name)) is not None}
