"""A plan answers for other switches exactly what compiling again with them would."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.clause import AtLeast
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.lexicon.variants.variant import Variant
from gisa.model import Match, VariantKind
from gisa.query.expansion import WordExpander
from gisa.query.parse import parse
from gisa.query.plan import Plan, compile_query
from gisa.query.syntax import And
from gisa.text.analyser import MecabAnalyser

EXPANDER = WordExpander(MecabAnalyser(), packaged_lexicon(), on=date(2025, 6, 1))
PIECES = (
    "인공지능",
    "세계 보건 기구",
    "2천만원",
    "우정",
    "미국",
    "제목:AI",
    "-인공지능",
    "(헌재 | 우정)",
    '"AI센터"',
    "기자:김나루",
    "2025-01-01..2025-03-31",
)
QUERIES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)


def plan_of(query: str, without: frozenset[str] = frozenset(), *, inside: bool = False) -> Plan:
    """The plan of a query in which something can be searched."""
    plan = compile_query(parse(query).root or And(()), EXPANDER, typed=query, without=without, inside=inside)
    assert plan is not None
    return plan


@given(query=QUERIES, data=st.data())
def test_switching_variants_off_is_compiling_without_them(query: str, data: st.DataObject) -> None:
    """Whichever are off already, switching more off gives the match of a query compiled without all of them."""
    every = sorted(plan_of(query).variants)
    keys = st.frozensets(st.sampled_from(every)) if every else st.just(frozenset[str]())
    first, second = data.draw(keys), data.draw(keys)
    plan = plan_of(query, first)

    assert plan.match_without(second) == plan_of(query, first | second).match
    assert set(plan.variants_off) == first
    assert first.isdisjoint(plan.variants)


@given(query=QUERIES)
def test_looking_inside_words_is_compiling_so(query: str) -> None:
    """The match inside words is that of a query compiled to look there; without words of 한글 it is the same match."""
    plan = plan_of(query)

    assert plan.match_inside() == plan_of(query, inside=True).match
    assert plan.has_bound_words or plan.match_inside() == plan.match


def test_names_of_several_words_are_one_part() -> None:
    """세계 보건 기구 is one of the parts that a relaxed search counts; what names a byline is not counted."""
    plan = plan_of("세계 보건 기구 예산 기자:김나루")

    assert [len(part.nodes) for part in plan.parts] == [3, 1, 1]
    assert [part.is_counted for part in plan.parts] == [True, True, False]
    assert plan.requirements.relaxed(1) != plan.match
    assert len(plan.requirements.units) == 2


def test_any_word_is_enough_if_that_is_asked_for() -> None:
    """With ``match="any"`` one of the words must hold, and only if there are several."""
    root = parse("예산 선거").root
    assert root is not None
    several = compile_query(root, EXPANDER, match=Match.ANY)

    assert several is not None
    assert several.match == AtLeast(1, several.requirements.units)


def test_a_word_typed_on_the_other_keyboard_is_a_variant_like_any_other() -> None:
    """It is searched for beside the word itself, and can be left out."""
    plan = plan_of("tjdnf").typed_as({"tjdnf": Variant(VariantKind.KEYBOARD, "서울", "tjdnf", "서울")})

    assert list(plan.variants) == ["keyboard:tjdnf=서울"]
    assert plan.match_without(plan.variants.keys()) == plan_of("tjdnf").match != plan.match


@pytest.mark.parametrize("query", ["", "…", "-", "()"])
def test_what_holds_nothing_to_search_for_has_no_plan(query: str) -> None:
    """None, and no plan whose clause every article satisfies."""
    assert compile_query(parse(query).root or And(()), EXPANDER) is None
