"""What a search answers: hits, snippets, counts, notices. Codes only; ``gisa.saying`` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gisa.model.article import Article
from gisa.model.asking import Sort


class Span(NamedTuple):
    """A stretch ``text[start:end]``, counted in characters (code points), end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word or phrase to search for, in the paper's own spelling."""

    text: str
    articles: int
    """How many articles hold it in headline, bylines or keywords."""


class NoticeCode(StrEnum):
    UNPARSED = "unparsed"
    TOO_LONG = "too_long"
    TOO_MANY_WORDS = "too_many_words"
    TOO_MANY_SYLLABLES = "too_many_syllables"
    TOO_MANY_VARIANTS = "too_many_variants"
    EMPTY = "empty"
    RELAXED = "relaxed"
    PARTIAL = "partial"
    DAYS_SWAPPED = "days_swapped"
    QUESTION = "question"
    """The query asks: these hold some of its words, best first."""
    NOWHERE = "nowhere"
    """No article holds these ``words``."""
    NONE_ABOUT = "none_about"
    """Only articles about the query were asked for; there are none, and these mention it."""
    SCATTERED = "scattered"
    """The few results only mention the words; others that hold some of them stand below, apart."""
    UNREADABLE = "unreadable"
    """Of the page's articles, ``count`` cannot be read: their rows are damaged. They are counted in the total."""
    NOT_GROUPED = "not_grouped"
    """Results were to be grouped by story, but there are more than ``limit``."""


class VariantKind(StrEnum):
    """Why another way of writing says the same as a word."""

    HANJA = "hanja"
    SHORTHAND = "shorthand"
    HOLDER = "holder"
    SYNONYM = "synonym"
    NUMBER = "number"
    SPELLING = "spelling"
    KEYBOARD = "keyboard"


@dataclass(frozen=True, slots=True)
class VariantCount:
    """A variant of a query's word, and how many results it brought: ``AI = 인공지능 (+120)``."""

    kind: VariantKind
    source: str
    """What the reader wrote."""
    replacement: str
    """What was searched for in its place, too."""
    count: int
    """How many of the results there would not be without it; 0 for one that is switched off."""
    key: str
    """Names the variant, to switch it off: ``synonym:ai=인공지능``."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about how the query was answered. ``gisa.saying`` has the sentences."""

    code: NoticeCode
    limit: int | None = None
    """The bound that the query met: characters, words, syllables or variants, as the code says. None if it met none."""
    words: tuple[str, ...] = ()
    """The words of the query that it is about, if it is about some."""
    count: int = 0
    """How many articles it is about, if it is about some."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A window of the body. ``text`` is cut from the original; ``highlights`` are spans of ``text``."""

    text: str
    highlights: tuple[Span, ...]
    cut_before: bool = False
    """True when the window does not begin at the body's start (so a page shows ``…``)."""
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the article, its headline's highlights (spans of ``article.title``), its snippet."""

    article: Article
    title_highlights: tuple[Span, ...]
    snippet: Snippet
    score: float | None
    """BM25-based, higher is better; None unless sorted by relevance. Not comparable between queries."""
    similar: tuple[Article, ...] = ()
    """If results are grouped: others of them that tell the same story, newest first, five at most."""
    similar_total: int = 0
    """How many there are of those."""
    is_mention: bool = False
    """True: in a list of all that holds the words, an article that is not about them (``SearchPage.scopes``)."""


class ScopeCounts(NamedTuple):
    """How many articles match a query, and how many of them are about it."""

    all: int
    about: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the results one choice of a filter would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results. ``total`` is exact and does not depend on ``limit`` and ``offset``."""

    query: str
    """The query as it was read (cut if it was too long)."""
    sort: Sort
    total: int
    hits: tuple[Hit, ...]
    notices: tuple[Notice, ...]
    relaxed: bool
    """True: no article held every word; these hold the most."""
    limit: int
    offset: int
    facets: Mapping[str, tuple[FacetCount, ...]] | None = None
    """Counts beside the filters, by the filter's field: ``section`` most first, ``period`` with ``all`` first. Each group is counted
    as if its own filter were not set, the others were. ``timeline`` counts the results by day, month or year, oldest first."""
    variants: tuple[VariantCount, ...] = ()
    """The variants that brought results, most first; each can be switched off by its ``key``."""
    variants_off: tuple[VariantCount, ...] = ()
    """The variants of this query that are switched off."""
    next_cursor: str | None = None
    """Where the next page begins, for ``search(cursor=…)``; None on the last page and by relevance."""
    inside: int | None = None
    """How many articles more hold the query's words of two syllables inside other words (우정 in 심우정), for which one asks
    with ``inside=True``. None where it was not counted: beyond the first page, and where no word is so short."""
    verbs: int | None = None
    """How many articles more hold the verb of which a word is a form that is read as a noun (하다 for 하자), for which one asks
    with ``verbs=True``. None where it was not counted: beyond the first page, and where there is no such word."""
    scopes: ScopeCounts | None = None
    """How many there are of all, and of those about the query. None where that was not counted: of a relaxed search, for a
    query without words, and once time was up."""
    about: bool = False
    """Whether the hits are those about the query only."""
    stories: int | None = None
    """How many results there are if each story counts once, however often it was printed; ``total`` counts articles. None where
    that was not counted: without ``facets`` unless results are grouped, of a relaxed search, and of very many results."""
    grouped: bool = False
    """Whether the hits are stories: each article with those that tell the same under it."""
    did_you_mean: str | None = None
    """Where nothing holds every word: the query with words that are nowhere replaced by like ones, which finds something."""
    corrected_from: str | None = None
    """The query as it was typed, if these are the results of ``did_you_mean`` in its place; then ``query`` is that."""
    change_seq: int | None = None
    """The last change that all results are as of; None if they are of no one state: relaxed, or changed while they were found."""
    also: tuple[Hit, ...] = ()
    """Articles that hold some of the words, best first, if the one or two results only mention them. No part of ``total``."""

    @property
    def results(self) -> int:
        """How many hits all pages have together: stories if they are grouped, articles otherwise."""
        return self.stories if self.grouped and self.stories is not None else self.total

    @property
    def is_partial(self) -> bool:
        """Whether something was left out because time was up; hits and total are whole, counts beside them may be missing."""
        return any(notice.code is NoticeCode.PARTIAL for notice in self.notices)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as a reader opens it: the spans to highlight for the query it was found with."""

    article: Article
    revision: int
    """From 1, the oldest that the asker may know of."""
    title_highlights: tuple[Span, ...]
    body_highlights: tuple[Span, ...]
