"""What one query word is in each view, and so what it matches. The heart of Gisa's promise.

A word matches an article if its terms stand there as a phrase, or its stream does (three syllables or more, or mixed
script), or, for two syllables, its pair begins a run or a morpheme (so 우정 does not find 심우정).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from gisa.clause import Clause, Phrase, SyllableIn, Token, all_of, any_of, phrase
from gisa.query.verbs import NOWHERE, OtherPlaces, other_places
from gisa.text.analyser import Analyser, RunAnalysis, Term, is_noun
from gisa.text.hangul import is_hangul
from gisa.text.joins import is_joinable
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut
from gisa.text.stream import stream_tokens
from gisa.text.views import (
    BODY_STARTS,
    BODY_STREAM,
    BODY_TERMS,
    BODY_VARIANTS,
    TITLE_STARTS,
    TITLE_STREAM,
    TITLE_TERMS,
    TITLE_VARIANTS,
)


class FieldViews(NamedTuple):
    """The views of one field of an article."""

    terms: str
    stream: str
    starts: str
    variants: str


TITLE: Final = FieldViews(TITLE_TERMS, TITLE_STREAM, TITLE_STARTS, TITLE_VARIANTS)
BODY: Final = FieldViews(BODY_TERMS, BODY_STREAM, BODY_STARTS, BODY_VARIANTS)
EVERYWHERE: Final = (TITLE, BODY)

_COUNTED: Final = re.compile("[한두세네][명개달번곳살채권대]")
"""두명 is 두 명: a native numeral and a counter, whose terms stand side by side whatever the spacing."""
_LIGHT: Final = frozenset("하다 되다 있다 없다 이다 아니다 보다 오다 가다 주다 나다 들다 받다 같다".split())
"""Verbs too common for a phrase to rest on, when the rest of it is single syllables."""


@dataclass(frozen=True, slots=True)
class WordForms:
    """One stretch of a query, without barriers, in the form of each view."""

    runs: tuple[str, ...]
    terms: tuple[str | None, ...]
    """Terms as a phrase (None: a gap); empty when the analyser's answer is not to be relied on."""
    stream: tuple[str, ...]
    """The stream as a phrase; empty where the word is too short for it."""
    pair: str | None
    """The two syllables, when the word is just that."""
    scoring: tuple[str, ...]
    """Terms that count for relevance, even where the phrase of them is not relied on."""
    elsewhere: OtherPlaces = NOWHERE
    """Where a verb stands although articles' words were read as another."""
    is_noun: bool = False
    """The pair is a term by itself, which articles' starts leave out."""


def word_forms(text: str, analyser: Analyser) -> tuple[WordForms, ...]:
    """The stretches of a word between barriers: ``접고…인사`` has two. Empty when nothing in it can be searched."""
    stretches: list[list[str]] = [[]]
    normal = normalise(text)
    for run in cut(normal):
        if run == BARRIER:
            stretches.append([])
        else:
            stretches[-1].append(run)
    return tuple(_forms(runs, analyser, dotted="·" in normal) for runs in stretches if runs)


def _forms(runs: list[str], analyser: Analyser, *, dotted: bool) -> WordForms:
    hangul = "".join(runs) if all(is_hangul(run[0]) for run in runs) else ""
    phrase_terms: list[str | None] = []
    scoring: list[str] = []
    analyses = [analyser.analyse(run) for run in runs]
    for place, analysis in enumerate(analyses):
        last = place == len(runs) - 1
        for number, term in enumerate(analysis.terms):
            if number in analysis.gaps:
                phrase_terms.append(None)
            phrase_terms.append(term.text)
            scoring.append(term.text)
        if len(analysis.terms) in analysis.gaps and not last:
            phrase_terms.append(None)
    return WordForms(
        runs=tuple(runs),
        terms=tuple(phrase_terms) if _reliable(runs, analyses, hangul, dotted=dotted) else (),
        stream=tuple(stream_tokens(runs)) if len(hangul) >= 3 or (not hangul and len(runs) > 1) else (),
        pair=hangul if len(hangul) == 2 else None,
        scoring=tuple(scoring),
        elsewhere=other_places(runs[0], scoring[0], analyser) if hangul and len(runs) == len(scoring) == 1 else NOWHERE,
        is_noun=len(hangul) == 2 and is_noun(hangul, analyser),
    )


def _reliable(runs: list[str], analyses: list[RunAnalysis], hangul: str, *, dotted: bool) -> bool:
    """Whether the terms say as much as the word: not when only single syllables and light verbs are left of it."""
    if not hangul or len(hangul) == 1:
        return True
    if len(hangul) == 2 and len(runs) == 2:
        return not dotted  # 한·일: its two syllables stand side by side in too many other words
    if len(hangul) == 2 and _COUNTED.fullmatch(hangul):
        return True
    return any(_carries(term, run) for run, analysis in zip(runs, analyses, strict=True) for term in analysis.terms)


def _carries(term: Term, run: str) -> bool:
    if term.text in _LIGHT:
        # 했다 and 하였다 are 하다, but 해온바이오 and 하네다 are not
        return term.end == len(run) or len(run) == 2 or (term.end == 1 and run[1] in "였었았")
    return len(term.text) > 1


def inside_words(forms: tuple[WordForms, ...]) -> tuple[WordForms, ...]:
    """The same stretches, those of two syllables wherever these stand side by side: 우정 in 심우정 and in 국가 우정청, too."""
    return tuple(form if form.pair is None else replace(form, stream=(form.pair,), pair=None) for form in forms)


def across_barriers(forms: tuple[WordForms, ...]) -> tuple[WordForms, ...]:
    """Several stretches as one phrase of their terms, in which any mark or particle may stand between two of them."""
    if len(forms) < 2 or not all(form.terms for form in forms):
        return forms
    terms = [term for form in forms for term in (None, *form.terms)][1:]
    runs = tuple(run for form in forms for run in form.runs)
    return (WordForms(runs, tuple(terms), stream=(), pair=None, scoring=tuple(filter(None, terms))),)


def matches_word(forms: tuple[WordForms, ...], fields: tuple[FieldViews, ...] = EVERYWHERE) -> list[Clause]:
    """One clause for each stretch, all of which must hold; each is satisfied within one field of ``fields``."""
    clauses: list[Clause] = []
    for form in forms:
        ways: list[Clause] = []
        for field in fields:
            if form.terms:
                ways.append(phrase(field.terms, form.terms))
            if form.stream:
                ways.append(phrase(field.stream, form.stream))
            if form.pair:
                ways += begins(form, field)
            ways += [Token(field.terms, term) for term in form.elsewhere.terms]
            ways += [Token(field.starts, pair) for pair in form.elsewhere.pairs]
            if len(form.runs) == 1 and is_joinable(form.runs[0]):
                ways.append(Token(field.starts, form.runs[0]))
        clauses.append(any_of(ways))
    return clauses


def begins(form: WordForms, field: FieldViews) -> tuple[Clause, ...]:
    """Any of these says that the form's pair begins a run or a morpheme; ``form.pair`` is not None."""
    assert form.pair is not None
    starts = Token(field.starts, form.pair)
    return (starts, Token(field.terms, form.pair)) if form.is_noun else (starts,)


def matches_shorthand(forms: tuple[WordForms, ...], fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause:
    """The word among what shorthand in the articles stands for."""
    return all_of(any_of(phrase(field.variants, form.terms) for field in fields) for form in forms)


def matches_literal(text: str, fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause | None:
    """The clause of a quoted stretch: its stream as a phrase, to the letter. None when nothing in it can be searched."""
    tokens: list[str | None] = [None if token == BARRIER else token for token in stream_tokens(cut(normalise(text)))]
    while tokens and tokens[0] is None:
        tokens.pop(0)
    while tokens and tokens[-1] is None:
        tokens.pop()
    if not tokens:
        return None
    only = tokens[0] if len(tokens) == 1 else None
    if only is not None and len(only) == 1 and is_hangul(only):
        return any_of(SyllableIn(field.stream, only) for field in fields)
    return any_of(
        Phrase(field.stream, tuple(tokens)) if len(tokens) > 1 else phrase(field.stream, tokens) for field in fields
    )
