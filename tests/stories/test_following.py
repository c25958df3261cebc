"""The store of stories: what is linked stands together, in whatever order it came, and nothing that may not be seen links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gisa import follower_file
from gisa.archive import SqlArchive, open_archive, sqlite_url
from gisa.library.followers import Followers
from gisa.model import Access, Article, Removal, WithheldAs
from gisa.stories import following
from gisa.stories.asking import Stories
from gisa.stories.following import StoriesFollower
from tests.stories.labelled import families

NOW = datetime(2027, 1, 1, tzinfo=UTC)
PREVIEW = 200
BRIDGE = next(families())
"""Four articles of one story, and two of none."""
SHORT, LONG = BRIDGE[0][0], BRIDGE[2][0]


class Watch:
    """A clock that can be set."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def follower(path: Path, archive: SqlArchive, *, clock: Watch | None = None) -> StoriesFollower:
    return StoriesFollower(path, archive, clock=clock if clock is not None else Watch(), preview=PREVIEW)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "stories.sqlite"


def stories(store: Path, archive: SqlArchive, *, clock: Watch | None = None, anew: bool = False) -> set[frozenset[str]]:
    """The ids of each story's articles, after following (or building anew)."""
    run = Followers(archive, [follower(store, archive, clock=clock)])
    (run.rebuild if anew else run.follow)()
    numbers = Stories(store, preview=PREVIEW).numbers()
    ids = {seq: each.article.id for seq, each in archive.fetch(list(numbers)).items()}
    return {frozenset(ids[seq] for seq in numbers if numbers[seq] == story) for story in set(numbers.values())}


def ids(*articles: Article) -> frozenset[str]:
    return frozenset(article.id for article in articles)


def test_the_labelled_families_are_told_apart(archive: SqlArchive, store: Path) -> None:
    """Over all families at once: no story holds articles of two families, and most are those labelled by hand."""
    by_hand: dict[tuple[int, str], set[str]] = {}
    for number, family in enumerate(families()):
        archive.add([article for article, _ in family])
        for article, story in family:
            if story != "-":
                by_hand.setdefault((number, story), set()).add(article.id)
    found = stories(store, archive)

    assert all(len({each.partition("-")[0] for each in story}) == 1 for story in found)
    assert len(found & {frozenset(each) for each in by_hand.values()}) >= 0.9 * len(by_hand)


def test_a_story_grows_and_falls_apart(archive: SqlArchive, store: Path) -> None:
    """An article joins when it comes, leaves when it is removed or rewritten, and one alone is no story."""
    one, other, third = (article for article, _ in BRIDGE[:3])
    archive.add([one])
    alone = stories(store, archive)
    archive.add([other, third])
    together = stories(store, archive)
    archive.remove([Removal(one.id)])
    without = stories(store, archive)
    archive.add([replace(other, body="시의회는 오는 20일 본회의에서 예산안을 표결에 부칠 예정이다. " * 5)])

    assert (alone, together, without) == (set(), {ids(one, other, third)}, {ids(other, third)})
    assert stories(store, archive) == set()


def test_what_only_one_article_connects_falls_apart_without_it(archive: SqlArchive, store: Path) -> None:
    """Two articles with nothing in common but a third are one story while the third is there."""
    roundup = Article(
        id="both", title=SHORT.title, body=f"{SHORT.body}\n{BRIDGE[5][0].body}", published_at=SHORT.published_at
    )
    apart = replace(BRIDGE[5][0], title="나루시 옆 바다군의 바다대교")
    archive.add([SHORT, apart, roundup])
    together = stories(store, archive)
    archive.remove([Removal("both")])

    assert together == {ids(SHORT, apart, roundup)}
    assert stories(store, archive) == set()


def test_the_same_text_days_later_is_another_story(archive: SqlArchive, store: Path) -> None:
    """Two articles are linked within 48 hours; a chain of updates may be longer."""
    later = replace(SHORT, id="later", published_at=SHORT.published_at + timedelta(hours=49))
    archive.add([SHORT, later])
    apart = stories(store, archive)
    between = replace(SHORT, id="between", published_at=SHORT.published_at + timedelta(hours=24))
    archive.add([between])

    assert apart == set()
    assert stories(store, archive) == {ids(SHORT, later, between)}


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"withheld_as": WithheldAs.DRAFT}, id="withheld"),
        pytest.param({"visible_from": NOW + timedelta(hours=1)}, id="embargo"),
        pytest.param(
            {"access": Access.SUBSCRIBER, "body": f"{'구독하면 읽을 수 있습니다. ' * 20}{LONG.body}"}, id="subscriber"
        ),
    ],
)
def test_what_may_not_be_read_links_nothing(archive: SqlArchive, store: Path, hidden: dict[str, object]) -> None:
    """An article that is withheld, or not open yet, or whose matching text is for subscribers, is in no story."""
    archive.add([SHORT, replace(LONG, **hidden)])  # type: ignore[arg-type]  # a table of fields

    assert stories(store, archive) == set()


def test_an_article_joins_once_its_embargo_has_ended(archive: SqlArchive, store: Path) -> None:
    """With the first change after that moment."""
    watch = Watch()
    archive.add([SHORT, replace(LONG, visible_from=NOW + timedelta(hours=1))])
    before = stories(store, archive, clock=watch)
    watch.now = NOW + timedelta(hours=2)
    archive.add([BRIDGE[5][0]])

    assert before == set()
    assert stories(store, archive, clock=watch) == {ids(SHORT, LONG)}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(range(18)), st.booleans()), min_size=3, max_size=14))
def test_following_ends_where_building_anew_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    """Additions and removals in any order leave the stories that building anew gives."""
    articles = [article for _, family in zip(range(3), families(), strict=False) for article, _ in family]
    folder = tmp_path_factory.mktemp("stories")
    with closing(open_archive(sqlite_url(folder / "archive.sqlite"))) as archive:
        for number, is_added in steps:
            if is_added:
                archive.add([articles[number]])
            else:
                archive.remove([Removal(articles[number].id)])
            followed = stories(folder / "followed.sqlite", archive)

        assert followed == stories(folder / "anew.sqlite", archive, anew=True)


@pytest.mark.parametrize(
    ("limit", "most", "is_found"),
    [
        pytest.param("_COMPARED", 1, True, id="compared"),
        pytest.param("_ROWS_READ", 1, True, id="rows"),
        pytest.param("_ROWS_READ", 0, False, id="no-rows"),
    ],
)
def test_limits_leave_links_out_and_make_no_wrong_ones(
    archive: SqlArchive, store: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, *, is_found: bool
) -> None:
    """Where candidates are cut, one link is enough to be in the story; an article that tells another one does not get into it."""
    monkeypatch.setattr(following, limit, most)
    same = [replace(SHORT, id=f"same-{number}") for number in range(4)]
    archive.add([*same, BRIDGE[5][0]])

    assert stories(store, archive) == ({ids(*same)} if is_found else set())


def test_without_a_store_every_article_is_alone(tmp_path: Path) -> None:
    """A missing store, one of other rules and a damaged one have no stories."""
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"not a database" * 100)

    assert Stories(tmp_path / "none.sqlite", preview=PREVIEW).numbers() == {}
    assert Stories(damaged, preview=PREVIEW).numbers() == {}
    assert Stories(damaged, preview=PREVIEW).members(7) == [7]


def test_reading_the_store_leaves_its_stamp(archive: SqlArchive, store: Path) -> None:
    """Pages stay in the cache when a story is read for the first time: only what follows the archive changes the stamp."""
    Followers(archive, [follower(store, archive)]).follow()
    read = Stories(store, preview=PREVIEW)
    before = read.stamp

    read.numbers()

    assert read.stamp == before


def test_only_members_change_the_stamp(archive: SqlArchive, store: Path) -> None:
    """An article that is alone leaves pages in the cache and numbers in memory; one that joins a story does not."""
    read = Stories(store, preview=PREVIEW)
    archive.add([SHORT])
    stories(store, archive)
    stamps, kept = [read.stamp], [read.numbers()]
    for article in (BRIDGE[4][0], BRIDGE[5][0], LONG):
        archive.add([article])
        stories(store, archive)
        stamps.append(read.stamp)
        kept.append(read.numbers())
    stories(store, archive, anew=True)

    assert stamps[0] == stamps[1] == stamps[2] != stamps[3]
    assert kept[0] is kept[1] is kept[2]
    assert len(kept[3]) == 2
    assert read.stamp != stamps[3]


def test_an_answer_that_came_from_an_error_is_not_kept(
    archive: SqlArchive, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the store is locked every article is alone; then grouping goes on, and no page of that time stays in a cache."""
    archive.add([SHORT, LONG])
    stories(store, archive)
    read = Stories(store, preview=PREVIEW)
    monkeypatch.setattr(follower_file, "_READ_TIMEOUT_S", 0.0)
    before = read.stamp
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.executescript("PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        locked = read.numbers(), Stories(store, preview=PREVIEW).numbers()

    assert locked == ({}, {})
    assert len(read.numbers()) == 2
    assert read.stamp != before
