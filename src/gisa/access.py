"""The gate: what one who asks may see of an article at one moment. Every door takes its clause and its fields from here.

Nothing that is not published leaves any door, not even as a count. A published article has a moment from which it is
visible; a subscriber's article is found and counted by everybody, but shows only its beginning.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from gisa.clause import EVERYTHING, Clause, Not, OpensAfter, Token, any_of
from gisa.model import Access, Article, State
from gisa.text.views import GATE

WITHHELD: Final = "withheld"
"""The token of the view ``GATE`` for an article that is not published."""


EXCERPT: Final = "excerpt"
"""The token of an article of which the archive holds only a part."""
FOR_SUBSCRIBERS: Final = "subscriber"
"""The token of an article of which others than subscribers read only the beginning."""


class Asker(StrEnum):
    """Who asks."""

    PUBLIC = "public"
    """Anybody."""
    SUBSCRIBER = "subscriber"
    """Somebody the paper lets read its subscribers' articles."""
    DESK = "desk"
    """The paper itself: reads everything, also what is not published. An index holds no words of withheld articles, so a
    search finds those that are open and those under an embargo."""


class Scope(StrEnum):
    """What a key or a login opens beyond what everybody may see."""

    SUBSCRIBER = "subscriber"
    """The whole of subscribers' articles."""
    DESK = "desk"
    """Everything, also what is not published."""


def asker_of(scopes: Collection[Scope]) -> Asker:
    """Who asks with these scopes: the one that opens most counts.

    >>> asker_of([Scope.SUBSCRIBER]), asker_of([])
    (<Asker.SUBSCRIBER: 'subscriber'>, <Asker.PUBLIC: 'public'>)
    """
    if Scope.DESK in scopes:
        return Asker.DESK
    return Asker.SUBSCRIBER if Scope.SUBSCRIBER in scopes else Asker.PUBLIC


@dataclass(frozen=True, slots=True)
class Gate:
    """What ``asker`` may see at ``now``."""

    asker: Asker
    now: datetime
    preview: int
    """Characters of a subscriber's article that everybody may read."""

    @property
    def clause(self) -> Clause:
        """What an article must satisfy to be found or counted."""
        if self.asker is Asker.DESK:
            return EVERYTHING
        return Not(any_of((Token(GATE, WITHHELD), OpensAfter(int(self.now.timestamp())))))

    @property
    def partly(self) -> Clause:
        """The articles that hold more than what may be read here; of subscribers' articles all, though a short one may be whole."""
        excerpt, subscribers = Token(GATE, EXCERPT), Token(GATE, FOR_SUBSCRIBERS)
        return any_of((excerpt, subscribers)) if self.asker is Asker.PUBLIC else excerpt

    def shows(self, article: Article) -> bool:
        """Whether the article may be known to be there. The clause says the same of its index entry."""
        return self.asker is Asker.DESK or (
            article.withheld_as is None and opens_later_s(article, now=self.now) is None
        )

    def visible(self, article: Article) -> Article:
        """The article with the text that may be read: of a subscriber's article the first ``preview`` characters."""
        if article.access is Access.PUBLIC or self.asker is not Asker.PUBLIC or len(article.body) <= self.preview:
            return article
        return replace(article, body=beginning(article.body, self.preview), excerpt=True)

    def reads(self, article: Article) -> bool:
        """Whether the whole text may be read."""
        return article.access is Access.PUBLIC or self.asker is not Asker.PUBLIC

    def past(self, states: Sequence[State]) -> list[State]:
        """The states of an article that may be known of, oldest first, the current one last; none if that one may not be seen.

        Everybody's history begins anew behind a state that nobody could see: a removal, a withheld revision, one that was replaced
        before it opened, one that was erased. What the paper has taken back is not shown again with what came after it. The desk
        sees all that is not erased.
        """
        if self.asker is Asker.DESK:
            return [state for state in states if state.headline is not None and state.headline.title]
        found: list[State] = []
        replaced_at = self.now
        for state in reversed(states):
            headline = state.headline
            if headline is None or not headline.title or not _is_open(headline.opens_at, at=replaced_at):
                break
            found.append(state)
            replaced_at = state.change.changed_at
        return found[::-1]


def _is_open(opens: datetime | None, *, at: datetime) -> bool:
    """By whole seconds, as ``opens_later_s``."""
    return opens is not None and int(opens.timestamp()) <= int(at.timestamp())


def opens_at(*, published_at: datetime, visible_from: datetime | None) -> datetime:
    """From when on a published article is visible: never before its date, and not before its embargo ends."""
    return published_at if visible_from is None else max(visible_from, published_at)


def gate_tokens(article: Article) -> str:
    """The tokens of the view ``GATE``; none for a published article that everybody may read whole."""
    tokens = [] if article.withheld_as is None else [WITHHELD, article.withheld_as.value]
    tokens += [EXCERPT] * article.excerpt + [FOR_SUBSCRIBERS] * (article.access is Access.SUBSCRIBER)
    return " ".join(tokens)


def opens_later_s(article: Article, *, now: datetime) -> int | None:
    """When an article opens that is not open yet, in seconds since 1970; None for one that is."""
    opens = int(opens_at(published_at=article.published_at, visible_from=article.visible_from).timestamp())
    return opens if opens > int(now.timestamp()) else None


def beginning(text: str, length: int) -> str:
    """At most ``length`` characters of a text, cut at a space if one is near."""
    cut = text[:length]
    if length >= len(text) or text[length].isspace():
        return cut.rstrip()
    space = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:space] if space > length // 2 else cut).rstrip()
