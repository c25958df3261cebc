"""What commands print of a data folder's state, of its own words, and of headlines that find nothing. Holds no sentence.

See ``wording`` for how a sentence is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StatusText:
    """``gisa status``: the names of its lines, and what stands in them."""

    articles: str
    withheld: str
    ahead: str
    changes: str
    generation: str
    generation_is: str
    rules: str
    size: str
    size_is: str
    published: str
    published_is: str
    writer: str
    no_writer: str
    purged: str
    purged_is: str
    node: str
    node_is: str
    node_words: str
    words: str
    feed: str
    not_built: str
    behind: str
    up_to_date: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class WordsText:
    """``gisa words``: what is in effect, what waits, what a list would change."""

    words: str
    holders: str
    waiting: str
    in_effect: str
    changes_wait: str
    how_to_apply: str
    unusable: str
    shared: str
    shared_is: str
    shared_now: str
    edited: str
    fetched: str
    nothing_to_fetch: str
    applied: str
    from_to: str
    as_before: str
    gains: str
    loses: str
    nothing: str
    not_looked_at: str
    concerned: str
    more_lines: str
    more_rejects: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class MissText:
    """Why a headline did not find its article first: a field for each ``MissReason``."""

    not_indexed: str
    not_found: str
    behind: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class EvaluationText:
    """``gisa eval``: what could not be measured."""

    nothing: str
    unjudged: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ResultText:
    """What single commands print when they have done their work."""

    withheld: str
    published: str
    next_page: str
    """{cursor}: what ``--cursor`` takes."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ReportText:
    """What commands print of reports."""

    status: StatusText
    words: WordsText
    misses: MissText
    evaluation: EvaluationText
    results: ResultText
