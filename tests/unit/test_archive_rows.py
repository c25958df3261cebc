"""Articles as rows: the digest that decides whether anything changed, and what a damaged row says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from gisa.archive.moments import microseconds_of, moment_of
from gisa.archive.packing import WIDE
from gisa.archive.rows import archived_articles, content_of
from gisa.errors import ArchiveError
from gisa.model import SEOUL, Article, Picture

ARTICLE = Article(
    id="a1",
    title="AI센터 문 연다",
    body="나루시가 AI센터를 연다.",
    published_at=datetime(2025, 12, 24, 9, 0, tzinfo=SEOUL),
    byline=("김하늘",),
    section="지역",
    extra={"면": 3, "판": "나"},
)


def test_digest_stays_the_same_for_ever() -> None:
    """The digest is stored: were it made another way, everything added again would be a new revision."""
    assert content_of(ARTICLE).digest.hex() == "fe8824ba16bf3b9947f55836eb544542"


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(replace(ARTICLE, id="a2"), id="other id"),
        pytest.param(replace(ARTICLE, published_at=ARTICLE.published_at.astimezone(UTC)), id="other zone"),
        pytest.param(replace(ARTICLE, extra={"판": "나", "면": 3}), id="other order of unknown fields"),
    ],
)
def test_equal_content_has_the_same_digest(same: Article) -> None:
    """What ``==`` does not tell apart, the digest does not either; the id is no content."""
    assert content_of(same).digest == content_of(ARTICLE).digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(replace(ARTICLE, section=None), replace(ARTICLE, section=""), id="none and empty"),
        pytest.param(
            replace(ARTICLE, section="지역", publisher=None),
            replace(ARTICLE, section=None, publisher="지역"),
            id="same value in another field",
        ),
        pytest.param(replace(ARTICLE, byline=("가", "나")), replace(ARTICLE, byline=("가,나",)), id="list and comma"),
        pytest.param(replace(ARTICLE, section="null"), replace(ARTICLE, section=None), id="the word null"),
        pytest.param(replace(ARTICLE, keywords=("가",)), replace(ARTICLE, byline=("김하늘", "가")), id="lists"),
    ],
)
def test_different_content_has_another_digest(one: Article, other: Article) -> None:
    """Contents that look alike when joined are still told apart."""
    assert content_of(one).digest != content_of(other).digest


@given(st.datetimes(timezones=st.timezones()))
def test_moments_are_exact(moment: datetime) -> None:
    """Microseconds and offset give back the very wall-clock time, from year 1 to 9999."""
    offset = moment.utcoffset()
    assert offset is not None

    back = moment_of(microseconds_of(moment), offset_s=offset // timedelta(seconds=1))

    assert back.replace(tzinfo=None) == moment.replace(tzinfo=None, fold=0)
    assert back.utcoffset() == offset


@pytest.mark.parametrize(
    "moment",
    [datetime.min, datetime.max],  # noqa: DTZ901 — the zone comes below
    ids=["first", "last"],
)
@pytest.mark.parametrize("hours", [-12, 9, 14])
def test_the_ends_of_time_read_back(moment: datetime, hours: int) -> None:
    """Times whose moment in UTC lies outside the years 1 to 9999 are kept all the same."""
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))

    assert moment_of(microseconds_of(aware), offset_s=hours * 3600).replace(tzinfo=None) == moment


def test_time_without_zone_is_a_bug_told_at_once() -> None:
    """A naive time never reaches the database."""
    with pytest.raises(TypeError):
        content_of(replace(ARTICLE, published_at=datetime(2025, 12, 24)))  # noqa: DTZ001 — that is the point


def row_with(body: bytes) -> tuple[object, ...]:
    """A row as the database gives it, all but empty."""
    return (7, 2, "a1", "제목", 0, 0, *[None] * 8, "ko", None, body, None, None, None, None)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no zstd at all", id="not packed"),
        pytest.param(zstandard.ZstdCompressor().compress(b"odd"), id="not UTF-16"),
        pytest.param(zstandard.ZstdCompressor().compress(("본문" * 50).encode(WIDE))[:-3], id="cut off"),
    ],
)
def test_damaged_body_names_its_article(body: bytes) -> None:
    """A body that does not unpack is an ArchiveError that names the article and what to do."""

    with pytest.raises(ArchiveError, match=r"'a1' \(seq 7, revision 2\).*gisa repair"):
        archived_articles([row_with(body)])


def test_flipped_bit_in_a_body_is_noticed() -> None:
    """Bodies carry a checksum: silent damage on the disk does not become silent damage on a page."""
    packed = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress("본문은 길다".encode(WIDE)))
    packed[-6] ^= 1

    with pytest.raises(ArchiveError, match="does not read back"):
        archived_articles([row_with(bytes(packed))])


def test_digests_of_older_archives_stay() -> None:
    """An article without the newer fields has the digest that earlier versions stored: nothing is revised by an upgrade."""
    article = Article(
        id="a1",
        title="AI센터 문 연다",
        body="나루시가 AI센터를 연다.",
        published_at=datetime(2025, 12, 24, tzinfo=UTC),
        pictures=(Picture(url="https://naru.example/a1.jpg"),),
        section="지역",
        correction="바로잡습니다.",
    )

    assert content_of(article).digest.hex() == "31d3a8a9d520e1448d1094fed477d4f6"
    assert content_of(article).columns["details"] is None
