"""Every sentence that Gisa says, as fields: one dataclass for each surface. A language that lacks one does not type-check.

Holds no sentence. In a sentence, ``{name}`` is filled in by ``Speaker.fill``; ``{name:one/other}`` is the form that fits
what is filled in: a particle in Korean (``‘{word}’{word:은/는}``), singular or plural in English (``{count} {count:article/articles}``).
A surface for a list of codes has one field for each code, named by its value.

There is one object for each language: none is compared or shown as code, and to make methods for that took 24 of 72 ms of loading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from gisa.saying.history_wording import CorrectionsText, RevisionsText
from gisa.saying.messages_wording import MessageText
from gisa.saying.reports_wording import ReportText
from gisa.saying.stories_wording import StoriesText


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class NoticeText:
    """How a query was answered: a field for each ``NoticeCode``."""

    unparsed: str
    too_long: str
    too_many_words: str
    too_many_syllables: str
    too_many_variants: str
    empty: str
    relaxed: str
    question: str
    nowhere: str
    """{words}: those that no article holds, quoted."""
    none_about: str
    scattered: str
    unreadable: str
    """{count}: how many articles of the page."""
    not_grouped: str
    """{limit}: results of which more are not grouped."""
    partial: str
    days_swapped: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class MistakeText:
    """Parameters of an address that were left out or changed: a field for each ``MistakeCode``."""

    date_unread: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class WithheldText:
    """Why an article is not published: a field for each ``WithheldAs``."""

    draft: str
    pending: str
    scheduled: str
    embargo: str
    private: str
    password: str
    trash: str
    killed: str
    desk: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class SortText:
    newest: str
    oldest: str
    recommended: str
    relevance: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FilterText:
    """What a filter is called: a field for each filter of ``SearchRequest`` that a page offers."""

    period: str
    section: str
    byline: str
    title_only: str
    no_bulletins: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FilterValueText:
    """Values of filters that are not shown as they are: a field for each value of a list of codes, and for each flag."""

    today: str
    week: str
    month: str
    quarter: str
    year: str
    title_only: str
    no_bulletins: str


@dataclass(frozen=True, slots=True)
class ProblemSaid:
    """What a page says of a failure: its heading, and what a reader can do."""

    heading: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ProblemText:
    """A field for each problem of the API, by its name with ``_`` for ``-``."""

    not_found: ProblemSaid
    article_not_found: ProblemSaid
    article_removed: ProblemSaid
    set_not_found: ProblemSaid
    method_not_allowed: ProblemSaid
    cross_site: ProblemSaid
    unauthorised: ProblemSaid
    too_slow: ProblemSaid
    too_large: ProblemSaid
    invalid_parameters: ProblemSaid
    unavailable: ProblemSaid
    too_many: ProblemSaid
    too_dear: ProblemSaid
    overloaded: ProblemSaid
    internal: ProblemSaid


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class PageText:
    """The pages. Templates read it as ``t``."""

    # The search box, as readers of the paper's own search page know it
    search_label: str
    search_button: str

    # 상세검색
    advanced: str
    advanced_words: str
    advanced_all: str
    advanced_all_example: str
    advanced_phrase: str
    advanced_phrase_example: str
    advanced_any: str
    advanced_any_example: str
    advanced_none: str
    advanced_none_example: str
    advanced_title_only: str
    advanced_where: str
    advanced_section: str
    advanced_byline: str

    to_top: str

    # Recent searches
    recent: str
    recent_delete: str
    recent_clear: str
    recent_empty: str
    recent_cleared: str
    recent_restore: str
    recent_off: str
    recent_switch_off: str
    recent_switch_on: str
    recent_off_question: str
    recent_off_delete: str
    recent_off_keep: str
    recent_kept: str
    recent_more: str
    recent_where: str
    cancel: str

    # Suggestions while typing; the script fills in {count}
    offers: str
    suggested: str
    offers_count: str

    # Frame
    skip: str
    home: str
    foot_label: str
    from_the_paper: str
    powered_by: str
    api_link: str

    # First page
    home_title: str
    home_count: str
    home_newest: str
    home_sections: str
    home_empty_title: str
    home_empty: str

    # Results
    variants: str
    variant_off: str
    variant_off_label: str
    variant_on: str
    variant_on_label: str
    inside: str
    inside_off: str
    verbs: str
    verbs_off: str
    result_title: str
    result_count: str
    result_range: str
    """{total}: of hits, which are stories where results are grouped."""
    scope: str
    scope_all: str
    """{total}: of all articles found."""
    scope_about: str
    """{total}: of those about the query."""
    mention: str
    """Stands by a result that only mentions the query."""
    results_label: str
    also: str
    sort: str
    all: str
    custom_range: str
    range_from: str
    range_until: str
    range_apply: str
    range_since: str
    range_to: str
    range_both: str
    range_day: str
    more_choices: str
    beside: str
    timeline: str
    timeline_table: str
    timeline_when: str
    timeline_articles: str
    timeline_year: str
    timeline_month: str
    timeline_day: str
    take: str

    # Pages of results
    pages: str
    page_previous: str
    page_next: str
    embed_all: str
    """The way from results in a frame to the paper's own page."""
    page_number: str
    beyond_title: str
    beyond: str
    beyond_last: str
    beyond_first: str

    # No result
    did_you_mean: str
    meant: str
    meant_back: str
    none_title: str
    none_filtered: str
    none_condition: str
    none_remove: str
    none_remove_all: str
    tips: str
    tips_none: tuple[str, ...]
    tips_syntax: tuple[tuple[str, str], ...]
    """A query and what it finds."""

    # One article
    back_to_results: str
    back_home: str
    size: str
    size_normal: str
    size_large: str
    size_largest: str
    tools: str
    copy_link: str
    copied: str
    share: str
    print: str
    marks: str
    result_previous: str
    result_next: str
    published: str
    modified: str
    rest_for_subscribers: str

    # The page of a cited result set
    cite: str
    set_title: str
    """{query}"""
    set_then: str
    """{moment}, {count}"""
    set_now: str
    set_again: str
    set_same: str
    set_words: str
    set_unknown: str
    set_added: str
    """{count}, as the four that follow."""
    set_corrected: str
    set_removed: str
    set_left: str
    set_hidden: str
    set_cite: str
    set_korean: str
    rest_elsewhere: str
    correction: str
    removed: str
    removed_why: str
    keywords: str
    original: str
    picture: str

    # The API's own page
    api_title: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FieldText:
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class RuleText:
    """By which rule a word was found: a field for each ``Rule``."""

    terms: str
    letters: str
    variant: str
    shorthand: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ReasonText:
    """Why an article has a part of a query, or lacks it: a field for each ``ReasonCode`` but ``found_by``."""

    found: str
    nowhere: str
    not_in_field: str
    other_field: str
    inside_word: str
    over_words: str
    negated: str
    lone_syllable: str
    as_verb: str
    inside_letters: str
    syllable: str
    apart: str
    excluded: str
    not_excluded: str
    days: str
    outside_days: str
    section: str
    other_section: str
    byline: str
    other_byline: str
    one_of: str
    none_of: str
    all_of: str
    not_all_of: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class VerdictText:
    """Whether a query finds an article: a field for each ``VerdictCode`` but ``lacks``, which is its part's reason."""

    nothing_to_search: str
    not_indexed: str
    is_headline: str
    found_all: str
    mentions: str
    found_relaxed: str
    not_found: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ScoreText:
    """What a share of the score was given for: a field for each ``ScoreSource``."""

    headline: str
    title_phrase: str
    title_terms: str
    body_terms: str
    body_letters: str
    neighbours: str
    named_headline: str
    recency: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StandingText:
    """How a sentence stands in the archive: a field for each ``Standing``. {articles}: how many were searched."""

    exact: str
    spacing: str
    near: str
    none: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class DifferenceText:
    """What differs between two sentences: a field for each ``DifferenceKind``."""

    number: str
    negation: str
    name: str
    word: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class QuotesText:
    """What somebody said. Templates read it as ``q``."""

    title: str
    of: str
    """{speaker}: a name, or what a body or a role is called."""
    said_by: str
    """{speaker}, {count}: how many quotations."""
    about: str
    speaker: str
    words: str
    nobody: str
    none: str
    more: str
    check: str
    check_about: str
    check_label: str
    check_button: str
    given: str
    printed: str
    left_out: str
    """In place of words that one of the two sentences lacks."""
    searched: str
    """Behind what was not found word for word. {whole}, {excerpts}, {when}."""
    standings: StandingText
    differences: DifferenceText


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ExplainText:
    """Why a query finds an article, or why not. Templates read it as ``e``."""

    title: str
    link: str
    ask: str
    ask_label: str
    ask_button: str
    back: str
    yes: str
    no: str
    parts: str
    holds: str
    lacks: str
    terms: str
    stream: str
    variants: str
    places: str
    score: str
    score_total: str
    none: str
    """For an article without a section or a byline."""
    verdicts: VerdictText
    reasons: ReasonText
    rules: RuleText
    fields: FieldText
    scores: ScoreText


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ThemeText:
    """What is wrong with a file of a theme: a field for each ``FaultKind``. {detail}: see there."""

    syntax: str
    fails: str
    block_gone: str
    changed: str
    unmarked: str
    script: str
    unused: str
    pale: str
    fits: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FailureText:
    """What a command says of an error: a field for each class of ``gisa.errors``. ``message`` is the error's own:
    said in this language if its reason is a code, else English."""

    gisa_error: str
    config_error: str
    data_folder_error: str
    writer_locked: str
    schema_error: str
    archive_error: str
    shared_meanwhile: str
    search_index_error: str
    index_outdated: str
    index_damaged: str
    index_ahead: str
    index_behind: str
    index_unreachable: str
    source_error: str
    article_invalid: str
    line_invalid: str
    article_not_found: str
    article_removed: str
    search_invalid: str
    not_answered: str
    too_dear: str
    export_invalid: str
    key_not_found: str
    set_invalid: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class CommandText:
    """What commands print."""

    did_you_mean: str
    meant: str
    inside_offer: str
    verbs_offer: str
    total: str
    stories: str
    """Behind the total: {stories} results of which each is a story."""
    similar: str
    failed: str
    rejected: str
    rejected_more: str
    rejected_more_kept: str
    remark: str
    remark_more: str
    counts: str
    counts_removed: str
    withheld: str
    took: str
    would_take: str
    would_refuse: str
    indexing: str
    waiting: str
    purged: str
    purged_backup: str
    repaired: str
    key_made: str
    key_shown_once: str
    key_line: str
    key_ended: str
    key_revoked: str
    no_keys: str
    quarantined: str
    left_out: str
    nothing_in_it: str
    stopping: str
    stopped: str
    removed: str
    missing: str
    indexed: str
    copied_so_far: str
    restored_so_far: str
    checked_so_far: str
    copied: str
    copied_less: str
    restored: str
    migrated: str
    whole: str
    not_whole: str
    found_by_headline: str
    found_by_word: str
    exported: str
    more: str
    serving: str
    serving_unsearchable: str
    unsearchable: str
    demo: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FollowText:
    """What ``gisa follow`` and ``gisa crawl`` print."""

    added: str
    added_sitemap: str
    already: str
    not_as_well: str
    gone_from_list: str
    none: str
    following: str
    polled: str
    moved: str
    paused: str
    ended: str
    missed: str
    state: str
    state_sitemap: str
    state_failing: str
    state_paused: str
    state_ended: str
    state_new: str
    state_missed: str
    only_own: str
    crawling: str
    crawled: str
    crawl_left: str
    crawl_gone: str
    crawl_more: str
    crawl_for_past: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Wording:
    """Everything that is said in one language."""

    name: str
    """The language's own name for itself."""
    day: str
    """How a day is written, as a pattern of CLDR (Unicode TS 35, Part 4)."""
    moment: str
    """How a day with its time is written."""
    fitting: Callable[[int | str, str, str], str]
    """Chooses between the two forms of ``{name:one/other}``."""
    notices: NoticeText
    mistakes: MistakeText
    withheld: WithheldText
    messages: MessageText
    problems: ProblemText
    page: PageText
    sorts: SortText
    filters: FilterText
    filter_values: FilterValueText
    explain: ExplainText
    quotes: QuotesText
    revisions: RevisionsText
    corrections: CorrectionsText
    stories: StoriesText
    commands: CommandText
    reports: ReportText
    theme: ThemeText
    follow: FollowText
    failures: FailureText


def sentence_for(surface: object, code: Enum) -> str:
    """A surface's sentence for a code."""
    found: str = getattr(surface, str(code.value))
    return found
