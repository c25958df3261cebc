"""Why a word is not found where its letters stand."""

from __future__ import annotations

import pytest

from gisa.explanation import Passage, ReasonCode
from gisa.query.lacking import lack
from gisa.query.word_forms import word_forms
from gisa.text.analyser import MecabAnalyser
from gisa.text.runs import cut

ANALYSER = MecabAnalyser()


@pytest.mark.parametrize(
    ("word", "place", "code", "value"),
    [
        ("우정", "심우정", ReasonCode.INSIDE_WORD, ""),
        ("가상", "분양가상한제", ReasonCode.OVER_WORDS, "분양·가·상한제"),
        ("이익", "불이익", ReasonCode.NEGATED, "불이익"),
        ("이사회", "이 사회", ReasonCode.LONE_SYLLABLE, "이"),
        ("중학생", "중 학생부", ReasonCode.LONE_SYLLABLE, "중"),
        ("이상민", "이상 민원", ReasonCode.APART, ""),
        ("하자", "하자", ReasonCode.AS_VERB, ""),
        ("책", "책상", ReasonCode.SYLLABLE, ""),
        ("ai", "aim", ReasonCode.INSIDE_LETTERS, ""),
    ],
)
def test_the_rule_that_keeps_it_out_is_named(word: str, place: str, code: ReasonCode, value: str) -> None:
    """The reason is the rule by which the word is not found at its first place."""
    [form] = word_forms(word, ANALYSER)
    terms = tuple(term.text for run in cut(place) for term in ANALYSER.analyse(run).terms)
    reason = lack(form, [Passage("body", place, terms)])

    assert (reason.code, reason.word, reason.place, reason.value) == (code, word, place, value)
