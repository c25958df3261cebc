"""The shapes that travel over the API: pydantic models. How Gisa's own words become them: ``envelopes``.

A hit holds everything that ``gisa search --json`` prints for it, under the same names, and more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from gisa.explanation import PartKind, ReasonCode, Rule, ScoreSource, VerdictCode
from gisa.exports.quotations import QuotationFormat
from gisa.language import Language
from gisa.library.library import MAX_SUGGESTIONS
from gisa.model import (
    CorrectionKind,
    Match,
    NoticeCode,
    Sort,
    VariantKind,
)
from gisa.quotes.comparing import DifferenceKind
from gisa.quotes.verifying import Standing
from gisa.revisions.history import Part
from gisa.search.request import MAX_LIMIT
from gisa.text.sentence_diff import SentenceChange
from gisa.web.api.wire_stories import WireSimilar

T = TypeVar("T", bound=BaseModel)
M = TypeVar("M", bound=BaseModel)

WireSpan = Annotated[
    tuple[int, int],
    Field(description="Start and end of a highlight, counted in characters (code points), end exclusive."),
]


class SuggestParameters(BaseModel):
    """What ``GET /api/suggest`` takes."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", description="What has been typed so far, finished or not.", examples=["서울시ㅈ"])
    limit: int = Field(10, ge=1, le=MAX_SUGGESTIONS, description="How many suggestions to return.")


class QuotesParameters(BaseModel):
    """What ``GET /api/quotes`` takes."""

    model_config = ConfigDict(extra="forbid")

    speaker: str = Field("", description="A full name, or what the paper calls a body or a role.", examples=["김하늘"])
    q: str = Field("", description="Words that all stand in the quotation.", examples=["예산"])
    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="How many quotations to return.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before.")


class WirePassage(BaseModel):
    """A sentence that is not as it was."""

    part: Part
    change: SentenceChange = Field(description="`changed`, `moved`, `added` or `dropped`.")
    before: str = Field(description="The sentence as it was; empty if it was added.")
    after: str = Field(description="The sentence as it is; empty if it was dropped.")


class WireRevision(BaseModel):
    """One state of an article."""

    number: int = Field(description="From 1, the oldest.")
    at: datetime = Field(description="When the paper changed it, or published it.")
    archived_at: datetime = Field(description="When the archive took it in.")
    changes: list[WirePassage] | None = Field(
        description="What it says otherwise than the one before; null for the first, and where it is not shown."
    )


class RevisionsData(BaseModel):
    id: str
    title: str
    revisions: list[WireRevision] = Field(description="Newest first.")


class RevisionsMeta(BaseModel):
    href: str = Field(description="The page that says the same.")
    earlier_than: int | None = Field(
        description="There are more: give this back as `earlier_than`. Null: that was all."
    )


class CorrectionsParameters(BaseModel):
    """What ``GET /api/corrections`` takes."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=MAX_LIMIT, description="How many to return.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before.")


class WireCorrection(BaseModel):
    """A corrected article, or a notice that corrects another."""

    id: str
    title: str
    published_at: datetime
    kind: CorrectionKind
    text: str = Field(description="What was put right, in the paper's words; of a notice its text. May be empty.")
    at: datetime = Field(
        description="When it was put right; of a notice, and where nothing says so, when it was published."
    )
    is_notice: bool = Field(description="It is an article of its own about another one.")
    href: str = Field(description="The article's page.")


class CorrectionsData(BaseModel):
    corrections: list[WireCorrection] = Field(description="Newest first.")


class CorrectionsMeta(BaseModel):
    limit: int
    next_cursor: str | None


class VerifyParameters(BaseModel):
    """What ``GET /api/verify`` takes."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The sentence, 4 letters to 1,000 characters.", examples=["나루대교를 다시 놓겠다"])


class HitHighlights(BaseModel):
    title: list[WireSpan]
    snippet: list[WireSpan]


class WireHit(BaseModel):
    """One result."""

    id: str
    title: str
    published_at: datetime
    section: str | None
    url: str | None = Field(description="The article at its publisher.")
    snippet: str = Field(description="A stretch of the body around what was found.")
    score: float | None = Field(
        description="Only under `sort=relevance` and `sort=recommended`; not comparable between queries."
    )
    mention: bool = Field(description="Among all results: the article only mentions the query, it is not about it.")
    similar: list[WireSimilar] = Field(
        description="Where hits are stories: others of the results that tell the same, newest first, five at most."
    )
    similar_total: int = Field(description="How many there are of those.")
    snippet_cut_before: bool = Field(description="The snippet does not begin at the body's start.")
    snippet_cut_after: bool = Field(description="The snippet does not end at the body's end.")
    highlights: HitHighlights
    byline: list[str]
    publisher: str | None
    image_url: str | None
    corrected: bool = Field(description="The paper has put something right since (정정).")
    corrected_at: datetime | None
    href: str = Field(description="The article's page on this server.")


class QuotesExportParameters(BaseModel):
    """What ``GET /api/quotes/export`` takes."""

    model_config = ConfigDict(extra="forbid")

    speaker: str = Field(min_length=1, description="A full name, or what the paper calls a body or a role.")
    q: str = Field("", description="Words that all stand in the quotation.")
    format: QuotationFormat = Field(QuotationFormat.CSV, description="`csv` or `jsonl`.")


class WireQuotedIn(BaseModel):
    """The article that prints a quotation."""

    id: str
    title: str
    published_at: datetime
    url: str | None
    publisher: str | None


class WireQuotation(BaseModel):
    """Words that an article quotes."""

    text: str = Field(description="What was said, as printed.")
    speaker: str | None = Field(description="Who said it; null where the article does not say.")
    is_person: bool = Field(description="The speaker is the full name of one person.")
    told: str = Field(description="What tells it, as printed; empty for a sentence by itself.")
    start: int = Field(description="Where it begins in the article's body, in characters.")
    end: int
    article: WireQuotedIn


class QuotesData(BaseModel):
    quotations: list[WireQuotation]


class QuotesMeta(BaseModel):
    limit: int
    next_cursor: str | None = Field(
        description="Null on the last page alone: without a speaker a page may be short, or empty, and go on."
    )


class WirePrinting(BaseModel):
    """A place where a sentence is printed."""

    text: str = Field(description="The archive's own sentence.")
    field: Literal["title", "body"]
    start: int = Field(description="In characters of the headline or the body.")
    end: int
    article: WireQuotedIn


class WireDifference(BaseModel):
    """Words that differ; either may be empty."""

    kind: DifferenceKind
    given: str
    printed: str


class VerifyData(BaseModel):
    given: str = Field(description="The sentence as it was read.")
    standing: Standing = Field(
        description="`exact`; `spacing`: only spaces or marks differ; `near`: `differences` says how; `none`."
    )
    printings: list[WirePrinting] = Field(description="Oldest first; of `near` the likest one.")
    differences: list[WireDifference]
    articles: int = Field(description="How many articles were searched.")
    excerpts: int = Field(description="Of how many of them only a part was there to be searched.")
    rules: str = Field(description="By what it was looked for; changes with the rules.")
    checked_at: datetime


class VerifyMeta(BaseModel):
    """Nothing beside the answer."""


class WireNotice(BaseModel):
    """Something to know about how the query was answered."""

    code: NoticeCode
    limit: int | None = Field(description="The bound that the query met, where the code is about one.")
    words: list[str] = Field(description="The words of the query that it is about: those that stand nowhere.")
    count: int = Field(description="How many articles of the page it is about: those that cannot be read; else 0.")
    message: str = Field(description="A sentence for readers, in the language asked for.")


class WireFacetCount(BaseModel):
    value: str
    count: int


class WireVariant(BaseModel):
    """Another way in which a word was read."""

    key: str = Field(description="Give it as `without` to switch the variant off.")
    kind: VariantKind
    source: str
    replacement: str
    count: int = Field(description="How many of the results there would not be without it.")


class WireScopes(BaseModel):
    """How many articles match, and how many of them are about the query."""

    all: int
    about: int


class SearchData(BaseModel):
    """The answer to a search; as `gisa search --json` prints it, and more."""

    query: str = Field(description="The query as it was read.")
    total: int = Field(description="How many articles match; exact.")
    stories: int | None = Field(
        description="How many there are if each story counts once; exact. Null where it was not counted: without `facets` unless "
        "`group=true`, of a relaxed search, and of very many."
    )
    grouped: bool = Field(description="Whether hits are stories. Facets and `scopes` count articles always.")
    hits: list[WireHit]
    also: list[WireHit] = Field(
        description="If one or two hits only mention the words: up to five that hold some of them, best first. Not in `total`."
    )
    notices: list[WireNotice]
    relaxed: bool = Field(description="No article held every word; these hold the most.")
    facets: dict[str, list[WireFacetCount]] | None = Field(
        description="Only when asked for; by parameter: `section` most first, `period` with `all` first."
    )
    variants: list[WireVariant] = Field(description="Variants of the words that brought results, most first.")
    inside: int | None = Field(
        description="How many articles more hold words of two syllables inside other words; ask with `inside=true`. "
        "Null where it was not counted: beyond the first page, and where no word is so short."
    )
    verbs: int | None = Field(
        description="How many articles more hold the verb of which a word that is read as a noun is a form; ask with "
        "`verbs=true`. Null where it was not counted: beyond the first page, and where there is no such word."
    )
    scopes: WireScopes | None = Field(
        description="Exact counts of all matches and of those about the query, which `about=true` asks for. "
        "Null if nothing holds every word, or once time was up."
    )
    about: bool = Field(description="Whether the hits are those about the query only.")
    did_you_mean: str | None = Field(
        description="Where nothing holds every word: a query like it that finds something."
    )
    corrected_from: str | None = Field(
        description="The query as typed, if the hits are those of `did_you_mean` in its place; ask with `as_typed=true` for its own."
    )


class SearchMeta(BaseModel):
    sort: Sort
    match: Match
    limit: int
    offset: int
    total_pages: int = Field(
        description="Pages of `limit` hits (stories if `grouped`); 0 if there are none or `limit` is 0."
    )
    next_offset: int | None = Field(description="The offset of the next page; null on the last one and with `cursor`.")
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one and by relevance.")
    set_id: str | None = Field(
        description="Cites all results as of now: `/sets/{set_id}` says what has become of them. Null for a relaxed search."
    )


class WireSetArticle(BaseModel):
    id: str
    title: str
    published_at: datetime


class WireSetRemoval(BaseModel):
    id: str
    removed_at: datetime
    reason: str | None = Field(description="Why, if the paper says so to readers.")


class WireCitations(BaseModel):
    apa: str
    bibtex: str
    ris: str
    korean: str


class SetData(BaseModel):
    """A cited result set then and now. Lists name at most 100 articles each; `counts` are of all."""

    query: str
    parameters: dict[str, str] = Field(description="The search, as `/api/search` takes it.")
    cited_at: datetime
    total_then: int
    total: int = Field(description="Results now.")
    counts: dict[str, int] = Field(
        description="Of `added`, `corrected`, `removed`, `left`, and `hidden`: cannot be seen now."
    )
    added: list[WireSetArticle]
    corrected: list[WireSetArticle]
    removed: list[WireSetRemoval] = Field(description="Removed by the paper: nothing of their text.")
    left: list[WireSetArticle] = Field(description="Can be seen, but are no results any more.")
    is_exact: bool = Field(
        description="False: too much has changed since to say what; the totals are right all the same."
    )
    same_words: bool = Field(description="Whether the query is read by the same own words and synonyms as then.")
    citations: WireCitations


class SetMeta(BaseModel):
    href: str = Field(description="The set's own page.")


class WireSuggestion(BaseModel):
    text: str = Field(description="A word or phrase in the paper's own spelling.")
    articles: int = Field(description="How many articles hold it in headline, bylines or keywords.")


class SuggestData(BaseModel):
    """What somebody may be typing, likeliest first."""

    suggestions: list[WireSuggestion]


class SuggestMeta(BaseModel):
    limit: int


class ArticleHighlights(BaseModel):
    title: list[WireSpan]
    body: list[WireSpan]


class ArticleData(BaseModel):
    """One article in full."""

    id: str
    title: str
    body: str
    published_at: datetime
    modified_at: datetime | None
    section: str | None
    byline: list[str]
    publisher: str | None
    url: str | None
    image_url: str | None
    keywords: list[str]
    lang: str
    corrected: bool = Field(description="The paper has put something right since (정정).")
    corrected_at: datetime | None
    correction: str | None = Field(description="What was put right, in the paper's words.")
    notices: list[WireCorrection] = Field(
        description="Articles that correct this one (정정·반론·추후보도), oldest first."
    )
    highlights: ArticleHighlights = Field(description="Empty unless `q` is given.")
    href: str = Field(description="The article's page on this server.")


class ArticleMeta(BaseModel):
    revision: int = Field(description="1 for the article as first added.")


class HealthData(BaseModel):
    """Whether this server can answer, and how far its index is."""

    ready: bool = Field(description="Searches are answered; when they are not, the answer is a 503 problem.")
    degraded: bool = Field(description="Searches are answered, but an article could not be read: run gisa verify.")
    articles: int
    change_seq: int = Field(description="The archive's last change.")
    indexed_change_seq: int = Field(description="The last change that can be found.")
    behind_s: float = Field(
        description="Seconds for which a shared archive may have held changes that are not found yet."
    )
    words_version: int = Field(
        description="The version of the paper's shared words that this server answers by; 0 if none is shared."
    )
    generation: str = Field(description="Which build of the index serves.")
    newest: datetime | None = Field(description="When the newest article was published.")


class LiveData(BaseModel):
    """That the server's process answers."""

    alive: bool


class HealthMeta(BaseModel):
    version: str = Field(description="Gisa's version.")


class ExplainParameters(BaseModel):
    """What ``GET /api/explain`` takes."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", description="The query, in the same language as the search box.", examples=["우정"])
    id: str = Field(description="The article's id.", examples=["naru-economy-001"])
    lang: Language | None = Field(None, description="Language of messages; the paper's if left out.")


class WireFinding(BaseModel):
    rule: Rule
    field: str = Field(description="`title` or `body`.")
    by: str = Field(description="The variant that was found; empty for the word itself.")


class WirePlace(BaseModel):
    field: str = Field(description="`title` or `body`.")
    text: str = Field(description="A stretch of the article that holds the letters.")
    terms: list[str] = Field(description="The terms it is indexed under.")


class WireReason(BaseModel):
    """What was found, or the first reason why not."""

    code: ReasonCode
    word: str
    place: str = Field(description="The stretch of the article that holds the word's letters.")
    field: str = Field(description="`title`, `body` or empty.")
    value: str = Field(description="What the article has: its day, section or reporters.")
    finding: WireFinding | None


class WireVerdict(BaseModel):
    """The first thing to say."""

    code: VerdictCode
    held: int = Field(description="Under `found_relaxed`: how many parts the article satisfies.")
    of: int
    reason: WireReason | None = Field(description="Under `lacks`: why it lacks the first part that it lacks.")


class WirePart(BaseModel):
    """One part of the query."""

    kind: PartKind
    text: str = Field(description="As the reader wrote it, about.")
    holds: bool = Field(description="Whether the article satisfies it.")
    reason: WireReason
    message: str = Field(description="The reason as a sentence for readers, in the language asked for.")
    terms: list[str] = Field(description="The word as terms; `·` is a gap.")
    stream: list[str] = Field(description="The word as letters, whatever its spacing.")
    variants: list[str] = Field(description="Every variant that was looked for, too.")
    findings: list[WireFinding]
    places: list[WirePlace] = Field(description="Where in the article the letters stand; the first few.")
    parts: list[dict[str, Any]] = Field(description="The parts of a group, in the same shape.")


class WireScorePart(BaseModel):
    source: ScoreSource
    words: list[str]
    score: float


class ExplainData(BaseModel):
    """Whether a query finds an article, and why or why not."""

    query: str = Field(description="The query as it was read.")
    article_id: str
    title: str
    found: bool = Field(description="Whether a search for the query, without filters, has the article.")
    verdict: WireVerdict
    message: str = Field(description="The verdict as a sentence for readers, in the language asked for.")
    relaxed: bool = Field(description="No article holds every word; those that hold the most are found.")
    notices: list[WireNotice]
    parts: list[WirePart]
    score: float | None = Field(description="Under `sort=relevance`; null when not found.")
    score_parts: list[WireScorePart] = Field(description="What the score is made of, most first; they add up to it.")


class ExplainMeta(BaseModel):
    href: str = Field(description="The same explanation as a page on this server.")


class Envelope(BaseModel, Generic[T, M]):
    """Every success: what was asked for, and what goes with it."""

    data: T
    meta: M


class InvalidParameter(BaseModel):
    parameter: str
    detail: str


class WireProblem(BaseModel):
    """Every failure (RFC 9457), as `application/problem+json`."""

    type: str = Field(description="Address of the problem's explanation.", examples=["/api/docs#article-not-found"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for, without its query.")
    message: str = Field(description="What happened and what to do, for readers, in the language asked for.")
    errors: list[InvalidParameter] | None = Field(None, description="Which parameters were refused, and why.")
    removed_at: datetime | None = Field(None, description="When the article was removed; only with status 410.")
    reason: str | None = Field(None, description="Why, if the paper says so to readers; only with status 410.")
