"""Figures of a text that are read otherwise, too."""

from __future__ import annotations

import pytest

from gisa.text.figures import full_year, in_digits, read_figures
from gisa.text.normal import normalise

READ = {
    "a day with full stops": ("행사는 2025.11.01에", ["2025년 11월 1일"]),
    "a day with spaces": ("2025. 11. 1. 시행", ["2025년 11월 1일"]),
    "a day with hyphens": ("2025-11-01", ["2025년 11월 1일"]),
    "no day": ("2025.13.41", []),
    "a telephone number": ("전화 044-203-1234로", ["0442031234"]),
    "a mobile number": ("010-1234-5678", ["01012345678"]),
    "a number for all": ("1588-1234", ["15881234"]),
    "a long number": ("110-12-345678-9012", []),
    "a flat": ("30평형 아파트", ["30평"]),
    "a short year": ("’25년 예산", ["2025년"]),
    "a score": ("한국이 3-0으로 이겼다", ["3대0으로"]),
    "a score with a colon": ("2:1 승리", ["2대1"]),
    "a time": ("10:30 시작", []),
    "a Roman numeral": ("오버로드 Ⅳ를 방영", ["오버로드 4를"]),
    "a Roman numeral in Latin letters": ("엘리자베스 II세가", ["엘리자베스 2세가"]),
    "a Roman numeral with a hyphen": ("장보고-Ⅲ 잠수함", ["장보고-3"]),
    "one": ("물리Ⅰ 시험", ["물리1"]),
    "one before what it counts": ("멸종위기 Ⅰ급 산양", ["멸종위기 1급"]),
    "a letter": ("모델 X를 공개", []),
    "a word": ("vivid 색상", []),
    "a year in 漢字": ("一九四五年 해방", ["1945년"]),
    "an article of law": ("第二十五條를 고쳤다", ["제25조를"]),
    "a century": ("二十世紀 문학", ["20세기"]),
    "words side by side": ("三月 一日 만세", ["3월 1일"]),
    "a day that is a name": ("五·一六 군사정변", ["5·16"]),
    "Chinese money": ("100元 요금", ["100위안"]),
    "漢字 that count nothing": ("一切 三綱", []),
}


@pytest.mark.parametrize(("text", "read"), READ.values(), ids=READ.keys())
def test_figures_are_read_otherwise_too(text: str, read: list[str]) -> None:
    """A text says its figures in the other ways that readers write them."""
    normal = normalise(text)

    assert list(read_figures(normal, normal.encode("ascii", "ignore").decode())) == read


@pytest.mark.parametrize(
    ("numerals", "digits"),
    [
        ("千九百四十五年", "1945年"),
        ("三萬二千元", "三萬二千元"),
        ("十條", "10條"),
        ("二○年", "20年"),
        ("百周年", "100周年"),
    ],
)
def test_numerals_become_digits_before_what_they_count(numerals: str, digits: str) -> None:
    """漢字 numerals are worth what they say, by place or by unit; before nothing that they count they stay."""
    assert in_digits(numerals) == digits


def test_a_short_year_is_of_the_century_that_is_meant() -> None:
    """’25 is 2025, ’88 is 1988."""
    assert (full_year("25"), full_year("88")) == (2025, 1988)
