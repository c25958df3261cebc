"""Which article of the archive a given one is: by its id and by its address, and what is refused."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gisa.archive import open_archive, sqlite_url
from gisa.model import Article, Outcome
from gisa.text.addresses import address_key, canonical_url

ONE = Article(
    id="1",
    title="나루대교 개통",
    body="나루대교가 열렸다.",
    published_at=datetime(2025, 11, 3, tzinfo=UTC),
    url="https://www.naru.example/news/1",
    section="사회",
)
LATER = datetime(2025, 11, 9, tzinfo=UTC)
OTHER_URL = "https://www.naru.example/news/2"


@pytest.mark.parametrize(
    ("second", "outcome", "articles"),
    [
        pytest.param(ONE, Outcome.UNCHANGED, 1, id="the same"),
        pytest.param(replace(ONE, id="g-9"), Outcome.UNCHANGED, 1, id="a CMS export, then the feed"),
        pytest.param(replace(ONE, id="g-9", title="나루대교 개통식"), Outcome.UPDATED, 1, id="the headline corrected"),
        pytest.param(replace(ONE, title="둘째", published_at=LATER), Outcome.UPDATED, 1, id="both keys agree"),
        pytest.param(replace(ONE, title="둘째", published_at=LATER, url=None), Outcome.REFUSED, 1, id="a counter began anew"),
        pytest.param(
            replace(ONE, title="둘째", published_at=LATER, url=OTHER_URL), Outcome.REFUSED, 1, id="an id taken again"
        ),
        pytest.param(replace(ONE, id="2", title="둘째", published_at=LATER), Outcome.REFUSED, 1, id="one address in every row"),
        pytest.param(replace(ONE, url="https://m.naru.example/news/1"), Outcome.UNCHANGED, 1, id="the mobile twin"),
        pytest.param(replace(ONE, id="2", url=OTHER_URL), Outcome.ADDED, 2, id="another article"),
        pytest.param(replace(ONE, section="지역"), Outcome.UPDATED, 1, id="another section"),
    ],
)  # fmt: skip
def test_which_article_it_is(tmp_path: Path, second: Article, outcome: Outcome, articles: int) -> None:
    """What agrees by one key, and differs in the other and in headline and day, is refused; nothing is overwritten or doubled."""
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as archive:
        archive.add([ONE])

        (foreseen,) = archive.preview([second])
        (addition,) = archive.add([second])

        assert foreseen.outcome is addition.outcome is outcome
        assert archive.count() == articles
        assert (addition.conflict is None) is (outcome is not Outcome.REFUSED)


def test_the_same_decisions_within_one_batch(tmp_path: Path) -> None:
    """What the batch has added counts as being there."""
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as archive:
        additions = archive.add([ONE, replace(ONE, id="g-9"), replace(ONE, title="둘째", published_at=LATER, url=None)])

    assert [addition.outcome for addition in additions] == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.REFUSED]


def test_a_guid_used_again_gives_way_to_the_address(tmp_path: Path) -> None:
    """A feed that gives an old guid to a new article does not keep it out."""
    feed = replace(ONE, id="g-0123456789abcdef0123")
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as archive:
        archive.add([feed])

        (addition,) = archive.add([replace(feed, title="둘째", published_at=LATER, url=OTHER_URL)])

        assert addition.outcome is Outcome.ADDED
        assert archive.count() == 2


def test_two_section_feeds_read_again_and_again(tmp_path: Path) -> None:
    """The second section is added once; after that nothing changes, in whatever order the feeds are read."""
    other = replace(ONE, section="문화")
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as archive:
        archive.add([ONE])
        archive.add([other])
        outcomes = [archive.add([article])[0].outcome for article in (ONE, other, ONE, other)]
        kept = archive.get("1").article

    assert outcomes == [Outcome.UNCHANGED] * 4
    assert (kept.section, kept.extra["sections"]) == ("사회", ["사회", "문화"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://naru.example/view?ref=1001", "https://naru.example/view?ref=1002", False),
        ("https://naru.example/view?no=1&ref=naver", "https://naru.example/view?no=1", True),
        ("https://naru.example/#!/news/1", "https://naru.example/#!/news/2", False),
        ("https://naru.example/news/1#comments", "https://naru.example/news/1", True),
        ("https://m.naru.example/news/1", "http://www.naru.example/news/1?utm_source=x", True),
        ("https://m.naru.example/news/1", "https://sub.naru.example/news/1", False),
    ],
)
def test_keys_of_addresses(one: str, other: str, same: bool) -> None:
    """Tracking is a table, article numbers are no tracking, ``#!`` is an address, mobile twins are one article."""
    assert (address_key(one) == address_key(other)) is same
    assert canonical_url(one).startswith("https://")


@pytest.mark.parametrize(
    "url", [None, "https://naru.example", "https://naru.example/?utm_source=x", "https://naru.example/index.html", "x"]
)
def test_the_address_of_a_site_names_no_article(url: str | None) -> None:
    """Exports that give the site's address to every row give no address."""
    assert address_key(url) is None
