"""What is found wrong with an archive that was damaged behind its back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gisa.archive import open_archive, sqlite_url
from gisa.archive.audit import BATCH
from gisa.model import Article, Removal

ARTICLES = 3


def article(number: int) -> Article:
    return Article(
        id=f"a{number}",
        title=f"나루시 소식 {number}",
        body="나루시가 AI센터의 첫 삽을 떴다.",
        published_at=datetime(2025, 6, 1, tzinfo=UTC),
    )


def damaged(folder: Path, *statements: str, articles: int = ARTICLES) -> list[str]:
    """What is found in an archive of some articles, the last one removed, after these statements."""
    path = folder / "archive.sqlite"
    with closing(open_archive(sqlite_url(path))) as archive:
        archive.add([article(number) for number in range(1, articles + 1)])
        archive.remove([Removal(f"a{articles}", None, None)])
        assert list(archive.problems()) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    with closing(open_archive(sqlite_url(path))) as archive:
        return list(archive.problems())


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE counters SET last_seq = 7", ["the last article has the number 3, the counter says 7"]),
        ("UPDATE counters SET last_change_seq = 9", ["the last change has the number 4, the counter says 9"]),
        ("UPDATE counters SET article_count = 3", ["2 articles are there, the counter says 3"]),
        ("DELETE FROM counters", ["the row of counters is missing"]),
        (
            "UPDATE articles SET removed_at = NULL WHERE id = 'a3'",
            ["3 articles are there, the counter says 2", "article 'a3' does not stand as its last change left it"],
        ),
        (
            "UPDATE articles SET revision = 2 WHERE id = 'a1'",
            ["article 'a1' does not stand as its last change left it"],
        ),
        (
            "UPDATE revisions SET title = '다른 제목' WHERE seq = 2",
            ["article 'a2' (seq 2, revision 1) does not match its digest — it is damaged: run `gisa repair`"],
        ),
        (
            "DELETE FROM revisions WHERE seq = 2",
            ["article 'a2' (seq 2, revision 1) is missing — it is damaged: run `gisa repair`"],
        ),
        (
            "DELETE FROM changes WHERE change_seq = 2",
            [
                "the log has 3 changes up to number 4: 1 are missing",
                "article 'a2' does not stand as its last change left it",
                "revision 1 of the article with seq 2 is not in the log",
            ],
        ),
    ],
)
def test_damage_is_named(tmp_path: Path, statement: str, found: list[str]) -> None:
    """Counters, log and texts are each compared with what they must agree with."""
    assert damaged(tmp_path, statement) == found


def test_rows_without_their_article_are_counted(tmp_path: Path) -> None:
    """A revision or a change whose article is gone is a row that points nowhere."""
    found = damaged(tmp_path, "PRAGMA foreign_keys = OFF", "DELETE FROM articles WHERE id = 'a1'")

    assert "2 rows point to an article that is not there" in found


@pytest.mark.parametrize("articles", [12, BATCH - 1], ids=["less than a batch", "a whole batch of changes"])
def test_of_many_texts_ten_are_named_and_the_rest_counted(tmp_path: Path, articles: int) -> None:
    """A damaged page may concern thousands; whatever their number, the last line says how many more."""
    found = damaged(tmp_path, "UPDATE revisions SET title = 'x'", articles=articles)

    assert len(found) == 11
    assert found[-1] == f"{articles - 10:,} more revisions do not read back"
