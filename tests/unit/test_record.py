"""An article as a JSON object: what is written is read back to the same article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gisa.ingest.accept import accept
from gisa.ingest.record import record_of
from gisa.model import SEOUL, Access, Article, CorrectionKind, Draft, Picture, WithheldAs

PLAIN = Article(id="a1", title="나루대교 개통", body="열렸다.", published_at=datetime(2025, 11, 3, 9, 5, tzinfo=SEOUL))
FULL = Article(
    id="a2",
    title="나루대교 개통",
    body="",
    published_at=datetime(2025, 11, 3, tzinfo=SEOUL),
    date_only=True,
    subtitle="시장 “기쁘다”\n내일부터 통행",
    modified_at=datetime(2025, 11, 3, 10, tzinfo=UTC),
    section="사회",
    byline=("홍예담 기자",),
    publisher="나루일보",
    url="https://naru.example/1",
    pictures=(
        Picture(url="/media/a.jpg", caption="다리", credit="홍예담 기자", alt="다리"),
        Picture(url="/media/b.jpg"),
    ),
    keywords=("나루대교",),
    lang="en",
    edition="5판",
    page="A12",
    withheld_as=WithheldAs.PENDING,
    visible_from=datetime(2025, 11, 4, tzinfo=UTC),
    access=Access.SUBSCRIBER,
    excerpt=True,
    correction="바로잡습니다.",
    corrected_at=datetime(2025, 11, 5, tzinfo=UTC),
    correction_kind=CorrectionKind.REPLY,
    extra={"비고": 3},
)


@pytest.mark.parametrize("article", [PLAIN, FULL], ids=["plain", "full"])
def test_a_record_is_read_back(article: Article) -> None:
    """Every field goes through JSON and comes back."""
    record = json.loads(json.dumps(record_of(article), ensure_ascii=False))

    assert accept(Draft(record, "a:1"), now=datetime(2025, 12, 1, tzinfo=UTC)) == article


def test_defaults_are_not_written() -> None:
    """A plain article's record holds what it has and nothing else."""
    assert set(record_of(PLAIN)) == {"id", "title", "body", "published_at"}
