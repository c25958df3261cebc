"""How the followed feeds stand, for whoever only looks: ``gisa follow status``, ``gisa status``, ``/metrics``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gisa.collecting.feeds import read_feeds
from gisa.collecting.schedule import FeedState
from gisa.collecting.store import read_states
from gisa.model import SEOUL
from gisa.reports import FeedStatus


def feed_statuses(*, feeds_path: Path, sites_path: Path) -> list[FeedStatus]:
    """One for each feed of the list, in its order. Addresses are without passwords. Raises ``ConfigError``."""
    feeds = read_feeds(feeds_path)
    states = read_states(sites_path) if feeds else {}
    found = []
    for feed in feeds:
        state = states.get(feed.shown) or FeedState(url=feed.shown)
        found.append(
            FeedStatus(
                url=feed.shown,
                title=feed.title,
                section=feed.section,
                is_sitemap=feed.is_sitemap,
                is_full_text=feed.is_full_text,
                standing=state.standing.value,
                interval_s=round(state.interval_s),
                asked_at=_moment(state.asked_at),
                ok_at=_moment(state.ok_at),
                next_at=_moment(state.next_at or None),
                failures=state.failures,
                trouble=state.trouble,
                items=state.items,
                new=state.new,
                articles=state.articles,
                missed_from=_moment(state.missed_from),
                missed_until=_moment(state.missed_until),
            )
        )
    return found


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(round(seconds), SEOUL)
