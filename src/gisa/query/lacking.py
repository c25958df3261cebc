"""Why a word is not found where its letters stand: the rule that keeps it out, as a code. Matches nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from gisa.explanation import Passage, Reason, ReasonCode
from gisa.query.word_forms import DETERMINERS, WordForms
from gisa.text.analyser import NEGATING
from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import cut


def lack(form: WordForms, places: Sequence[Passage]) -> Reason:
    """The first reason why a stretch of a word was not found. ``places``: where its letters are, at least one."""
    word, place = "".join(form.runs), places[0]
    runs = cut(normalise(place.text))
    if len(runs) > 1 or any(len(cut(normalise(each.text))) > 1 for each in places):
        if runs[0] in DETERMINERS and word.startswith(runs[0]):
            return Reason(ReasonCode.LONE_SYLLABLE, word=word, place=place.text, value=runs[0])
        return Reason(ReasonCode.APART, word=word, place=place.text)
    return _inside(form, word, place, runs[0])


def _inside(form: WordForms, word: str, place: Passage, run: str) -> Reason:
    """The word is a part of one run of the article."""
    at = run.find(word)
    value = ""
    if form.verb and run == word:
        code = ReasonCode.AS_VERB
    elif not is_hangul(word[0]):
        code = ReasonCode.INSIDE_LETTERS
    elif len(word) == 1:
        code = ReasonCode.SYLLABLE
    elif at == 1 and run[0] in NEGATING and run[: 1 + len(word)] in place.terms:
        code, value = ReasonCode.NEGATED, run[: 1 + len(word)]
    elif "".join(place.terms) in run and _meets_a_boundary(word, at, place.terms):
        code, value = ReasonCode.OVER_WORDS, "·".join(place.terms)
    else:
        code = ReasonCode.INSIDE_WORD
    return Reason(code, word=word, place=place.text, value=value)


def _meets_a_boundary(word: str, at: int, terms: Sequence[str]) -> bool:
    """Whether two terms meet within the word, which begins at this character of them."""
    return any(at < end < at + len(word) for end in list(accumulate(map(len, terms)))[:-1])
