"""Why a query finds an article, or why not, as data. Korean sentences are filled in by whoever explains."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gisa.model import Notice


class PartKind(StrEnum):
    WORD = "word"
    LITERAL = "literal"
    EXCLUSION = "exclusion"
    BYLINE = "byline"
    SECTION = "section"
    DAYS = "days"
    GROUP = "group"
    """Parentheses or OR: its own parts say more."""


class Rule(StrEnum):
    """By which rule a word was found."""

    TERMS = "terms"
    LETTERS = "letters"
    START = "start"
    VARIANT = "variant"
    SHORTHAND = "shorthand"


class ScoreSource(StrEnum):
    """What a share of the score was given for."""

    HEADLINE = "headline"
    TITLE_PHRASE = "title_phrase"
    TITLE_TERMS = "title_terms"
    BODY_TERMS = "body_terms"
    BODY_LETTERS = "body_letters"
    NEIGHBOURS = "neighbours"
    """Words of the query that stand side by side in the body."""
    NAMED_HEADLINE = "named_headline"
    """The query holds the article's whole headline, and says more."""
    RECENCY = "recency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where and by which rule a part of the query was found."""

    rule: Rule
    field: str
    """``title`` or ``body``."""
    by: str
    """The variant that was found (``AI = 인공지능``); empty for the word itself."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article that holds a word's letters, and the terms it is indexed under."""

    field: str
    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of the query: how it was read, and whether the article satisfies it."""

    kind: PartKind
    text: str
    """As the reader wrote it, about."""
    holds: bool
    message: str
    """One Korean sentence: what was found, or the first reason why not."""
    terms: tuple[str, ...] = ()
    """The word as terms (``·``: a gap); empty where they are not relied on."""
    stream: tuple[str, ...] = ()
    pair: str = ""
    variants: tuple[str, ...] = ()
    """Every variant that was looked for, too."""
    findings: tuple[Finding, ...] = ()
    places: tuple[Passage, ...] = ()
    """Where in the article its letters stand; the first few."""
    parts: tuple[QueryPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A share of the score."""

    source: ScoreSource
    words: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a query finds an article, and why or why not."""

    query: str
    """As it was read."""
    article_id: str
    title: str
    found: bool
    """The same as whether a search for the query, without filters, has the article among its results."""
    message: str
    """One Korean sentence: the verdict."""
    relaxed: bool
    """True: no article holds every word; those that hold the most are found."""
    notices: tuple[Notice, ...]
    parts: tuple[QueryPart, ...]
    score: float | None
    """By relevance; None when not found, or when nothing in the query can score."""
    score_parts: tuple[ScorePart, ...]
    """What the score is made of, most first; they add up to it."""
