"""Packing bodies with a dictionary of the paper's own words."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gisa.archive import open_archive, packing, sql, sqlite_url
from gisa.archive.tables import DICTIONARIES, REVISIONS
from gisa.errors import ArchiveError
from gisa.model import Article

SENTENCES = [
    "나루시 의회는 올해 예산안을 처리했다",
    "새 다리는 내년 봄에 문을 연다",
    "시민들은 강가의 나무를 지켜 달라고 했다",
    "경찰은 사고의 원인을 조사하고 있다",
    "기온이 뚝 떨어져 수도관이 얼었다",
    "축제에는 삼만 명이 다녀갔다고 주최 측은 밝혔다",
]


def articles(first: int, count: int) -> list[Article]:
    return [
        Article(
            id=f"a{n}",
            title=f"제목 {n}",
            body=". ".join(f"{SENTENCES[(n * 7 + k * k) % 6]} {n * k}" for k in range(12)),
            published_at=datetime(2025, 12, 24, tzinfo=UTC),
        )
        for n in range(first, first + count)
    ]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary after 100 articles, and of a size that goes with them."""
    monkeypatch.setattr(sql, "TRAINED_ON", 100)
    monkeypatch.setattr(packing, "DICTIONARY_BYTES", 4_096)


def sizes(archive: sql.SqlArchive) -> list[int]:
    return [len(body) for (body,) in archive._rows(select(REVISIONS.c.body).order_by(REVISIONS.c.seq), {})]


def test_a_dictionary_is_made_once_there_are_enough_articles(tmp_path: Path) -> None:
    """Later bodies take less room; those before it, in another process as well, read as ever."""
    with closing(open_archive(sqlite_url(tmp_path / "a.sqlite"))) as archive:
        reader = open_archive(sqlite_url(tmp_path / "a.sqlite"), read_only=True)
        for first in range(0, 400, 50):
            archive.add(articles(first, 50))
        packed = sizes(archive)

        assert sum(packed[200:]) < 0.7 * sum(packed[:100]) * 2
        assert len(archive._rows(select(DICTIONARIES.c.number), {})) == 1
        with closing(reader):
            assert [each.article for batch in reader.each(batch=64) for each in batch] == articles(0, 400)


def test_a_reopened_archive_packs_with_its_dictionary(tmp_path: Path) -> None:
    """The dictionary is kept with the articles and used again."""
    url = sqlite_url(tmp_path / "a.sqlite")
    with closing(open_archive(url)) as archive:
        for first in range(0, 200, 50):
            archive.add(articles(first, 50))
    with closing(open_archive(url)) as archive:
        archive.add(articles(200, 50))

        assert archive.get("a249").article == articles(249, 1)[0]
        assert sum(sizes(archive)[200:]) < 0.7 * sum(sizes(archive)[:50])
        assert len(archive._rows(select(DICTIONARIES.c.number), {})) == 1


def test_bodies_with_nothing_in_common_are_packed_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no dictionary can be made it is tried once, and nothing fails."""
    asked: list[int] = []
    monkeypatch.setattr(sql, "train", lambda bodies: asked.append(len(list(bodies))))
    with closing(open_archive(sqlite_url(tmp_path / "a.sqlite"))) as archive:
        for first in range(0, 300, 50):
            archive.add(articles(first, 50))

        assert packing.train([b""] * 10) is None
        assert asked == [100]
        assert archive.get("a299").article == articles(299, 1)[0]


def test_a_lost_dictionary_is_damage(tmp_path: Path) -> None:
    """A body whose dictionary is gone is reported, by the article's name."""
    url = sqlite_url(tmp_path / "a.sqlite")
    with closing(open_archive(url)) as archive:
        for first in range(0, 200, 50):
            archive.add(articles(first, 50))
        with archive._engines.writes.begin() as connection:
            connection.execute(DICTIONARIES.delete())
    with closing(open_archive(url)) as archive, pytest.raises(ArchiveError, match=r"'a199'.*not there.*damaged"):
        archive.get("a199")
