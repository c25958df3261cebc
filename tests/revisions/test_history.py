"""How an article changed: what is told of it, and that no earlier text leaves by any way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import gisa
from gisa.access import Asker, Gate
from gisa.archive import open_archive, sqlite_url
from gisa.config import Paper as PaperSettings
from gisa.config import RevisionsShown
from gisa.errors import ArticleNotFound, ArticleRemoved
from gisa.model import Access, Article, Purge, Removal, WithheldAs
from gisa.ports import Archive
from gisa.revisions.history import Part, Revision, revisions_of
from gisa.search.gated import GatedArchive
from gisa.text.sentence_diff import SentenceChange

START = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
SECRET = "뜸부기"


class Clock:
    """Time that goes on an hour with every step of a story."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_hours(self, hours: int = 1) -> None:
        self.now += timedelta(hours=hours)


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Paper:
    """An archive that an asker looks into through the gate."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self.archive, self.clock = archive, clock

    def put(self, *states: Article) -> None:
        """Add the states one after the other, an hour between them."""
        for state in states:
            self.clock.pass_hours()
            self.archive.add([state], lift_holds=True)

    def remove(self) -> None:
        self.clock.pass_hours()
        self.archive.remove([Removal("a1")])

    def revisions(self, *, earlier_than: int | None = None, asker: Asker = Asker.PUBLIC) -> tuple[Revision, ...]:
        past, gate = GatedArchive(self.archive, lambda: Gate(asker, self.clock(), 200)).past("a1")
        return revisions_of(past, reads=gate.reads, earlier_than=earlier_than)


@pytest.fixture
def paper(tmp_path: Path, clock: Clock) -> Iterator[Paper]:
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"), clock=clock)) as archive:
        yield Paper(archive, clock)


PUBLISHED: Final = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)


def article(body: str, **fields: Any) -> Article:
    return Article(**{"id": "a1", "title": "나루대교 공사 소식", "body": body, "published_at": PUBLISHED, **fields})


def test_each_revision_says_what_it_says_otherwise(paper: Paper) -> None:
    """Newest first: sentences changed, added, dropped, of each part; the first has none before it."""
    paper.put(
        article("다리는 300억 원이다. 오는 5월에 연다. 시장이 왔다."),
        article("다리는 350억 원이다. 오는 5월에 연다. 비가 왔다.", title="나루대교 공사 새 소식"),
    )

    second, first = paper.revisions()

    assert (second.number, first.number) == (2, 1)
    assert first.passages is None
    assert second.passages is not None
    assert {(each.part, each.change) for each in second.passages} >= {
        (Part.TITLE, SentenceChange.CHANGED),
        (Part.BODY, SentenceChange.CHANGED),
        (Part.BODY, SentenceChange.DROPPED),
        (Part.BODY, SentenceChange.ADDED),
    }
    assert ("다리는 300억 원이다.", "다리는 350억 원이다.") in {(each.before, each.after) for each in second.passages}


def test_many_revisions_are_told_some_at_a_time(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left out, none comes twice, numbers go on, and the last of one stretch is compared with the first of the next."""
    monkeypatch.setattr("gisa.revisions.history.REVISIONS_SHOWN", 3)
    monkeypatch.setattr("gisa.search.gated._STATES_AT_ONCE", 2)
    paper.put(*(article(f"다리는 {number}억 원이다.") for number in range(100, 107)))

    told = [paper.revisions(), paper.revisions(earlier_than=5), paper.revisions(earlier_than=2)]

    assert [[each.number for each in some] for some in told] == [[7, 6, 5], [4, 3, 2], [1]]
    assert [bool(each.passages) for some in told for each in some] == [True] * 6 + [False]
    assert paper.revisions(earlier_than=1) == ()


def test_times_are_the_papers_own_where_it_gives_them(paper: Paper) -> None:
    """The first: when it was published. Later: when the paper changed it, else when the archive took it in."""
    paper.put(
        article("하나."),
        article("둘.", modified_at=START + timedelta(minutes=90)),
        article("셋.", modified_at=START + timedelta(minutes=90)),
    )

    third, second, first = paper.revisions()

    assert first.at == datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    assert second.at == datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
    assert third.at == third.archived_at == START + timedelta(hours=3)


def test_what_readers_cannot_tell_apart_is_one_revision(paper: Paper) -> None:
    """Other keywords, or another time of change, are no revision; other spacing is one that says nothing otherwise."""
    paper.put(article("하나 둘."), article("하나 둘.", keywords=("다리",)), article("하나둘.", keywords=("다리",)))

    second, first = paper.revisions()

    assert second.passages == ()
    assert first.at == datetime(2026, 11, 1, 0, 0, tzinfo=UTC)


def _removed_and_back(paper: Paper) -> None:
    paper.put(article(f"{SECRET}가 울었다."))
    paper.remove()
    paper.put(article("비가 왔다."))


def _withheld_and_back(paper: Paper) -> None:
    paper.put(
        article(f"{SECRET}가 울었다."),
        article(f"{SECRET}가 울었다.", withheld_as=WithheldAs.DESK),
        article("비가 왔다.", withheld_as=WithheldAs.DESK),
        article("비가 왔다."),
    )


def _draft_first(paper: Paper) -> None:
    paper.put(article(f"{SECRET}가 울었다.", withheld_as=WithheldAs.DRAFT), article("비가 왔다."))


def _replaced_under_embargo(paper: Paper) -> None:
    opens = START + timedelta(hours=20)
    paper.put(article(f"{SECRET}가 울었다.", visible_from=opens), article("비가 왔다.", visible_from=opens))
    paper.clock.pass_hours(48)


def _replaced_before_its_date(paper: Paper) -> None:
    ahead = START + timedelta(hours=20)
    paper.put(article(f"{SECRET}가 울었다.", published_at=ahead), article("비가 왔다.", published_at=ahead))
    paper.clock.pass_hours(48)


def _embargoed_between(paper: Paper) -> None:
    opens = START + timedelta(hours=20)
    paper.put(article(f"{SECRET}가 울었다."), article("비.", visible_from=opens), article("비가 왔다."))


def _for_subscribers(paper: Paper) -> None:
    paper.put(*(article(body, access=Access.SUBSCRIBER) for body in (f"{SECRET}가 울었다.", "비가 왔다.")))


def _once_for_subscribers(paper: Paper) -> None:
    paper.put(article(f"{SECRET}가 울었다.", access=Access.SUBSCRIBER), article("비가 왔다."))


def _for_subscribers_since(paper: Paper) -> None:
    paper.put(article(f"{SECRET}가 울었다."), article("비가 왔다.", access=Access.SUBSCRIBER))


def _purged_and_back(paper: Paper) -> None:
    paper.put(article(f"{SECRET}가 울었다."), article("바람이 불었다."))
    paper.remove()
    paper.archive.purge([Purge("a1", paper.clock(), "desk")])
    paper.put(article("비가 왔다."))


STORIES: dict[str, Callable[[Paper], None]] = {
    story.__name__.strip("_"): story
    for story in (
        _removed_and_back,
        _withheld_and_back,
        _draft_first,
        _replaced_under_embargo,
        _replaced_before_its_date,
        _embargoed_between,
        _for_subscribers,
        _once_for_subscribers,
        _for_subscribers_since,
        _purged_and_back,
    )
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_no_earlier_text_leaves(paper: Paper, story: Callable[[Paper], None]) -> None:
    """What was withheld, embargoed, taken down, purged or for subscribers is not told when the article is public again."""
    story(paper)

    assert SECRET not in str(paper.revisions())


def test_subscribers_see_what_they_may_read(paper: Paper) -> None:
    """Of a subscriber's article everybody is told when it changed, subscribers what."""
    _for_subscribers(paper)

    assert [each.passages for each in paper.revisions()] == [None, None]
    assert SECRET in str(paper.revisions(asker=Asker.SUBSCRIBER))


def test_an_erased_text_is_gone_for_the_desk_too(paper: Paper) -> None:
    """A purge blanks every revision; what came after it stands alone."""
    _purged_and_back(paper)

    assert len(paper.revisions(asker=Asker.DESK)) == 1


def test_a_long_history_is_compared_as_far_as_time_allows(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit of characters a revision is told by its time alone; the newest are compared first."""
    monkeypatch.setattr("gisa.revisions.history._MOST_COMPARED", 12)
    paper.put(article("하나."), article("둘셋넷다."), article("다섯."))

    assert [each.passages is None for each in paper.revisions()] == [False, True, True]


@pytest.mark.parametrize(
    ("shown", "times", "told"), [("none", 0, False), ("times", 2, False), ("diff", 2, True)], ids=str
)
def test_a_paper_shows_what_it_wants(tmp_path: Path, shown: str, times: int, *, told: bool) -> None:
    """Nothing, times, or what was changed; its desk sees all of it. What is withheld or taken down has no times either."""
    (tmp_path / "gisa.toml").write_text(f'[paper]\nrevisions = "{shown}"\n', "utf-8")
    with gisa.open(tmp_path) as library:
        library.add([article(f"하나. {SECRET}."), article("하나."), article("둘", id="a2"), article("셋", id="a2")])
        library.remove(["a2"])
        if times:
            found = library.revisions("a1")
            assert len(found) == times
            assert (SECRET in str(found)) == told
            with pytest.raises(ArticleRemoved):
                library.revisions("a2")
        else:
            with pytest.raises(ArticleNotFound):
                library.revisions("a1")
        assert SECRET in str(library.revisions("a1", asker=Asker.DESK))

        library.withhold(["a1"])
        with pytest.raises(ArticleNotFound):
            library.revisions("a1")


def test_times_alone_are_the_default() -> None:
    """A paper that says nothing shows no earlier text."""
    assert PaperSettings().revisions is RevisionsShown.TIMES
