"""Finding again, in an article's own text, what made it a hit: spans for highlights and snippets.

The fast way looks for each word's letters whatever their spacing; only where that finds nothing of a word (늘리다 in
늘렸다) the text is analysed as it was for the index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import islice
from typing import Final, Literal, NamedTuple

from gisa.model import Span
from gisa.query.plan import Sought
from gisa.query.word_forms import WordForms
from gisa.text.analyser import Analyser
from gisa.text.hangul import FINALS, FIRST_SYLLABLE, LAST_SYLLABLE, is_hangul, with_final
from gisa.text.joins import MARKS, is_joinable
from gisa.text.normal import is_folded, normalise, normalise_with_map
from gisa.text.runs import BARRIER, cut, cut_with_spans, holds_han, read_han
from gisa.text.snippet import merge

_SKIP: Final = r"\W{0,4}"
"""What may stand between two syllables of a word: spaces and marks. (A class without the barriers takes a millisecond to
compile; what crosses one is dropped by _BREAK afterwards.)"""
_BETWEEN: Final = re.compile(r"\W+")
_BREAK: Final = re.compile(r"[!?;…\n|▲△▶□■◆◇●○★※]|[.,](?!\d)")
_SPACE: Final = re.compile(r"\s")
_HANGUL: Final = re.compile("[가-힣]+")
_CASED: Final = re.compile(r"(?<!\\)[a-zß-ɏͰ-ӿ]")
"""A letter that has an upper case, in the text of a pattern (not the w of an escape)."""
_JOIN: Final = f"[{re.escape(MARKS)} ]?"
_LETTER: Final = "[a-zß-ɏͰ-ӿ]"
_HEAD: Final = 6_000
"""Characters of a body, five articles' length, that are folded and read for a snippet where a word is not there as it stands."""
_NEIGHBOURS: Final = 20
"""Characters on either side of a match that are cut into runs with it: a phrase goes on in the next words."""
_MAX_MATCHES: Final = 300
"""Matches that are enough to choose a window; an article of ten million characters is not searched to its end."""


class Place(Enum):
    """Where a match's letters must stand to be one."""

    WORD = auto()
    """From where a word begins to where one ends."""
    CLOSED = auto()
    """Anywhere, without a space between."""
    ANYWHERE = auto()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One stretch of a word or literal, to be found in a text."""

    word: int
    pattern: str
    """Of its letters with what may stand between; empty for what only analysis finds."""
    place: Place
    """Where the letters must stand."""
    terms: tuple[str | None, ...]
    """Looked for by analysis where the pattern is nowhere; empty: not at all."""
    in_original: bool = False
    """True: the pattern is of 漢字, which the readable text no longer has."""
    letters: str = ""
    """What the pattern finds where nothing stands between; empty where that is not just these syllables."""


class _Searched(NamedTuple):
    """A text as patterns look at it."""

    normal: str
    readable: str
    """With 漢字 read as 한글."""
    original: Callable[[Span], Span]
    """Where a span of it stands in the text as the paper wrote it."""


Match = tuple[Span, int]
"""A span and the number of the word that stands there."""


class Finder:
    """Finds a query's words in texts. Not thread-safe (its analyser is not)."""

    def __init__(self, sought: Sought, analyser: Analyser, *, reach: int | None = None, enough: int = 0) -> None:
        """``reach``: of a longer text only so many characters are analysed; None: all, 0: the fast way only.

        ``enough``: a text in which so many words were found is not read further for a snippet; 0: for all of them.
        """
        self._analyser = analyser
        self._reach = reach
        self._wanted: list[_Wanted] = []
        self._has_letters = False
        word = 0
        for forms in sought.words:
            self._wanted += [_wanted(word, form) for form in forms]
            self._wanted += [each for form in forms for each in _wanted_elsewhere(word, form)]
            word += 1
        for number, variant in sought.variants:
            written = variant.variant.replacement if variant.in_shorthand else ""
            self._wanted += [_wanted_otherwise(number, form, written) for form in variant.forms]
        for literal in sought.literals:
            runs = cut(normalise(literal))
            pattern = _pattern(runs)
            if pattern:
                self._wanted.append(_Wanted(word, pattern, Place.ANYWHERE, terms=()))
            word += 1

        words = len({wanted.word for wanted in self._wanted})
        self._enough = min(enough, words) or words
        self._has_letters = any(_CASED.search(wanted.pattern) for wanted in self._wanted)

    def find(self, texts: Sequence[str]) -> list[list[Match]]:
        """For each text (headline, body), the spans of the original that match, in order, with their word's number.

        A word that is in one of the texts to the letter is not looked for by analysis in the other.
        """
        return self._find([_folded(text) for text in texts], self._wanted)

    def glance(self, title: str, body: str) -> tuple[list[Match], list[Match]]:
        """As ``find``, as much as choosing a snippet takes: in the body, letters just as they stand there.

        Only for a word that is nowhere so, the body's head is folded (全角, 漢字, decomposed Hangul) and analysed.
        ``letters`` marks a window in full.
        """
        in_title = self.letters(title)
        in_body = self._as_they_stand(body)
        there = {word for matches in (in_title, in_body) for _, word in matches}
        head = body[:_HEAD]
        if len(there) < self._enough and (self._reach != 0 or (not in_body and _needs_folding(head))):
            missing = [wanted for wanted in self._wanted if wanted.word not in there]
            more_title, more_body = self._find([_folded(title), _folded(head)], missing)
            in_title, in_body = [*in_title, *more_title], [*in_body, *more_body]
        return in_title, sorted(in_body)

    def _as_they_stand(self, body: str) -> list[Match]:
        """Matches of letters as they stand: of each word those without spaces or, where there are none, the others."""
        plain = _as_it_stands(body) if self._has_letters else _Searched(body, body, _unmoved)
        found = [(span, wanted.word) for wanted in self._wanted for span in self._unspaced(wanted, plain)]
        there = {word for _, word in found}
        for wanted in self._wanted:
            if len(there) >= self._enough:
                break
            if wanted.word in there or not all(letter in plain.readable for letter in wanted.letters):
                continue
            spans = list(self._literal(wanted, plain))
            found += [(span, wanted.word) for span in spans]
            if spans:
                there.add(wanted.word)
        return found

    def _unspaced(self, wanted: _Wanted, text: _Searched) -> list[Span]:
        """Where the word stands without anything between its letters: a plain search, a fifth of a pattern's cost."""
        letters, searched = wanted.letters, text.readable
        spans: list[Span] = []
        at = searched.find(letters) if letters else -1
        while at >= 0 and len(spans) < _MAX_MATCHES:
            if self._is_place(wanted, text.normal, at, at + len(letters)):
                spans.append(Span(at, at + len(letters)))
            at = searched.find(letters, at + 1)
        return spans

    def letters(self, text: str) -> list[Match]:
        """Where the words stand in a short text to the letter, with their word's number; not in order."""
        folded = _folded(text)
        closed_up = _BETWEEN.sub("", folded.readable)
        found: list[Match] = []
        for wanted in self._wanted:
            letters = wanted.letters
            if letters and letters not in closed_up:
                continue
            is_spaced = not letters or folded.readable.count(letters) < closed_up.count(letters)
            spans = self._literal(wanted, folded) if is_spaced else self._unspaced(wanted, folded)
            found += [(folded.original(span), wanted.word) for span in spans]
        return found

    def _find(self, texts: Sequence[_Searched], all_wanted: Sequence[_Wanted]) -> list[list[Match]]:
        found: list[list[Match]] = [[] for _ in texts]
        for wanted in all_wanted:
            literal = [list(self._literal(wanted, text)) for text in texts]
            if not any(literal) and self._reach != 0 and _may_stand(wanted, [text.readable for text in texts]):
                literal = [_phrases(wanted, self._analysed(text, wanted)) for text in texts]
            for place, spans in enumerate(literal):
                found[place] += [(texts[place].original(span), wanted.word) for span in spans]
        return [sorted(spans) for spans in found]

    def _literal(self, wanted: _Wanted, text: _Searched) -> Iterator[Span]:
        if not wanted.pattern:
            return
        searched = text.normal if wanted.in_original else text.readable
        count = 0
        for match in _compiled(wanted.pattern).finditer(searched):
            start, end = match.span()
            if _BREAK.search(searched, start, end) or not self._is_place(wanted, text.normal, start, end):
                continue
            yield Span(start, end)
            count += 1
            if count == _MAX_MATCHES:
                return

    def _is_place(self, wanted: _Wanted, normal: str, start: int, end: int) -> bool:
        """True if the letters may match here."""
        if wanted.place is Place.ANYWHERE:
            return True
        if wanted.place is Place.CLOSED:
            return _SPACE.search(normal, start, end) is None
        return self._meets(normal, start, of="begins") and self._meets(normal, end, of="ends")

    def _meets(self, normal: str, at: int, *, of: Literal["begins", "ends"]) -> bool:
        """True if a word may begin, or end, here."""
        if not (0 < at < len(normal) and is_hangul(normal[at - 1]) and is_hangul(normal[at])):
            return True
        start = at - 1
        while (
            start > 0 and FIRST_SYLLABLE <= normal[start - 1] <= LAST_SYLLABLE
        ):  # is_hangul, without a call for each syllable
            start -= 1
        run = _HANGUL.match(normal, start)
        assert run is not None
        analysis = self._analyser.analyse(run[0])
        return at - start in (analysis.begins if of == "begins" else analysis.ends)

    def _analysed(self, text: _Searched, wanted: _Wanted) -> _Analysed:
        """The terms, with their spans, of the runs that may hold one of those wanted, with a stop for what lies between."""
        hint = _hint(wanted.terms)
        terms: _Analysed = []
        for start, end in _around(hint, text.readable[: self._reach]):
            terms.append(_STOP)
            for run, first, _ in cut_with_spans(text.normal[start:end]):
                if hint.search(run):
                    parts = self._analyser.analyse(run).terms
                    terms += [(part.text, Span(start + first + part.start, start + first + part.end)) for part in parts]
                elif terms[-1] is not _STOP:
                    terms.append(_STOP)
        return terms


_Analysed = list[tuple[str, Span]]
_STOP: Final = ("", Span(0, 0))
"""Marks a gap that no phrase may cross."""


def _folded(text: str) -> _Searched:
    """The text in normal form with its 漢字 read."""
    normal = normalise_with_map(text)
    return _Searched(normal.text, read_han(normal.text), normal.original)


def _as_it_stands(text: str) -> _Searched:
    """The text with nothing done but lower case, its offsets kept."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text.replace("İ", "i").lower()  # the one letter that grows
    return _Searched(lower, lower, _unmoved)


def _unmoved(span: Span) -> Span:
    return span


def _needs_folding(text: str) -> bool:
    """Whether a word may stand in the text in letters that ``_as_it_stands`` does not show."""
    return holds_han(text) or not is_folded(text)


def _around(hint: re.Pattern[str], text: str) -> tuple[Span, ...]:
    """Stretches of whole words, apart from each other, that hold every match of the hint: what is worth cutting into runs."""
    stretches = []
    for match in islice(hint.finditer(text), _MAX_MATCHES):
        before = text.rfind(" ", 0, max(0, match.start() - _NEIGHBOURS))
        after = text.find(" ", match.end() + _NEIGHBOURS)
        stretches.append(Span(max(before, 0), after if after >= 0 else len(text)))
    return merge(stretches)


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
            pieces.append(f"[{with_final(term[0], '')}-{with_final(term[0], FINALS[-1])}]")
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
    alone = (
        len(form.runs) == 1 and len(form.runs[0]) == 1 and is_hangul(form.runs[0])
    )  # a single syllable: only as a term
    pattern = "" if alone else _pattern(form.runs)
    return _Wanted(word, pattern, _place(form), terms=form.terms, letters=_unspaced_letters(form.runs))


def _place(form: WordForms) -> Place:
    if form.inside or not form.is_bound:
        return Place.ANYWHERE
    return Place.WORD if form.terms or len(form.word) < 3 else Place.CLOSED


def _wanted_elsewhere(word: int, form: WordForms) -> list[_Wanted]:
    """A verb's forms that articles' words were not read as: to the letter, and its other terms by analysis."""
    places = form.elsewhere
    return [
        *(_Wanted(word, _pattern([pair]), Place.WORD, terms=()) for pair in places.pairs),
        *(_Wanted(word, "", Place.ANYWHERE, terms=(term,)) for term in (*places.terms, *[form.verb] * form.with_verb)),
    ]


def _wanted_otherwise(word: int, form: WordForms, shorthand: str) -> _Wanted:
    """A variant's stretch: to the letter only; for shorthand, the character that headlines write."""
    if shorthand:
        return _Wanted(word, re.escape(normalise(shorthand)), Place.ANYWHERE, terms=(), in_original=True)
    return _Wanted(word, _pattern(form.runs), _place(form), terms=(), letters=_unspaced_letters(form.runs))


def _unspaced_letters(runs: Sequence[str]) -> str:
    return runs[0] if len(runs) == 1 and len(runs[0]) > 1 and is_hangul(runs[0][0]) else ""


def _pattern(runs: Sequence[str]) -> str:
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
            if is_joinable(run):  # smart phone, AC/DC: as texts' Latin words are joined
                letters = run[0] + rf"(?<!{_LETTER}{run[0]})" + "".join(_JOIN + letter for letter in run[1:])
                pieces.append(rf"{letters}(?!{_LETTER})")
            else:
                pieces.append(rf"{letters}(?<!{_LETTER}{letters})(?!{_LETTER})")
    while pieces and pieces[-1] == r"\W{1,4}":
        pieces.pop()
    return _SKIP.join(pieces)


def forget_patterns() -> None:
    """Empty the caches of compiled patterns, which hold queries' words: this module's and the regex library's."""
    _compiled.cache_clear()
    re.purge()


_compiled = lru_cache(maxsize=1_000)(re.compile)
"""A pattern takes 0.1 ms to compile, as long as it takes to go through ten articles with it."""
