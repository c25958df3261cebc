"""How an article is named beside words that it prints."""

from __future__ import annotations

from gisa.model import Article


def cited(article: Article) -> dict[str, str | None]:
    """What finds the article again: id, headline, moment (ISO 8601), address, publisher."""
    return {
        "id": article.id,
        "title": article.title,
        "published_at": article.published_at.isoformat(),
        "url": article.url,
        "publisher": article.publisher,
    }
