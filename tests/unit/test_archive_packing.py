"""Packing bodies with a dictionary of the paper's own words."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

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

        assert packing.train([""] * 10) is None
        assert asked == [100]
        assert archive.get("a299").article == articles(299, 1)[0]


def frames(number: int) -> tuple[zstandard.ZstdCompressionDict, packing.Dictionaries]:
    """A dictionary of the number, and what knows it."""
    samples: list[bytes | bytearray | memoryview[int]] = [each.body.encode("utf-16-le") for each in articles(0, 200)]
    dictionary = zstandard.train_dictionary(4_096, samples, dict_id=number)
    return dictionary, {number: dictionary}.__getitem__


DICTIONARIES_OF_BOTH_KINDS = [frames(32_768), frames(40_000)]


@pytest.mark.parametrize("kind", DICTIONARIES_OF_BOTH_KINDS, ids=["UTF-16", "cp949"])
@given(body=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("가é\x1a;1ﬁ–😀漢ㄱㅏ\u3164\0")))
def test_any_text_comes_back(kind: tuple[zstandard.ZstdCompressionDict, packing.Dictionaries], body: str) -> None:
    """Whatever characters a body holds, and whatever its dictionary, it is read as it was written."""
    dictionary, dictionaries = kind

    assert packing.unpacker(dictionaries)(packing.packer(dictionary)(body)) == body


def test_every_character_comes_back() -> None:
    """There is no character that an archive loses, escapes and what looks like them included."""
    dictionary, dictionaries = DICTIONARIES_OF_BOTH_KINDS[1]
    body = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)

    assert packing.unpacker(dictionaries)(packing.packer(dictionary)(body)) == body


def test_an_archive_of_an_earlier_version_goes_on_with_its_dictionary(tmp_path: Path) -> None:
    """A dictionary made for UTF-16 is used as it was meant, for old bodies and new ones."""
    dictionary, _ = DICTIONARIES_OF_BOTH_KINDS[0]
    with closing(open_archive(sqlite_url(tmp_path / "a.sqlite"))) as archive:
        archive.add(articles(0, 100))
        with archive._engines.writes.begin() as connection:
            connection.execute(insert(DICTIONARIES), {"number": 32_768, "content": dictionary.as_bytes()})
        archive.add(articles(100, 100))
        packed = [row[0] for row in archive._rows(select(REVISIONS.c.body).order_by(REVISIONS.c.seq), {})]

        assert zstandard.get_frame_parameters(packed[-1]).dict_id == 32_768
        assert [each.article for batch in archive.each(batch=64) for each in batch] == articles(0, 200)


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


def test_an_article_that_is_put_back_reads_again(tmp_path: Path) -> None:
    """A damaged body is left out and its article is counted as unreadable, until the revision is put back."""
    [whole] = articles(0, 1)
    with closing(open_archive(sqlite_url(tmp_path / "archive.sqlite"))) as archive:
        archive.add([whole])
        with archive._engines.writes.begin() as connection:
            connection.execute(update(REVISIONS).values(body=b"\x00torn"))
        torn = archive.fetch([1]), archive.unreadable

        archive.put_back(archive.changes(after=0, limit=1)[0], whole)

        assert torn == ({}, frozenset({1}))
        assert (archive.fetch([1])[1].article, archive.unreadable) == (whole, frozenset())
