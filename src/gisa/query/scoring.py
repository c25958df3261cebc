"""The score of a match, as clauses that each add to it. Does not decide what matches.

Every number was tuned by cross-validation on 500 judged questions. ``docs/relevance.md`` says what was tried and how to tune again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from gisa.clause import (
    AllOf,
    AnyOf,
    AtLeast,
    Beyond,
    Boost,
    Clause,
    Not,
    Numbered,
    OpensAfter,
    Phrase,
    PublishedBetween,
    SyllableIn,
    Token,
    Worth,
    all_of,
    any_of,
    phrase,
)
from gisa.query.days import midnight_s
from gisa.query.expansion import WordVariant
from gisa.query.word_forms import WordForms
from gisa.text.hangul import is_hangul
from gisa.text.stream import stream_tokens
from gisa.text.views import BODY_STREAM, BODY_TERMS, TITLE_KEY, TITLE_STREAM, TITLE_TERMS, TitleKeys


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each part of a score. The defaults ship; only tuning passes others."""

    title: float = 0.7
    """Of the headline's terms, beside 1 for the body's. BM25 favours short fields already. Without the headline's syllable
    pairs, which took more from questions than they gave: news finds its own article by two or three words of the headline
    with an MRR of 0.877, not 0.861 as with 0.2 of both, and questions lose nothing (0.825, not 0.823)."""
    stream: float = 2.0
    """For each syllable pair that the body holds, however often: counted once it says how much of the query is there, which
    BM25's falling gain and its penalty for length do not. BM25 of the pairs at its best: 0.806; this: 0.826."""
    neighbours: float = 0.5
    """Of two of the query's words side by side in the body, as a phrase."""
    named: float = 5.0
    """For an article whose whole headline stands in the query: 한라산, for 한라산의 높이는."""
    whole_title: float = 4.0
    """A headline that holds the whole query to the letter comes before one that holds its words."""
    variant: float = 0.5
    """The weight of a variant, beside 1 for the word as the reader wrote it."""


SHIPPED: Final = Weights()
RECENT: Final = ((7, 0.5), (30, 0.5), (365, 0.5))
"""Days back from the day of the search, and what an article published since then gains. Less than any word gains, but enough to
put this week's article before last year's if both match as well."""

ABOUT: Final = 20.0
"""For an article that is about the query. More than recency can add, so articles that only mention it come after."""
FRESH: Final = ((1, 2.0), (7, 5.0), (30, 4.0), (365, 3.0))
"""As ``RECENT``, for an article that is about the query, in the recommended order: the best of seven tried on a year of news."""

_SAYING_LITTLE: Final = frozenset(
    "무엇 무어 뭐 누구 누가 언제 어디 어느 어떤 어떻게 어떠하다 어떻다 얼마 얼마나 몇 왜 무슨 것 수 때 등 중 및 또는"
    " 은 는 이 가 을 를 의 에 와 과 로 으로".split()  # after 漢字 or Latin a particle is a run of its own
)
"""Terms of questions that answers do not hold. They are rare in articles, so BM25 would weigh them most."""
_MAX_SCORED_TOKENS: Final = 200
_MAX_NAME_WORDS: Final = 4


def score_of(
    words: Sequence[tuple[WordForms, ...]],
    variants: Sequence[WordVariant],
    *,
    keys: TitleKeys,
    on: date,
    weights: Weights = SHIPPED,
) -> Clause | None:
    """What adds to the score of an article, on the day of the search; None for a query without words.

    An article whose whole headline is the query (``keys``) comes before every other; among those, one with the same marks.
    """
    words = [forms for forms in words if forms]
    told = [forms for forms in words if not _SAYING_LITTLE.issuperset(_terms([forms]))] or words
    terms = dict.fromkeys(_terms(told))
    stream = dict.fromkeys(token for forms in told for form in forms for token in stream_tokens(form.runs))
    parts: list[Clause] = []
    for term in [term for term in terms if term not in _SAYING_LITTLE or len(terms) == 1][:_MAX_SCORED_TOKENS]:
        parts += [Boost(Token(TITLE_TERMS, term), weights.title), Token(BODY_TERMS, term)]
    parts += [Worth(Token(BODY_STREAM, token), weights.stream) for token in list(stream)[:_MAX_SCORED_TOKENS]]
    others = dict.fromkeys(_terms(each.forms for each in variants))
    for term in [term for term in others if term not in terms][:_MAX_SCORED_TOKENS]:
        parts += [
            Boost(Token(TITLE_TERMS, term), weights.variant * weights.title),
            Boost(Token(BODY_TERMS, term), weights.variant),
        ]
    headline = [Token(TITLE_KEY, key) for key in keys if key]
    if not parts and not headline:
        return None
    parts += _neighbours(words, weights.neighbours)
    names = list(dict.fromkeys(_names(words)))[:_MAX_SCORED_TOKENS]
    if names:
        parts.append(Worth(AnyOf(tuple(Token(TITLE_KEY, name) for name in names)), weights.named))
    whole = stream_tokens([run for forms in words for form in forms for run in form.runs])
    if len(whole) > 1:
        parts.append(Boost(phrase(TITLE_STREAM, whole), weights.whole_title))
    parts += _recent(on)
    for key in reversed(headline):  # each is worth more than all before it: to the letter, then to the mark
        parts.append(Worth(key, 1.0 + sum(map(_most, parts))))
    return AnyOf(tuple(parts))


def recommended(score: Clause, *, about: Clause, on: date) -> Clause:
    """A score that sorts by aboutness, then by recency, then by ``score``."""
    days = (
        Worth(all_of((about, PublishedBetween(midnight_s(on - timedelta(days=days)), None))), worth)
        for days, worth in FRESH
    )
    return any_of([score, Worth(about, ABOUT), *days])


def _terms(words: Iterable[tuple[WordForms, ...]]) -> Iterator[str]:
    return (term for forms in words for form in forms for term in form.scoring)


def _neighbours(words: Sequence[tuple[WordForms, ...]], weight: float) -> Iterator[Clause]:
    """The last term of each word before the first of the next, with a particle between them or without."""
    for before, after in pairwise(words):
        first, second = before[-1].scoring[-1:], after[0].scoring[:1]
        if first and second and _SAYING_LITTLE.isdisjoint((*first, *second)):
            yield Boost(
                AnyOf((Phrase(BODY_TERMS, (*first, *second)), Phrase(BODY_TERMS, (*first, None, *second)))),
                weight,
            )


def _names(words: Sequence[tuple[WordForms, ...]]) -> Iterator[str]:
    """Headlines that the query may name: stretches that begin with a word and end after any syllable, because a particle may follow."""
    runs = [[run for form in forms for run in form.runs] for forms in words]
    for first in range(len(runs)):
        before = ""
        for word in runs[first : first + _MAX_NAME_WORDS]:
            for run in word:
                ends = range(1, len(run) + 1) if is_hangul(run[0]) else (len(run),)
                yield from (before + run[:end] for end in ends if len(before) + end > 1)
                before += run


def _recent(on: date) -> Iterator[Clause]:
    for days, score in RECENT:
        yield Worth(PublishedBetween(midnight_s(on - timedelta(days=days)), None), score)


_MOST_OF_A_TOKEN: Final = 2.2 * 20
"""The most that BM25 gives for one token: its idf is at most ln(1 + articles), below 20 for 480 million, and how often it
stands in an article makes at most k1 + 1 = 2.2 of that."""


def _most(clause: Clause) -> float:
    """An upper bound of what a clause adds to a score."""
    match clause:
        case Token() | SyllableIn():
            return _MOST_OF_A_TOKEN
        case Phrase(_, tokens):
            return _MOST_OF_A_TOKEN * len(tokens)
        case AllOf(clauses) | AnyOf(clauses) | AtLeast(_, clauses):
            return sum(map(_most, clauses))
        case Boost(inner, factor):
            return factor * _most(inner)
        case Worth(_, score):
            return score
        case Not() | PublishedBetween() | Beyond() | OpensAfter() | Numbered():
            return 1.0
