"""Which page numbers are offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.web.pages.paging import last_page, page_window


@pytest.mark.parametrize(("total", "last"), [(0, 1), (1, 1), (20, 1), (21, 2), (73, 4), (600_000, 30_000)], ids=str)
def test_the_last_page_holds_the_last_result(total: int, last: int) -> None:
    """20 a page; an empty result has one page."""
    assert last_page(total, per_page=20) == last


@pytest.mark.parametrize(
    ("current", "last", "window"),
    [
        (1, 1, (1,)),
        (1, 4, (1, 2, 3, 4)),
        (5, 32, (1, None, 4, 5, 6, None, 32)),
        (3, 5, (1, 2, 3, 4, 5)),
        (4, 32, (1, 2, 3, 4, 5, None, 32)),
        (32, 32, (1, None, 31, 32)),
    ],
)
def test_a_window_shows_the_ends_and_the_neighbours(current: int, last: int, window: tuple[int | None, ...]) -> None:
    """First, last, and the pages beside the current one; the rest is a gap."""
    assert page_window(current, last, around=1) == window


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 4))
def test_a_window_is_ordered_and_hides_at_least_two_pages_in_a_gap(last: int, current: int, around: int) -> None:
    """Numbers rise; without a gap they are neighbours; a gap stands for two pages or more."""
    current = min(current, last)
    window = page_window(current, last, around=around)

    assert {1, last, current} <= set(window)
    previous = 0
    gap = False
    for number in window:
        if number is None:
            assert not gap
            gap = True
            continue
        assert number - previous >= 3 if gap else number - previous == 1
        previous, gap = number, False
