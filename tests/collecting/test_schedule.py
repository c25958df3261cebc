"""When a feed is polled next: a state and a poll in, the next state out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.collecting.schedule import (
    BUSY_S,
    FIRST_S,
    LONGEST_AFTER_FAILURE_S,
    LONGEST_PAUSE_S,
    LONGEST_S,
    PAUSED_AFTER,
    SHORTEST_S,
    FeedState,
    Found,
    Poll,
    Polling,
    after_poll,
)
from gisa.messages import Message, SourceCode
from gisa.model import Reject
from gisa.sources.web import NO_VALIDATORS, Validators

NOW = 1_800_000_000.0
TROUBLE = Reject("https://paper.example/rss", Message(SourceCode.VERBATIM, text="no answer"))
TAG = Validators(etag='"1"')
KNOWN = FeedState(url="https://paper.example/rss", validators=TAG, ok_at=NOW - 900, articles=100)


def after(state: FeedState, poll: Poll, *, chance: float = 0.5) -> FeedState:
    return after_poll(state, poll, now_s=NOW, chance=chance)


@pytest.mark.parametrize(
    ("items", "new", "interval_s"),
    [
        pytest.param(20, 0, FIRST_S * 1.5, id="nothing new: half as long again"),
        pytest.param(20, 1, FIRST_S, id="one is new: as it is"),
        pytest.param(20, 2, FIRST_S / 2, id="two are new: half as long"),
        pytest.param(20, 15, FIRST_S / 4, id="many are new: a quarter at once"),
        pytest.param(20, 20, SHORTEST_S, id="all are new: as soon as may be"),
        pytest.param(3, 3, FIRST_S / 3, id="all of three are new: that says little"),
        pytest.param(0, 0, FIRST_S * 1.5, id="an empty feed"),
    ],
)
def test_the_interval_adapts(items: int, new: int, interval_s: float) -> None:
    """The more of the feed is new, the sooner it is polled."""
    state = after(KNOWN, Poll(found=Found.READ, items=items, new=new))

    assert state.interval_s == pytest.approx(interval_s)
    assert state.next_at == pytest.approx(NOW + interval_s)


def test_the_first_poll_says_nothing_of_the_pace() -> None:
    """Of a feed that is polled for the first time every item is new."""
    state = after(FeedState(url="a"), Poll(found=Found.READ, items=20, new=20))

    assert (state.interval_s, state.missed_from) == (FIRST_S, None)


def test_an_overflow_is_remembered_from_the_last_poll_that_was_read() -> None:
    """If every item is new, articles were probably missed since the poll before; a second time the gap grows."""
    state = after(KNOWN, Poll(found=Found.READ, items=20, new=20))
    again = after_poll(state, Poll(found=Found.READ, items=20, new=20), now_s=NOW + 500, chance=0.5)

    assert (state.missed_from, state.missed_until) == (KNOWN.ok_at, NOW)
    assert (again.missed_from, again.missed_until) == (KNOWN.ok_at, NOW + 500)


@pytest.mark.parametrize(
    ("poll", "kept"),
    [
        pytest.param(Poll(found=Found.READ, validators=Validators(etag='"2"')), '"2"', id="read whole"),
        pytest.param(Poll(found=Found.DAMAGED, validators=Validators(etag='"2"'), trouble=TROUBLE), None, id="damaged"),
        pytest.param(
            Poll(found=Found.READ, validators=Validators(etag='"2"'), is_complete=False), None, id="a page is missing"
        ),
        pytest.param(Poll(found=Found.UNCHANGED), '"1"', id="unchanged"),
        pytest.param(Poll(found=Found.FAILED, trouble=TROUBLE), '"1"', id="failed"),
    ],
)
def test_validators_are_those_of_the_last_answer_that_was_read_whole(poll: Poll, kept: str | None) -> None:
    """What was half read must come whole the next time, not as “unchanged”."""
    assert after(KNOWN, poll).validators == (Validators(etag=kept) if kept else NO_VALIDATORS)


@pytest.mark.parametrize(
    ("poll", "wait_s"),
    [
        pytest.param(Poll(found=Found.READ, items=20, new=1, fresh_s=3 * 3600), 3 * 3600, id="max-age"),
        pytest.param(Poll(found=Found.READ, items=20, new=1, fresh_s=1e9), LONGEST_PAUSE_S, id="max-age of years"),
        pytest.param(Poll(found=Found.UNCHANGED, fresh_s=10), FIRST_S * 1.5, id="max-age of seconds"),
        pytest.param(Poll(found=Found.BUSY, retry_after_s=7200), 7200, id="Retry-After"),
        pytest.param(Poll(found=Found.BUSY, retry_after_s=1e9), LONGEST_PAUSE_S, id="Retry-After of years"),
        pytest.param(Poll(found=Found.BUSY), FIRST_S * 2, id="429 alone"),
        pytest.param(Poll(found=Found.FAILED), FIRST_S * 2, id="failed"),
    ],
)
def test_what_a_server_asks_for(poll: Poll, wait_s: float) -> None:
    """``max-age`` and ``Retry-After`` are honoured, up to a day; without them failures double the wait."""
    assert after(KNOWN, poll).next_at == pytest.approx(NOW + wait_s)


def test_a_busy_server_is_left_alone_for_a_while() -> None:
    """After 429 even a feed of two minutes waits a quarter of an hour."""
    assert after(replace(KNOWN, interval_s=SHORTEST_S), Poll(found=Found.BUSY)).next_at == NOW + BUSY_S


def test_failures_in_a_row_pause_a_feed() -> None:
    """The wait grows up to six hours, and after thirty failures nothing is asked any more; one success begins anew."""
    state = KNOWN
    for _ in range(PAUSED_AFTER - 1):
        state = after(state, Poll(found=Found.FAILED, trouble=TROUBLE))

    assert (state.standing, state.next_at) == (Polling.ACTIVE, NOW + LONGEST_AFTER_FAILURE_S)
    assert after(state, Poll(found=Found.FAILED, trouble=TROUBLE)).standing is Polling.PAUSED
    mended = after(state, Poll(found=Found.UNCHANGED))
    assert (mended.failures, mended.trouble, mended.ok_at) == (0, None, NOW)


def test_a_feed_that_is_gone_ends() -> None:
    """410 is for good."""
    assert after(KNOWN, Poll(found=Found.GONE, trouble=TROUBLE)).standing is Polling.ENDED


def test_redirects_count_only_in_a_row() -> None:
    """Another target, or none, begins the count anew."""
    state = KNOWN
    counts = []
    for target in ("https://a.example", "https://a.example", "https://b.example", None, "https://b.example"):
        state = after(state, Poll(found=Found.UNCHANGED, moved_to=target))
        counts.append(state.moved_times)

    assert counts == [1, 2, 1, 0, 1]


@given(
    st.lists(
        st.builds(
            Poll,
            found=st.sampled_from([Found.READ, Found.UNCHANGED, Found.DAMAGED, Found.BUSY, Found.FAILED]),
            items=st.integers(0, 100),
            new=st.integers(0, 100),
            fresh_s=st.none() | st.floats(0, 1e12),
            retry_after_s=st.none() | st.floats(0, 1e12),
        ),
        max_size=40,
    ),
    st.floats(0, 1),
)
def test_a_feed_is_neither_hurried_nor_forgotten(polls: list[Poll], chance: float) -> None:
    """Whatever comes, the next poll is two minutes (less the jitter) to a day (and the jitter) away."""
    state, now = FeedState(url="a"), NOW
    for poll in polls:
        state = after_poll(state, replace(poll, new=min(poll.new, poll.items)), now_s=now, chance=chance)
        assert SHORTEST_S * 0.9 <= state.next_at - now <= LONGEST_PAUSE_S * 1.1
        assert SHORTEST_S <= state.interval_s <= LONGEST_S
        now = state.next_at
