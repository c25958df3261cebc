"""URL parameters as a reader asks them: everything usable is used, nothing fails."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.errors import SearchInvalid
from gisa.model import Match, Period, Sort
from gisa.search.request import PARAMS, SearchKeywords, SearchRequest
from gisa.text.unseen import clean_line
from gisa.web.pages.links import Links, SearchLinks


@pytest.mark.parametrize(
    ("given", "page"),
    [("", 1), ("3", 3), (" 3 ", 3), ("-1", 1), ("0", 1), ("abc", 1), ("1.5", 1), ("３", 3), ("9" * 5000, 50_001)],
    ids=["none", "three", "spaces", "negative", "zero", "letters", "decimal", "full width", "enormous"],
)
def test_a_page_number_is_read_or_is_one(given: str, page: int) -> None:
    """A page is a number from 1; anything else is page 1."""
    assert SearchRequest.from_address({"page": given})[0].page == page


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("2025.1.31", date(2025, 1, 31)),
        ("20250131", date(2025, 1, 31)),
        ("2025/01/31", date(2025, 1, 31)),
        ("2025-13-45", None),
        ("어제", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("٢٠٢٥-٠١-٠١", None),
    ],
)
def test_a_day_is_read_or_left_out_with_a_word(given: str, day: date | None) -> None:
    """A day in a common form counts; another is left out, and the page says so."""
    asked, mistakes = SearchRequest.from_address({"from": given})

    assert asked.since == day
    assert bool(mistakes) == (day is None)


@pytest.mark.parametrize(
    "make",
    [
        lambda late, early: SearchRequest.from_address({"from": late, "to": early})[0],
        lambda late, early: SearchRequest.from_params({"from": late, "to": early}),
        lambda late, early: SearchRequest(since=late, until=early),
        lambda late, early: SearchRequest(since=date.fromisoformat(late), until=date.fromisoformat(early)),
    ],
    ids=["page", "API and command line", "Python, texts", "Python, days"],
)
def test_days_in_the_wrong_order_are_swapped(make: Callable[[str, str], SearchRequest]) -> None:
    """At every door, from a later day to an earlier one means the days between; the request says so, its links do not."""
    asked = make("2025-02-01", "2025-01-01")

    assert (asked.since, asked.until, asked.days_swapped) == (date(2025, 1, 1), date(2025, 2, 1), True)
    assert asked.to_params() == {"from": "2025-01-01", "to": "2025-02-01"}


def test_days_by_hand_take_the_place_of_a_period() -> None:
    """Where an address has both, the more exact wish counts; elsewhere it is refused."""
    both = {"period": "week", "to": "2025-01-01"}

    assert SearchRequest.from_address(both)[0].period is None
    assert SearchRequest.from_address({"period": "week"})[0].period is Period.WEEK
    with pytest.raises(SearchInvalid, match="period cannot be combined with to"):
        SearchRequest.from_params(both)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("  AI센터 \n 포항 ", "AI센터 포항"),
        ("AI\x00센터", "AI센터"),
        ("\u202eAI", "AI"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("\ud800", ""),
        ("👩‍🔬 연구", "👩‍🔬 연구"),
    ],
    ids=["spaces", "NUL", "right-to-left override", "NFD", "lone surrogate", "joined emoji"],
)
def test_a_query_is_cleaned_of_what_cannot_be_seen(given: str, clean: str) -> None:
    """A query is in NFC, on one line, without invisible controls."""
    assert clean_line(given) == clean


any_params = st.dictionaries(st.sampled_from([*(param.name for param in PARAMS), "page"]), st.text())


@given(any_params)
def test_any_address_can_be_read_and_written_again(parameters: dict[str, str]) -> None:
    """Whatever stands in an address gives a request whose own address gives the same request."""
    asked, _ = SearchRequest.from_address(parameters)
    query_string = SearchLinks(asked).here().partition("?")[2]

    again, mistakes = SearchRequest.from_address(dict(parse_qsl(query_string, keep_blank_values=True)))

    assert again == dataclasses.replace(asked)
    assert mistakes == ()


requests = st.builds(
    SearchRequest,
    st.text(max_size=20),
    sort=st.sampled_from(Sort),
    since=st.none() | st.dates(date(1600, 1, 1), date(2999, 1, 1)),
    until=st.none() | st.dates(date(1600, 1, 1), date(2999, 1, 1)),
    section=st.none() | st.text(max_size=9),
    match=st.sampled_from(Match),
    without=st.frozensets(st.sampled_from(["synonym:ai=인공지능", "hanja:北=북", "number:2천=2000"])),
    no_bulletins=st.booleans(),
    inside=st.booleans(),
    verbs=st.booleans(),
    limit=st.integers(0, 100),
    offset=st.integers(0, 1_000_000),
)


@given(requests)
def test_a_request_is_what_its_parameters_spell(request: SearchRequest) -> None:
    """``from_params`` undoes ``to_params``, whatever is asked for."""
    assert SearchRequest.from_params(request.to_params()) == dataclasses.replace(request)


def test_every_field_has_its_keyword() -> None:
    """The keywords of Python are the fields of a request but the query."""
    assert SearchKeywords.__annotations__.keys() == {param.field for param in PARAMS} - {"query"}


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"section": 3}, "section must be text, not 3"),
        ({"since": datetime(2025, 1, 1, tzinfo=UTC)}, "since must be a day like 2025-12-24"),
        ({"until": "gestern"}, "until must be a day like 2025-12-24, not 'gestern'"),
        ({"sort": "best"}, "sort must be one of newest, oldest, recommended, relevance, not 'best'"),
        ({"sort": None}, "sort must be one of"),
        ({"limit": 101}, "limit must be 0 to 100, not 101"),
        ({"limit": True}, "limit must be 0 to 100, not True"),
        ({"offset": 2.5}, "offset must be 0 to 1,000,000, not 2.5"),
        ({"inside": "yes"}, "inside must be True or False"),
        ({"without": 3}, "without must be keys, not 3"),
        ({"query": None}, "query must be text, not None"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_impossible_value_is_named(keywords: dict[str, Any], said: str) -> None:
    """Python says which keyword, what it must be, and what it was."""
    with pytest.raises(SearchInvalid, match=re.escape(said)):
        SearchRequest(**keywords)


def test_links_keep_the_query_and_the_filters() -> None:
    """A link to another page, order or filter keeps everything else; only another page keeps the page."""
    asked = SearchRequest("가 나", offset=40, sort=Sort.RELEVANCE, period=Period.MONTH, section="IT·과학", inside=True)
    links = SearchLinks(asked)

    kept = "q=%EA%B0%80%20%EB%82%98&sort=relevance&period=month&section=IT%C2%B7%EA%B3%BC%ED%95%99&inside=1"
    assert links.page(4) == f"/search?{kept}&page=4"
    assert links.page(1) == f"/search?{kept}"
    assert links.here() == f"/search?{kept}&page=3"
    assert links.to(sort=Sort.NEWEST) == "/search?" + kept.replace("&sort=relevance", "")
    assert links.to(period=None) == "/search?" + kept.replace("&period=month", "")
    assert links.to(section=None) == "/search?" + kept.replace("&section=IT%C2%B7%EA%B3%BC%ED%95%99", "")


def test_a_period_takes_the_place_of_days_in_a_link() -> None:
    """Choosing a period, or all time, leaves the days set by hand behind."""
    links = SearchLinks(SearchRequest("가", since=date(2025, 1, 1)))

    assert links.to(period=Period.WEEK) == "/search?q=%EA%B0%80&period=week"
    assert links.to(period=None) == "/search?q=%EA%B0%80"


def test_an_article_path_escapes_everything() -> None:
    """No id can step out of /articles or start a query."""
    assert Links().article('a/../b?c#"d') == "/articles/a%2F..%2Fb%3Fc%23%22d"
