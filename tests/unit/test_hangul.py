"""Syllables of Hangul and their letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.hangul import (
    FINALS,
    INITIALS,
    compose,
    decompose,
    final_of,
    initial_of,
    is_hangul,
    with_final,
    with_initial,
)

SYLLABLES = st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣"))


def _as_unicode(initial: str, vowel: str, final: str) -> str:
    """The same letters as conjoining jamo, which Unicode's own tables compose."""
    names = [
        f"HANGUL {place} {unicodedata.name(letter).removeprefix('HANGUL LETTER ')}"
        for place, letter in (("CHOSEONG", initial), ("JUNGSEONG", vowel), ("JONGSEONG", final))
        if letter
    ]
    return unicodedata.normalize("NFC", "".join(map(unicodedata.lookup, names)))


@given(SYLLABLES)
def test_a_syllable_comes_apart_as_unicode_says(syllable: str) -> None:
    """The letters, composed by Unicode's tables, are the syllable again; so they are by ours."""
    assert _as_unicode(*decompose(syllable)) == syllable
    assert compose(*decompose(syllable)) == syllable


@given(SYLLABLES)
def test_one_letter_is_that_of_the_whole(syllable: str) -> None:
    """Asking for one letter gives what taking the syllable apart gives."""
    initial, _, final = decompose(syllable)

    assert (initial_of(syllable), final_of(syllable)) == (initial, final)


@given(SYLLABLES, st.sampled_from(FINALS), st.sampled_from(INITIALS))
def test_another_letter_leaves_the_others(syllable: str, final: str, initial: str) -> None:
    """Changing the final or the initial changes nothing else."""
    first, vowel, last = decompose(syllable)

    assert decompose(with_final(syllable, final)) == (first, vowel, final)
    assert decompose(with_initial(syllable, initial)) == (initial, vowel, last)


@pytest.mark.parametrize(
    ("character", "expected"),
    [("가", True), ("힣", True), ("ㄱ", False), ("\uabff", False), ("\ud7a4", False), ("a", False), ("美", False)],
)
def test_only_whole_syllables_are_hangul(character: str, expected: bool) -> None:
    """A letter by itself, and what lies just outside the block, is no syllable."""
    assert is_hangul(character) is expected
