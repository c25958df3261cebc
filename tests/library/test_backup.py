"""Backup, restore and verify: a copy is exact, grows by what is new, and damage is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.config import load_settings
from gisa.durable import write_durably
from gisa.errors import ArticleNotFound, ArticleRemoved, DataFolderError
from gisa.index.generations import Generations
from gisa.library import Library, backup
from gisa.model import LogEntry
from gisa.ports import IndexRemoval


def article(number: int, title: str = "나루시 예산", **fields: Any) -> dict[str, Any]:
    published = f"2025-01-01T{number // 60:02}:{number % 60:02}:00+09:00"
    return {"id": f"a{number}", "title": title, "body": f"본문 {number}", "published_at": published, **fields}


def whole_log(library: Library) -> list[LogEntry]:
    return library._archive.log(after=0, limit=10_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with settings, pictures, revisions, a removal and a correction."""
    folder = tmp_path / "data"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "sea.svg").write_text("<svg/>")
    (folder / "gisa.toml").write_text('[paper]\nname = "나루일보"\n', encoding="utf-8")
    with gisa.open(folder) as library:
        library.add([article(number) for number in range(30)])
        library.add([article(1, "고친 제목", correction="3억이 아니라 3천만 원", corrected_at="2025-02-01")])
        library.remove(["a2"], reason="법원 결정", public_reason="요청")
    return folder


def test_a_restored_folder_is_the_same(folder: Path, tmp_path: Path) -> None:
    """Every article, revision, removal, number, time and file comes back, and can be searched."""
    with gisa.open(folder) as library:
        report = library.backup(tmp_path / "backup")
        log = whole_log(library)
    restored = gisa.restore(tmp_path / "backup", tmp_path / "new")

    assert (report.changes, report.articles, report.files) == (32, 29, 2)
    assert (restored.changes, restored.articles, restored.files) == (32, 29, 2)
    with gisa.open(tmp_path / "new") as library:
        assert whole_log(library) == log
        assert library.settings.paper.name == "나루일보"
        assert library.search("예산").total == 28
        assert library.verify().is_whole
        with pytest.raises(ArticleRemoved, match="요청"):
            library.article("a2")
        assert library.add([article(3)]).unchanged == 1
    assert (tmp_path / "new" / "media" / "sea.svg").read_text() == "<svg/>"


def test_the_second_run_copies_what_is_new(folder: Path, tmp_path: Path) -> None:
    """Only changes since, only files that changed; a file that is gone is gone from the backup."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
        nothing = library.backup(tmp_path / "backup")
        library.add([article(40), article(1, "다시 고친 제목")])
        (folder / "synonyms.txt").write_text("나루\t나루시\n", encoding="utf-8")
        (folder / "media" / "sea.svg").unlink()
        some = library.backup(tmp_path / "backup")

    assert (nothing.changes, nothing.files, nothing.files_removed) == (0, 0, 0)
    assert (some.changes, some.files, some.files_removed, some.articles) == (2, 1, 1, 30)


def test_what_can_be_built_again_is_not_copied(folder: Path, tmp_path: Path) -> None:
    """Databases with all that stands beside them, and locks, stay where they are; a paper's own file of a like name is copied."""
    for name in ("sites.sqlite", "sites.sqlite-wal", "sites.sqlite-journal", "crawl.queue", "follow.json", "keys.lock"):
        (folder / name).touch()
    (folder / "feeds.json").touch()

    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")

    kept = {path.name for path in (tmp_path / "backup" / "files").rglob("*") if path.is_file()}
    assert kept == {"gisa.toml", "sea.svg", "feeds.json"}


def test_backup_while_others_write(folder: Path, tmp_path: Path) -> None:
    """A backup taken in the middle of adding is the archive as it stood at some change, whole."""
    stop = threading.Event()

    def write() -> None:
        with gisa.open(folder) as library:
            number = 100
            while not stop.is_set():
                library._archive.add(
                    [gisa.Article(id=f"w{number}", title="쓰는 중", body="본문", published_at=published_at)]
                )
                number += 1

    with gisa.open(folder) as library:
        published_at = library.article("a1").article.published_at
        writer = threading.Thread(target=write)
        writer.start()
        try:
            reports = [library.backup(tmp_path / "backup") for _ in range(4)]
        finally:
            stop.set()
            writer.join()
        log = whole_log(library)
    gisa.restore(tmp_path / "backup", tmp_path / "new")

    with gisa.open(tmp_path / "new") as restored:
        assert whole_log(restored) == log[: reports[-1].change_seq]
        assert restored.verify().is_whole


def test_an_interrupted_restore_is_finished_by_running_it_again(folder: Path, tmp_path: Path) -> None:
    """What an earlier run put there is kept, and nothing is there twice."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
        log = whole_log(library)
    with gisa.open(tmp_path / "new") as half:
        half._archive.replay(log[:7])

    assert gisa.restore(tmp_path / "backup", tmp_path / "new").changes == len(log) - 7
    with gisa.open(tmp_path / "new") as library:
        assert whole_log(library) == log


def in_the_data_folder(folder: Path, place: Path) -> Path:
    return folder / "backup"


def not_empty(folder: Path, place: Path) -> Path:
    place.mkdir()
    (place / "thesis.txt").write_text("mine")
    return place


def of_another_archive(folder: Path, place: Path) -> Path:
    with gisa.open(folder.parent / "other") as other:
        other.add([article(77)])
        other.backup(place)
    return place


REFUSED = {
    in_the_data_folder: "backup_inside",
    not_empty: "backup_place_taken",
    of_another_archive: "copy_strange",
}


@pytest.mark.parametrize(("occupy", "why"), REFUSED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_place_that_cannot_be_a_backup(
    folder: Path, tmp_path: Path, occupy: Callable[[Path, Path], Path], why: str
) -> None:
    """A place that holds something else is refused, and left as it is."""
    place = occupy(folder, tmp_path / "backup")

    with gisa.open(folder) as library, pytest.raises(DataFolderError, match=why):
        library.backup(place)


def test_restore_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    """An archive or a file that is there already is refused, by name."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
    with gisa.open(tmp_path / "used") as used:
        used.add([article(99)])
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "gisa.toml").write_text("")

    with pytest.raises(DataFolderError, match="copy_strange"):
        gisa.restore(tmp_path / "backup", tmp_path / "used")
    with pytest.raises(DataFolderError, match=r"gisa\.toml: restore_differs"):
        gisa.restore(tmp_path / "backup", tmp_path / "set")
    with pytest.raises(DataFolderError, match="backup_missing"):
        gisa.restore(tmp_path / "used", tmp_path / "new")


def test_a_damaged_backup_is_told(folder: Path, tmp_path: Path) -> None:
    """A picture or an article that changed in the backup is not restored as if it were the paper's."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
    shutil.copytree(tmp_path / "backup", tmp_path / "torn")
    (tmp_path / "backup" / "files" / "media" / "sea.svg").write_text("<svg>?</svg>")
    with closing(sqlite3.connect(tmp_path / "torn" / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE revisions SET title = '다른 제목' WHERE seq = 5")

    with pytest.raises(DataFolderError, match=r"sea\.svg: backup_damaged"):
        gisa.restore(tmp_path / "backup", tmp_path / "new")
    report = gisa.restore(tmp_path / "torn", tmp_path / "other")
    with gisa.open(tmp_path / "other") as library, pytest.raises(ArticleNotFound):
        library.article("a4")

    assert report.left_out == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_rewritten_settings_are_as_private_and_restored_once(folder: Path, tmp_path: Path, ending: str) -> None:
    """With another address gisa.toml keeps its permissions and line ends, and a second run takes it for its own."""
    toml = folder / "gisa.toml"
    paper = f'[paper]{ending}name = "나루일보"{ending}'.encode()
    toml.write_bytes(f'archive_url = "sqlite:///{tmp_path / "other.sqlite"}"{ending}'.encode() + paper)
    toml.chmod(0o600)
    (folder / "archive.sqlite").rename(tmp_path / "other.sqlite")
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
    gisa.restore(tmp_path / "backup", tmp_path / "new", archive_url="file")
    (tmp_path / "new" / "media" / "sea.svg").unlink()

    again = gisa.restore(tmp_path / "backup", tmp_path / "new", archive_url="file")

    assert again.files == 1
    assert (tmp_path / "new" / "gisa.toml").read_bytes() == paper
    assert (tmp_path / "new" / "gisa.toml").stat().st_mode & 0o777 == 0o600


def test_settings_are_never_restored_half(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash after any write of a file leaves what a second run goes on from."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")

    def written_and_crashed(path: Path, *given: Any, **more: Any) -> None:
        write_durably(path, *given, **more)
        raise KeyboardInterrupt

    rewritten = {"gisa.toml": "# restored\n".__add__}
    monkeypatch.setattr(backup, "write_durably", written_and_crashed)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            backup.restore_files(tmp_path / "backup", tmp_path / "new", rewritten=rewritten)

    assert backup.restore_files(tmp_path / "backup", tmp_path / "new", rewritten=rewritten) == 0
    assert (tmp_path / "new" / "gisa.toml").read_text("utf-8").startswith("# restored\n[paper]")


def test_damaged_settings_are_not_rewritten(folder: Path, tmp_path: Path) -> None:
    """Settings that changed in the backup, or are gone from it, are named before anything is written."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
    kept = tmp_path / "backup" / "files" / "gisa.toml"

    kept.write_text('[paper]\nname = "남의일보"\n', "utf-8")
    with pytest.raises(DataFolderError, match=r"gisa\.toml: backup_damaged"):
        gisa.restore(tmp_path / "backup", tmp_path / "new")
    kept.unlink()
    with pytest.raises(DataFolderError, match=r"gisa\.toml: restore_failed"):
        gisa.restore(tmp_path / "backup", tmp_path / "new")

    assert not (tmp_path / "new").exists()


def spoil(statement: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
            connection.execute(statement)

    return change


def lose_an_entry(folder: Path) -> None:
    with gisa.open(folder) as library, library._upkeep.writing() as indexer:
        indexer.remove([IndexRemoval(4, 1)], change_seq=32)
        indexer.commit()


def keep_an_older_revision(folder: Path) -> None:
    with gisa.open(folder) as library, library._upkeep.writing() as indexer:
        indexer.put([library._archive.revisions("a1")[0]], change_seq=32)
        indexer.commit()


def keep_what_was_removed(folder: Path) -> None:
    with gisa.open(folder) as library, library._upkeep.writing() as indexer:
        indexer.put(library._archive.revisions("a2"), change_seq=32)
        indexer.commit()


def flip_a_byte(folder: Path) -> None:
    generation = Generations(folder / "index").current()
    assert generation is not None
    file = next(generation.path.glob("*.term"))
    data = bytearray(file.read_bytes())
    data[10] ^= 1
    file.write_bytes(data)


WRONG: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "text": (spoil("UPDATE revisions SET section = '경제' WHERE seq = 5"), "archive", "does not match its digest", "repair"),
    "body": (spoil("UPDATE revisions SET body = x'00' WHERE seq = 5"), "archive", "does not read back", "repair"),
    "revision": (spoil("DELETE FROM revisions WHERE seq = 5"), "archive", "is missing", "repair"),
    "gap": (spoil("DELETE FROM changes WHERE change_seq = 5"), "archive", "1 are missing", "restore"),
    "counter": (spoil("UPDATE counters SET article_count = 99"), "archive", "the counter says 99", "restore"),
    "standing": (spoil("UPDATE articles SET removed_at = NULL WHERE id = 'a2'"), "archive", "last change left it", "restore"),
    "lost entry": (lose_an_entry, "index", "seq 4 is not in it", "reindex"),
    "older revision": (keep_an_older_revision, "index", "it holds revision 1, the archive's newest is 2", "reindex"),
    "removed": (keep_what_was_removed, "index", "it holds seq 3, which the archive does not have", "reindex"),
    "flipped byte": (flip_a_byte, "index", "bytes have changed", "reindex"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "part", "what", "remedy"), WRONG.values(), ids=WRONG.keys())
def test_verify_names_what_is_wrong(
    folder: Path, damage: Callable[[Path], None], part: str, what: str, remedy: str
) -> None:
    """Each kind of damage is found, in its part, with what to run."""
    with Library(load_settings(folder)) as library:
        assert library.verify().is_whole
    damage(folder)

    with Library(load_settings(folder)) as library:
        findings = library.verify().findings
    assert any(
        found.part == part and what in gisa.say(found.what) and remedy in gisa.say(found.remedy) for found in findings
    ), findings


def test_verify_says_that_the_index_is_behind(folder: Path) -> None:
    """Changes that only the archive holds are one finding for the index and each follower, not one for each article."""
    with gisa.open(folder) as library:
        library._archive.add(
            [gisa.Article(id="x", title="늦은", body="본문", published_at=library.article("a1").article.published_at)]
        )
        behind, *others = library.verify().findings

    assert "lacks the last 1 changes" in gisa.say(behind.what)
    assert "suggestions" in [finding.part for finding in others]
    assert all("up to 32, which is 1 away" in gisa.say(finding.what) for finding in others)


def test_a_folder_copied_while_it_was_written_is_told(folder: Path, tmp_path: Path) -> None:
    """A copy whose archive is older than its index is refused for writing and named by verify."""
    shutil.copy(folder / "archive.sqlite", tmp_path / "archive.sqlite")
    with gisa.open(folder) as library:
        library.add([article(number) for number in range(50, 60)])
    shutil.copytree(folder, tmp_path / "copy")
    for name in ("archive.sqlite-wal", "archive.sqlite-shm"):
        (tmp_path / "copy" / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "archive.sqlite", tmp_path / "copy" / "archive.sqlite")

    with Library(load_settings(tmp_path / "copy")) as library:
        assert any(
            "the archive has lost its last ones" in gisa.say(finding.what) for finding in library.verify().findings
        )


def test_the_label_of_a_newer_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    """A format this version does not know is not guessed at."""
    with gisa.open(folder) as library:
        library.backup(tmp_path / "backup")
    label = tmp_path / "backup" / "backup.json"
    label.write_text(json.dumps({**json.loads(label.read_text()), "format": 9}))

    with pytest.raises(DataFolderError, match="backup_newer"):
        gisa.restore(tmp_path / "backup", tmp_path / "new")
