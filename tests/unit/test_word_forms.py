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
