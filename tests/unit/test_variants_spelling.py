"""Spellings that are mixed up."""

from __future__ import annotations

import pytest

from gisa.lexicon.variants.spelling import spelling_variants
from gisa.lexicon.variants.variant import table_lines


def texts(word: str) -> list[str]:
    return [variant.text for variant in spelling_variants(word)]


FIRST = {
    # 사이시옷
    "전세값": "전셋값", "전셋값": "전세값", "전세값상승": "전셋값상승", "최대값": "최댓값", "최댓값": "최대값", "기대값은": "기댓값은",
    "등교길": "등굣길", "등굣길에서": "등교길에서", "장미빛": "장밋빛", "나무잎": "나뭇잎", "차값": "찻값", "뱃길": "배길",
    "만두국": "만둣국", "부자집": "부잣집", "외갓집": "외가집", "제사날": "제삿날", "수도물": "수돗물", "머리속": "머릿속",
    # 률·율
    "성공율": "성공률", "합격율": "합격률", "비률": "비율", "출산률": "출산율", "출산률저하": "출산율저하", "실업률": "실업율",
    # loan words by rule
    "오렌지쥬스": "오렌지주스", "쥬라기공원": "쥐라기공원", "비젼": "비전", "챠트": "차트", "쵸코": "초코", "죠지": "조지", "매니져": "매니저",
    "써비스": "서비스", "쓰레드": "스레드",
    # loan words by table
    "컨텐츠": "콘텐츠", "콘텐츠": "컨텐츠", "컨텐츠산업": "콘텐츠산업", "메세지": "메시지", "쥬스": "주스", "주스": "쥬스", "텔레비젼": "텔레비전",
    "까페": "카페", "북까페": "북카페", "싸이트": "사이트", "초콜렛": "초콜릿", "케잌": "케이크", "케이크": "케잌", "로보트": "로봇",
    "악세사리": "액세서리", "리더쉽": "리더십", "윈도우": "윈도",
    # Korean words
    "어떻해": "어떡해", "몇일": "며칠", "금새": "금세", "희안한": "희한한", "설겆이": "설거지", "왠만하면": "웬만하면", "역활을": "역할을",
    "행열": "행렬", "뇌졸증": "뇌졸중",
    # surnames
    "류승민": "유승민", "유승민": "류승민", "리영희": "이영희", "임종석": "림종석", "노무현": "로무현",
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), FIRST.items(), ids=FIRST.keys())
def test_spelling(word: str, expected: str) -> None:
    """A word is also searched as others spell it, the standard spelling first."""
    assert texts(word)[0] == expected


NONE = (
    "옷값 제값 이길 길 값 꽃길 땅값 미국 공화국 수집 모집 자료집 건조물 휴일 매일 나날 초밥 계속 교수 횟수 자율 법률 음률 율곡 률 "
    "우정 대통령 이야기 노동자 나이트 리스트 라디오 유럽인 유리창 임대료 양도세 쌀값 빨래 까치 쓰레기 꽃가루 떡 가져 하죠 던져 쳐다보다 뉴스버스 "
    "소금새 심장마비 일자리수 공사인사 한국 서울 세종 ai 2025 美"
).split()


@pytest.mark.parametrize("word", NONE)
def test_no_other_spelling(word: str) -> None:
    """Words that are spelt in one way only are left alone."""
    assert texts(word) == []


def test_no_more_than_the_loan_word() -> None:
    """The variant names what was changed, so that a page can show 컨텐츠 = 콘텐츠."""
    variant = next(spelling_variants("컨텐츠산업"))

    assert (variant.source, variant.replacement) == ("컨텐츠", "콘텐츠")


def test_table_is_sound() -> None:
    """Every line is two different Hangul spellings of two syllables or more, and no spelling stands in two groups."""
    rows = [line.split("\t") for line in table_lines("spelling.tsv") if not line.startswith("#")]
    others = [row[0] for row in rows]
    standards = {row[1] for row in rows}

    assert len(rows) >= 150
    assert all(len(row) in (2, 3) and row[0] != row[1] and row[2:] in ([], ["whole"]) for row in rows)
    assert all("가" <= letter <= "힣" for row in rows for letter in row[0] + row[1])
    assert min(len(text) for text in (*others, *standards)) >= 2
    assert len(set(others)) == len(others)
    assert standards.isdisjoint(others)
