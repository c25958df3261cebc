"""Reading 漢字."""

from __future__ import annotations

import pytest

from gisa.text.hanja import initial_form, read, readings
from gisa.text.runs import cut

CASES = {
    "plain": ("北核", "북핵"),
    "initial ㄹ before y": ("歷史", "역사"),
    "initial ㄹ": ("勞動", "노동"),
    "initial ㄴ": ("女性", "여성"),
    "surname": ("李", "이"),
    "inside a word": ("修女", "수녀"),
    "렬 after a vowel": ("羅列", "나열"),
    "률 after ㄴ": ("戰慄", "전율"),
    "률 after another consonant": ("法律", "법률"),
    "a president": ("盧武鉉", "노무현"),
    "unknown character": ("\U0002ffff", "\U0002ffff"),
}


@pytest.mark.parametrize(("run", "reading"), CASES.values(), ids=CASES.keys())
def test_reading(run: str, reading: str) -> None:
    """A run is read one syllable a character, by 두음법칙."""
    assert read(run) == reading


def test_reading_after_a_figure() -> None:
    """A counter after a figure keeps its own sound: 2025年 is 2025년."""
    assert cut("2025年 年金") == ["2025", "년", "연금"]


def test_table_is_whole() -> None:
    """The table knows the characters of KS X 1001 and reads each as one Hangul syllable."""
    table = readings()

    assert len(table) > 8000
    assert all(len(reading) == 1 and "가" <= reading <= "힣" for reading in table.values())


@pytest.mark.parametrize(
    ("syllable", "expected"), [("력", "역"), ("로", "노"), ("녀", "여"), ("나", "나"), ("이", "이"), ("a", "a")]
)
def test_initial_form(syllable: str, expected: str) -> None:
    """두음법칙 changes ㄹ and ㄴ at a word's beginning, and nothing else."""
    assert initial_form(syllable) == expected
