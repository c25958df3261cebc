"""How a search may be asked for: order, match, period, and what was wrong with an address. The request: ``search.request``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    RECOMMENDED = "recommended"
    """What the articles are about, then how fresh they are, then how well they match."""
    RELEVANCE = "relevance"
    """How well they match."""

    @property
    def is_scored(self) -> bool:
        """Whether each article has a score in this order, and no place in time."""
        return self in (Sort.RECOMMENDED, Sort.RELEVANCE)


class Match(StrEnum):
    """``ALL``: every word must match. ``ANY``: one is enough (for relevance work and evaluation)."""

    ALL = "all"
    ANY = "any"


class StoryHead(StrEnum):
    """Which article of a story stands for the others."""

    NEWEST = "newest"
    FIRST = "first"
    """The one printed first."""


class Period(StrEnum):
    """A stretch of time that ends now, as a reader picks it."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class MistakeCode(StrEnum):
    """What was done about a parameter of an address that could not be used as it was."""

    DATE_UNREAD = "date_unread"
    """Left out; ``value`` is what was given."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter of an address that was left out or changed."""

    code: MistakeCode
    value: str = ""
