"""Why a query finds an article, or why not, as codes with their arguments. ``gisa.saying`` has the sentences."""

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


class ReasonCode(StrEnum):
    """Why an article has a part of a query, or the first reason why not. The arguments are fields of ``Reason``."""

    FOUND_BY = "found_by"
    """By a rule: ``finding``."""
    FOUND = "found"
    """Stretches of the word were found, each in its own way."""
    NOWHERE = "nowhere"
    NOT_IN_FIELD = "not_in_field"
    OTHER_FIELD = "other_field"
    """It is in ``field``, where the query does not ask for it."""
    INSIDE_WORD = "inside_word"
    """Only inside ``place``, and not at a word's beginning."""
    OVER_WORDS = "over_words"
    """Only over two words that ``place`` is made of; ``value``: all of them."""
    NEGATED = "negated"
    """Only behind a prefix that says not; ``value``: the word with it."""
    LONE_SYLLABLE = "lone_syllable"
    """Its first syllable, ``value``, is a word by itself in ``place``."""
    AS_VERB = "as_verb"
    """Only as a form of a verb; the query's word is read as the noun."""
    INSIDE_LETTERS = "inside_letters"
    """Only inside ``place``, a longer run of Latin letters or digits."""
    SYLLABLE = "syllable"
    """One syllable, only inside ``place``."""
    APART = "apart"
    """Its letters are spread over ``place``."""
    EXCLUDED = "excluded"
    NOT_EXCLUDED = "not_excluded"
    DAYS = "days"
    OUTSIDE_DAYS = "outside_days"
    SECTION = "section"
    OTHER_SECTION = "other_section"
    BYLINE = "byline"
    OTHER_BYLINE = "other_byline"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    ALL_OF = "all_of"
    NOT_ALL_OF = "not_all_of"


class VerdictCode(StrEnum):
    """Whether a query finds an article, and the first thing to say about it."""

    NOTHING_TO_SEARCH = "nothing_to_search"
    NOT_INDEXED = "not_indexed"
    IS_HEADLINE = "is_headline"
    FOUND_ALL = "found_all"
    """It is about the query: each word stands in its headline, or begins its text and comes again."""
    MENTIONS = "mentions"
    """It satisfies every part, but is not about the query."""
    FOUND_RELAXED = "found_relaxed"
    """It satisfies ``held`` of ``of`` parts, and no article satisfies all."""
    LACKS = "lacks"
    """It lacks a part: ``reason``."""
    NOT_FOUND = "not_found"
    """Other articles hold more of the words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where and by which rule a part of the query was found."""

    rule: Rule
    field: str
    """``title`` or ``body``."""
    by: str
    """The variant that was found (``AI = 인공지능``); empty for the word itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article has a part of a query, or the first reason why not."""

    code: ReasonCode
    word: str = ""
    place: str = ""
    """The stretch of the article that holds the word's letters."""
    field: str = ""
    """``title`` or ``body``."""
    value: str = ""
    """What the article has: its day, section or reporters, or words of ``place``; empty if it has none."""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first thing to say about whether a query finds an article."""

    code: VerdictCode
    held: int = 0
    of: int = 0
    reason: Reason | None = None


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
    reason: Reason
    terms: tuple[str, ...] = ()
    """The word as terms (``·``: a gap); empty where they are not relied on."""
    stream: tuple[str, ...] = ()
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
    verdict: Verdict
    relaxed: bool
    """True: no article holds every word; those that hold the most are found."""
    notices: tuple[Notice, ...]
    parts: tuple[QueryPart, ...]
    score: float | None
    """By relevance; None when not found, or when nothing in the query can score."""
    score_parts: tuple[ScorePart, ...]
    """What the score is made of, most first; they add up to it."""
