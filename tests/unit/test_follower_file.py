"""The file of a follower, read by a connection that stays open."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from gisa.follower_file import FollowerFile, Reader


@pytest.fixture
def file(tmp_path: Path) -> FollowerFile:
    return FollowerFile(tmp_path / "kept.sqlite", "CREATE TABLE kept (word TEXT);", "1")


def _holding(file: FollowerFile, word: str) -> None:
    def fill(store: sqlite3.Connection) -> None:
        store.execute("INSERT INTO kept VALUES (?)", (word,))

    file.rebuild(fill)


def test_a_file_that_was_replaced_is_read_anew(file: FollowerFile) -> None:
    """An open connection would go on reading what was erased."""
    reader = Reader(file)
    assert reader.store() is None
    found = []
    for word in ("나루", "대교"):
        _holding(file, word)
        store = reader.store()
        assert store is not None
        assert reader.store() is store  # it stays open
        found += reader.rows("SELECT word FROM kept")
    reader.close()

    assert found == [("나루",), ("대교",)]


def test_a_file_that_is_gone_is_not_read(file: FollowerFile) -> None:
    """Although an open connection still could."""
    _holding(file, "나루")
    reader = Reader(file)
    assert reader.store() is not None
    file.path.unlink()

    assert reader.rows("SELECT word FROM kept") == []
    reader.close()
