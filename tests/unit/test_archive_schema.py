"""Opening an SQLite archive: migrations, speed, and every file that is not one."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event

from gisa.archive import engines, open_archive, sqlite_url
from gisa.archive.migrating import HEAD, known_revisions
from gisa.archive.tables import METADATA
from gisa.errors import ArchiveError, ArticleRemoved, ConfigError, SchemaError
from gisa.model import Article, Outcome, Removal
from tests.said import refused


def articles(count: int) -> list[Article]:
    words = random.Random(1)
    return [
        Article(
            id=f"a{n}",
            title=f"제목 {n}",
            body="".join(chr(words.randrange(0xAC00, 0xD7A4)) for _ in range(1000)),
            published_at=datetime(2025, 12, 24, tzinfo=UTC),
        )
        for n in range(count)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def test_head_is_the_newest_migration() -> None:
    """The number written in the code and the migrations shipped agree."""
    assert known_revisions()[-1] == HEAD


def test_migrations_make_the_tables_as_described(path: Path) -> None:
    """From an empty file the migrations lead exactly to the tables the code uses."""
    with closing(open_archive(sqlite_url(path))) as archive, archive._reads.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "schema_version", "compare_type": True})

        assert compare_metadata(context, METADATA) == []


def test_half_done_migration_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the schema is one transaction: when it fails, the next opening starts from an empty file."""
    monkeypatch.setattr("alembic.op.bulk_insert", _fail)
    with pytest.raises(ZeroDivisionError):
        open_archive(sqlite_url(path))
    monkeypatch.undo()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    open_archive(sqlite_url(path)).close()


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def test_older_schema_is_not_migrated_by_a_reader(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading an archive that is behind asks for a writer instead of failing on a missing column."""
    open_archive(sqlite_url(path)).close()
    monkeypatch.setattr("gisa.archive.migrating.HEAD", "9999")

    with pytest.raises(SchemaError, match="schema_older"):
        open_archive(sqlite_url(path), read_only=True)


OLD_ARCHIVES = Path(__file__).parent.parent / "archives"
"""Archives as released versions wrote them, by the name of their schema: what ``sqlite3 FILE .dump`` prints."""


@pytest.mark.parametrize("dump", sorted(OLD_ARCHIVES.glob("*.sql")), ids=lambda path: path.stem)
def test_archive_of_an_older_version_is_migrated(path: Path, dump: Path) -> None:
    """Opening it is enough: everything reads back, the same articles are unchanged, and new ones go in."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))

    with closing(open_archive(sqlite_url(path))) as archive:
        there = [each.article for batch in archive.each(batch=10) for each in batch]
        again = archive.add(there)
        removed = archive.remove([Removal("old-3", public_reason="잘못된 날짜")])

        assert [article.title for article in there] == ["나루대교 내일 개통", "등대 음악회"]
        assert [addition.outcome for addition in again] == [Outcome.UNCHANGED] * 2
        assert [change.change_seq for change in removed] == [6]
        assert [change.kind.value for change in archive.changes(after=0, limit=10)][4:] == ["remove", "remove"]
        with pytest.raises(ArticleRemoved) as raised:
            archive.get("old-2")
        assert raised.value.public_reason is None


OPEN = """
import sys
import gisa.archive
gisa.archive.open_archive(sys.argv[1])
print("alembic" in sys.modules)
"""


def test_up_to_date_archive_opens_without_alembic(path: Path) -> None:
    """An archive that needs no migration is opened without importing alembic, which takes longer than all the rest."""
    open_archive(sqlite_url(path)).close()

    done = subprocess.run([sys.executable, "-c", OPEN, sqlite_url(path)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_commits_are_synchronous(path: Path) -> None:
    """Write-ahead log, synced at every commit, foreign keys checked: on every connection of the pool."""
    with (
        closing(open_archive(sqlite_url(path))) as archive,
        archive._reads.connect() as one,
        archive._reads.connect() as two,
    ):
        settings = [
            [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for connection in (one, two)]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert settings == [["wal", "wal"], [2, 2], [1, 1]]


def test_size_includes_the_write_ahead_log(path: Path) -> None:
    """What was just committed still stands in the log, and counts."""
    with closing(open_archive(sqlite_url(path))) as archive:
        archive.add(articles(20))
        log = path.with_name("archive.sqlite-wal")

        assert archive.size_bytes() == path.stat().st_size + log.stat().st_size > path.stat().st_size


@pytest.mark.parametrize("name", ["보관소 #1.sqlite", "50%.sqlite", "what?.sqlite", "a b&c=d.sqlite"])
def test_any_path_can_hold_an_archive(tmp_path: Path, name: str) -> None:
    """Marks that mean something in a URL are only letters in a path."""
    open_archive(sqlite_url(tmp_path / name)).close()

    assert [entry.name for entry in tmp_path.iterdir()] == [name]


# --- files that are no archive --------------------------------------------------------------------------------


def test_text_file_is_refused(path: Path) -> None:
    """A file that is not SQLite is named, and left as it is."""
    path.write_text("나루일보\n" * 1000, encoding="utf-8")

    with pytest.raises(ArchiveError, match=r"archive\.sqlite: the file is not an SQLite database"):
        open_archive(sqlite_url(path))
    assert path.read_text(encoding="utf-8") == "나루일보\n" * 1000


def test_strangers_database_is_refused(path: Path) -> None:
    """Somebody else's SQLite file gets no tables of ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")

    with pytest.raises(ArchiveError, match=r"not Gisa's \(bookmarks\)"):
        open_archive(sqlite_url(path))


def test_folder_in_its_place_is_refused(path: Path) -> None:
    """A folder of the archive's name cannot be opened, and the error says what to check."""
    path.mkdir()

    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(sqlite_url(path))


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """The folder is the caller's to make."""
    with pytest.raises(ArchiveError, match=r"the folder .*nowhere is not there"):
        open_archive(sqlite_url(tmp_path / "nowhere" / "archive.sqlite"))


def test_damaged_file_is_an_archive_error(path: Path) -> None:
    """Pages overwritten with rubbish are reported as damage, with the way out."""
    with closing(open_archive(sqlite_url(path))) as archive:
        archive.add(articles(200))
    with path.open("r+b") as file:
        file.seek(20 * engines.PAGE_BYTES)
        file.write(os.urandom(5 * engines.PAGE_BYTES))

    with closing(open_archive(sqlite_url(path))) as archive:
        assert any("damaged" in problem for problem in archive.problems())


def test_full_disk_leaves_nothing_half_written(path: Path) -> None:
    """When the disk is full the error says so, and the archive is as before the call."""
    with closing(open_archive(sqlite_url(path))) as archive:
        archive.add(articles(2))
        event.listen(archive._reads, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 20"))
        event.listen(archive._engines.writes, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 20"))

        with pytest.raises(ArchiveError, match="disk is full"):
            archive.add(articles(200))
        assert (archive.count(), archive.last_change_seq()) == (2, 2)


def test_locked_file_is_an_archive_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writer that does not let go is waited for, then reported; reading goes on meanwhile."""
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_S", 0.1)
    with closing(open_archive(sqlite_url(path))) as archive, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.perf_counter()

        with pytest.raises(ArchiveError, match="another process keeps it locked"):
            archive.add(articles(1))
        assert time.perf_counter() - start >= 0.1
        assert archive.count() == 0
        other.rollback()
        archive.add(articles(1))


def test_driver_error_is_chained(path: Path) -> None:
    """The database's own error is kept for whoever looks for the cause."""
    path.write_bytes(b"rubbish" * 1000)

    with pytest.raises(ArchiveError) as raised:
        open_archive(sqlite_url(path))

    assert isinstance(raised.value.__cause__, Exception)
    assert isinstance(raised.value.__cause__.__cause__, sqlite3.DatabaseError)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("not a url", "not a database URL", id="no URL"),
        pytest.param("sqlite://", "needs a file", id="memory"),
        pytest.param("sqlite:///:memory:", "needs a file", id="memory by name"),
        pytest.param("mysql://user@host/gisa", "keeps no archives in mysql", id="other database"),
        pytest.param("postgresql+nonsense://host/gisa", "no driver", id="other driver"),
    ],
)
def test_impossible_url_is_a_config_error(url: str, words: str) -> None:
    """A URL Gisa cannot use is a mistake in the settings, told with the form to write."""
    with refused(ConfigError, words):
        open_archive(url)


def test_unreachable_server_is_an_archive_error() -> None:
    """A PostgreSQL server that is not there is named without its password, with what to check."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'gisa[postgres]')")

    with pytest.raises(ArchiveError, match=r"//user:\*\*\*@127\.0\.0\.1:1/gisa: the server did not answer") as raised:
        open_archive("postgresql://user:secret@127.0.0.1:1/gisa")
    assert "secret" not in str(raised.value)
