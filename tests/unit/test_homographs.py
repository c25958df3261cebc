"""Nouns that are forms of verbs, between their neighbours."""

from __future__ import annotations

import pytest

from gisa.text.analyser import MecabAnalyser
from gisa.text.contributions import RunMemo
from gisa.text.homographs import VERB_OF, in_context
from gisa.text.normal import normalise
from gisa.text.runs import cut


@pytest.fixture(scope="module")
def memo() -> RunMemo:
    return RunMemo(MecabAnalyser())


@pytest.mark.parametrize(
    ("text", "is_noun"),
    [
        ("영화를 보고 울었다", False),
        ("조사됐다고 보고 되었다", True),
        ("팀장에게 보고 받았다", True),
        ("사고 보고 체계", True),
        ("보고 의무", True),
        ("함께 하자", False),
        ("모두 쉬려고 하자 문을 닫았다", False),
        ("구조적 하자 보수", True),
        ("하자 있는 상품", True),
        ("심각한 하자 때문에", True),
        ("군이 가자 지구를 막았다", True),
        ("바다로 가자 아이들이 웃었다", False),
        ("시장에 가면 사람이 많다", False),
        ("화려한 가면 무도회", True),
        ("병원에 가야 한다", False),
        ("신라는 가야 땅을 얻었다", True),
        ("추위가 심해 길이 얼었다", False),
        ("무인 심해 잠수정", True),
        ("채소를 판다", False),
        ("대왕 판다 새끼", True),
        ("장미가 피고 열매가 익는다", False),
        ("원고와 피고 측", True),
        ("정부가 인가 신청을 받았다", True),
        ("버스를 타다 다쳤다", False),
        ("차량 호출 서비스 타다 운영사", True),
    ],
)
def test_the_neighbours_say_which_it_is(text: str, is_noun: bool, memo: RunMemo) -> None:
    """Behind what goes on to a verb it is the verb; otherwise, and before what follows the noun alone, the noun."""
    runs = cut(normalise(text))
    [place] = [place for place, run in enumerate(runs) if run in VERB_OF]

    assert (in_context(runs, memo.__getitem__)[place] == runs[place]) is is_noun


def test_every_verb_is_read_as_itself() -> None:
    """What takes a noun's place in a text is the term that other forms of the verb give."""
    analyser = MecabAnalyser()
    for verb in filter(None, VERB_OF.values()):
        assert [term.text for term in analyser.analyse(verb).terms] == [verb]


@pytest.mark.parametrize(
    ("run", "terms"),
    [
        ("하자", ["하자"]),
        ("하자보수", ["하자", "보수"]),
        ("보고받았다", ["보고", "받다"]),
        ("심해잠수정", ["심해", "잠수", "정"]),
        ("하자마자", ["하다"]),
        ("보고싶다", ["보다", "고싶"]),
    ],
)
def test_a_longer_word_begins_with_the_noun_before_a_noun(run: str, terms: list[str]) -> None:
    """Before a noun, or a verb that makes it a deed, it is the noun; before endings the verb."""
    assert [term.text for term in MecabAnalyser().analyse(run).terms] == terms
