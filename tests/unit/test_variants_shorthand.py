"""Lone 漢字 in headlines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.holders import load_holders
from gisa.lexicon.variants.shorthand import expansions, meanings, shorthand_variants
from gisa.lexicon.variants.variant import VariantKind, table_lines
from gisa.text.normal import normalise

AUGUST_2025 = date(2025, 8, 1)


def found(text: str, published: date | None = AUGUST_2025) -> str:
    """What was found, to compare: ``美=미국 日=일본``."""
    normal = normalise(text)
    return " ".join(f"{normal[start:end]}={word}" for start, end, word, _ in expansions(normal, published=published))


SHORTHAND = {
    "美연준 금리 동결": "美=미국",
    "美국방부 발표": "美=미국",
    "美 국방장관 방한": "美=미국",
    "韓日 정상회담 개최": "韓=한국 日=일본",
    "韓美日 3국": "韓=한국 美=미국 日=일본",
    "한·美·日 공조": "美=미국 日=일본",
    "中, 美에 경고": "中=중국 美=미국",
    "기업에 대한 中 압박": "中=중국",
    "美-中 갈등": "美=미국 中=중국",
    "北 미사일 발사": "北=북한",
    "對中 무역": "中=중국",
    "訪美 마친 대표단": "美=미국",
    "주한美대사": "美=미국",
    "伊 총리": "伊=이탈리아",
    "比 대통령 방한": "比=필리핀",
    "西 총리 사임": "西=스페인",
    "與, 野 반발에 '유감'": "與=여당 野=야당",
    '檢 "항소할 것"': "檢=검찰",
    '法 "무죄"': "法=법원",
    '靑 "사실무근"': "靑=청와대",
    "관련株 급등": "株=주식 株=주가",
    "20대女 구조": "女=여성 女=여자",
    "산업硏 보고서": "硏=연구원 硏=연구소",
    "李대통령 취임": "李=이재명",
    "李 대통령 취임": "李=이재명",
    "李대통령실": "李=이재명",
    "李 '민생' 강조": "李=이재명",
    "李정부 출범": "李=이재명",
    '習 "北核 해결"': "習=시진핑",
    "習주석 방한": "習=시진핑",
    "習近平 주석": "習近平=시진핑",
    "胡錦濤主席": "胡錦濤=후진타오",
    "金위원장": "金=김정은",
    "文 전 대통령 회고록": "文=문재인",
    "文 前대통령": "文=문재인",
    "前文대통령": "文=문재인",
    "dj정부 시절": "dj=김대중",
}


@pytest.mark.parametrize(("text", "expected"), SHORTHAND.items(), ids=SHORTHAND.keys())
def test_shorthand(text: str, expected: str) -> None:
    """Shorthand is found where it stands, with what it stands for on that day."""
    assert found(text) == expected


NONE = (
    "회의中|회의 中 난동|상장회사 中 유일하게|韓민족 역사|法을 안다|男대생이|수사 中 사망|15日|(日)|<中>|日평균 기온|日 평균 기온|美국은|北韓|中東|美軍|歷史|韓銀|北美 시장|與野 합의|전년比 10%|전년 比 10%|法 개정|"
    "前 대통령|現 시장|故 김 회장|反 정부|한국의 美|이(李)씨|李씨|李준석|李在明|尹 장관|尹 의원|李 시장|金 시장|李 대표|習관|韓글|100mb|100 mb|mb는|dj 파티|"
    "ymbs|西해안|佛교|靑소년|정부는 15일 회의를 열었다|金剛石油 株式會社|龍潭 저수지"
).split("|")


@pytest.mark.parametrize("text", NONE)
def test_no_shorthand(text: str) -> None:
    """Words, names, weekdays and figures in 漢字 are no shorthand."""
    assert found(text) == ""


BY_DAY = {
    "1950 李대통령": (date(1950, 7, 1), "李대통령", "李=이승만"),
    "1950 李大統領": (date(1950, 7, 1), "李大統領 談話", "李=이승만"),
    "2019 文대통령": (date(2019, 1, 1), "文대통령", "文=문재인"),
    "March 2025 尹": (date(2025, 3, 1), "尹, 탄핵심판 출석", "尹=윤석열"),
    "2023 尹政府": (date(2023, 3, 1), "尹政府 1년", "尹=윤석열"),
    "2009 盧 전 대통령": (date(2009, 5, 25), "盧 전 대통령 서거", "盧=노무현"),
    "1980 故朴대통령": (date(1980, 10, 26), "故朴대통령 추도", "朴=박정희"),
    "2005 金 전 대통령": (date(2005, 5, 1), "金 전 대통령", ""),
    "2023 韓총리": (date(2023, 5, 1), "韓총리 사의", "韓=한덕수"),
    "2019 韓 총리": (date(2019, 5, 1), "韓 총리 방일", "韓=한국"),
    "2024 韓대표": (date(2024, 9, 1), "韓대표 회견", "韓=한동훈"),
    "2024 韓대표팀": (date(2024, 9, 1), "韓대표팀 승리", "韓=한국"),
    "2009 mb": (date(2009, 1, 1), "mb 측근", "mb=이명박"),
    "2000 習": (date(2000, 1, 1), "習 발언", ""),
    "unknown day": (None, "李대통령, 美 방문", "美=미국"),
    "unknown day, a whole name": (None, "習近平", "習近平=시진핑"),
}


@pytest.mark.parametrize(("day", "text", "expected"), BY_DAY.values(), ids=BY_DAY.keys())
def test_the_day_decides(day: date | None, text: str, expected: str) -> None:
    """Who is meant follows from the article's own day."""
    assert found(text, day) == expected


def test_kinds() -> None:
    """Holders and other shorthand are told apart."""
    assert [kind for *_, kind in expansions("李대통령 訪美", published=AUGUST_2025)] == [
        VariantKind.HOLDER,
        VariantKind.SHORTHAND,
    ]


def test_paper_adds_holders() -> None:
    """A paper's own table takes the place of the packaged one."""
    people, _ = load_holders([*table_lines("holders.tsv"), "羅\t시장\t나해온\t2022-07-01\t"])

    spans = list(expansions("羅시장 회견", published=AUGUST_2025, holders=people))

    assert spans == [(0, 1, "나해온", VariantKind.HOLDER)]


def test_query_word() -> None:
    """A query word in shorthand is read as a text of the given day."""
    assert [variant.text for variant in shorthand_variants("李대통령실", on=AUGUST_2025)] == ["이재명대통령실"]
    assert [variant.text for variant in shorthand_variants("女배우단", on=AUGUST_2025)] == ["여성배우단", "여자배우단"]


def test_meanings() -> None:
    """A page can say what a character stands for, even one that stands for its own reading."""
    assert (meanings("女"), meanings("前"), meanings("龍")) == (("여성", "여자"), ("전",), ())


@given(st.text(alphabet="美中日北韓與野檢李尹文習前故金對反大統領代表mbdj 대통령총리정부,·()'\"전年15", max_size=30))
def test_spans_are_in_order(text: str) -> None:
    """Any text: no error, and spans inside it, not empty, in order."""
    spans = [(start, end) for start, end, _, _ in expansions(text, published=AUGUST_2025)]

    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
