"""Compounds that the tagger cuts in the wrong place, and those that it cuts right and that stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.compounds import recut
from gisa.text.dictionary import Dictionary

DICTIONARY = Dictionary()

RECUT = {
    "a rare part": ("분양가상한제를", "분양가 상한제 를"),
    "a name of three syllables": ("이민정책", "이민 정책"),
    "a particle inside": ("마을이장단", "마을 이장 단"),
    "an ending inside": ("지역할인제", "지역 할인 제"),
    "a verb behind a noun": ("동네가게", "동네 가게"),
    "a syllable left over between": ("신재생에너지", "신 재생 에너지"),
    "a syllable left over in front": ("설명회는", "설명 회 는"),
    "a determiner in front": ("이사회가", "이사회 가"),
}


@pytest.mark.parametrize(("run", "parts"), RECUT.values(), ids=RECUT.keys())
def test_wrong_cuts_are_mended(run: str, parts: str) -> None:
    """A reading that gives itself away is left for nouns that cover the run."""
    assert [each.text for each in recut(run, DICTIONARY.parse(run), DICTIONARY)] == parts.split()


@pytest.mark.parametrize(
    "run",
    [
        "문화재단",
        "건설사업",
        "나주시장배",
        "전세계",
        "식품의약품안전처",
        "주정부가",
        "실질적인",
        "중국민항기",
        "서울에서",
        "늘렸다",
    ],
)
def test_other_readings_stay(run: str) -> None:
    """What the tagger reads as well as any other way stays as it is."""
    morphemes = DICTIONARY.parse(run)

    assert recut(run, morphemes, DICTIONARY) is morphemes


@given(st.text(alphabet="가나다서울시장은의국민우정박했간법실쿠도", min_size=1, max_size=18))
def test_nothing_is_lost(run: str) -> None:
    """The parts are the run."""
    assert "".join(each.text for each in recut(run, DICTIONARY.parse(run), DICTIONARY)) == run
