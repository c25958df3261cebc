"""Erasing for good, proved by a search of every byte; damage that costs one article only."""

from __future__ import annotations

import errno
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

import gisa
from gisa.archive.packing import TRAINED_ON
from gisa.config import load_settings
from gisa.errors import ArchiveError, ArticleNotFound, ArticleRemoved, DataFolderError
from gisa.library import Library
from gisa.model import Notice, NoticeCode
from tests.said import reason_of
from tests.servers import new_postgres_url
from tests.traces import holds, traces

MARKS = ("지움제목표식", "지움본문표식", "지움기자표식")


def article(number: int, **fields: Any) -> dict[str, Any]:
    published = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return {
        "id": f"a{number}",
        "title": f"나루시 예산 {number}호",
        "body": f"나루시의회가 예산 {number}건을 심사했다.",
        "published_at": published.isoformat(),
        **fields,
    }


def marked(number: int, *, extra: str = "") -> dict[str, Any]:
    title, body, byline = MARKS
    return article(number, title=f"{title} 기사{extra}", body=f"{body} 내용이다.{extra}", byline=[byline])


def test_a_purge_leaves_no_byte(tmp_path: Path) -> None:
    """After a purge no file of the folder, and of a backup refreshed or made afterwards, holds headline, body or byline."""
    folder, before, after = tmp_path / "data", tmp_path / "before", tmp_path / "after"
    with gisa.open(folder) as library:
        library.add([article(1), marked(2), article(3)])
        library.add([marked(2, extra=" 고침")])
        library.backup(before)
        assert "archive.sqlite-wal" in traces(folder, MARKS)  # the search itself finds what is there
        report = library.purge(["a2"], by="편집국", public_reason="법원 결정")
        found = (traces(folder, MARKS), bool(traces(before, MARKS)))
        library.backup(before)
        library.backup(after)

        assert found == ([], True)
        assert (traces(folder, MARKS), traces(before, MARKS), traces(after, MARKS)) == ([], [], [])
        assert (report.purged, list(report.backups)) == (("a2",), [str(before)])
        with pytest.raises(ArticleRemoved) as told:
            library.article("a2")
        assert told.value.public_reason == "법원 결정"
        assert library.search("예산").total == 2
        assert library.verify().is_whole
        [kept] = library._archive.purges()
        assert (kept.article_id, kept.purged_by) == ("a2", "편집국")


def test_a_purge_takes_the_text_out_of_the_dictionary(tmp_path: Path) -> None:
    """If bodies are packed with a dictionary made of an article that is purged, another is made without it; all read on."""
    with gisa.open(tmp_path) as library:
        body = f"{MARKS[1]} 소식을 시의회가 다시 심사했다. " * 9
        to_go = range(0, TRAINED_ON, 100)  # often enough to be learnt
        first = [article(number, **({"body": body} if number in to_go else {})) for number in range(TRAINED_ON)]
        library._archive.add([gisa.Article(**_fields(each)) for each in first])
        library._archive.add([gisa.Article(**_fields(article(9_001)))])
        library.prepare()
        assert MARKS[1].encode("cp949") in _dictionary(tmp_path)
        library.purge([f"a{number}" for number in to_go], by="편집국")

        assert traces(tmp_path, MARKS) == []
        assert library.article("a7").article.body == "나루시의회가 예산 7건을 심사했다."
        assert next(library._archive.problems(), None) is None


def test_a_purge_leaves_no_byte_in_a_database_server(tmp_path: Path) -> None:
    """On PostgreSQL no page of a table, index or TOAST table of the archive holds the text, nor do the planner's statistics."""
    with new_postgres_url() as url:
        (tmp_path / "gisa.toml").write_text(f'archive_url = "{url}"\n', "utf-8")
        with gisa.open(tmp_path) as library:
            library.add([article(1), marked(2, extra=" 긴 글이다." * 2_000), article(3)])
            library.add([marked(2, extra=" 고침")])
            before = _pages(url)
            library.purge(["a2"], by="편집국")

            assert "revisions" in before  # the search itself finds what is there
            assert _pages(url) == []
            assert traces(tmp_path, MARKS) == []
            assert library.search("예산").total == 2
            assert library.verify().is_whole


def test_a_purge_leaves_no_byte_while_another_writer_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL keeps erased rows for whoever began before: a writer in the queue begins anew now and then."""
    monkeypatch.setattr("gisa.archive.server_lock.QUEUE_AGAIN_S", 0.3)
    with new_postgres_url() as url, ExitStack() as stack:
        machines = []
        for name in ("holding", "purging", "waiting"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "gisa.toml").write_text(f'archive_url = "{url}"\n', "utf-8")
            machines.append(stack.enter_context(gisa.open(tmp_path / name, wait_s=60)))
        holding, purging, waiting = machines
        holding.add([article(1), marked(2), article(3)])
        holding.remove(["a2"])
        with ThreadPoolExecutor(2) as threads:
            with holding._lock.hold():
                erased = threads.submit(purging.purge, ["a2"], by="편집국")
                time.sleep(0.5)
                added = threads.submit(waiting.add, [article(4)])
                time.sleep(0.5)
            assert erased.result(60).purged == ("a2",)
            assert added.result(60).added == 1

        assert _pages(url) == []


def test_a_purge_that_cannot_be_noted_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command fails and the status says what may be left; run again, both are content."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with gisa.open(tmp_path) as library:
        library.add([article(1), marked(2)])
        with monkeypatch.context() as patched:
            patched.setattr("gisa.library.upkeep.write_durably", full)
            with pytest.raises(DataFolderError, match="file_unwritable"):
                library.purge(["a2"], by="편집국")
        before = library.status().holds_purged
        library.purge(["a2"], by="편집국")

        assert (before, library.status().holds_purged) == (True, False)


@pytest.mark.parametrize(
    ("isolation", "statement", "end", "named"),
    [
        pytest.param("REPEATABLE READ", "SELECT count(*) FROM revisions", "", r"client backend \d+", id="reads"),
        pytest.param("READ COMMITTED", "SELECT pg_current_xact_id()", "", r"client backend \d+", id="has written"),
        pytest.param(
            "READ COMMITTED",
            "SELECT pg_current_xact_id()",
            "PREPARE TRANSACTION 'gisa-test-{schema}'",
            "prepared transaction gisa-test-",
            id="has prepared",
        ),
    ],
)
def test_a_purge_says_if_somebody_keeps_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolation: str, statement: str, end: str, named: str
) -> None:
    """Whoever began before the purge and goes on keeps erased rows: the command names them and says to run it again, which helps."""
    monkeypatch.setattr("gisa.archive.erasing._PATIENCE_S", 0.3)
    with new_postgres_url() as url:
        (tmp_path / "gisa.toml").write_text(f'archive_url = "{url}"\n', "utf-8")
        schema = str(make_url(url).query["options"]).rpartition("=")[2]
        other = create_engine(url, isolation_level="AUTOCOMMIT")
        with gisa.open(tmp_path) as library, other.connect() as connection:
            if end and connection.execute(text("SHOW max_prepared_transactions")).scalar() == "0":
                pytest.skip("the server prepares no transactions (max_prepared_transactions)")
            library.add([article(1), marked(2)])
            for each in (
                f"BEGIN ISOLATION LEVEL {isolation}",
                statement,
                *([end.format(schema=schema)] if end else ()),
            ):
                connection.execute(text(each))
            with pytest.raises(ArchiveError, match=f"{named}.*run the same command again"):
                library.purge(["a2"], by="편집국")
            connection.execute(text(f"ROLLBACK PREPARED 'gisa-test-{schema}'" if end else "ROLLBACK"))
            library.purge(["a2"], by="편집국")

            assert _pages(url) == []
        other.dispose()


def _pages(url: str) -> list[str]:
    """Relations of the archive with a mark in any page, and ``pg_stats`` if a mark stands there."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.execute(text("CHECKPOINT"))
        dictionaries = [bytes(each) for (each,) in connection.execute(text("SELECT content FROM dictionaries"))]
        files = connection.execute(
            text(
                "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class "
                "WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i') OR oid IN "
                "(SELECT reltoastrelid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
            )
        ).all()
        said = connection.execute(
            text("SELECT pg_stats::text FROM pg_stats WHERE schemaname = current_schema()")
        ).scalars()
        found = [name for name, content in files if holds(bytes(content), MARKS, dictionaries=dictionaries)]
        if any(mark in row for row in said for mark in MARKS):
            found.append("pg_stats")
    engine.dispose()
    return found


def _dictionary(folder: Path) -> bytes:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        [(content,)] = connection.execute("SELECT content FROM dictionaries")
        return bytes(content)


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "published_at": datetime.fromisoformat(str(record["published_at"]))}


def damage(folder: Path, article_id: str, *, column: str = "body") -> None:
    """Flip a bit of a stored article, as a rotten disk does."""
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
        seq, held = connection.execute(
            f"SELECT r.seq, CAST(r.{column} AS BLOB) FROM revisions r JOIN articles a ON a.seq = r.seq WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        rotten = bytearray(held)
        rotten[len(rotten) // 2] ^= 0x80
        value = f"CAST(? AS {'TEXT' if column == 'title' else 'BLOB'})"
        connection.execute(f"UPDATE revisions SET {column} = {value} WHERE seq = ?", (bytes(rotten), seq))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gisa.open(tmp_path / "data") as library:
        library.add([article(number) for number in range(20)])
    return tmp_path / "data"


@pytest.mark.parametrize("column", ["body", "title"])
def test_damage_costs_one_article(folder: Path, tmp_path: Path, column: str) -> None:
    """A flipped bit: the other 19 are shown, status and backup go on, verify names the article, the copy is whole without it."""
    damage(folder, "a19", column=column)
    with gisa.open(folder) as library:
        page = library.search("예산")
        shown = [hit.article.id for hit in page.hits]
        status, findings = library.status(), library.verify().findings
        report = library.backup(tmp_path / "backup")

    assert shown == [f"a{number}" for number in reversed(range(19))]
    assert (page.total, page.notices) == (20, (Notice(NoticeCode.UNREADABLE, count=1),))
    assert status.unreadable == 1
    assert [
        "a19" in gisa.say(finding.what) for finding in findings if gisa.say(finding.remedy) == "run `gisa repair`"
    ] == [True]
    assert report.left_out == 1
    gisa.restore(tmp_path / "backup", tmp_path / "restored")
    with gisa.open(tmp_path / "restored") as library:
        assert library.search("예산").total == 19
        with pytest.raises(ArticleNotFound):
            library.article("a19")


def test_repair_quarantines_and_the_source_brings_it_back(folder: Path) -> None:
    """Without a backup the article is removed, the folder is whole, and adding its source again brings the article back."""
    damage(folder, "a7")
    with gisa.open(folder) as library:
        report = library.repair()
        whole, total = library.verify().is_whole, library.search("예산").total
        library.add([article(7)])

        assert (report.mended, report.quarantined) == ((), ("a7",))
        assert (whole, total) == (True, 19)
        assert library.article("a7").article.body == "나루시의회가 예산 7건을 심사했다."
        assert library.verify().is_whole


@pytest.mark.parametrize("column", ["body", "title"])
def test_repair_takes_it_from_a_backup(folder: Path, tmp_path: Path, column: str) -> None:
    """An article that a backup holds is whole again, as the same revision."""
    with Library(load_settings(folder)) as library:
        library.backup(tmp_path / "backup")
    damage(folder, "a7", column=column)
    with gisa.open(folder) as library:
        report = library.repair(tmp_path / "backup")

        assert (report.mended, report.quarantined) == (("a7",), ())
        assert (library.search("예산").total, library.article("a7").revision) == (20, 1)
        assert library.verify().is_whole


def test_a_backup_broken_off_at_its_beginning_goes_on(folder: Path, tmp_path: Path) -> None:
    """What a full disk leaves of a first run is no other folder's content."""
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "backup.json.new").touch()
    with Library(load_settings(folder)) as library:
        assert library.backup(tmp_path / "backup").articles == 20


def test_synonyms_in_another_encoding_stop_no_start(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file saved as EUC-KR is told with the remedy, and everything goes on without it."""
    (folder / "synonyms.txt").write_bytes("나루시\t나루광역시\n".encode("cp949"))
    with gisa.open(folder) as library:
        assert library.search("예산").total == 20
        assert "iconv -f CP949" in reason_of(library.words().rejects[0])
    assert "iconv -f CP949" in caplog.text


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o640, False)])
def test_open_secrets_are_named(tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, told: bool) -> None:
    """Settings that hold a password and that everybody may read are named with the remedy, the password is not."""
    path = tmp_path / "gisa.toml"
    path.write_text('archive_url = "postgresql://gisa:geheim@localhost/gisa"')
    path.chmod(mode)
    load_settings(tmp_path)

    assert ("chmod 640" in caplog.text, "geheim" in caplog.text) == (told, False)
