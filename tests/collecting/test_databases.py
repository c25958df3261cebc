"""Articles from a database: the rows of a query, again and again, by a watermark; rows that are gone are takedowns."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gisa
from gisa.cli.main import main
from gisa.collecting.databases import DatabaseRun
from gisa.collecting.store import SiteStore
from gisa.errors import SourceError
from gisa.sources.database import DatabaseSource, is_database, shown_database

QUERY = "SELECT no AS 기사번호, title, body, wdate AS 작성일시, changed FROM articles WHERE note <> '12:30';"


class Newsroom:
    """A CMS's database, and a folder that reads it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.data = folder / "cms.sqlite", folder / "data"
        self.query = folder / "articles.sql"
        self.query.write_text(QUERY)
        self.write(
            "CREATE TABLE articles (no INTEGER PRIMARY KEY, title TEXT, body TEXT, wdate TEXT, changed TEXT, note TEXT)"
        )
        for number in range(1, 41):
            self.write(
                "INSERT INTO articles VALUES (?, ?, '나루시가 다리를 놓는다.', '2025-11-03 09:05:00', ?, '')",
                number, f"나루시 소식 {number}호", f"2025-11-03 10:00:{number:02d}",
            )  # fmt: skip

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as database:
            database.execute(statement, values)
            database.commit()

    def add(self, *options: str) -> Result:
        words = [
            "add",
            self.url,
            "--query",
            str(self.query),
            "--watermark",
            "changed",
            "--data",
            str(self.data),
            "--json",
        ]
        return CliRunner().invoke(main, [*words, *options], env={"LANG": "C"})


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def counts(result: Result) -> tuple[int, int, int, int]:
    report = json.loads(result.stdout)
    return report["added"], report["updated"], report["unchanged"], report["removed"]


def test_a_second_run_reads_what_has_changed(room: Newsroom) -> None:
    """After the first run only rows at or above the watermark are read; what is gone is taken down."""
    assert counts(room.add()) == (40, 0, 0, 0)
    room.write("UPDATE articles SET body = '고친 글', changed = '2025-11-04 00:00:00' WHERE no = 3")
    room.write("UPDATE articles SET body = '시간을 남기지 않고 고친 글' WHERE no = 4")
    room.write("DELETE FROM articles WHERE no IN (5, 6)")

    assert counts(room.add()) == (0, 1, 1, 2)
    assert counts(room.add()) == (0, 0, 1, 0)
    with gisa.open(room.data) as library:
        assert library.count() == 38
        assert library.search("고친").total == 1


def test_a_query_that_loses_most_rows_takes_nothing_down(room: Newsroom) -> None:
    """More than a tenth gone is rather a mistake: it is told, and obeyed only if it is confirmed."""
    room.add()
    room.write("UPDATE articles SET note = '12:30' WHERE no > 10")

    refused = room.add()

    assert refused.exit_code == 1
    assert "30 of the 40 rows of the last run are gone" in refused.stdout
    assert counts(room.add("--take-down"))[3] == 30


def test_a_run_writes_only_the_keys_that_came_or_went(room: Newsroom) -> None:
    """A database of 300,000 rows of which two have changed costs two writes, not 600,000."""

    def changes() -> int:
        [(before,)] = store.ask("SELECT total_changes()")
        run = DatabaseRun(store, room.url, QUERY, watermark="changed")
        list(run.items())
        run.keep()
        run.source.close()
        [(after,)] = store.ask("SELECT total_changes()")
        return int(after - before)

    with SiteStore(room.path.with_name("sites.sqlite")) as store:
        first, again = changes(), changes()
        room.write("DELETE FROM articles WHERE no = 7")
        room.write("INSERT INTO articles VALUES (41, '새 소식', '글', '2025-11-05', '2025-11-05 00:00:00', '')")
        after_two = changes()
        kept = {key for (key,) in store.ask("SELECT key FROM rows_known")}

    assert (first, again, after_two) == (41, 1, 3)  # one is the watermark
    assert kept == {str(number) for number in range(1, 42) if number != 7}


def test_a_dry_run_keeps_no_watermark(room: Newsroom) -> None:
    """What was only shown is read again."""
    room.add("--dry-run")

    assert counts(room.add()) == (40, 0, 0, 0)


@pytest.mark.parametrize(
    ("url", "query", "watermark", "said"),
    [
        ("sqlite:///{folder}/none/none.sqlite", QUERY, None, "database_failed"),
        ("sqlite:///{folder}/cms.sqlite", "SELECT nothing FROM nowhere", None, "database_failed"),
        ("sqlite:///{folder}/cms.sqlite", "SELECT body FROM articles", None, "columns_lack"),
        ("sqlite:///{folder}/cms.sqlite", QUERY, "updated_at", "database_no_watermark"),
        ("mysql+nosuchdriver://kim:geheim7@host/db", QUERY, None, "database_strange"),
        ("mysql+mysqldb://kim:geheim7@host/db", QUERY, None, "database_driver"),
    ],
)
def test_what_a_database_does_not_give(room: Newsroom, url: str, query: str, watermark: str | None, said: str) -> None:
    """Each trouble is named with the address, without its password."""
    with pytest.raises(SourceError, match=said) as caught:
        list(DatabaseSource(url.format(folder=room.path.parent), query, watermark=watermark))

    assert "geheim7" not in str(caught.value)


def test_a_database_needs_a_query(room: Newsroom) -> None:
    """An address alone says what is missing."""
    done = CliRunner().invoke(main, ["add", room.url, "--data", str(room.data)], env={"LANG": "C"})

    assert done.exit_code == 1
    assert "give --query articles.sql" in done.output


@pytest.mark.parametrize(
    ("location", "is_one"),
    [
        ("postgresql+psycopg://u:p@h/d", True),
        ("mysql://h/d", True),
        ("https://paper.example/rss", False),
        ("articles.sql", False),
        ("ftp://a", False),
    ],
)
def test_which_addresses_are_databases(location: str, *, is_one: bool) -> None:
    """A scheme that SQLAlchemy knows; everything else is a path or the web."""
    assert is_database(location) is is_one


def test_the_address_that_is_shown() -> None:
    """User, password and options stay out of messages and places."""
    assert shown_database("mysql+pymysql://kim:geheim7@db.example/cms?ssl=key") == "mysql+pymysql://db.example/cms"
