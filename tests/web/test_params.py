"""URL parameters as a reader asks them: everything usable is used, nothing fails."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import Filters, Period, Sort
from gisa.text.unseen import clean_line
from gisa.web.pages.links import SearchLinks, article_path
from gisa.web.pages.params import Asked, read_asked


@pytest.mark.parametrize(
    ("given", "page"),
    [("", 1), ("3", 3), (" 3 ", 3), ("-1", 1), ("0", 1), ("abc", 1), ("1.5", 1), ("３", 3), ("9" * 5000, 999_999_999)],
    ids=["none", "three", "spaces", "negative", "zero", "letters", "decimal", "full width", "enormous"],
)
def test_a_page_number_is_read_or_is_one(given: str, page: int) -> None:
    """A page is a number from 1; anything else is page 1."""
    assert read_asked({"page": given}).page == page


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
    asked = read_asked({"from": given})

    assert asked.filters.since == day
    assert bool(asked.mistakes) == (day is None)


def test_days_in_the_wrong_order_are_swapped() -> None:
    """From a later day to an earlier one means the days between, and the page says so."""
    asked = read_asked({"from": "2025-02-01", "to": "2025-01-01"})

    assert asked.filters == Filters(since=date(2025, 1, 1), until=date(2025, 2, 1))
    assert len(asked.mistakes) == 1


def test_days_by_hand_take_the_place_of_a_period() -> None:
    """Where both are given, the more exact wish counts."""
    assert read_asked({"period": "week", "to": "2025-01-01"}).filters.period is None
    assert read_asked({"period": "week"}).filters.period is Period.WEEK


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


@given(st.dictionaries(st.sampled_from(["q", "page", "sort", "period", "from", "to", "section"]), st.text()))
def test_any_parameters_can_be_read_and_written_again(parameters: dict[str, str]) -> None:
    """Whatever stands in the URL gives a request whose own URL gives the same request."""
    asked = read_asked(parameters)
    query_string = SearchLinks(asked).here().partition("?")[2]

    again = read_asked(dict(parse_qsl(query_string, keep_blank_values=True)))

    assert (again.query, again.page, again.sort, again.filters) == (
        asked.query,
        asked.page,
        asked.sort,
        asked.filters,
    )


def test_links_keep_the_query_and_the_filters() -> None:
    """A link to another page, order or filter keeps everything else; only another page keeps the page."""
    asked = Asked("가 나", 3, Sort.RELEVANCE, Filters(period=Period.MONTH, section="IT·과학"))
    links = SearchLinks(asked)

    kept = "q=%EA%B0%80%20%EB%82%98&sort=relevance&period=month&section=IT%C2%B7%EA%B3%BC%ED%95%99"
    assert links.page(4) == f"/search?{kept}&page=4"
    assert links.page(1) == f"/search?{kept}"
    assert links.sort(Sort.NEWEST) == "/search?" + kept.replace("&sort=relevance", "")
    assert links.period(None) == "/search?" + kept.replace("&period=month", "")
    assert links.section(None) == "/search?" + kept.replace("&section=IT%C2%B7%EA%B3%BC%ED%95%99", "")
    assert links.unfiltered() == "/search?q=%EA%B0%80%20%EB%82%98&sort=relevance"


def test_an_article_path_escapes_everything() -> None:
    """No id can step out of /articles or start a query."""
    assert article_path('a/../b?c#"d') == "/articles/a%2F..%2Fb%3Fc%23%22d"
