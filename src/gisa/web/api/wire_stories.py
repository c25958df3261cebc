"""What the API says of stories and related articles, as the wire has them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from gisa.model import Article
from gisa.stories.comparing import Telling
from gisa.web.pages.links import Links


class WireSimilar(BaseModel):
    """An article that is named beside another one."""

    id: str
    title: str
    published_at: datetime
    section: str | None
    publisher: str | None
    url: str | None = Field(description="The article at its publisher.")
    href: str = Field(description="The article's page on this server.")


class WireChange(BaseModel):
    """A sentence written anew."""

    before: str
    after: str


class WireTelling(BaseModel):
    """One article of a story, and its sentences beside those of the one printed first."""

    article: WireSimilar
    compared: bool = Field(
        description="False for the first one, where only the beginning of one of both may be read, and where it would take long."
    )
    same: int = Field(description="Sentences that are the same, wherever they stand.")
    added: list[str]
    dropped: list[str]
    changed: list[WireChange]

    @classmethod
    def of(cls, telling: Telling, site: Links) -> Self:
        """As the wire has it."""
        return cls(
            article=similar_article(telling.article, site),
            compared=telling.uncompared is None,
            same=telling.same,
            added=list(telling.added),
            dropped=list(telling.dropped),
            changed=[WireChange(before=before, after=after) for before, after in telling.changed],
        )


class SimilarData(BaseModel):
    articles: list[WireTelling] = Field(description="The one printed first first; this one is among them.")


class SimilarMeta(BaseModel):
    total: int = Field(description="Articles of the story; of more than 30 the first and this one are compared.")


class RelatedData(BaseModel):
    articles: list[WireSimilar] = Field(description="Best first.")


class RelatedMeta(BaseModel):
    limit: int


def similar_article(article: Article, site: Links) -> WireSimilar:
    """As the wire has it."""
    return WireSimilar(
        id=article.id,
        title=article.title,
        published_at=article.published_at,
        section=article.section,
        publisher=article.publisher,
        url=article.url,
        href=site.article(article.id),
    )
