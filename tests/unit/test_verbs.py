"""Where else a verb may stand."""

from __future__ import annotations

import pytest

from gisa.query.verbs import other_places
from gisa.text.analyser import MecabAnalyser

ANALYSER = MecabAnalyser()


@pytest.mark.parametrize(
    ("verb", "pairs"),
    [
        ("열다", ("여는",)),
        ("날다", ("날았",)),
        ("걸다", ("걸었", "걸어", "거는")),
        ("돕다", ("도운",)),
        ("짓다", ("지어", "지은")),
        ("이끌다", ("이끈",)),
        ("잡다", ()),
        ("웃다", ()),
    ],
)
def test_forms_that_are_read_as_another_word_are_looked_for(verb: str, pairs: tuple[str, ...]) -> None:
    """Each change of a stem gives its forms of two syllables; 나는, a word of every page, is none; regular verbs need none."""
    assert other_places(verb, verb, ANALYSER).pairs == pairs
