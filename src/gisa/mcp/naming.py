"""Articles as answers name them: bounded, and with every letter to be seen."""

from __future__ import annotations

from gisa.mcp.answers import ArticleNamed, PrintedArticle, as_data, clipped
from gisa.mcp.calling import Call
from gisa.model import SEOUL, Article

_TITLE = 300
_NAME = 100
_NAMES = 5
_ADDRESS = 300
_CORRECTION = 400
"""Characters, and reporters. An article named with all of them takes 4 KB at most."""


def named(article: Article, call: Call) -> ArticleNamed:
    """An article among others."""
    address = call.address(article)
    return ArticleNamed(
        id=article.id,
        published_at=moment(article),
        printed=PrintedArticle(
            title=clipped(article.title, _TITLE),
            publisher=_short(article.publisher),
            section=_short(article.section),
            byline=[clipped(name, _NAME) for name in article.byline[:_NAMES]],
            address=None if address is None or len(address) > _ADDRESS else as_data(address),
            correction=None if article.correction is None else clipped(article.correction, _CORRECTION),
        ),
    )


def moment(article: Article) -> str:
    """When it was published, in Seoul: a day alone if the source gave no time."""
    at = article.published_at.astimezone(SEOUL)
    return at.date().isoformat() if article.date_only else at.isoformat(timespec="seconds")


def _short(text: str | None) -> str | None:
    return None if text is None else clipped(text, _NAME)
