"""Analysis takes time linear in a text, whatever stands in it, because long stretches are cut."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gisa
from gisa.ingest.accept import accept
from gisa.messages import Message
from gisa.model import Draft
from gisa.text.analyser import MecabAnalyser, RunAnalysis
from gisa.text.contributions import RunMemo
from gisa.text.runs import cut, cut_with_spans
from gisa.text.stretches import LONGEST, MOST_ANALYSED, MOST_CUT, cut_stretches
from gisa.text.views import ViewBuilder
from tests.web.conftest import NOW

_SYLLABLES = "".join(random.Random(1).choices([chr(code) for code in range(0xAC00, 0xD7A4)], k=30_000))

POISONS = {
    "random syllables": _SYLLABLES,
    "one syllable": "가" * 30_000,
    "sentences without spaces": "국가인공지능센터장은서울시의회에서" * 2_000,
    "middle dots": "·".join(_SYLLABLES),
    "漢字": "國家人工知能美國" * 4_000,
    "漢字 and 한글": "美군北핵李대통령" * 4_000,
    "Latin": "abcdefghij" * 3_000,
    "Latin and 한글": "AI센터" * 8_000,
    "brackets": "가(나" * 10_000,
    "other readings": "更新 " * 10_000,
}


class CountingAnalyser:
    """Counts the syllables that are analysed."""

    def __init__(self) -> None:
        self._analyser = MecabAnalyser()
        self.longest = 0

    def analyse(self, run: str) -> RunAnalysis:
        self.longest = max(self.longest, len(run))
        return self._analyser.analyse(run)


@pytest.mark.parametrize("text", POISONS.values(), ids=POISONS)
def test_no_run_that_is_analysed_is_longer_than_a_cut_stretch(text: str) -> None:
    """Analysing a run costs more than its length, so the longest one bounds the cost of a character."""
    analyser = CountingAnalyser()

    ViewBuilder(RunMemo(analyser)).text(text)

    assert analyser.longest <= LONGEST


@given(st.text(alphabet="가나a1國·. \n-", max_size=3 * LONGEST + 50))
def test_cutting_adds_spaces_and_takes_nothing(text: str) -> None:
    """Everything is still indexed by its letters."""
    cut_text = cut_stretches(text)

    assert cut_text.text.replace(" ", "") == text.replace(" ", "")
    assert all(len(stretch) <= LONGEST for stretch in cut_text.text.split())


@given(st.text(alphabet="가國a1· ", max_size=3 * LONGEST))
def test_runs_with_spans_are_the_runs(text: str) -> None:
    """Wherever a long run is cut, its pieces stand at their own places."""
    assert [run for run, _, _ in cut_with_spans(text)] == cut(text)
    assert all(end - start <= LONGEST for run, start, end in cut_with_spans(text) if run[0] == "가")


def test_an_ordinary_text_stays_as_it_is() -> None:
    """Nothing is copied, nothing is left out."""
    text = "나루시는 AI센터를 세운다. " * 100

    assert cut_stretches(text) == (text, text)


def test_an_address_keeps_its_words() -> None:
    """It is cut behind one of its marks."""
    address = "https://news.example/" + "/".join(["gangneung-hangu"] * 12)

    assert all(piece[-1] in "/-" or piece.endswith("hangu") for piece in cut_stretches(address).text.split())


def test_what_is_too_long_to_analyse_is_found_by_its_letters() -> None:
    """The stream holds all of it, terms and words its beginning, and adding says so."""
    text = "가나다라마바사아자차" * (LONGEST * (MOST_CUT + 5) // 10)
    said: list[Message] = []

    views = ViewBuilder().text(text)
    accept(Draft({"title": "제목", "body": text, "published_at": "2026-01-01"}, "x"), now=NOW, tell=said.append)

    assert views.stream.count("가나") >= len(text) // 10 - (MOST_CUT + 5)
    assert [gisa.say(each) for each in said] == [
        "500 characters of body can be found by their letters only: too long, or without spaces"
    ]


def test_a_text_is_analysed_up_to_a_limit_of_different_words() -> None:
    """Ten million characters are taken; the limit stands before a word."""
    text = " ".join(map(str, range(MOST_ANALYSED)))

    found = cut_stretches(text)

    assert found.text == text
    assert MOST_ANALYSED - LONGEST < len(found.analysed.replace(" ", "")) <= MOST_ANALYSED
    assert text.startswith(found.analysed)
    assert found.analysed.endswith(" ")


def test_what_repeats_itself_is_analysed_whole() -> None:
    """The last word of five megabytes is found as a word."""
    text = "바다소식 " * MOST_ANALYSED + "끝머리"

    assert cut_stretches(text).left_out == 0
