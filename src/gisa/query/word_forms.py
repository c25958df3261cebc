"""How one query word is matched in each view. This is the core of what Gisa promises.

A word matches if its letters begin where a word or morpheme begins and end where one ends; spaces between do not matter. It
matches in one of three ways: as its terms side by side, as the two words that it is made of, or as one of the article's words
(``gisa.text.contributions.contribution``). If the analyser cannot place a word of three or more syllables (에스쓰리알), the word
matches by its letters within one word. Any other place that holds the letters is only found *inside*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, compress, pairwise, product
from typing import Final, NamedTuple

from gisa.clause import Clause, SyllableIn, Token, all_of, any_of, phrase
from gisa.query.verbs import NOWHERE, OtherPlaces, other_places
from gisa.text.analyser import Analyser, RunAnalysis
from gisa.text.contributions import asked_terms
from gisa.text.hangul import is_hangul
from gisa.text.homographs import VERB_OF
from gisa.text.joins import is_joinable
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, JOIN, cut, cut_closed
from gisa.text.stream import SPACE, stream_tokens
from gisa.text.views import (
    BODY_STREAM,
    BODY_TERMS,
    BODY_VARIANTS,
    BODY_WORDS,
    TITLE_STREAM,
    TITLE_TERMS,
    TITLE_VARIANTS,
    TITLE_WORDS,
)


class FieldViews(NamedTuple):
    """The views of one field of an article."""

    terms: str
    stream: str
    words: str
    variants: str


TITLE: Final = FieldViews(TITLE_TERMS, TITLE_STREAM, TITLE_WORDS, TITLE_VARIANTS)
BODY: Final = FieldViews(BODY_TERMS, BODY_STREAM, BODY_WORDS, BODY_VARIANTS)
EVERYWHERE: Final = (TITLE, BODY)
_STREAMS: Final = tuple(field.stream for field in EVERYWHERE)
_SYLLABLES: Final = re.compile("[가-힣]{2,}")

Phrased = tuple[str | None, ...]
"""Terms as a phrase; None is a gap."""

DETERMINERS: Final = frozenset("이그저한두세네각매몇새첫옛온맨수중등및")
"""Words of one syllable before any noun; so 이 사회 is not 이사회, and 입시 중 학생 is not 중학생."""
_NUMERAL: Final = re.compile("[일이삼사오육칠팔구십백천만억조]{2}|[한두세네열]")
_LONGEST_SPLIT: Final = 24
"""Longer words are not tried as two words. Each place costs two analyses; a pasted line without spaces took seconds."""
_MAX_SPACED: Final = 4
"""Up to so many boundaries inside a quoted word, every combination of spaces is tried; beyond, all spaces or none."""


@dataclass(frozen=True, slots=True)
class WordForms:
    """One stretch of a query, without barriers, in the form of each view."""

    runs: tuple[str, ...]
    terms: Phrased
    """Terms as a phrase; empty if the analyser could not place the word."""
    scoring: tuple[str, ...]
    """Terms that count for relevance, also if the phrase of them does not count as a match."""
    word: str = ""
    """The letters of a word of 한글 of two syllables or more; empty for a single syllable and for mixed scripts."""
    splits: tuple[Phrased, ...] = ()
    """Terms of the two words that the word may be written as: 김 현철 for 김현철."""
    elsewhere: OtherPlaces = NOWHERE
    """What a verb asks for beside its term, because the analyser misreads some of its forms."""
    spaced: tuple[tuple[str, ...], ...] = ()
    """For figures, and for several words with a verb: the stream with spaces between its parts (세 번째, 할 수 있다)."""
    edges: tuple[WordForms, ...] = ()
    """Of mixed scripts: the runs of 한글 at its ends, which may be a part of a longer run (AI칩 in AI칩셋공장)."""
    verb: str = ""
    """The verb that a word is a form of which is read as a noun: 하다 for 하자."""
    with_verb: bool = False
    """True: also wherever that verb stands, in any form."""
    inside: bool = False
    """True: match the letters anywhere, inside other words and with any spacing."""
    is_parted: bool = False
    """True: marks part its runs, over which no stretch of letters goes."""

    @property
    def stream(self) -> tuple[str, ...]:
        """The letters as a phrase of the stream."""
        return tuple(stream_tokens([token for run in self.runs for token in (run, JOIN)][:-1]))

    @property
    def is_bound(self) -> bool:
        """True if it must begin and end at word boundaries."""
        return bool(self.word or self.edges)


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
    analyses = [analyser.analyse(run) for run in runs]
    terms: list[str | None] = []
    for place, (_run, analysis) in enumerate(zip(runs, analyses, strict=True)):
        for number, term in enumerate(analysis.terms):
            if number in analysis.gaps:
                terms.append(None)
            terms.append(term.text)
        if len(analysis.terms) in analysis.gaps and place + 1 < len(runs):
            terms.append(None)
    scoring = tuple([term.text for analysis in analyses for term in analysis.terms])
    relied = len(hangul) < 2 or any(
        asked_terms(run, analysis) for run, analysis in zip(runs, analyses, strict=True) if len(run) > 1
    )
    if len(hangul) == 2 and len(runs) == 2:
        relied = not dotted  # 한·일: its two syllables stand side by side in too many other words
    word = hangul if len(hangul) > 1 else ""
    is_single = bool(hangul) and len(runs) == len(scoring) == 1
    edges = [] if hangul else [run for run in dict.fromkeys((runs[0], runs[-1])) if is_hangul(run[0])]
    return WordForms(
        runs=tuple(runs),
        terms=tuple(terms) if relied else (),
        scoring=scoring,
        word=word,
        splits=tuple(_splits(word, tuple(terms), analyser)),
        elsewhere=other_places(runs[0], scoring[0], analyser) if is_single and hangul not in VERB_OF else NOWHERE,
        verb=VERB_OF.get(hangul, "") if is_single else "",
        spaced=tuple(dict.fromkeys(_spaced_parts(runs, analyses, word))),
        edges=tuple(_forms([run], analyser, dotted=False) for run in edges),
    )


def _spaced_parts(runs: list[str], analyses: list[RunAnalysis], word: str) -> Iterator[tuple[str, ...]]:
    """The stream of a number with its counter, or of words that end in a verb: with one space, and with all of them."""
    counted = runs[0].isdigit() and len(runs) == 2 and is_hangul(runs[1][0])
    last, terms = runs[-1], analyses[-1].terms
    has_verb = word and len(runs) == 1 and len(terms) > 1 and terms[-1].text != last[terms[-1].start : terms[-1].end]
    if not counted and not (len(word) > 2 and (_NUMERAL.match(word) or has_verb)):
        return
    places = range(1, len(last)) if counted else [term.start for term in terms[1:]]
    for chosen in (*([place] for place in places), *[list(places)][: len(places) > 1]):
        yield tuple(stream_tokens([*runs[:-1], *_cut_at(last, chosen)]))


def _splits(word: str, terms: Phrased, analyser: Analyser) -> Iterator[Phrased]:
    """The word as two words side by side, at each place where both are made of nothing but terms.

    Not after a determiner, because any noun may follow one; but always if the word is a single term, as names are.
    """
    if not 3 <= len(word) <= _LONGEST_SPLIT:
        return
    for place in range(1, len(word)):
        first, second = word[:place], word[place:]
        if first in DETERMINERS and terms != (word,) and terms[0] != first:
            continue
        phrase = tuple([term.text for part in (first, second) for term in analyser.analyse(part).terms])
        if "".join(phrase) == word and phrase != terms and (len(phrase) > 3 or any(len(term) > 1 for term in phrase)):
            yield phrase


def inside_words(forms: tuple[WordForms, ...]) -> tuple[WordForms, ...]:
    """The same stretches, matching their letters anywhere: 우정 also in 심우정 and in 국가 우정청."""
    return tuple(replace(form, inside=True) if form.is_bound else form for form in forms)


def with_verbs(forms: tuple[WordForms, ...]) -> tuple[WordForms, ...]:
    """The same stretches; a noun that is also a form of a verb matches the verb too: 하자 finds 했다."""
    return tuple(replace(form, with_verb=True) if form.verb else form for form in forms)


def across_barriers(forms: tuple[WordForms, ...]) -> tuple[WordForms, ...]:
    """Several stretches as one phrase of their terms, in which any mark or particle may stand between two of them."""
    if len(forms) < 2 or not all(form.terms for form in forms):
        return forms
    terms = [term for form in forms for term in (None, *form.terms)][1:]
    runs = tuple(run for form in forms for run in form.runs)
    return (WordForms(runs, tuple(terms), scoring=tuple(filter(None, terms)), is_parted=True),)


def matches_word(forms: tuple[WordForms, ...], fields: tuple[FieldViews, ...] = EVERYWHERE) -> list[Clause]:
    """One clause for each stretch, all of which must hold; each is satisfied within one field of ``fields``."""
    return [any_of([clause for field in fields for clause in _ways(form, field)]) for form in forms]


def _ways(form: WordForms, field: FieldViews) -> Iterator[Clause]:
    """If any of these holds, the field holds the stretch."""
    if form.terms:
        yield phrase(field.terms, form.terms)
    yield from stands(form, field)
    yield from (Token(field.terms, term) for term in form.elsewhere.terms)
    yield from (Token(field.words, pair) for pair in form.elsewhere.pairs)
    if form.with_verb:
        yield Token(field.terms, form.verb)
    if form.inside:
        yield from _anywhere(form, field)


def stands(form: WordForms, field: FieldViews) -> Iterator[Clause]:
    """If any of these holds, the field holds the letters of the stretch between word boundaries."""
    if form.word:
        yield Token(field.terms, form.word)
        yield Token(field.words, form.word)
        yield from (phrase(field.terms, split) for split in form.splits)
        if not form.terms and len(form.word) > 2:
            yield phrase(field.stream, form.stream)
        yield from (phrase(field.stream, tokens) for tokens in form.spaced)
    elif len(form.runs) == 1 and is_joinable(form.runs[0]):
        yield Token(field.words, form.runs[0])
    elif len(form.runs) > 1 and not form.is_parted and all(len(edge.runs[0]) > 1 for edge in form.edges):
        bound = [any_of(_ways(edge, field)) for edge in form.edges]
        yield all_of([phrase(field.stream, form.stream), *bound])
        yield from (phrase(field.stream, tokens) for tokens in form.spaced)


def _anywhere(form: WordForms, field: FieldViews) -> Iterator[Clause]:
    """The letters as they stand, without a space between them or with one."""
    yield from (phrase(field.stream, tokens) for tokens in _spaced(form.stream))


def _spaced(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase of a stream without spaces, and those with one space in it."""
    yield tokens
    for place, token in enumerate(tokens):
        if len(token) == 2 and is_hangul(token[0]) and is_hangul(token[1]):
            yield (*tokens[:place], token[0] + SPACE + token[1], *tokens[place + 1 :])


def matches_shorthand(forms: tuple[WordForms, ...], fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause:
    """The word among what shorthand in the articles stands for."""
    return all_of(any_of(phrase(field.variants, form.terms) for field in fields) for form in forms)


def matches_literal(text: str, analyser: Analyser, fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause | None:
    """The clause of a quoted stretch: with its own spacing anywhere, with another spacing between word boundaries.

    None if nothing in it can be searched.
    """
    runs = cut_closed(normalise(text))
    tokens = _without_edges([None if token == BARRIER else token for token in stream_tokens(runs)])
    if not tokens:
        return None
    only = tokens[0] if len(tokens) == 1 else None
    if only is not None and len(only) == 1 and is_hangul(only):
        return any_of(SyllableIn(field.stream, only) for field in fields)
    typed = [phrase(field.stream, tokens) for field in fields]
    return any_of([*typed, *_spaced_otherwise(runs, analyser, fields)])


def _spaced_otherwise(runs: list[str], analyser: Analyser, fields: tuple[FieldViews, ...]) -> Iterator[Clause]:
    """A quoted stretch of 한글 with spaces where words or morphemes meet, or without: 서울 시장 for "서울시장".

    Boundaries are checked for the article, not for each place. So a place with a space at the word's own boundary (교육 부담 for
    교육부) counts if the article also holds the word.
    """
    letters = [run for run in runs if run != JOIN]
    word = "".join(letters)
    if len(word) < 3 or not all(map(is_hangul, word)):
        return
    forms = [_forms(each, analyser, dotted=False) for each in ([word], letters)[: 1 + (len(letters) > 1)]]
    meeting = {*accumulate(map(len, letters)), *(term.start for term in analyser.analyse(word).terms)}
    places = sorted(meeting - {0, len(word)})
    many = len(places) > _MAX_SPACED
    choices = (
        [places, []] if many else [list(compress(places, chosen)) for chosen in product((0, 1), repeat=len(places))]
    )
    spaced = dict.fromkeys(tuple(stream_tokens(_cut_at(word, chosen))) for chosen in choices)
    spaced.pop(tuple(stream_tokens(runs)), None)
    for field in fields if spaced else ():
        ways = [clause for form in forms for clause in _ways(form, field)]
        yield all_of([any_of(phrase(field.stream, tokens) for tokens in spaced), any_of(ways)])


def _cut_at(word: str, places: Sequence[int]) -> list[str]:
    return [word[start:end] for start, end in pairwise((0, *places, len(word)))]


def holds_letters(word: str) -> Clause:
    """The letters of a word without a space, anywhere, inside other words too. Needs no analysis."""
    tokens = _letters(word)
    return any_of(phrase(field.stream, tokens) for field in EVERYWHERE)


def letters_bound(frequency: Callable[[str, str], int]) -> Callable[[str], int]:
    """Tells of a word how many articles satisfy its ``holds_letters`` at most.

    ``frequency`` says how many hold a token in a view. It is asked once for each token: a word's slips share most of their pairs.
    """

    @cache
    def held(token: str) -> int:
        return sum(frequency(stream, token) for stream in _STREAMS)

    def most_with_letters(word: str) -> int:
        return min((held(token) for token in _letters(word) if token is not None), default=0)

    return most_with_letters


def _letters(word: str) -> tuple[str | None, ...]:
    if _SYLLABLES.fullmatch(word):  # as nearly all are: its pairs, a tenth of the time
        return tuple(map("".join, pairwise(word)))
    return tuple(stream_tokens(cut(normalise(word))))


def _without_edges(tokens: list[str | None]) -> list[str | None]:
    """The tokens without gaps at either end."""
    while tokens and tokens[0] is None:
        tokens.pop(0)
    while tokens and tokens[-1] is None:
        tokens.pop()
    return tokens
