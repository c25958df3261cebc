"""What follows the change log: one table runs it, and status, verify and metrics show a line for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import gisa
from gisa.archive import SqlArchive, open_archive, sqlite_url
from gisa.corrections.following import CorrectionsFollower
from gisa.errors import SearchIndexError
from gisa.library import followers
from gisa.library.followers import FOLLOWERS, Followed, Followers
from gisa.library.node import Node
from gisa.model import Change, Removal
from gisa.ports import Follower
from gisa.quotes.following import QuotationsFollower
from gisa.reports import FollowerState
from gisa.web.app import create_app
from tests.library.toy_follower import CountFollower
from tests.stories.test_following import follower as stories_follower
from tests.suggest.test_store import article
from tests.suggest.test_store import follower as suggestions_follower
from tests.web.visitor import Visitor

DOCS = Path(__file__).parents[2] / "docs"
MakeFollower = Callable[[Path, SqlArchive], Follower]
KINDS: dict[str, MakeFollower] = {
    "suggestions": suggestions_follower,
    "quotations": partial(QuotationsFollower, preview=200),
    "stories": stories_follower,
    "corrections": partial(CorrectionsFollower, preview=200),
    "toy": CountFollower,
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as opened:
        yield opened


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def follower(request: pytest.FixtureRequest, tmp_path: Path, archive: SqlArchive) -> Follower:
    make: MakeFollower = request.param
    return make(tmp_path / "store", archive)


class Broken:
    """A follower whose disk is full."""

    name = "broken"
    change_seq = 0

    def follow(self, changes: Sequence[Change]) -> None:
        raise SearchIndexError("disk is full")

    def rebuild(self) -> None:
        raise SearchIndexError("disk is full")

    def problems(self) -> Iterator[str]:
        return iter(())


class Lazy(Broken):
    """A follower that takes nothing in."""

    name = "lazy"

    def follow(self, changes: Sequence[Change]) -> None:
        pass


def test_followers_keep_up_with_a_long_run(tmp_path: Path, archive: SqlArchive) -> None:
    """While articles are still being written, followers take in what waits, so that little is left at the end."""
    toy = CountFollower(tmp_path / "store", archive)
    deadline = time.monotonic() + 10
    with Followers(archive, [toy]).beside(many=2, look_every_s=0.005):
        archive.add([article(1, "나루시 예산"), article(2, "나루시 의회")])
        while toy.articles < 2 and time.monotonic() < deadline:
            time.sleep(0.005)
        kept_up = toy.articles

    assert kept_up == 2


def test_a_follower_that_fails_stops_no_long_run(archive: SqlArchive) -> None:
    """What fails beside a run does not end it; the follow at its end says so."""
    followers = Followers(archive, [Broken()])
    with followers.beside(many=1, look_every_s=0.001):
        archive.add([article(1, "나루시 예산")])
        time.sleep(0.02)

    with pytest.raises(SearchIndexError, match="disk is full"):
        followers.follow()


def test_a_follower_without_a_store_is_built(archive: SqlArchive, follower: Follower) -> None:
    """Before the first run there is no store, and that is nothing wrong; afterwards it holds everything."""
    archive.add([article(1, "나루시 예산")])
    before = follower.change_seq, list(follower.problems())
    Followers(archive, [follower]).follow()

    assert before == (-1, [])
    assert (follower.change_seq, list(follower.problems())) == (1, [])


def test_a_follower_keeps_up_in_steps(archive: SqlArchive, follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    """Additions, revisions and removals are followed, however few changes are taken in at once."""
    monkeypatch.setattr(followers, "_CHANGES_AT_ONCE", 2)
    run = Followers(archive, [follower])
    archive.add([article(1, "나루시 예산")])
    run.follow()
    archive.add([article(1, "나루시 추경"), article(2, "해온도"), article(3, "누리호")])
    archive.remove([Removal("a2")])
    behind, state = run.are_behind(), list(run.states())
    run.follow()

    assert behind
    assert state == [FollowerState(follower.name, 1, 4)]
    assert list(run.states()) == [FollowerState(follower.name, 5, 0)]
    assert list(run.problems()) == []
    assert not run.are_behind()


def test_a_follower_is_rebuilt_on_demand(archive: SqlArchive, follower: Follower) -> None:
    """Building anew ends where following does."""
    archive.add([article(1, "나루시 예산"), article(2, "해온도")])
    archive.remove([Removal("a2")])
    Followers(archive, [follower]).rebuild()

    assert follower.change_seq == 3
    assert list(follower.problems()) == []


def test_one_that_fails_keeps_no_other_from_following(archive: SqlArchive, tmp_path: Path) -> None:
    """Every follower is asked; then the first failure is told."""
    archive.add([article(1, "나루시")])
    good = CountFollower(tmp_path / "store", archive)
    with pytest.raises(SearchIndexError, match="disk is full"):
        Followers(archive, [Broken(), good]).follow()

    assert good.change_seq == 1


def test_one_that_does_not_move_is_told(archive: SqlArchive) -> None:
    """A follower that takes changes in and stays where it is would be asked for ever."""
    archive.add([article(1, "나루시")])

    with pytest.raises(SearchIndexError, match="lazy: does not get beyond change 0"):
        Followers(archive, [Lazy()]).follow()


def _toy(followed: Followed) -> Follower:
    return CountFollower(followed.settings.data_dir / "count.json", followed.archive)


def test_one_line_of_the_table_adds_a_follower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It follows whatever writes, and status, verify and metrics each show it, without another line anywhere."""
    monkeypatch.setattr("gisa.library.wiring.FOLLOWERS", (*FOLLOWERS, _toy))
    with gisa.open(tmp_path) as library:
        library.add(
            {"id": f"a{n}", "title": "나루시", "body": "시", "published_at": "2025-06-05T00:00:00Z"} for n in range(3)
        )
        library.remove(["a1"])
        state = library.status().followers
        whole = library.verify()
        metrics = Visitor(create_app(library)).get("/metrics").text
        store = tmp_path / "count.json"
        store.write_text(store.read_text().replace('"articles": 2', '"articles": 7'))
        found = library.verify().findings

    assert [(each.name, each.change_seq, each.lag) for each in state] == [
        (name, 4, 0) for name in ("index", "suggestions", "quotations", "stories", "corrections", "count")
    ]
    assert whole.is_whole
    assert 'gisa_follower_change_seq{follower="count"} 4.0' in metrics
    assert 'gisa_follower_lag_changes{follower="suggestions"} 0.0' in metrics
    assert [(finding.part, "counts 7 articles" in gisa.say(finding.what)) for finding in found] == [("count", True)]


def test_looking_at_the_followers_forgets_no_answers(tmp_path: Path) -> None:
    """Health checks and metrics leave the stamp as it is: what is cached stays cached."""
    with gisa.open(tmp_path) as library:
        library.add([{"id": "a1", "title": "나루시", "body": "시", "published_at": "2025-06-05T00:00:00Z"}])
        before = library.stamp
        for _ in range(3):
            library.status()
            library.suggest("나")
        time.sleep(library._engine.seen_within_s)

        assert library.stamp == before


def test_the_toy_of_the_docs_is_the_tested_one() -> None:
    """The code that ``docs/adding-a-follower.md`` shows is the code that these tests run."""
    toy = (Path(__file__).parent / "toy_follower.py").read_text(encoding="utf-8")
    shown = (DOCS / "adding-a-follower.md").read_text(encoding="utf-8")

    assert toy[toy.index("class CountFollower") :].strip() in shown


@pytest.mark.parametrize(("behind", "times"), [(0, 1), (1, 2)], ids=["level", "behind"])
def test_a_node_asks_its_followers_once_a_tick(archive: SqlArchive, behind: int, times: int) -> None:
    """Twice a second each says how far it is; again only after it has followed."""
    archive.add([article(1, "나루시 예산")])
    asked: list[int] = []
    held = [1 - behind]

    def states() -> Iterator[FollowerState]:
        asked.append(held[0])
        yield FollowerState("toy", held[0], 1 - held[0])

    engine: Any = SimpleNamespace(reader=lambda: SimpleNamespace(change_seq=1, vocabulary=""), is_local=True)
    run: Any = SimpleNamespace(states=states)
    upkeep: Any = SimpleNamespace(follow=lambda wait_s: held.__setitem__(0, 1))
    own: Any = SimpleNamespace(version=0, refresh=lambda: None)
    node = Node(archive, engine, run, upkeep, own)

    assert node._step() == 1
    assert len(asked) == times
