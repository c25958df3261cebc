"""Reading 漢字."""

from __future__ import annotations

import pytest

from gisa.text.hanja import _words, initial_form, other_readings, read, readings
from gisa.text.runs import cut, other_han_readings

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
    "a word's own reading": ("敗北", "패배"),
    "inside a longer run": ("敗北宣言", "패배선언"),
    "復 again": ("復活節", "부활절"),
    "復 back": ("回復", "회복"),
    "樂 music": ("音樂", "음악"),
    "樂 joy": ("娛樂", "오락"),
    "樂 at the beginning": ("樂園", "낙원"),
    "車 drawn": ("自轉車", "자전거"),
    "車 driven": ("自動車", "자동차"),
    "殺 swiftly": ("殺到", "쇄도"),
    "說 to persuade": ("遊說", "유세"),
    "a month": ("六月", "유월"),
    "another month": ("十月", "시월"),
    "不 before ㄷ": ("不動産", "부동산"),
    "不 before ㅂ": ("不法", "불법"),
    "不 inside": ("一事不再理", "일사부재리"),
    "a surname 金": ("金大中", "김대중"),
    "the metal 金": ("金融委員會", "금융위원회"),
    "金 inside": ("資金", "자금"),
    "a word that begins anew": ("新女性", "신여성"),
    "two words": ("海外旅行", "해외여행"),
    "a pension": ("國民年金", "국민연금"),
    "a warrant": ("拘束令狀", "구속영장"),
    "no word begins there": ("靑年度", "청년도"),
    "男女 first": ("男女性比", "남녀성비"),
    "a clan": ("全州李氏", "전주이씨"),
    "the full reading inside": ("治療", "치료"),
    "a province": ("全羅道", "전라도"),
    "a simplified form": ("中国", "중국"),
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


@pytest.mark.parametrize(
    ("run", "others"), [("更新", ["경신"]), ("契約更新", ["계약경신"]), ("金", ["김"]), ("金融", []), ("北核", [])]
)
def test_other_readings(run: str, others: list[str]) -> None:
    """A word that is said two ways has its second reading too; every other has one."""
    assert list(other_readings(run)) == others


def test_other_readings_in_a_text() -> None:
    """They come with their places in the text."""
    assert list(other_han_readings("契約 更新 때")) == [(3, 5, "경신")]
    assert list(other_han_readings("글자")) == []


def test_words_are_as_long_as_they_are_read() -> None:
    """One character is one syllable, so that offsets hold: every word of the table that is read is as long as before."""
    for word in _words():
        assert len(read(word)) == len(word)
