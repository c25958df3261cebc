"""Latin words that are also written as one."""

from __future__ import annotations

import pytest

from gisa.text.joins import latin_joins, without_marks
from gisa.text.normal import normalise

JOINED = {
    "a hyphen": ("새 e-mail로 받는다", ["email로"], []),
    "an apostrophe": ("McDonald’s 매장", ["mcdonalds"], []),
    "a slash, with what is attached": ("A/S센터에 맡겼다", ["as센터에"], []),
    "initials": ("E.T.F 상품", ["etf"], []),
    "a name with a full stop": ("Node.js 개발자", ["nodejs"], []),
    "an address": ("www.gisa.kr", [], []),
    "a space": ("Play Station 출시", [], ["playstation"]),
    "letters that are too few": ("A B", [], []),
    "an ampersand": ("F&B 매장", [], []),
    "a middle dot": ("A·B형", [], []),
    "what English shortens": ("it's don’t", [], []),
}


@pytest.mark.parametrize(("text", "glosses", "pairs"), JOINED.values(), ids=JOINED.keys())
def test_latin_words_are_joined(text: str, glosses: list[str], pairs: list[str]) -> None:
    """What readers write as one word is found in one, with what Korean hangs on it."""
    normal = normalise(text)

    assert latin_joins(normal, normal.encode("ascii", "ignore").decode()) == (glosses, pairs)


def test_marks_that_make_the_word_stay() -> None:
    """A word's marks are left out where the letters alone are the word."""
    assert (without_marks("ac/dc"), without_marks("www.gisa.kr")) == ("acdc", "www.gisa.kr")
