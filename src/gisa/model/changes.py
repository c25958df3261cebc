"""What an archive records: revisions, and a numbered change for each of them. What it must do with them: ``ports.archive``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gisa.messages import Message
from gisa.model.article import Article


@dataclass(frozen=True, slots=True)
class Removal:
    """One article to take down. ``reason`` stays in the archive's log; only ``public_reason`` is shown to readers."""

    article_id: str
    reason: str | None = None
    public_reason: str | None = None


class Outcome(StrEnum):
    """What adding one article did to the archive."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    """It would overwrite another article."""


class ChangeKind(StrEnum):
    ADD = "add"
    UPDATE = "update"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the archive's change log. ``change_seq`` starts at 1 and only grows."""

    change_seq: int
    article_seq: int
    article_id: str
    kind: ChangeKind
    revision: int
    """The revision that the change made current (1 for the first); for a removal, the one it removed."""
    changed_at: datetime
    reason: str | None = None
    """Why it was removed, for the paper itself; None where nobody said, and for every other kind."""
    public_reason: str | None = None
    """Why it was removed, for readers."""


@dataclass(frozen=True, slots=True)
class Purge:
    """A removed article whose text has been erased from the archive, with all its revisions."""

    article_id: str
    purged_at: datetime
    purged_by: str
    """Who did it, as the desk knows them."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change with what it put in place: all that a copy of the archive needs of it."""

    change: Change
    article: Article | None
    """The revision that the change made; None for a removal."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of one article given to ``Archive.add``; ``change`` is None when unchanged."""

    outcome: Outcome
    change: Change | None
    article: Article | None = None
    """The article as it is kept, if that is not as it was given: under the id, or with the sections, that it had."""
    conflict: Message | None = None
    """Why it was refused."""


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article with its number in the archive; ``seq`` stays the same over all its revisions."""

    seq: int
    revision: int
    article: Article


@dataclass(frozen=True, slots=True)
class Headline:
    """What of one revision of an article names things: its headline, bylines and keywords, and when it was published."""

    title: str
    byline: tuple[str, ...]
    keywords: tuple[str, ...]
    published_at: datetime
    opens_at: datetime | None
    """From when on readers see it; None: it is withheld."""


@dataclass(frozen=True, slots=True)
class State:
    """One change of an article with what the revision that it made is called; no text."""

    change: Change
    headline: Headline | None
    """None for a removal. Of a purged article the title is empty."""
