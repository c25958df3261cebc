"""The revisions of one article as an asker may see them: when each came, and what it says otherwise than the one before.

Pure. Which states of an article may be known of is decided by the gate (``access.Gate.past``); this puts them into words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from gisa.model import Article, LogEntry
from gisa.text.sentence_diff import SentenceChange, sentence_diff

REVISIONS_SHOWN: Final = 50
"""Revisions that are told at once."""
_MOST_COMPARED: Final = 400_000
"""Characters that are compared for one article, the newest revisions first: a fifth of a second of the processor."""


class Part(StrEnum):
    """Which part of an article."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    BODY = "body"
    CORRECTION = "correction"


_TEXT_OF: Final[dict[Part, Callable[[Article], str]]] = {
    Part.TITLE: lambda article: article.title,
    Part.SUBTITLE: lambda article: article.subtitle or "",
    Part.BYLINE: lambda article: ", ".join(article.byline),
    Part.BODY: lambda article: article.body,
    Part.CORRECTION: lambda article: article.correction or "",
}
"""What a reader reads of an article. A revision that leaves all of it as it was is none to a reader."""


class Passage(NamedTuple):
    """A sentence that is not as it was."""

    part: Part
    change: SentenceChange
    """Never ``SAME``."""
    before: str
    """Empty if it was added."""
    after: str
    """Empty if it was dropped."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article."""

    number: int
    """From 1, the oldest that may be seen; not the archive's own number, which counts what may not."""
    at: datetime
    """When the paper changed it: its own time if it gives one, else ``archived_at``. Of the first, when it was published."""
    archived_at: datetime
    """When the archive took it in."""
    passages: tuple[Passage, ...] | None
    """What it says otherwise than the one before, in the order of the article; empty if only spaces, marks or pictures differ. None of
    the first, and where it may not be shown or is too long to be compared."""

    def as_dict(self) -> dict[str, object]:
        """What the API and ``gisa diff --json`` say of it."""
        passages = self.passages
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "archived_at": self.archived_at.isoformat(),
            "changes": None if passages is None else [each._asdict() for each in passages],
        }


def revisions_of(
    past: Iterable[LogEntry], *, reads: Callable[[Article], bool] | None, earlier_than: int | None = None
) -> tuple[Revision, ...]:
    """The revisions that a reader would tell apart, newest first: ``REVISIONS_SHOWN`` at most, of all or of those before a number.

    ``past``: states of an article, oldest first; of these only what is told is held. ``reads``: whether the text of a state may be shown;
    what differs between two states is told if that of both may. None: when they came, and no more.
    """
    states: deque[tuple[int, datetime, Article]] = deque(maxlen=REVISIONS_SHOWN + 1)
    for number, (archived_at, article) in enumerate(_told_apart(past), 1):
        if earlier_than is not None and number >= earlier_than:
            break
        states.append((number, archived_at, article))
    found: list[Revision] = []
    left = _MOST_COMPARED
    while states and len(found) < REVISIONS_SHOWN:
        number, archived_at, article = states.pop()
        before = states[-1][2] if states else None
        passages = None
        if reads is not None and before is not None and reads(before) and reads(article):
            left -= len(before.body) + len(article.body)
            passages = tuple(_passages(before, article)) if left >= 0 else None
        found.append(Revision(number, _changed_at(article, before, archived_at), archived_at, passages))
    return tuple(found)


def _told_apart(past: Iterable[LogEntry]) -> Iterator[tuple[datetime, Article]]:
    """When each state came that reads otherwise than the one before, and the state."""
    shown: list[str] | None = None
    for entry in past:
        article = entry.article
        if article is None:
            continue
        reads = [text_of(article) for text_of in _TEXT_OF.values()]
        if reads != shown:
            yield entry.change.changed_at, article
        shown = reads


def _changed_at(article: Article, before: Article | None, archived_at: datetime) -> datetime:
    if before is None:
        return article.published_at
    told = [each for each in (article.modified_at, article.corrected_at) if each is not None and each <= archived_at]
    known = {before.published_at, before.modified_at, before.corrected_at}
    return max((each for each in told if each not in known), default=archived_at)


def _passages(before: Article, after: Article) -> Iterator[Passage]:
    for part, text_of in _TEXT_OF.items():
        old, new = text_of(before), text_of(after)
        if old == new:
            continue
        for change, stood, stands in sentence_diff(old, new):
            if change is not SentenceChange.SAME:
                yield Passage(
                    part,
                    change,
                    old[slice(*stood)].strip() if stood is not None else "",
                    new[slice(*stands)].strip() if stands is not None else "",
                )
