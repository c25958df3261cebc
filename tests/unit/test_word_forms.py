"""What a query word is looked for as."""

from __future__ import annotations

import pytest

from gisa.query.word_forms import word_forms
from gisa.text.analyser import MecabAnalyser


@pytest.mark.parametrize(
    ("word", "stretches"),
    [
        ("접고…인사", [("접고",), ("인사",)]),
        ("접고…", [("접고",)]),
        ("…", []),
        ("AI센터", [("ai", "센터")]),
    ],
)
def test_a_barrier_parts_a_word(word: str, stretches: list[tuple[str, ...]]) -> None:
    """What sentence punctuation parts is looked for apart, since no phrase goes over it; nothing else parts a word."""
    assert [forms.runs for forms in word_forms(word, MecabAnalyser())] == stretches


@pytest.mark.parametrize(("word", "relied_on"), [("강다니", False), ("한·일", False), ("두명", True), ("나루섬", True)])
def test_terms_that_say_less_than_the_word_are_not_relied_on(word: str, relied_on: bool) -> None:
    """A single syllable is all that 강다니 leaves (강), and 한 일 stand side by side in too many places; such a word is looked for by its letters."""
    [forms] = word_forms(word, MecabAnalyser())

    assert bool(forms.terms) is relied_on


def test_a_verb_alone_is_looked_for_where_it_is_read_as_another() -> None:
    """걸었 may be of 걷다: a query for 걸다 has its forms; one of two runs, or a noun, has none."""
    assert word_forms("걸다", MecabAnalyser())[0].elsewhere.pairs == ("걸었", "걸어", "거는")
    assert word_forms("나루섬", MecabAnalyser())[0].elsewhere.pairs == ()
    assert word_forms("AI걸다", MecabAnalyser())[0].elsewhere.pairs == ()
