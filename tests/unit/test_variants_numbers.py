"""Figures written other ways, and words that only look like figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.numbers import number_variants


def texts(word: str) -> list[str]:
    return [variant.text for variant in number_variants(word)]


FIRST = {  # the commonest other form comes first
    "2천만원": "2000만원",
    "2000만원": "2천만원",
    "20000000원": "2000만원",
    "20,000,000원": "2000만원",
    "1조5천억": "1조5000억",
    "1조5000억": "1조5천억",
    "1.5조원": "1조5000억원",
    "3만5천원": "3만5000원",
    "3만5000원": "3만5천원",
    "35000원": "3만5000원",
    "만5천원": "1만5000원",
    "만오천원": "1만5000원",
    "2백50만원": "250만원",
    "2천500만원": "2500만원",
    "천만원": "1000만원",
    "백만명": "100만명",
    "2천여명": "2000여명",
    "2000여명": "2천여명",
    "3천명": "3000명",
    "300명": "3백명",
    "연봉2천만원": "연봉2000만원",
    "5만명시대": "50000명시대",
    "20000000": "2000만",
    "2천만": "2000만",
    "2천만에": "2000만에",
    "삼백명": "300명",
    "약삼백명": "약300명",
    "이천이십육년": "2026년",
    "이천이십육년에": "2026년에",
    "2천년": "2000년",
    "이십일": "20일",
    "십이월": "12월",
    "이십일세기": "21세기",
    "십일번가": "11번가",
    "이천명": "2000명",
    "2026년에": "이천이십육년에",
    "1000명": "1천명",
    "10000명": "1만명",
    "12·3": "12월3일",
    "12.3": "12월3일",
    "12·3은": "12월3일은",
    "12.3비상계엄": "12월3일비상계엄",
    "12월3일": "12·3",
    "12월 3일": "12·3",
    "12월3일비상계엄": "12·3비상계엄",
    "7·10대책": "7월10일대책",
    "10.29참사": "10월29일참사",
    "6·25": "육이오",
    "육이오": "6·25",
    "육이오전쟁": "6·25전쟁",
    "4.19혁명": "사일구혁명",
    "3·1절": "삼일절",
    "3.1운동": "삼일운동",
    "삼일절": "3·1절",
    "제3차": "3차",
    "제삼차": "제3차",
    "제이차세계대전": "제2차세계대전",
    "제20대국회": "20대국회",
}


@pytest.mark.parametrize(("word", "expected"), FIRST.items(), ids=FIRST.keys())
def test_figure(word: str, expected: str) -> None:
    """A figure is also searched as the papers print it, the commonest way first."""
    assert texts(word)[0] == expected


ALL = {
    "3만5천원": ["3만5000원", "35000원", "3.5만원"],
    "2000만원": ["2천만원", "20000000원"],
    "10000000원": ["1000만원", "1천만원", "천만원"],
    "1조5천억": ["1조5000억", "1.5조"],
    "45만이": ["450000이"],
    "일조원": ["1조원"],
    "6·25": ["육이오", "6월25일"],
    "제삼차": ["제3차", "3차"],
    "이천이십육년": ["2026년"],
}


@pytest.mark.parametrize(("word", "expected"), ALL.items(), ids=ALL.keys())
def test_every_form(word: str, expected: list[str]) -> None:
    """A figure has these other forms and no more."""
    assert texts(word) == expected


NONE = (
    "이천 이천시 사천 사천시 사천왕 이천점 사천만 오산 구미 천안 만두 조선 억새 일본 이상 삼성 사회 이사회 구조대 구조대가 구조인 일조권과 일조시간의 이조차도 400~500만원 10-100만원 30억이 백두산 오이도 육군 칠곡 팔당 구례 십자가 만일 만사 "
    "천만에 천일 천사원 천사대교 천이백 백일장 백일해 백사장 백만장자 억만장자 이만기 이조년 십일조 삼천리 삼천포 구만리 십만양병설 팔만대장경 이십면체 오십보백보 삼일 일이삼 "
    "2025천안 2022카타르 1조 1조에 1조합 1억새 3만화 5만두 5천안 2천주교 2026년대 12월 3층 119 2 007 0 20 10.1 3.5 4.5일제 1·2 3·4분기 2·3호선 5·6호기 "
    "13·3 2·30 4·31 12.3.4 2024.12.3 3월5일 12월32일 010-1234-5678 1,2 1234567890123456789012 제1야당 제3조 제20대 제주도 약국 총선 서기관"
).split()


@pytest.mark.parametrize("word", NONE)
def test_no_figure(word: str) -> None:
    """Words that only look like figures, and figures with one form only, are left alone."""
    assert texts(word) == []


def test_part_that_was_replaced() -> None:
    """A variant names the figure with its counter, so that a page can show 2천만원 = 2000만원."""
    variant = next(number_variants("연봉2천만원대출"))

    assert (variant.source, variant.replacement, variant.text) == ("2천만원", "2000만원", "연봉2000만원대출")


@given(st.integers(min_value=10_000, max_value=10**15))
def test_forms_lead_to_each_other(value: int) -> None:
    """Whatever the amount, the grouped form and the agencies' form (3만5천) find each other."""
    found = texts(f"{value}원")
    grouped = found[0]

    assert all(grouped in texts(form) for form in found[1:])
