"""Where a query's words stand in a text."""

from __future__ import annotations

from datetime import date

import pytest

from gisa.lexicon.lexicon import packaged_lexicon
from gisa.query.expansion import WordExpander
from gisa.query.highlighting import Finder
from gisa.query.parse import parse
from gisa.query.plan import compile_query
from gisa.text.analyser import MecabAnalyser

ANALYSER = MecabAnalyser()


def found(query: str, text: str) -> list[tuple[str, int]]:
    """The marked stretches of a text with their word's number, in order."""
    root = parse(query).root
    assert root is not None
    plan = compile_query(root, WordExpander(ANALYSER, packaged_lexicon(), on=date(2025, 6, 1)))
    assert plan is not None
    [matches] = Finder(plan.sought, ANALYSER).find([text])
    return [(text[span.start : span.end], word) for span, word in matches]


def test_every_word_has_its_number() -> None:
    """Words are numbered as they stand in the query, literals after them, whatever the order in the text."""
    assert found('나루섬 대교 "해온 책" "AI 센터"', "AI 센터가 대교 옆 나루섬에서 해온 책을") == [
        ("AI 센터", 3),
        ("대교", 1),
        ("나루섬", 0),
        ("해온 책", 2),
    ]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("우정", "심우정 총장과 우정을", ["우정"]),
        ("시장", "서울시장은", ["시장"]),
        ("시장", "서울시장AI는", ["시장"]),
        ("시장", "새서울시장과 시장AI", ["시장", "시장"]),
        ("시장", "가시장미와 장미", []),
        ("AI", "OpenAI와 AI, AIST", ["AI"]),
        ("밥먹었다", "나는 밥 먹고 갔다", ["밥 먹"]),
        ("걷다", "그는 걸었다 그리고 걷고", ["걸", "걷"]),
        ("대통령실", "대통령(윤)실과 실 앞에서 대통령이", ["대통령", "대통령"]),  # its parts, but for single syllables
    ],
)
def test_words_are_marked_where_one_begins(query: str, text: str, marked: list[str]) -> None:
    """At the beginning of a run or of a morpheme, and nowhere within."""
    assert [stretch for stretch, _ in found(query, text)] == marked


def test_marks_are_of_the_text_as_the_paper_wrote_it() -> None:
    """Full-width letters, 漢字 and decomposed Hangul are found and marked as they stand."""
    assert found("AI센터", "ＡＩ센터와 ai 센터") == [("ＡＩ센터", 0), ("ai 센터", 0)]
    assert found("교육", "教育은") == [("教育", 0)]
