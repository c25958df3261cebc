"""What a search will cost is told without running it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gisa.clause import AllOf, AnyOf, AtLeast, Clause, Not, Phrase, PublishedBetween, SyllableIn, Token
from gisa.search.cost import EVERY_TOKEN, LIST, cost_of

_HELD = {"rare": 3, "some": 1_000, "common": 100_000}


def frequency(_: str, token: str) -> int:
    return _HELD.get(token, 0)


RARE, SOME, COMMON = (Token("body", token) for token in _HELD)


def entries(clause: Clause) -> int:
    return cost_of(clause, frequency).entries


def test_a_conjunction_is_led_by_its_rarest_clause() -> None:
    """Adding a word to a query makes it no dearer than finding the word's list."""
    assert entries(AllOf((RARE, COMMON))) < entries(RARE) + 2 * LIST
    assert entries(AllOf((COMMON, Not(COMMON)))) == entries(COMMON)


def test_a_disjunction_reads_all_of_them() -> None:
    """``match=any`` of common words is what costs."""
    assert entries(AnyOf((RARE, COMMON))) == entries(AtLeast(1, (RARE, COMMON))) == entries(RARE) + entries(COMMON)


def test_a_phrase_costs_its_rarest_word_and_its_positions() -> None:
    """The others are looked up there."""
    assert entries(SOME) < entries(Phrase("body", ("some", "common"))) < entries(COMMON)
    assert entries(Phrase("body", ())) == 0


def test_a_syllable_is_looked_for_among_all_tokens() -> None:
    """However few articles hold it."""
    assert entries(SyllableIn("stream", "가")) == EVERY_TOKEN


_CLAUSES = st.recursive(
    st.sampled_from([RARE, SOME, COMMON, PublishedBetween(0, None)]),
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda some: st.sampled_from([AllOf(tuple(some)), AnyOf(tuple(some)), Not(some[0])])
    ),
    max_leaves=12,
)


@given(_CLAUSES, _CLAUSES)
def test_more_alternatives_never_cost_less(one: Clause, other: Clause) -> None:
    """So a query cannot be made to look cheap by adding to it."""
    assert entries(AnyOf((one, other))) >= entries(one)
    assert entries(AllOf((one, other))) >= 0
