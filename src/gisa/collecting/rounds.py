"""Follows feeds: polls those that are due, lets what they brought be added, then keeps their state. Adds nothing itself.

The order of safety: fetch, while no lock is held; add, until the archive has committed; only then keep validators and
items. Whatever ends the process in between, the next poll brings the same again, and the archive knows it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gisa.clock import Clock, system_clock
from gisa.collecting.feeds import Feed, change_feeds, read_feeds
from gisa.collecting.polling import Polled, Poller
from gisa.collecting.schedule import MOVED_AFTER, FeedState, Polling, after_poll
from gisa.collecting.store import Seen, SiteStore
from gisa.model import Item
from gisa.reports import AddReport
from gisa.sources.fetch import host_named_by
from gisa.sources.web import AGENT, DEFAULT_LIMITS, FetchLimits, Web, tls_of_web

AT_ONCE: Final = 8
"""Hosts that are asked at the same time; feeds of one host are asked one after the other."""
PAUSE_S: Final = 1.0
"""Between two pages of one site."""

Add = Callable[[Iterable[Item]], AddReport]
"""Adds articles and returns when the archive has them."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one feed's poll led to."""

    before: FeedState
    after: FeedState
    polled: Polled

    @property
    def was_missed(self) -> bool:
        """Whether articles were probably missed since the poll before."""
        return self.after.missed_until is not None and self.after.missed_until != self.before.missed_until


class Rounds:
    """The rounds of one data folder. For one thread, and for one process at a time (the caller sees to that)."""

    def __init__(
        self,
        *,
        feeds_path: Path,
        store: SiteStore,
        add: Add,
        agent: str = AGENT,
        limits: FetchLimits = DEFAULT_LIMITS,
        clock: Clock = system_clock,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """``sleep`` is called in other threads, too."""
        self._feeds_path, self._store, self._add = feeds_path, store, add
        self._agent, self._limits = agent, limits
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._tls = tls_of_web()

    def poll_due(
        self, *, everything: bool = False, is_over: Callable[[], bool] = lambda: False
    ) -> Iterator[RoundReport]:
        """Poll the feeds that are due (``everything``: all that are active); each report comes once its state is kept.

        Raises what adding raises; the feeds concerned are polled again. Ends early once ``is_over``.
        """
        states = self._store.states()
        now = self._now()
        due: dict[str, list[tuple[Feed, FeedState]]] = {}
        for feed in read_feeds(self._feeds_path):
            state = states.get(feed.shown) or FeedState(url=feed.shown)
            if state.standing is Polling.ACTIVE and (everything or state.next_at <= now):
                due.setdefault(host_named_by(feed.url), []).append((feed, state))
        if not due:
            return
        known = {feed.shown: self._store.seen(feed.shown) for group in due.values() for feed, _ in group}
        with ThreadPoolExecutor(min(AT_ONCE, len(due)), thread_name_prefix="gisa-follow") as hosts:
            asked: list[Future[list[tuple[FeedState, Polled]]]] = [
                hosts.submit(self._poll_host, group, known, is_over) for group in due.values()
            ]
            try:
                for done in as_completed(asked):
                    yield from self._keep(done.result())
            finally:
                for each in asked:
                    each.cancel()

    def next_due_at(self) -> float | None:
        """When the next poll is due, in seconds since 1970; None if no feed is active."""
        states = self._store.states()
        found = [states.get(feed.shown) or FeedState(url=feed.shown) for feed in read_feeds(self._feeds_path)]
        return min((state.next_at for state in found if state.standing is Polling.ACTIVE), default=None)

    def _poll_host(
        self,
        group: Sequence[tuple[Feed, FeedState]],
        known: Mapping[str, Mapping[bytes, Seen]],
        is_over: Callable[[], bool],
    ) -> list[tuple[FeedState, Polled]]:
        named = {host_named_by(feed.url) for feed, _ in group if feed.is_named}
        found = []
        with Web(named=named, agent=self._agent, limits=self._limits, tls=self._tls, clock=self._clock) as web:
            poller = Poller(web, now=self._now, pause=lambda: self._sleep(PAUSE_S))
            for feed, state in group:
                if is_over():
                    break
                found.append((state, poller.poll(feed, state, known[feed.shown])))
        return found

    def _keep(self, polls: Sequence[tuple[FeedState, Polled]]) -> Iterator[RoundReport]:
        """Add what one host's feeds brought, then keep how they stand."""
        items = [item for _, polled in polls for item in polled.items]
        if items:
            self._add(items)
        for before, polled in polls:
            after = after_poll(before, polled.poll, now_s=self._now(), chance=self._chance())
            self._store.save(after, polled.seen)
            if after.moved_to is not None and after.moved_times >= MOVED_AFTER:
                after = self._move(polled.feed, after)
            yield RoundReport(before, after, polled)

    def _move(self, feed: Feed, state: FeedState) -> FeedState:
        """Keep the address that a feed has moved to for good."""
        target = state.moved_to or feed.url
        moved = replace(feed, url=target)

        def exchange(feeds: tuple[Feed, ...]) -> list[Feed]:
            others = [each for each in feeds if each.shown != feed.shown]
            if any(each.shown == moved.shown for each in others):
                return others
            return [moved if each.shown == feed.shown else each for each in feeds]

        change_feeds(self._feeds_path, exchange)
        self._store.rename(feed.shown, moved.shown)
        state = replace(state, url=moved.shown, moved_to=None, moved_times=0)
        self._store.save(state)
        return state

    def _now(self) -> float:
        return self._clock().timestamp()
