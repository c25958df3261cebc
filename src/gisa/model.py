"""The words of Gisa as data: articles, changes, hits, pages. Frozen; no I/O, no rules. Reports of commands: ``reports``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from gisa.messages import Message

SEOUL = ZoneInfo("Asia/Seoul")
"""The zone of a time given without one, and of every day boundary a reader sees."""


class Span(NamedTuple):
    """A stretch ``text[start:end]``, counted in characters (code points), end exclusive."""

    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Removal:
    """One article to take down. ``reason`` stays in the archive's log; only ``public_reason`` is shown to readers."""

    article_id: str
    reason: str | None = None
    public_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source parsed, not yet accepted: raw field values and the place they came from."""

    fields: Mapping[str, Any]
    place: str
    """Where it stood, for messages: ``articles.jsonl:17``, ``feed.xml#3``, ``article 4``."""


@dataclass(frozen=True, slots=True)
class Reject:
    """What was refused, with its place and the reason."""

    place: str
    reason: Message
    """``gisa.say`` puts it into words; as text it is a code with its arguments."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the caller should know and that kept no article out: a dropped field, a file passed over."""

    place: str
    reason: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


Item = Draft | Reject | Remark
"""What a source yields."""


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
class Suggestion:
    """A word or phrase to search for, in the paper's own spelling."""

    text: str
    articles: int
    """How many articles hold it in headline, bylines or keywords."""


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


class Period(StrEnum):
    """A stretch of time that ends now, as a reader picks it."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


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
    UNREADABLE = "unreadable"
    """Of the page's articles, ``count`` cannot be read: their rows are damaged. They are counted in the total."""


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


class MistakeCode(StrEnum):
    """What was done about a parameter of an address that could not be used as it was."""

    DATE_UNREAD = "date_unread"
    """Left out; ``value`` is what was given."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter of an address that was left out or changed."""

    code: MistakeCode
    value: str = ""


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
    did_you_mean: str | None = None
    """Where nothing holds every word: the query with words that are nowhere replaced by like ones, which finds something."""
    corrected_from: str | None = None
    """The query as it was typed, if these are the results of ``did_you_mean`` in its place; then ``query`` is that."""
    change_seq: int | None = None
    """The last change that all results are as of; None if they are of no one state: relaxed, or changed while they were found."""

    @property
    def is_partial(self) -> bool:
        """Whether something was left out because time was up; hits and total are whole, counts beside them may be missing."""
        return any(notice.code is NoticeCode.PARTIAL for notice in self.notices)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as a reader opens it: the spans to highlight for the query it was found with."""

    article: Article
    revision: int
    title_highlights: tuple[Span, ...]
    body_highlights: tuple[Span, ...]
