"""Signs, marks and spaces of names."""

from __future__ import annotations

import pytest

from gisa.lexicon.variants.marks import mark_phrases, mark_variants
from gisa.lexicon.variants.measures import money_variants
from gisa.lexicon.variants.numbers import read_variants
from gisa.lexicon.variants.spelling import spaced_names

MARKS = {
    "디즈니+": ["디즈니플러스"],
    "a플러스": ["a+"],
    "s24+를": ["s24플러스를"],
    "플러스": [],
    "e-mail": ["email"],
    "s-oil": ["soil"],
    "ac/dc": ["acdc"],
    "mcdonald's": ["mcdonalds"],
    "it's": [],
    "수유(강북구청)역": ["수유역"],
    "스파이더맨-홈커밍": ["스파이더맨, 홈커밍"],
    "유럽·미국": ["유럽, 미국"],
    "010-1234": [],
    "한·미": [],
    "오징어게임2": ["오징어게임, 2"],
    "h&m": ["에이치앤엠"],
    "에이치앤엠": ["h&m"],
    "에스케이가": ["sk가"],
    "비디오": [],
    "에이스": [],
    "케이티": [],
    "α": ["알파"],
    "알파가": ["α가"],
    "알파벳": [],
}


@pytest.mark.parametrize(("word", "expected"), MARKS.items(), ids=MARKS.keys())
def test_marks_are_written_otherwise(word: str, expected: list[str]) -> None:
    """A name's signs, marks and letters are sought in their other spellings; what only looks so is left alone."""
    found = [variant.text for variant in mark_variants(word) if variant.text != word]

    assert found == expected


def test_latin_words_side_by_side_are_one() -> None:
    """Two Latin words are sought as one as well; 한글 and too few letters are not."""
    found = [(first, end, variant.text) for first, end, variant in mark_phrases(["galaxy", "book", "출시", "a", "b"])]

    assert found == [(0, 2, "galaxybook")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["김", "현철"], ["김현철"]),
        (["조", "국"], ["조국"]),
        (["가수", "현철"], []),
        (["김", "대통령"], []),
        (["또", "다시"], []),
    ],
)
def test_a_spaced_name_is_sought_as_one_word(words: list[str], expected: list[str]) -> None:
    """A surname and what looks like a given name are a name; other words side by side are not."""
    assert [variant.text for _, _, variant in spaced_names(words)] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("$100", ["100달러"]),
        ("100달러", ["100불", "$100"]),
        ("1만달러", ["1만불", "$10000"]),
        ("100유로에", ["€100에"]),
        ("1천원", ["₩1000"]),
        ("10-100만원", []),
        ("100엔화가", []),
    ],
)
def test_money_is_a_sign_or_a_word(word: str, expected: list[str]) -> None:
    """A sum is sought with its sign and with its name; not one of a range."""
    assert [variant.text for variant in money_variants(word)] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("2025.11.1", ["2025년 11월 1일"]),
        ("20251101", ["2025년 11월 1일"]),
        ("'25.11.1", ["2025년 11월 1일"]),
        ("第九條", ["제9조"]),
        ("3-0", ["3대0"]),
        ("수학ii", ["수학2"]),
        ("xi", []),
        ("20251399", []),
    ],
)
def test_a_word_is_read_as_texts_are(word: str, expected: list[str]) -> None:
    """What a text with such a figure is read as, a query for it is, too."""
    assert [variant.text for variant in read_variants(word)] == expected
