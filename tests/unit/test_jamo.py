"""Hangul as strokes: prefixes, initials, the other keyboard, mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.keyboard import keys_of
from gisa.text.jamo import distance, initials, other_keyboard, strokes, typed

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=6)

PREFIXES = {
    "an initial that waits for its vowel": ("서울시ㅈ", "서울시장"),
    "a final that is the next initial": ("대토", "대통령"),
    "a final that goes over": ("서욿", "서울한강"),
    "half of a compound final": ("갑", "값"),
    "half of a compound vowel": ("고", "과학"),
    "Latin": ("ai센", "ai센터장"),
    "spaces do not count": ("대한 민", "대한민국"),
}
NOT_PREFIXES = {"ㄱ is not ㄲ": ("가", "까치"), "Latin is not Hangul": ("a", "마"), "another vowel": ("서", "소")}


@pytest.mark.parametrize(("unfinished", "word"), PREFIXES.values(), ids=PREFIXES)
def test_what_is_being_typed_is_a_prefix_of_what_is_meant(unfinished: str, word: str) -> None:
    """However far a syllable has come, its strokes begin those of the word."""
    assert strokes(word).startswith(typed(unfinished).strokes)


@pytest.mark.parametrize(("unfinished", "word"), NOT_PREFIXES.values(), ids=NOT_PREFIXES)
def test_another_letter_is_no_prefix(unfinished: str, word: str) -> None:
    """Strokes tell double consonants, vowels and scripts apart."""
    assert not strokes(word).startswith(typed(unfinished).strokes)


@given(SYLLABLES, st.integers(0, 30))
def test_every_prefix_of_the_keys_is_a_prefix_of_the_strokes(word: str, count: int) -> None:
    """A Korean keyboard's keys and the strokes of a word go the same way, one for one."""
    assert len(strokes(word)) == len(keys_of(word))
    assert strokes(word).startswith(strokes(word)[:count])


@pytest.mark.parametrize(
    ("text", "expected"), [("삼성전자", "ㅅㅅㅈㅈ"), ("까치", "ㄲㅊ"), ("ai센터", "aiㅅㅌ"), ("값 3", "ㄱ3")]
)
def test_initials_are_the_first_letters(text: str, expected: str) -> None:
    """What is no syllable stands for itself."""
    assert initials(text) == strokes(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ㅅㅅㅈㅈ", "ㅅㅅㅈㅈ"),
        ("삼성ㅈㅈ", "ㅅㅅㅈㅈ"),
        ("ㅄ", "ㅂㅅ"),
        ("ㅅ", ""),
        ("서울시ㅈ", ""),
        ("서울", ""),
        ("ㅏㅏ", ""),
    ],
)
def test_consonants_alone_are_initials_from_two_on(text: str, expected: str) -> None:
    """One consonant is the beginning of a syllable; an input method joins ㅂㅅ to ㅄ."""
    assert typed(text).initials == strokes(expected)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tjdnf", ["서울"]),
        ("dPtks", ["예산", "에산"]),
        ("ㅑㅔㅙㅜㄷ", ["iphone"]),
        ("서울", []),
        ("ai센터", []),
        ("12", []),
        ("", []),
    ],
)
def test_the_other_keyboard_gives_the_strokes_of_what_was_meant(text: str, meant: list[str]) -> None:
    """Shift counts where it makes a letter of its own."""
    assert other_keyboard(text) == list(map(strokes, meant))


@given(st.text(max_size=40))
def test_any_text_has_strokes(text: str) -> None:
    """Emoji, lone surrogates and jamo without a place neither raise nor leave a space."""
    for key in (strokes(text), initials(text), *typed(text), *other_keyboard(text)):
        assert " " not in key


def _brute(one: str, other: str) -> int:
    """Optimal string alignment, by its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        _brute(one[1:], other) + 1, _brute(one, other[1:]) + 1, _brute(one[1:], other[1:]) + (one[0] != other[0])
    )
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, _brute(one[2:], other[2:]) + 1)
    return best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 3))
def test_distance_is_the_textbook_s_up_to_its_limit(one: str, other: str, limit: int) -> None:
    """Equal beginnings and ends may be left out without changing it."""
    assert distance(one, other, limit=limit) == min(_brute(one, other), limit + 1)
