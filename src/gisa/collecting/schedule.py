"""Decides when a feed is polled next and what became of it. Pure: one state and what a poll brought in, the next state out.

The interval adapts so that a poll finds about one new item: one leaves it as it is, none makes it half as long again, two
halve it, and if every item is new, articles were probably missed. A paper with 72 articles a day is polled every 20 minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from gisa.model import Reject
from gisa.sources.web import NO_VALIDATORS, Validators

FIRST_S: Final = 900.0
"""Between the first two polls."""
SHORTEST_S: Final = 120.0
LONGEST_S: Final = 1_800.0
"""At night a feed is asked twice an hour: the first article of the morning is found before readers look for it."""
LONGEST_PAUSE_S: Final = 86_400.0
"""What a server may ask for at most by ``Retry-After`` or ``max-age``."""
LONGEST_AFTER_FAILURE_S: Final = 6 * 3_600.0
"""So that a morning's outage does not cost the evening."""
BUSY_S: Final = 900.0
"""After 429 or 503 without ``Retry-After``."""
PAUSED_AFTER: Final = 30
"""Failures in a row: a week by then."""
MOVED_AFTER: Final = 3
"""Polls in a row that a permanent redirect must lead to the same place before the address is changed."""
JITTER: Final = 0.1
"""Feeds added together drift apart by this share of the interval, so that they are not asked at the same second."""
_FEWEST: Final = 5
"""Items a feed must have for "all of them are new" to say anything."""


class Polling(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    """It failed too often: ``gisa follow add`` starts it again."""
    ENDED = "ended"
    """The server says that it is gone for good (410)."""


class Found(StrEnum):
    """What a poll found."""

    UNCHANGED = "unchanged"
    """304: nothing since the validators that were sent."""
    READ = "read"
    """An answer that was parsed whole."""
    DAMAGED = "damaged"
    """An answer that was parsed in part: items may be missing."""
    BUSY = "busy"
    """429 or 503."""
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one poll brought."""

    found: Found
    validators: Validators = NO_VALIDATORS
    items: int = 0
    new: int = 0
    """Of ``items``: how many were in no earlier poll."""
    trouble: Reject | None = None
    """What was wrong, and what to do."""
    fresh_s: float | None = None
    retry_after_s: float | None = None
    moved_to: str | None = None
    is_complete: bool = True
    """False if a page of an item could not be fetched for now: the next poll must bring the item again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """All that is known of a feed between two polls. Times are seconds since 1970."""

    url: str
    validators: Validators = NO_VALIDATORS
    standing: Polling = Polling.ACTIVE
    interval_s: float = FIRST_S
    next_at: float = 0.0
    asked_at: float | None = None
    ok_at: float | None = None
    """When it was last read or unchanged."""
    failures: int = 0
    """In a row."""
    trouble: Reject | None = None
    moved_to: str | None = None
    moved_times: int = 0
    items: int = 0
    """Of the last poll that was read."""
    new: int = 0
    """Of the last poll that was read."""
    articles: int = 0
    """New items since it was added."""
    missed_from: float | None = None
    """From when on articles were probably missed, as every item of a poll was new; None: none were."""
    missed_until: float | None = None


def after_poll(state: FeedState, poll: Poll, *, now_s: float, chance: float) -> FeedState:
    """The state after a poll. ``chance``: from 0 to 1, for the jitter."""
    again = poll.moved_to is not None and poll.moved_to == state.moved_to
    moved_times = state.moved_times + 1 if again else int(poll.moved_to is not None)
    state = replace(state, asked_at=now_s, moved_to=poll.moved_to, moved_times=moved_times)
    match poll.found:
        case Found.GONE:
            return replace(state, standing=Polling.ENDED, trouble=poll.trouble, failures=state.failures + 1)
        case Found.BUSY | Found.FAILED:
            return _failed(state, poll, now_s=now_s, chance=chance)
        case Found.UNCHANGED:
            state = replace(state, interval_s=_longer(state.interval_s))
        case Found.READ | Found.DAMAGED:
            state = _read(state, poll, now_s=now_s)
    wait = max(_jittered(state.interval_s, chance), min(poll.fresh_s or 0.0, LONGEST_PAUSE_S))
    is_ok = poll.found is not Found.DAMAGED
    return replace(
        state,
        ok_at=now_s if is_ok else state.ok_at,
        failures=0 if is_ok else state.failures + 1,
        trouble=None if is_ok else poll.trouble,
        next_at=now_s + wait,
    )


def probably_missed(state: FeedState, poll: Poll) -> bool:
    """Whether articles came and went between two polls: all items are new, of a feed that has been read before."""
    return state.ok_at is not None and state.articles > 0 and poll.items >= _FEWEST and poll.new == poll.items


def _read(state: FeedState, poll: Poll, *, now_s: float) -> FeedState:
    is_missed = probably_missed(state, poll)
    if state.ok_at is None:
        interval = state.interval_s
    elif is_missed:
        interval = SHORTEST_S
    elif not poll.new:
        interval = _longer(state.interval_s)
    else:
        interval = state.interval_s / min(poll.new, 4)
    # What was only half read must come whole the next time, not as "unchanged".
    is_kept = poll.found is Found.READ and poll.is_complete
    return replace(
        state,
        validators=poll.validators if is_kept else NO_VALIDATORS,
        interval_s=min(max(interval, SHORTEST_S), LONGEST_S),
        items=poll.items,
        new=poll.new,
        articles=state.articles + poll.new,
        missed_from=(state.missed_from or state.ok_at) if is_missed else state.missed_from,
        missed_until=now_s if is_missed else state.missed_until,
    )


def _failed(state: FeedState, poll: Poll, *, now_s: float, chance: float) -> FeedState:
    failures = state.failures + 1
    wait = min(state.interval_s * 2 ** min(failures, 10), LONGEST_AFTER_FAILURE_S)
    if poll.found is Found.BUSY:
        wait = max(wait, BUSY_S)
    wait = _jittered(wait, chance)
    if poll.retry_after_s is not None:
        wait = max(wait, min(poll.retry_after_s, LONGEST_PAUSE_S))
    return replace(
        state,
        failures=failures,
        trouble=poll.trouble,
        standing=Polling.PAUSED if failures >= PAUSED_AFTER else state.standing,
        next_at=now_s + wait,
    )


def _longer(interval_s: float) -> float:
    return min(interval_s * 1.5, LONGEST_S)


def _jittered(wait_s: float, chance: float) -> float:
    return wait_s * (1 + JITTER * (2 * chance - 1))
