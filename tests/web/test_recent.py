"""Recent searches as a cookie's value: small, whole, and safe against whatever stands in it."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.unseen import clean_line
from gisa.web.pages.recent import (
    EMPTY,
    MAX_ENTRIES,
    MAX_QUERY_CHARS,
    MAX_VALUE_BYTES,
    RecentSearch,
    RecentSearches,
    decode,
    encode,
)

DAY = date(2025, 12, 24)

queries = st.text(min_size=1, max_size=MAX_QUERY_CHARS).map(clean_line).filter(bool)
entries = st.builds(RecentSearch, queries, st.dates())
lists = st.builds(
    lambda items, saving: RecentSearches(tuple({item.query: item for item in items}.values()), saving),
    st.lists(entries, max_size=MAX_ENTRIES + 5),
    st.booleans(),
)


def wrapped(content: object) -> str:
    """A cookie's value around any JSON."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def test_the_newest_search_comes_first_and_does_not_repeat() -> None:
    """The same query, whatever its white space, moves up and takes the new day."""
    recent = EMPTY.record("AI센터", day=DAY).record("알토란", day=DAY).record(" AI센터  ", day=DAY + timedelta(1))

    assert recent.entries == (RecentSearch("AI센터", DAY + timedelta(1)), RecentSearch("알토란", DAY))


def test_only_the_newest_twenty_are_kept() -> None:
    """The oldest search falls off."""
    recent = EMPTY
    for number in range(MAX_ENTRIES + 5):
        recent = recent.record(f"검색 {number}", day=DAY)

    assert len(recent.entries) == MAX_ENTRIES
    assert recent.entries[-1].query == "검색 5"


def test_an_overlong_query_is_not_kept_and_pushes_nothing_out() -> None:
    """A query of 500 characters leaves the list as it is."""
    recent = EMPTY.record("AI센터", day=DAY)

    assert recent.record("가" * 500, day=DAY) == recent


def test_a_restored_list_stands_below_what_came_since() -> None:
    """Each query once, the newest first; while saving is off nothing is restored."""
    before = EMPTY.record("등대", day=DAY).record("바다", day=DAY)

    after = before.clear().record("등대", day=DAY + timedelta(days=1)).restore()

    assert [entry.query for entry in after.entries] == ["등대", "바다"]
    assert after.cleared == ()
    assert before.switch_off(keep=True).clear().restore().entries == ()


def test_off_stores_nothing() -> None:
    """While saving is off no search is recorded, and what was kept comes back when it is switched on."""
    recent = EMPTY.record("AI센터", day=DAY)

    kept = recent.switch_off(keep=True)
    assert kept.record("알토란", day=DAY) == kept
    assert kept.switch_on() == recent
    assert recent.switch_off(keep=False).entries == ()


@given(lists)
def test_a_cookie_stays_under_its_limit_and_comes_back_whole(recent: RecentSearches) -> None:
    """What is written can be read; at most the oldest searches are missing."""
    value = encode(recent)
    again = decode(value)

    assert len(value) <= MAX_VALUE_BYTES
    assert again.saving == recent.saving
    assert again.entries == recent.entries[: len(again.entries)]
    assert len(again.entries) >= min(len(recent.entries), 5)
    assert encode(again) == value


def test_twenty_ordinary_queries_fit() -> None:
    """Nothing ordinary falls off: twenty queries of fifteen Hangul syllables take less than the limit."""
    recent = RecentSearches(tuple(RecentSearch(f"{number:02} 나루시 아태 AI센터 유치", DAY) for number in range(20)))

    assert decode(encode(recent)) == recent


@given(st.one_of(st.text(), st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_any_value_can_be_read(value: str) -> None:
    """Reading never fails, whatever a cookie holds."""
    assert isinstance(decode(value), RecentSearches)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values | st.tuples(st.integers(-1, 2), st.lists(st.lists(json_values, max_size=3))))
def test_any_json_can_be_read(content: object) -> None:
    """Well-formed values of the wrong shape are the empty list or a sound one."""
    recent = decode(wrapped(content))

    assert len(recent.entries) <= MAX_ENTRIES
    assert all(clean_line(entry.query) == entry.query for entry in recent.entries)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "%%%",
        "가",
        wrapped({}),
        wrapped([1]),
        wrapped([1, [[739609]]]),
        wrapped([1, [[739609, 5]]]),
        wrapped([1, [[True, "x"]]]),
        wrapped([1, [[10**12, "x"]]]),
        wrapped([1, [[0, "x"]]]),
        wrapped([1, [[739609, "a\nb"]]]),
        wrapped([1, [[739609, "\ud800"]]]),
        wrapped([1, [[739609, "가" * 101]]]),
        wrapped([1, [[739609, "x"], [739608, "x"]]]),
        wrapped([1, [[739609, f"x{number}"] for number in range(21)]]),
        wrapped([2, []]),
        base64.urlsafe_b64encode(b"[" * 2_100).decode().rstrip("="),
        base64.urlsafe_b64encode(b"1" * 2_100).decode().rstrip("="),
        base64.urlsafe_b64encode(zlib.compress(b"0" * 1_000_000)).decode(),
        "A" * 100_000,
    ],
)
def test_a_broken_or_hostile_cookie_is_an_empty_list(value: str | None) -> None:
    """Wrong shape, wrong size, wrong text, deep nesting, a packed bomb: the list is empty."""
    assert decode(value) == EMPTY
