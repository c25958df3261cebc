"""A simulated day: a paper's feeds are followed by a clock that is set forward, while its site does what sites do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import gisa
from gisa.cli.main import main
from gisa.collecting.feeds import Feed, change_feeds, read_feeds
from gisa.collecting.rounds import RoundReport, Rounds
from gisa.collecting.schedule import FeedState
from gisa.collecting.store import SiteStore
from gisa.library import Library
from gisa.model import Item
from gisa.reports import AddReport
from tests.collecting.paper_site import START, PaperSite, paper_of, served
from tests.collecting.test_crawl import crawl

DAY = timedelta(hours=12)
FEED = "/rss/all.xml"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is set."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Newsroom:
    """A library, the site that it follows, and what happens on the site when."""

    library: Library
    site: PaperSite
    clock: SetClock
    rounds: Rounds
    plan: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    reports: list[RoundReport] = field(default_factory=list)

    def at(self, moment: datetime, action: Callable[[], None]) -> None:
        self.plan.append((moment, action))

    def live_until(self, end: datetime) -> None:
        """Poll whenever a poll is due, and let happen what happens before it."""
        self.plan.sort(key=lambda entry: entry[0])
        while True:
            due = self.rounds.next_due_at()
            if due is None or due > end.timestamp():
                return
            self.clock.now = max(self.clock.now, datetime.fromtimestamp(due + 0.001, START.tzinfo))
            while self.plan and self.plan[0][0] <= self.clock.now:
                self.plan.pop(0)[1]()
            self.reports += self.rounds.poll_due()

    def states(self) -> list[str]:
        return [report.after.standing.value for report in self.reports]


@contextmanager
def newsroom(folder: Path, site: PaperSite) -> Iterator[Newsroom]:
    clock = SetClock()
    with (
        served(site),
        gisa.open(folder, clock=clock) as library,
        SiteStore(library.settings.sites_path) as store,
    ):
        rounds = Rounds(
            feeds_path=library.settings.feeds_path,
            store=store,
            add=lambda items: library.add(items, keep_removed=True, workers=0),
            clock=clock,
            sleep=lambda _seconds: None,
            chance=lambda: 0.5,
        )
        yield Newsroom(library, site, clock, rounds)


def follow(room: Newsroom, path: str, *, is_full_text: bool = False) -> None:
    feed = Feed(url=room.site.root + path, is_named=True, is_full_text=is_full_text)
    change_feeds(room.library.settings.feeds_path, lambda feeds: [*feeds, feed])


def test_a_day_of_a_feed(tmp_path: Path) -> None:
    """Bursts, corrections, deletions, 304, 429, 500 and guids that change: nothing missed, nothing doubled, no correction lost."""
    site = paper_of(60, every=timedelta(minutes=-30))
    with newsroom(tmp_path, site) as room:
        follow(room, FEED)
        crawl(room.library, site)  # the past
        number = 2000
        for step in range(1, 18):
            at = START + step * timedelta(minutes=36)
            room.at(at, lambda number=number, at=at: site.publish(number, at))  # type: ignore[misc]
            if step % 5 == 0:
                change = {"text": f"바로잡습니다. {number}호의 글을 고칩니다."}
                room.at(at + timedelta(minutes=50), lambda number=number, change=change: site.change(number, **change))  # type: ignore[misc]
            number += 1
        burst = START + timedelta(hours=6)
        for each in range(45):
            room.at(burst, lambda each=each: site.publish(3000 + each, burst + timedelta(seconds=each)))  # type: ignore[misc]
        room.at(START + timedelta(hours=8), lambda: setattr(site, "has_new_guids", True))
        room.at(START + timedelta(hours=3), lambda: site.planned[FEED].append((429, {"Retry-After": "1200"})))
        room.at(START + timedelta(hours=5), lambda: site.planned[FEED].extend([(500, {}), (503, {})]))
        room.at(START + timedelta(hours=9), lambda: site.change(2003, is_gone=True))

        room.live_until(START + DAY)

        [state] = room.library.feeds()
        assert state.failures == 0
        assert state.missed_from is not None  # forty-five at once, in a feed of twenty
        assert state.missed_from.timestamp() <= burst.timestamp() < (state.missed_until or START).timestamp()
        crawl(room.library, site, since=START)  # what the alarm offers
        assert room.library.feeds()[0].missed_from is None
        assert room.library.count() == len(site.stories)
        assert room.library.search("바로잡습니다").total == 3
        answers = [report.polled.poll.found.value for report in room.reports]
        assert {"unchanged", "read", "busy", "failed"} <= set(answers)
        assert 20 <= len(answers) <= 150  # no oftener than every few minutes


def test_what_does_not_change_is_not_revised(tmp_path: Path) -> None:
    """A guid that changes with every poll, and the same items in another order, make no revision."""
    site = paper_of(10)
    site.has_new_guids = True
    with newsroom(tmp_path, site) as room:
        follow(room, FEED)
        follow(room, "/rss/society.xml")
        room.live_until(START + timedelta(hours=6))

        assert room.library.count() == 10
        assert room.library.status().change_seq == 10


def test_a_day_of_a_news_sitemap(tmp_path: Path) -> None:
    """Given the site's address alone, its news sitemap is followed: bursts and corrections need no alarm."""
    site = paper_of(12)
    site.has_whole_sitemap = True
    with newsroom(tmp_path, site) as room:
        done = CliRunner().invoke(main, ["follow", "add", site.root + "/", "--data", str(tmp_path)])
        assert done.exit_code == 0, done.output
        assert [feed.url for feed in read_feeds(room.library.settings.feeds_path)] == [site.root + "/news-sitemap.xml"]
        at = START + timedelta(hours=5)
        for each in range(40):
            room.at(at, lambda each=each: site.publish(3000 + each, at + timedelta(seconds=each)))  # type: ignore[misc]
        corrected = at + timedelta(hours=2)
        room.at(corrected, lambda: site.change(3005, text="바로잡습니다.", corrected=corrected))
        room.at(at + timedelta(hours=3), lambda: site.change(3006, is_gone=True))

        room.live_until(START + timedelta(hours=10))

        assert room.library.count() == 52
        assert room.library.search("바로잡습니다").total == 1
        assert room.library.search("나루대교").total >= 51


def test_the_whole_text_of_items(tmp_path: Path) -> None:
    """With full text a page is fetched once, and again after six hours: a correction of the page alone is a revision."""
    site = paper_of(5)
    with newsroom(tmp_path, site) as room:
        follow(room, FEED, is_full_text=True)
        room.live_until(START + timedelta(hours=1))
        assert sum("rss" not in path for path in site.asked) == 5
        assert room.library.search('"1001번째로 전하는 소식"').total == 1
        site.planned[site.stories[1004].path].append((503, {}))
        room.at(START + timedelta(hours=7), lambda: site.publish(1006, START + timedelta(hours=7)))
        room.at(START + timedelta(hours=7), lambda: site.change(1003, title="바로잡은 제목"))

        room.live_until(START + timedelta(hours=12))

        assert room.library.count() == 6
        assert room.library.search("바로잡은").total == 1


def test_what_the_desk_removed_stays_removed(tmp_path: Path) -> None:
    """A feed that goes on naming a removed article, or corrects it, does not bring it back."""
    site = paper_of(3, every=timedelta(minutes=-20))
    with newsroom(tmp_path, site) as room:
        follow(room, FEED)
        room.live_until(START + timedelta(minutes=1))
        [hit] = room.library.search('"나루시 소식 1002호"').hits
        room.library.remove([hit.article.id])
        site.change(1002, text="고친 글이다.", guid="another")

        room.live_until(START + timedelta(hours=2))

        assert room.library.count() == 2


def rounds_of(room: Newsroom, store: SiteStore, add: Callable[[Iterable[Item]], AddReport]) -> Iterator[RoundReport]:
    """One round with another way to add."""
    feeds_path = room.library.settings.feeds_path
    return Rounds(feeds_path=feeds_path, store=store, add=add, clock=room.clock).poll_due()


class Killed(BaseException):
    """What ends the process here as kill -9 would."""


@pytest.mark.parametrize("is_added", [False, True], ids=["before adding", "after adding"])
def test_a_follower_that_is_killed(tmp_path: Path, *, is_added: bool) -> None:
    """Killed before or after the archive has them, the next poll brings the same articles, and each is there once."""
    site = paper_of(8)
    with newsroom(tmp_path, site) as room:
        follow(room, FEED)

        def add(items: Iterable[Item]) -> AddReport:
            if is_added:
                room.library.add(items, workers=0)
            raise Killed

        with SiteStore(room.library.settings.sites_path) as store, pytest.raises(Killed):
            list(rounds_of(room, store, add))
        room.live_until(START + timedelta(minutes=1))

        assert room.library.count() == 8
        assert room.library.status().change_seq == 8


def test_a_feed_that_moves_ends_or_fails(tmp_path: Path) -> None:
    """A permanent redirect is kept after three polls, 410 ends a feed, thirty failures pause it; the address is added again."""
    site = paper_of(3)
    with newsroom(tmp_path, site) as room:
        for path in ("/old.xml", "/gone.xml", "/broken.xml"):
            follow(room, path)
        site.planned["/old.xml"].extend([(301, {"Location": FEED})] * 3)
        site.planned["/gone.xml"].append((410, {}))
        site.planned["/broken.xml"].extend([(500, {})] * 40)
        with SiteStore(room.library.settings.sites_path) as store:  # after a week
            store.save(FeedState(url=site.root + "/broken.xml", failures=27))
        room.live_until(START + timedelta(days=1))

        by_url = {state.url.removeprefix(site.root): state for state in room.library.feeds()}
        assert {path: state.standing for path, state in by_url.items()} == {
            FEED: "active", "/gone.xml": "ended", "/broken.xml": "paused",
        }  # fmt: skip
        assert by_url["/broken.xml"].failures == 30
        again = CliRunner().invoke(main, ["follow", "add", site.root + FEED, "--data", str(tmp_path)])
        assert "is followed already" in again.output or "이미" in again.output
        assert room.library.count() == 3
