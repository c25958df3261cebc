"""What a morpheme is made of, as the dictionary writes it down."""

from __future__ import annotations

import pytest

from gisa.text.morphemes import morpheme

CASES = {
    "a noun is its own part": (("서울", "NNP", "", ""), [("서울", "NNP", 2, "서울")]),
    "a verb in its dictionary form": (("늘리", "VV", "", ""), [("늘리", "VV", 2, "늘리다")]),
    "a compound": (
        ("대통령실", "NNG", "Compound", "대통령/NNG/*+실/NNG/*"),
        [("대통령", "NNG", 3, "대통령"), ("실", "XSN", 1, "실")],
    ),
    "a compound that ends in two syllables": (
        ("공공기관", "NNG", "Compound", "공공/NNG/*+기관/NNG/*"),
        [("공공", "NNG", 2, "공공"), ("기관", "NNG", 2, "기관")],
    ),
    "an inflected verb": (("늘렸", "VV+EP", "Inflect", "늘리/VV/*+었/EP/*"), [("늘리", "VV", 2, "늘리다")]),
    "inflected, and nothing but endings": (("했", "XSV+EP", "Inflect", "하/XSV/*+았/EP/*"), [("했", "XSV", 1, "했")]),
    "a particle": (
        ("에게서", "JKB", "Inflect", "에게/JKB/*+서/JKB/*"),
        [("에게", "JKB", 2, "에게"), ("서", "JKB", 1, "서")],
    ),
    "several tags and no pieces": (("해", "VV+EC", "", ""), [("해", "VV", 1, "해다")]),
}


@pytest.mark.parametrize(("written", "parts"), CASES.values(), ids=CASES.keys())
def test_parts(written: tuple[str, str, str, str], parts: list[tuple[str, str, int, str]]) -> None:
    """A morpheme gives these parts: their text, tag, length in the run and term."""
    made = morpheme(*written)

    found = made.parts or (made,)

    assert [(part.text, part.tag, part.length, part.term) for part in found] == parts


@pytest.mark.parametrize(
    ("written", "is_changed"),
    [
        pytest.param(("걸", "VV", "Inflect", "걷/VV/*"), True, id="another verb's stem"),
        pytest.param(("걸", "VV", "", ""), False, id="its own stem"),
        pytest.param(("늘렸", "VV+EP", "Inflect", "늘리/VV/*+었/EP/*"), False, id="with its ending"),
    ],
)
def test_a_changed_stem_is_known(written: tuple[str, str, str, str], is_changed: bool) -> None:
    """A verb whose stem is written as another's waits for what follows it."""
    assert morpheme(*written).is_changed_verb is is_changed
