"""What the API says of stories: articles that tell the same, as the wire has them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class WireSimilar(BaseModel):
    """An article that is named beside another one."""

    id: str
    title: str
    published_at: datetime
    section: str | None
    publisher: str | None
    url: str | None = Field(description="The article at its publisher.")
    href: str = Field(description="The article's page on this server.")
