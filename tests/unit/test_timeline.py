"""The stretches of a timeline: they cover the span, in order, without gaps, and are few."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.search.timeline import stretch_named, stretches

_DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(_DAYS, _DAYS)
def test_stretches_cover_a_span(one: date, other: date) -> None:
    """Every day of the span is in exactly one stretch, and a name means the days it was made of."""
    since, until = sorted((one, other))

    made = stretches(since, until)

    assert made[0].first <= since <= made[0].last
    assert made[-1].first <= until <= made[-1].last
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(made))
    assert [stretch_named(each.name) for each in made] == list(made)


@pytest.mark.parametrize(
    ("since", "until", "first", "number"),
    [
        ("2025-03-01", "2025-03-01", "2025-03-01", 1),
        ("2025-02-01", "2025-03-17", "2025-02-01", 45),
        ("2025-02-01", "2025-03-18", "2025-02", 2),
        ("2021-01-31", "2024-12-01", "2021-01", 48),
        ("2021-01-31", "2025-01-01", "2021", 5),
    ],
)
def test_a_span_chooses_its_unit(since: str, until: str, first: str, number: int) -> None:
    """Up to 45 days are days, up to 48 months months, more are years."""
    made = stretches(date.fromisoformat(since), date.fromisoformat(until))

    assert (made[0].name, len(made)) == (first, number)
