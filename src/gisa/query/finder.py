"""Finding again, in an article's own text, what made it a hit: spans for highlights and snippets.

The fast way looks for each word's letters whatever their spacing; only where that finds nothing of a word (늘리다 in
늘렸다) the text is analysed as it was for the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gisa.model import Span
from gisa.query.compile import CompiledQuery
from gisa.query.words import WordForms
from gisa.text.analyser import Analyser
from gisa.text.normal import normalise, normalise_with_map
from gisa.text.runs import BARRIER, cut, cut_with_spans, is_hangul, read_han

_SKIP: Final = r"\W{0,4}"
"""What may stand between two syllables of a word: spaces and marks. (A class without the barriers takes a millisecond to
compile; what crosses one is dropped by _BREAK afterwards.)"""
_BREAK: Final = re.compile(r"[!?;…\n|▲△▶□■◆◇●○★※]|[.,](?!\d)")
_LETTER: Final = "[a-zß-ɏͰ-ӿ]"
_MAX_MATCHES: Final = 300
"""Enough to choose a window from; an article of ten million characters is not searched to its end for it."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One stretch of a word or literal, to be found in a text."""

    word: int
    pattern: re.Pattern[str] | None
    pair: bool
    """True: a match must begin a run or a morpheme."""
    terms: tuple[str | None, ...]
    """Looked for by analysis where the pattern is nowhere; empty: not at all."""
    in_original: bool = False
    """True: the pattern is of 漢字, which the readable text no longer has."""


class Finder:
    """Finds a query's words in texts. Not thread-safe (its analyser is not)."""

    def __init__(self, query: CompiledQuery, analyser: Analyser, *, reach: int | None = None) -> None:
        """``reach``: of a longer text only so many characters are analysed; None: all, 0: the fast way only."""
        self._analyser = analyser
        self._reach = reach
        self._wanted: list[_Wanted] = []
        word = 0
        for forms in query.words:
            self._wanted += [_wanted(word, form) for form in forms]
            word += 1
        for number, alternative in query.alternatives:
            written = alternative.variant.reading if alternative.in_shorthand else ""
            self._wanted += [_wanted_otherwise(number, form, written) for form in alternative.forms]
        for literal in query.literals:
            runs = cut(normalise(literal))
            pattern = _pattern(runs)
            if pattern:
                self._wanted.append(_Wanted(word, pattern, pair=False, terms=()))
            word += 1

    def find(self, texts: Sequence[str]) -> list[list[tuple[Span, int]]]:
        """For each text (headline, body), the spans of the original that match, in order, with their word's number.

        A word that is in one of the texts to the letter is not looked for by analysis in the other.
        """
        normals = [normalise_with_map(text) for text in texts]
        readable = [read_han(normal.text) for normal in normals]
        found: list[list[tuple[Span, int]]] = [[] for _ in texts]
        cut_texts: list[list[tuple[str, int, int]]] | None = None
        for wanted in self._wanted:
            literal = [
                list(self._literal(wanted, normal.text if wanted.in_original else text, normal.text))
                for text, normal in zip(readable, normals, strict=True)
            ]
            if not any(literal) and self._reach != 0 and _may_stand(wanted, readable):
                if cut_texts is None:
                    cut_texts = [cut_with_spans(normal.text[: self._reach]) for normal in normals]
                literal = [_phrases(wanted, self._analyse(runs, wanted)) for runs in cut_texts]
            for place, spans in enumerate(literal):
                found[place] += [(normals[place].original(span), wanted.word) for span in spans]
        return [sorted(spans) for spans in found]

    def _literal(self, wanted: _Wanted, text: str, normal: str) -> Iterator[Span]:
        if wanted.pattern is None:
            return
        count = 0
        for match in wanted.pattern.finditer(text):
            start, end = match.span()
            if _BREAK.search(text, start, end) or (wanted.pair and not self._begins(normal, start)):
                continue
            yield Span(start, end)
            count += 1
            if count == _MAX_MATCHES:
                return

    def _begins(self, normal: str, at: int) -> bool:
        """Whether a run or a morpheme begins here."""
        start = at
        while start > 0 and is_hangul(normal[start - 1]):
            start -= 1
        if start == at:
            return True
        end = at
        while end < len(normal) and is_hangul(normal[end]):
            end += 1
        analysis = self._analyser.analyse(normal[start:end])
        return at - start in analysis.starts

    def _analyse(self, runs: list[tuple[str, int, int]], wanted: _Wanted) -> _Analysed:
        """The terms, with their spans, of the runs that may hold one of those wanted; every other run is a stop."""
        hint = _hint(wanted.terms)
        terms: _Analysed = []
        for run, start, end in runs:
            if not hint.search(run):
                terms.append(("", Span(start, end)))
                continue
            parts = self._analyser.analyse(run).terms
            terms += [(part.text, Span(start + part.start, start + part.end)) for part in parts]
        return terms


_Analysed = list[tuple[str, Span]]


def _may_stand(wanted: _Wanted, texts: Sequence[str]) -> bool:
    """Whether it is worth analysing the texts: every noun of the phrase is in one of them. Verbs change their letters."""
    nouns = [term for term in wanted.terms if term is not None and not term.endswith("다")]
    return bool(wanted.terms) and any(all(noun in text for noun in nouns) for text in texts)


def _hint(terms: tuple[str | None, ...]) -> re.Pattern[str]:
    """What a run that gives one of the terms must hold: a noun's letters; a verb's first syllable, whatever its final."""
    pieces = []
    for term in terms:
        if term is None:
            continue
        if term.endswith("다") and is_hangul(term[0]):
            first = ord(term[0]) - (ord(term[0]) - ord("가")) % 28
            pieces.append(f"[{chr(first)}-{chr(first + 27)}]")
        else:
            pieces.append(re.escape(term))
    return re.compile("|".join(pieces))


def _phrases(wanted: _Wanted, terms: _Analysed) -> list[Span]:
    """Where the word's terms stand as a phrase, or, where they nowhere do (glosses), each of them."""
    sought = [term for term in wanted.terms if term is not None]
    names = [name for name, _ in terms]
    spans = [
        Span(terms[place][1].start, terms[place + len(sought) - 1][1].end)
        for place in range(len(terms) - len(sought) + 1)
        if names[place] == sought[0] and names[place : place + len(sought)] == sought
    ]
    if not spans and len(sought) > 1:
        spans = [span for name, span in terms if name in sought and len(name) > 1]
    return spans[:_MAX_MATCHES]


def _wanted(word: int, form: WordForms) -> _Wanted:
    hangul = [run for run in form.runs if is_hangul(run[0])]
    alone = len(form.runs) == 1 and bool(hangul) and len(form.runs[0]) == 1  # a single syllable: only as a term
    pattern = None if alone else _pattern(form.runs)
    return _Wanted(word, pattern, pair=form.pair is not None, terms=form.terms)


def _wanted_otherwise(word: int, form: WordForms, shorthand: str) -> _Wanted:
    """A variant's stretch: to the letter only; for shorthand, the character that headlines write."""
    if shorthand:
        return _Wanted(word, re.compile(re.escape(normalise(shorthand))), pair=False, terms=(), in_original=True)
    return _Wanted(word, _pattern(form.runs), pair=form.pair is not None, terms=())


def _pattern(runs: Sequence[str]) -> re.Pattern[str] | None:
    """The letters of the runs, with spaces and marks between syllables; Latin and digits only as whole runs."""
    pieces: list[str] = []
    for run in runs:
        if run == BARRIER:
            if pieces:
                pieces.append(r"\W{1,4}")
        elif is_hangul(run[0]):
            pieces.append(_SKIP.join(run) if len(run) > 1 else run)
        elif run.isdigit():
            # the look-behind stands after the first letter, so that the search can jump from one such letter to the next
            pieces.append(rf"{run[0]}(?<!\d{run[0]}){',?'.join(['', *run[1:]])}(?!\d)")
        else:
            letters = re.escape(run)
            pieces.append(rf"{letters}(?<!{_LETTER}{letters})(?!{_LETTER})")
    while pieces and pieces[-1] == r"\W{1,4}":
        pieces.pop()
    if not pieces:
        return None
    return re.compile(_SKIP.join(pieces))
