"""A paper's own words: how a run is cut that holds one, and which lines of the file are refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import accumulate

import pytest

from gisa.text.analyser import MecabAnalyser
from gisa.text.contributions import AskedTerms, contribution, parted
from gisa.text.own_words import MAX_OWN_WORDS, OwnWord, OwnWordsAnalyser, parse_own_words
from tests.said import reason_of

BASE = MecabAnalyser()
OWN = OwnWordsAnalyser(
    parse_own_words(["차우정", "에어팟맥스\t에어팟 맥스", "나루호", "놀봄", "센터장\t센터 장", "서울", "나루호대교"])[
        0
    ],
    BASE,
)


@pytest.mark.parametrize(
    ("marked", "terms"),
    [
        ("[차우정]", "차우정"),
        ("[차우정]은]", "차우정 |"),
        ("[차우정]에게서]만]", "차우정 |"),
        ("[차우정]이]다]", "차우정"),
        ("[전][차우정][검사]의]", "전 차우정 검사 |"),
        ("[나루호]가]", "나루호 |"),
        ("[나루호]들]이]", "나루호 |"),
        ("[에어팟][맥스]로]", "에어팟 맥스 |"),
        ("[센터][장]이]", "센터 장 |"),
        ("[나루호대교]를]", "나루호대교 |"),
        ("[비나루호]", "비나루호"),
        ("[놀봄][학교]", "놀봄 학교"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_words_are_cut_as_the_paper_says(marked: str, terms: str) -> None:
    """A word is one term or its parts; particles behind it leave a gap; what stands before it is analysed."""
    run = marked.replace("[", "").replace("]", "")
    _, _, begins, ends = OWN.analyse(run)

    assert parted([contribution(run, OWN, AskedTerms(OWN))]).terms == terms
    assert begins == tuple(_places(marked.replace("]", ""), "["))
    assert ends == tuple(_places(marked.replace("[", ""), "]"))


def _places(marked: str, mark: str) -> Iterator[int]:
    """Where the marks stand, in characters of the text without them."""
    return accumulate(map(len, marked.split(mark)[:-1]))


@pytest.mark.parametrize("run", ["서울시장은", "우정", "심우정은", "하놀봄이", "센터", "ai", "가", "늘렸다"])
def test_other_runs_stay(run: str) -> None:
    """A run without own words, with one that the dictionary has as it is, or with two syllables amid others, stays."""
    assert OWN.analyse(run) == BASE.analyse(run)


def test_a_word_of_the_dictionary_changes_nothing() -> None:
    """A listed word that is cut so anyway is known to change nothing."""
    assert not OWN.changes(OwnWord("서울", ("서울",)))
    assert OWN.changes(OwnWord("차우정", ("차우정",)))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("심", "single syllable"),
        ("!!", "no letters"),
        ("AI센터", "another script"),
        ("심 우정", "a space"),
        ("심우정.", "a mark"),
        ("AI", "not 한글"),
        ("2025", "not 한글"),
        ("가나다" * 200, "longer than 30"),
        ("에어팟프로\t에어팟 맥스", "do not make up"),
        ("하나\t둘\t셋", "3 columns"),
        ("차우정\t차 우정", "other parts on line 1"),
    ],
)
def test_lines_that_cannot_be_used(line: str, reason: str) -> None:
    """Each bad line is named by place and reason, in one sentence that says what to do; the rest counts."""
    words, rejects = parse_own_words(["차우정", line, "나루호"], source="words.txt")

    assert [word.text for word in words] == ["차우정", "나루호"]
    [reject] = rejects
    assert reject.place == "words.txt:2"
    assert reason in reason_of(reject)
    assert " — " in reason_of(reject)
    assert len(reason_of(reject)) < 250


def test_what_editors_leave_in_a_file() -> None:
    """A byte order mark, carriage returns, comments, empty lines, 漢字 and repeats are no trouble."""
    words, rejects = parse_own_words(
        ["\ufeff차우정\r", "# 이름", "", "차우정\t차우정", "朴贊浩\r\n", "나루호\t\t", "  나루호 "]
    )

    assert not rejects
    assert [word.text for word in words] == ["차우정", "박찬호", "나루호"]


def test_a_huge_list_is_cut_where_it_says() -> None:
    """100,000 words load within seconds; what is beyond is refused at its line."""
    lines = [f"{chr(0xAC00 + number // 1000)}{chr(0xAC00 + number % 1000)}가" for number in range(MAX_OWN_WORDS + 10)]
    started = time.process_time()
    words, rejects = parse_own_words(lines)
    OwnWordsAnalyser(words, BASE)

    assert time.process_time() - started < 5
    assert len(words) == MAX_OWN_WORDS
    assert [reject.place for reject in rejects] == [f"words.txt:{MAX_OWN_WORDS + 1}"]
