"""Nothing that is not published leaves any door of a library, not even as a count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.access import Asker, Gate, beginning, gate_tokens, opens_later_s
from gisa.config import Paper, load_settings
from gisa.errors import ArticleNotFound
from gisa.library import Library
from gisa.model import SEOUL, Access, Article, WithheldAs
from gisa.query.matching import ArticleTokens
from gisa.text.views import GATE

NOON = datetime(2026, 3, 2, 12, tzinfo=SEOUL)
MARKER = "바람골뜸부기"
"""A word that stands in hidden articles only."""


class Hand:
    """A clock whose hand the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def opened(folder: Path, clock: Hand, *, preview: int = 200) -> Iterator[Library]:
    settings = replace(load_settings(folder), paper=Paper(preview=preview))
    with Library(settings, clock=clock) as library:
        library.prepare()
        yield library


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def library(tmp_path: Path, clock: Hand) -> Iterator[Library]:
    with opened(tmp_path / "data", clock) as library:
        yield library


def article(number: int, **fields: Any) -> dict[str, Any]:
    """An acceptable article of the day before."""
    return {
        "id": f"a{number}",
        "title": "나루시 예산",
        "body": "본문",
        "published_at": (NOON - timedelta(days=1)).isoformat(),
        **fields,
    }


HIDDEN: dict[str, dict[str, Any]] = {
    "a draft": {"status": "draft"},
    "a private one": {"status": "private"},
    "a deleted one": {"status": "trash"},
    "published: false": {"published": False},
    "hidden: true": {"hidden": True},
    "an unknown status": {"status": "확인중"},
    "an embargo": {"visible_from": (NOON + timedelta(hours=1)).isoformat()},
    "a date in the future": {"published_at": "2035-01-01T09:00:00+09:00"},
    "an embargoed one in the future": {"published_at": "2035-01-01T09:00:00+09:00", "status": "embargoed"},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_is_not_published_leaves_no_door(library: Library, fields: dict[str, Any]) -> None:
    """Search, counts, facets, sections, suggestions, did-you-mean, article, explanation and status know nothing of it."""
    library.add([article(1), article(2, title=f"{MARKER} 나루시", section="비밀분야", byline=["감춘이"], **fields)])

    page = library.search("나루시", facets=True)
    typo = library.search(MARKER[:-1] + "거")

    assert (page.total, [hit.article.id for hit in page.hits]) == (1, ["a1"])
    assert page.facets is not None
    assert not any(count.value in ("비밀분야", "감춘이") for group in page.facets.values() for count in group)
    assert library.search(MARKER).total == library.search(f'"{MARKER[1:4]}"', inside=True).total == 0
    assert typo.did_you_mean is None
    assert [each.value for each in library.sections()] == []
    assert library.suggest(MARKER[:3]) == library.suggest(f"나루시 {MARKER[:3]}") == []
    with pytest.raises(ArticleNotFound):
        library.article("a2")
    with pytest.raises(ArticleNotFound):
        library.explain(MARKER, "a2")
    assert library.status().articles == 1
    assert library.status().newest == NOON - timedelta(days=1)


def test_the_desk_sees_everything(library: Library) -> None:
    """Who asks as the desk finds what is under an embargo, and reads and counts what is withheld."""
    library.add([article(1), article(2, status="draft"), article(3, visible_from="2026-03-09")])

    assert library.search("예산", asker=Asker.DESK).total == 2
    assert library.article("a2", asker=Asker.DESK).article.withheld_as is WithheldAs.DRAFT
    assert library.status().withheld == {"draft": 1, "ahead": 1}


def test_an_embargo_ends_by_itself(library: Library, clock: Hand) -> None:
    """At its second the article is found, counted and readable, and cached answers are dropped; nobody runs a job."""
    ends = NOON + timedelta(hours=1)
    library.add([article(1), article(2, visible_from=ends.isoformat())])
    before, stamp = library.search("예산").total, library.stamp

    clock.now = ends - timedelta(seconds=1)
    still, stamp_still = library.search("예산").total, library.stamp
    clock.now = ends

    assert (before, still, library.search("예산").total) == (1, 1, 2)
    assert stamp == stamp_still != library.stamp
    assert library.article("a2").article.id == "a2"
    assert library.status().articles == 2


def test_each_of_several_embargoes_changes_the_stamp(library: Library, clock: Hand) -> None:
    """Cached answers live from one opening to the next."""
    library.add([article(number, visible_from=(NOON + timedelta(hours=number)).isoformat()) for number in (1, 2, 3)])
    stamps, totals = [], []

    for hours in (0, 1, 2, 3, 4):
        clock.now = NOON + timedelta(hours=hours)
        stamps.append(library.stamp)
        totals.append(library.search("예산").total)

    assert totals == [0, 1, 2, 3, 3]
    assert len(set(stamps)) == 4
    assert stamps[3] == stamps[4]


def test_suggestions_follow_an_embargo(library: Library, clock: Hand) -> None:
    """A headline is offered with the first change after its embargo, never before, and goes when it is withheld."""
    library.add([article(1, title=f"{MARKER} 발견", visible_from=(NOON + timedelta(hours=1)).isoformat())])
    before = library.suggest(MARKER[:3])
    clock.now = NOON + timedelta(hours=2)
    library.add([article(2)])
    offered = [each.text for each in library.suggest(MARKER[:3])]
    library.withhold(["a1"])

    assert before == []
    assert MARKER in "".join(offered)
    assert library.suggest(MARKER[:3]) == []


def test_an_embargoed_revision_replaces_another(library: Library, clock: Hand) -> None:
    """Revisions that never opened leave nothing behind among the suggestions."""
    later = (NOON + timedelta(hours=1)).isoformat()
    library.add([article(1, title="가온누리 첫째", visible_from=later)])
    library.add([article(1, title=f"{MARKER} 둘째", visible_from=later)])
    library.remove(["a1"])
    clock.now = NOON + timedelta(hours=2)
    library.add([article(2)])

    assert library.suggest("가온") == library.suggest(MARKER[:3]) == []


def test_the_desk_withholds_and_publishes(library: Library) -> None:
    """An article that the desk holds stays hidden although its source sends it again, until it is published."""
    library.add([article(1), article(2)])
    held = library.withhold(["a1", "none"])
    hidden = library.search("예산").total
    library.add([article(1, title="나루시 예산 고침"), article(3)])
    sent_again = library.search("예산").total
    shown = library.publish(["a1"])

    assert (held, hidden, sent_again, shown) == (1, 1, 2, 1)
    assert library.search("예산").total == 3
    assert library.article("a1").article.title == "나루시 예산 고침"


def test_a_hold_is_kept_by_whichever_key_an_article_comes(library: Library) -> None:
    """The same article from a feed, under another id and by its address, stays withheld, too."""
    library.add([article(1, url="https://naru.example/1")])
    library.withhold(["a1"])
    library.add([article(2, url="https://naru.example/1", body="고친 본문")])

    assert library.search("예산").total == 0
    assert library.article("a1", asker=Asker.DESK).article.body == "고친 본문"


def test_what_was_shown_and_is_withheld_is_gone_at_once(library: Library) -> None:
    """A source that takes its word back hides the article, also from one who asks for it by name."""
    library.add([article(1)])
    library.add([article(1, status="private")])

    assert library.search("예산").total == 0
    with pytest.raises(ArticleNotFound):
        library.article("a1")


def test_a_subscribers_article_shows_its_beginning(tmp_path: Path, clock: Hand) -> None:
    """It is found by any word and counted; article, snippet and highlights show the first characters only."""
    body = "첫머리는 누구나 읽는다. " + "가운데 " * 30 + MARKER
    with opened(tmp_path / "data", clock, preview=12) as library:
        library.add([article(1, body=body, access="subscriber")])

        page = library.search(MARKER)
        seen = library.article("a1", query=MARKER)
        whole = library.article("a1", query=MARKER, asker=Asker.SUBSCRIBER)

    assert page.total == 1
    assert page.hits[0].snippet.text == seen.article.body == "첫머리는 누구나"
    assert (seen.article.excerpt, seen.body_highlights) == (True, ())
    assert whole.article.body == body
    assert len(whole.body_highlights) == 1


MOMENTS = st.integers(-48, 48).map(lambda hours: NOON + timedelta(hours=hours))


@given(
    published_at=MOMENTS,
    visible_from=st.none() | MOMENTS,
    withheld_as=st.none() | st.sampled_from(WithheldAs),
    indexed_at=MOMENTS,
    later=st.timedeltas(timedelta(0), timedelta(days=3)),
    asker=st.sampled_from(Asker),
)
def test_the_clause_says_what_the_gate_says(
    published_at: datetime,
    visible_from: datetime | None,
    withheld_as: WithheldAs | None,
    indexed_at: datetime,
    later: timedelta,
    asker: Asker,
) -> None:
    """An index entry made at any moment is found at any later one exactly if the article may be shown."""
    given_article = Article(
        id="a", title="제목", body="", published_at=published_at, visible_from=visible_from, withheld_as=withheld_as
    )
    gate = Gate(asker, indexed_at + later, 0)
    tokens = ArticleTokens(
        {GATE: gate_tokens(given_article)},
        seq=1,
        published_at_s=given_article.published_at_s,
        opens_at_s=opens_later_s(given_article, now=indexed_at),
    )

    assert tokens.holds(gate.clause) == gate.shows(given_article)


@given(st.text(max_size=60), st.integers(0, 70))
def test_a_preview_is_never_longer(text: str, length: int) -> None:
    """What is shown of a body begins it and has at most as many characters as the paper allows."""
    shown = beginning(text, length)

    assert text.startswith(shown)
    assert len(shown) <= length


def test_subscriber_access_is_kept_by_a_public_article() -> None:
    """A public article is shown whole, whatever the preview."""
    whole = Article(id="a", title="제목", body="본문 전체", published_at=NOON, access=Access.PUBLIC)

    assert Gate(Asker.PUBLIC, NOON, 2).visible(whole) is whole
