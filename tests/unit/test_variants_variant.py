"""What holds for every variant, whoever makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.keyboard import keyboard_variants
from gisa.lexicon.variants.numbers import number_variants
from gisa.lexicon.variants.shorthand import shorthand_variants
from gisa.lexicon.variants.spelling import spelling_variants
from gisa.lexicon.variants.synonyms import parse_synonyms
from gisa.lexicon.variants.variant import MAX_VARIANTS, Variant, VariantKind, distinct, replaced, sameness
from gisa.text.normal import normalise

TABLE, _ = parse_synonyms(["인공지능\tAI", "K팝\tK-POP\t케이팝", "선거관리위원회\t선관위", "한국은행\t한은"])
FUNCTIONS: dict[str, Callable[[str], Iterator[Variant]]] = {
    "numbers": number_variants,
    "keyboard": keyboard_variants,
    "spelling": spelling_variants,
    "synonyms": TABLE.variants,
    "shorthand": lambda word: shorthand_variants(word, on=date(2025, 8, 1)),
}
LIKELY = st.text(
    alphabet="일이삼사오육칠팔구십백천만억조원년월일명개차제0123456789,.·%주져쥬전젼값길율률렬류유까싸페트인공지능한은선관위"
    "aikpop-tjdnfㅏㅑㅗㄱㄴㅇ美中日北李尹前習대통령총리()",
    max_size=14,
)
WORDS = st.one_of(LIKELY, st.text(max_size=12)).map(normalise)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@given(word=WORDS)
def test_variants_are_few_and_new(function: Callable[[str], Iterator[Variant]], word: str) -> None:
    """Any word at all: no error, at most eight variants, none of them the word itself or another one again."""
    found = list(function(word))

    assert len(found) <= MAX_VARIANTS
    assert len({sameness(word), *(sameness(variant.text) for variant in found)}) == len(found) + 1


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@given(word=WORDS)
def test_variants_say_what_they_replaced(function: Callable[[str], Iterator[Variant]], word: str) -> None:
    """A variant is the word with its source replaced by its replacement, and is in normal form."""
    for variant in function(word):
        assert variant.source in word
        assert variant.text in {
            word[:place] + variant.replacement + word[place + len(variant.source) :] for place in range(len(word))
        }
        assert normalise(variant.text) == variant.text


SAME = {
    "dot and stop": ("12·3", "12.3", True),
    "spaces": ("인공 지능", "인공지능", True),
    "separators": ("20,000", "20000", True),
    "漢字": ("北核", "북핵", True),
    "letters apart": ("k-pop", "kpop", False),
    "other words": ("전세값", "전셋값", False),
    "sentences": ("가. 나", "가나", False),
}


@pytest.mark.parametrize(("one", "other", "same"), SAME.values(), ids=SAME.keys())
def test_sameness(one: str, other: str, same: bool) -> None:
    """Two texts are the same when the stream of an article cannot tell them apart."""
    assert (sameness(one) == sameness(other)) is same


def test_distinct_keeps_the_first() -> None:
    """The first of equal variants stays, the word itself goes, and the limit holds."""
    found = [replaced(VariantKind.NUMBER, "12·3", 0, 4, by=text) for text in ("12.3", "가나", "가 나", "다라", "마바")]

    assert [variant.text for variant in distinct("12·3", found, limit=2)] == ["가나", "다라"]


EDGES = {"": True, "에서": True, "은": True, "(ai)": True, "을·": True, "장": False, "나무": False, "가능": False}


@pytest.mark.parametrize(("rest", "ends"), EDGES.items(), ids=EDGES.keys())
def test_ends_noun(rest: str, ends: bool) -> None:
    """A noun is over before nothing, a particle or another script, not before more of a word."""
    assert ends_noun(rest) is ends
