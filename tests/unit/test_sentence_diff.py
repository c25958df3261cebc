"""What became of each sentence between two texts: the same, changed, moved, added or dropped; none is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.sentence_diff import SentenceChange, sentence_diff
from gisa.text.sentences import letters_of, sentences

BRIDGE = "나루시는 나루대교를 2028년까지 새로 놓는다."
COST = "사업비는 320억원이다."
MAYOR = "김하늘 시장은 4일 현장을 둘러봤다."
_TEXTS = st.lists(st.sampled_from([BRIDGE, COST, MAYOR, "사업비는 340억원이다.", "* * *", "짧다.\n"]), max_size=9).map(
    " ".join
)


def told(before: str, after: str) -> list[str]:
    return [each.change.value for each in sentence_diff(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param(f"{BRIDGE} {COST}", f"{BRIDGE}\n\n{COST}", ["same", "same"], id="other lines"),
        pytest.param("나루 대교를 놓는다.", "나루대교를 놓는다!", ["same"], id="spacing and marks"),
        pytest.param(COST, "사업비는 340억원이다.", ["changed"], id="a number"),
        pytest.param(f"{BRIDGE} {MAYOR}", f"{BRIDGE} {COST} {MAYOR}", ["same", "added", "same"], id="added"),
        pytest.param(f"{BRIDGE} {COST} {MAYOR}", f"{BRIDGE} {MAYOR}", ["same", "dropped", "same"], id="dropped"),
        pytest.param(BRIDGE, MAYOR, ["dropped", "added"], id="another sentence in its place"),
        pytest.param(f"{COST} {BRIDGE} {MAYOR}", f"{BRIDGE} {MAYOR} {COST}", ["same", "same", "moved"], id="moved"),
        pytest.param("* * *", "* * *", ["same"], id="marks alone"),
    ],
)
def test_each_sentence_is_told(before: str, after: str, changes: list[str]) -> None:
    """Each sentence is told as what became of it, in the order of the later text."""
    assert told(before, after) == changes


def test_changed_sentences_are_paired_with_the_likest() -> None:
    """Where several sentences changed, each is held beside the one it was written from."""
    before, after = f"{COST} {BRIDGE}", f"{BRIDGE.replace('2028', '2029')} {COST.replace('320', '340')}"

    pairs = [
        (before[slice(*each.before)], after[slice(*each.after)])
        for each in sentence_diff(before, after)
        if each.before and each.after
    ]

    assert [(one[:4], other[:4]) for one, other in pairs] == [("나루시는", "나루시는"), ("사업비는", "사업비는")]


@given(_TEXTS, _TEXTS)
def test_no_sentence_is_lost_or_told_twice(before: str, after: str) -> None:
    """Every sentence of both texts is told once, those of the later text in their order."""
    diff = sentence_diff(before, after)

    assert [each.after for each in diff if each.after] == sentences(after)
    assert sorted(each.before for each in diff if each.before) == sentences(before)
    for each in diff:
        if each.change in (SentenceChange.SAME, SentenceChange.MOVED):
            assert each.before is not None
            assert each.after is not None
            assert letters_of(before[slice(*each.before)]) == letters_of(after[slice(*each.after)])


@given(_TEXTS)
def test_a_text_beside_itself_is_the_same(text: str) -> None:
    """A text beside itself has only sentences that are the same."""
    assert {*told(text, text)} <= {"same"}


def test_long_texts_are_compared_in_linear_time() -> None:
    """Texts of thousands of sentences are compared as short ones are."""
    before = " ".join(f"문장 {number}번이다." for number in range(3_000))
    after = f"새로 쓴 첫머리다. {before} 새로 쓴 끝이다."

    assert Counter(told(before, after)) == {"same": 3_000, "added": 2}
