"""An article as the paper published it, and the words for its state. No rules beyond what one article tells by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
"""The zone of a time given without one, and of every day boundary a reader sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of an article, with the texts that the paper printed under it."""

    url: str
    """A web address, or a path on the paper's own site (``/media/sea.jpg``)."""
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


class Status(StrEnum):
    """Whether the paper has published an article."""

    PUBLISHED = "published"
    WITHHELD = "withheld"


class WithheldAs(StrEnum):
    """Why a withheld article is not published, as its source says it."""

    DRAFT = "draft"
    PENDING = "pending"
    """It waits for somebody's approval."""
    SCHEDULED = "scheduled"
    EMBARGO = "embargo"
    PRIVATE = "private"
    PASSWORD = "password"  # noqa: S105 - the word for it, not one
    """Its source asks readers for a password."""
    TRASH = "trash"
    """Its source has deleted it and still sends it."""
    KILLED = "killed"
    """An agency has called it back."""
    DESK = "desk"
    """The desk holds it back with ``gisa withhold``, whatever its source says."""
    OTHER = "other"
    """Its source says so in words that Gisa does not know."""


class Access(StrEnum):
    """Who may read the whole text of a published article."""

    PUBLIC = "public"
    SUBSCRIBER = "subscriber"


class CorrectionKind(StrEnum):
    """What a correction is called in a Korean paper."""

    CORRECTION = "정정"
    REPLY = "반론"
    FOLLOW_UP = "추후"
    AMENDMENT = "수정"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as the paper published it. Times are aware; texts are as given (not normalised)."""

    id: str
    title: str
    body: str
    """May be empty: a flash, a picture, a table."""
    published_at: datetime
    date_only: bool = False
    """The source gave the day alone: ``published_at`` is its midnight in Asia/Seoul, and no time is shown."""
    subtitle: str | None = None
    """부제; its lines are separated by ``\\n``."""
    modified_at: datetime | None = None
    section: str | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    pictures: tuple[Picture, ...] = ()
    keywords: tuple[str, ...] = ()
    lang: str = "ko"
    edition: str | None = None
    """Of print: 5판, 경기판."""
    page: str | None = None
    """Of print: 12, A12."""
    withheld_as: WithheldAs | None = None
    """Why the paper has not published it; None: it has."""
    visible_from: datetime | None = None
    """Readers see it from then on; None: from ``published_at``."""
    access: Access = Access.PUBLIC
    excerpt: bool = False
    """True if the source gave only part of the text."""
    correction: str | None = None
    """What was put right after publication, in the paper's words (정정보도문); a page shows it above the text."""
    corrected_at: datetime | None = None
    """When that was; an article with either is marked 정정."""
    correction_kind: CorrectionKind | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def image_url(self) -> str | None:
        """The first picture's address."""
        return self.pictures[0].url if self.pictures else None

    @property
    def status(self) -> Status:
        return Status.PUBLISHED if self.withheld_as is None else Status.WITHHELD

    def hidden_as(self, now: datetime) -> WithheldAs | None:
        """Why readers may not see it at ``now``; None if they may."""
        if self.withheld_as is not None:
            return self.withheld_as
        return WithheldAs.EMBARGO if (self.visible_from or self.published_at) > now else None

    @property
    def published_at_s(self) -> int:
        """``published_at`` in whole seconds since 1970-01-01T00:00Z, as indexes keep it."""
        return int(self.published_at.timestamp() // 1)

    @property
    def is_corrected(self) -> bool:
        return self.correction is not None or self.corrected_at is not None
