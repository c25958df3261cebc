"""What one slip may have made of a word, and what can be a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.names import is_full_name
from gisa.lexicon.slips import slips
from gisa.lexicon.variants.keyboard import hangul_of, keys_of

MEANT = {
    "a neighbouring key": ("대퉁령", "대통령"),
    "syllables swapped": ("통대령", "대통령"),
    "a syllable twice": ("대통통령", "대통령"),
    "a key too few": ("대토령", "대통령"),
    "a letter that sounds alike": ("지방자치단채", "지방자치단체"),
    "another key of its kind": ("반도차", "반도체"),
    "in a word of two scripts": ("AI샌터", "AI센터"),
}
NO_WORDS = ("", "가", "ㄱㄴ", "AI", "그", "가나AI다라", "이찬\ufffd", "가나다라마바사아자")
NAMES = {"이재명": True, "남궁민수": True, "대퉁령": False, "나루": False, "윤석얼": False, "서울시장": False}


@pytest.mark.parametrize(("typed", "meant"), MEANT.values(), ids=MEANT)
def test_one_slip_is_undone(typed: str, meant: str) -> None:
    """The word that was meant is among the candidates, and the typed one is not."""
    texts = [each.text for each in slips(typed)]

    assert meant in texts
    assert typed not in texts


@pytest.mark.parametrize("word", NO_WORDS)
def test_words_that_are_near_to_everything_or_hold_marks_have_no_candidates(word: str) -> None:
    """Nor have very long ones, and those of several runs."""
    assert slips(word) == ()


def test_syllables_that_hardly_a_word_has_are_not_made() -> None:
    """통 is one key beside 퉁, 퉇 another: the first is in KS X 1001, the second is not."""
    texts = [each.text for each in slips("퉁대")]

    assert "통대" in texts
    assert "퉇대" not in texts


@given(st.text("가나다라각샌터통령값꽈", min_size=2, max_size=5))
def test_keys_of_candidates_write_them(word: str) -> None:
    """Syllables that are told from their keys are those that the keys write."""
    assert all(hangul_of(keys_of(each.text)) == each.text for each in slips(word))


@given(st.text("가나다라각샌터통령", min_size=2, max_size=5))
def test_candidates_differ_and_are_whole_syllables(word: str) -> None:
    """Each stands once, near ones first."""
    found = slips(word)

    assert len({each.text for each in found}) == len(found)
    assert all("가" <= letter <= "힣" for each in found for letter in each.text)
    assert [each.is_near for each in found] == sorted((each.is_near for each in found), reverse=True)


@pytest.mark.parametrize(("word", "expected"), NAMES.items())
def test_a_full_name_is_told_by_its_syllables(word: str, expected: object) -> None:
    """A surname and two syllables that names are made of."""
    assert is_full_name(word) is expected
