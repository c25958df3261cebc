"""Cutting into runs, and the stream."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import JOIN, cut, cut_closed, cut_with_spans, read_han
from gisa.text.stream import stream_tokens

RUNS = {
    "scripts": ("국가AI컴퓨팅센터", ["국가", "ai", "컴퓨팅센터"]),
    "thousands": ("20,000,000원", ["20000000", "원"]),
    "a list of figures": ("1,2,3", ["1", "|", "2", "|", "3"]),
    "decimal": ("10.1%", ["10", "1", "%"]),
    "percent alone": ("50 %와 % 표시", ["50", "%", "와", "표시"]),
    "signs that make the word": (
        "C++ 강의 1++등급 S24+를 디즈니+는",
        ["c", "++", "강의", "1", "++", "등급", "s", "24", "+", "를", "디즈니", "+", "는"],
    ),
    "sharp": ("C#은 F#", ["c", "#", "은", "f", "#"]),
    "minus of a blood group": ("Rh- 혈액, K-팝", ["rh", "-", "혈액", "|", "k", "팝"]),
    "money before its figure": ("$100 ₩1,000", ["$", "100", "₩", "1000"]),
    "a sum and a list": ("1+1 LG+삼성 #해시", ["1", "1", "lg", "삼성", "해시"]),
    "signs beside 漢字": ("C++ 敎材", ["c", "++", "교재"]),
    "date with a dot": ("12·3과 12.3", ["12", "3", "과", "12", "3"]),
    "sentence": ("밝혔다. 이어", ["밝혔다", "|", "이어"]),
    "no space after the full stop": ("밝혔다.이어", ["밝혔다", "|", "이어"]),
    "clock": ("10:30", ["10", "30"]),
    "initials": ("U.S. 증시", ["u", "s", "|", "증시"]),
    "quotation": ("‘AI센터’의", ["ai", "센터", "의"]),
    "parentheses": ("증강현실(AR)", ["증강현실", "ar"]),
    "漢字": ("李대통령 北核", ["이", "대통령", "북핵"]),
    "jamo": ("ㅋㅋㅋ", ["ㅋㅋㅋ"]),
    "emoji": ("😀", []),
}


@pytest.mark.parametrize(("text", "runs"), RUNS.values(), ids=RUNS.keys())
def test_runs(text: str, runs: list[str]) -> None:
    """A text falls into runs of one script; sentence punctuation is a barrier, other marks vanish."""
    assert cut(normalise(text)) == runs


def test_stream_of_the_design() -> None:
    """The stream drops marks, pairs syllables, tells those over a space, and keeps Latin whole."""
    runs = cut_closed(normalise("글로벌 AI 센터 유치, 아·태 AI센터"))

    assert " ".join(stream_tokens(runs)) == "글로 로벌 벌 ai 센 센터 터_유 유치 | 아태 태 ai 센 센터"


@pytest.mark.parametrize(
    ("text", "stream"),
    {
        "a syllable before a figure": ("그는 고3이다", "그는 는_고 고 3 이 이다"),
        "a syllable between figures": ("3고3", "3 고 3"),
        "single syllables": ("할 수 있다", "할_수 수_있 있다"),
        "a space before a mark": ("서울 ‘시장’", "서울 울_시 시장"),
        "漢字 beside 한글": ("美군은 韓 군", "미군 군은 은_한 한_군"),
        "a control that marks joins here": ("가\x02나", "가나"),
        "漢字 without a reading": ("가𠀀나", "가 𠀀 나"),
        "nothing": ("·", ""),
    }.values(),
)
def test_spacing_in_the_stream(text: str, stream: str) -> None:
    """A pair over a space is a token of its own; marks and a change of script part nothing."""
    assert " ".join(stream_tokens(cut_closed(normalise(text)))) == stream


@given(st.text())
def test_joins_are_all_that_closed_runs_add(text: str) -> None:
    """Without the joins, they are the runs."""
    normal = normalise(text)

    assert [run for run in cut_closed(normal) if run != JOIN] == cut(normal)


@given(st.text())
def test_spans_are_in_order_and_inside(text: str) -> None:
    """Every run knows the stretch of the text it covers; reading 漢字 keeps all offsets."""
    normal = normalise(text)
    spans = cut_with_spans(normal)

    assert [run for run, _, _ in spans] == cut(normal)
    assert all(0 <= start < end <= len(normal) for _, start, end in spans)
    assert all(before[2] <= after[1] for before, after in pairwise(spans))
    assert len(read_han(normal)) == len(normal)


def _holds(tokens: list[str], sought: list[str]) -> bool:
    return any(tokens[place : place + len(sought)] == sought for place in range(len(tokens)))


@given(st.text(alphabet="가나다라AI12 ·,.", max_size=40), st.data())
def test_stream_finds_any_literal(text: str, data: st.DataObject) -> None:
    """A stretch that begins at a run or with two syllables of one is found in the stream, as it is spaced."""
    runs = cut_closed(normalise(text))
    words = [run for run in runs if run not in ("|", JOIN)]
    if not words:
        return
    first = data.draw(st.integers(0, len(runs) - 1))
    last = data.draw(st.integers(first, len(runs) - 1))
    chosen = runs[first : last + 1]
    if "|" in chosen or JOIN in (chosen[0], chosen[-1]):
        return
    if is_hangul(chosen[0][0]) and len(chosen[0]) == 1 and (len(chosen) == 1 or not is_hangul(chosen[1][0])):
        return  # one syllable at the edge is what terms are for

    hangul_only = all(is_hangul(run[0]) or run == JOIN for run in chosen)
    sought = stream_tokens(chosen)
    if hangul_only and len("".join(chosen)) < 2:
        return

    assert _holds(stream_tokens(runs), sought)


@pytest.mark.parametrize(
    ("text", "runs"),
    {
        "a number with letters' rank": ("①번 ⅲ장 ½", ["①", "번", "|", "장", "|"]),
        "a mark of kana": ("゠가゙", ["|", "가", "|"]),
        "a number after 漢字": ("2025年 李 20,000원", ["2025", "년", "이", "20000", "원"]),
        "漢字 without a reading": ("가𠀀나", ["가", "𠀀", "나"]),
    }.values(),
)
def test_odd_characters(text: str, runs: list[str]) -> None:
    """Characters that few texts hold are cut by the same rules."""
    assert cut(text) == runs


@given(st.lists(st.text(alphabet="가나다ab1|", min_size=1, max_size=4), max_size=12))
def test_stream_agrees_with_its_definition(words: list[str]) -> None:
    """The stream made at once is the one made run by run."""
    runs = cut(" ".join(words))
    expected: list[str] = []
    for before, run, after in zip(["|", *runs], runs, [*runs[1:], "|"], strict=False):
        if not is_hangul(run[0]):
            expected.append(run)
            continue
        if is_hangul(before[0]):
            expected.append(f"{before[-1]}_{run[0]}")
        elif before != "|" or (len(run) == 1 and not is_hangul(after[0])):
            expected.append(run[0])
        expected += [run[at : at + 2] for at in range(len(run) - 1)]
        if after != "|" and not is_hangul(after[0]) and (len(run) > 1 or is_hangul(before[0])):
            expected.append(run[-1])

    assert stream_tokens(runs) == expected


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("(사)전남협회", ["사", "전남협회"]),
        ("(주)기사", ["주", "기사"]),
        ("수유(강북구청)역", ["수유", JOIN, "강북구청", JOIN, "역"]),
    ],
)
def test_the_form_of_a_body_joins_nothing(text: str, runs: list[str]) -> None:
    """What stands in parentheses before a name for its form is a word by itself; other parentheses join."""
    assert cut_closed(text) == runs
