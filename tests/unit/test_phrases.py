"""What of a headline somebody would search for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import Headline
from gisa.text.analyser import MecabAnalyser
from gisa.text.phrases import Phrases, phrases_of

DAY = datetime(2026, 1, 1, tzinfo=UTC)
ANALYSER = MecabAnalyser()


def phrases(title: str, *, byline: tuple[str, ...] = (), keywords: tuple[str, ...] = ()) -> Phrases:
    return phrases_of(Headline(title, byline, keywords, DAY, DAY), ANALYSER)


NAMES = {
    "words without particles": ("서울시장은 예산을 늘렸다", {"서울시장", "예산"}),
    "the paper's own spelling": ("AI센터 K-반도체 유치", {"AI센터", "K-반도체", "유치", "AI센터 K-반도체 유치"}),
    "figures are no search": ("12월 3조원 5명", set()),
    "but some are names": ("2025년 5G 6·25전쟁", {"2025년", "5G", "6·25전쟁"}),
    "signs that make the word": ("C++, C#, S24+", {"C++", "C#", "S24+"}),
    "marks part": ("여수·광양, 맞손", {"여수", "광양", "맞손"}),
    "a name in quotes": ("‘빛의 정원’ 열다", {"정원", "빛의 정원"}),
    "a short headline is a name": ("나루 도서관 (건물)", {"나루", "도서관", "건물", "나루 도서관"}),
    "nothing": ("", set()),
    "marks only": ("…!? ㅋ", set()),
}


@pytest.mark.parametrize(("title", "expected"), NAMES.values(), ids=NAMES)
def test_words_and_names_of_a_headline(title: str, expected: set[str]) -> None:
    """What reads as a search by itself is a name."""
    assert phrases(title).names == expected


def test_words_side_by_side_are_phrases() -> None:
    """Two and three of them, as long as nothing but a space parts them and no particle is left out between."""
    found = phrases("대통령 선거 결과 발표, 서울의 봄").plain

    assert {"대통령 선거", "선거 결과", "대통령 선거 결과", "선거 결과 발표"} <= found
    assert not any("서울 봄" in text or "발표 서울" in text for text in found)


def test_parts_of_words_count_too() -> None:
    """센터 is ranked by AI센터 as well."""
    assert "센터" in phrases("AI센터 개소").plain


def test_bylines_and_keywords_are_names() -> None:
    """Titles and addresses are left out of a byline."""
    found = phrases("날씨", byline=("오세림 기자", "한나루 hannaru@naru.example"), keywords=("나루 항",)).names

    assert found == {"날씨", "오세림", "한나루", "나루 항"}


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3))
def test_any_headline_gives_phrases(title: str, names: list[str]) -> None:
    """Nothing raises, nothing is on both sides, everything can be stored."""
    found = phrases(title, byline=tuple(names), keywords=tuple(names))

    assert not found.names & found.plain
    for text in found.names | found.plain:
        assert 1 < len(text) <= 40
        assert text.isprintable()
        text.encode()
