"""The paper's own words on an archive that several machines share: every machine goes by the same, whoever edits them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

import gisa
from gisa.archive import open_archive
from gisa.cli.main import main
from gisa.config import load_settings
from gisa.errors import ConfigError, DataFolderError, SharedMeanwhile
from gisa.library import Library
from gisa.library.moving import migrate
from gisa.library.own_files import OwnFiles
from gisa.ports import FileEdit, SharedFiles
from gisa.reports import SharedFile
from tests.library.test_shared_archive import until
from tests.servers import new_opensearch_url, new_postgres_url

TITLES = ("고우정은 말했다", "우정 어린 손길", "나루시 예산")


@pytest.fixture
def url() -> Iterator[str]:
    with new_postgres_url() as made:
        yield made


@pytest.fixture
def machine(url: str, tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Opens the data folder of one more machine."""
    with ExitStack() as stack:

        def make(name: str, *, index_url: str | None = None) -> Library:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            index = f'index_url = "{index_url}"\n' if index_url else ""
            (folder / "gisa.toml").write_text(f'archive_url = "{url}"\n{index}', encoding="utf-8")
            return stack.enter_context(gisa.open(folder))

        yield make


def fill(library: Library) -> None:
    library.add(
        gisa.Article(id=f"t{number}", title=title, body="본문", published_at=datetime(2025, 6, number, tzinfo=UTC))
        for number, title in enumerate(TITLES, 1)
    )


def write(library: Library, text: str, name: str = "words.txt") -> None:
    (library.settings.data_dir / name).write_text(text, encoding="utf-8")


def content(library: Library, name: str = "words.txt") -> str:
    return (library.settings.data_dir / name).read_text(encoding="utf-8")


def found(library: Library, query: str) -> set[str]:
    page = library.search(query)
    return set() if page.relaxed else {hit.article.title for hit in page.hits}


@pytest.mark.parametrize("index", ["own indexes", "one index"])
def test_a_word_that_one_machine_shares_counts_on_all(machine: Callable[..., Library], index: str) -> None:
    """A server elsewhere goes by new words and synonyms without a restart, and says by which version."""
    with ExitStack() as stack:
        index_url = stack.enter_context(new_opensearch_url()) if index == "one index" else None
        desk, node = machine("desk", index_url=index_url), machine("node", index_url=index_url)
        fill(desk)
        node.follow_archive()
        assert until(lambda: len(found(node, "우정")) == 2)

        write(desk, "고우정\n")
        write(desk, "나루시\t한올시\n", "synonyms.txt")
        unshared = desk.words().edited
        desk.apply_words()

        assert unshared == ("words.txt", "synonyms.txt")
        assert until(lambda: found(node, "우정") == {TITLES[1]} and found(node, "한올시") == {TITLES[2]})
        assert until(lambda: [each.words_version for each in desk.status().nodes] == [2])
        assert node.status().words_version == 2
        state = node.words()
        assert (state.version, state.words, state.waiting, state.edited) == (2, 1, 0, ())


def test_whoever_writes_goes_by_the_shared_words(machine: Callable[..., Library]) -> None:
    """A machine whose folder has no list, or an old one, analyses by what is shared; its own changes wait."""
    desk, other = machine("desk"), machine("other")
    write(desk, "고우정\n")
    desk.apply_words()
    write(other, "우정어린\n")

    fill(other)

    assert found(other, "우정") == {TITLES[1]}
    assert other.words().edited == ("words.txt",)


def test_nobody_overwrites_what_another_has_shared(machine: Callable[..., Library]) -> None:
    """Two desks that edit at once: the second is told what to do, and both lists are there still."""
    desk, other = machine("desk"), machine("other")
    write(desk, "고우정\n")
    desk.apply_words()
    assert [each.name for each in other.fetch_words()] == ["words.txt"]
    write(desk, "고우정\n심우정\n")
    write(other, "고우정\n나루호\n")
    desk.apply_words()

    with pytest.raises(SharedMeanwhile, match=r"words_overtaken.*words.txt"):
        other.apply_words()
    with pytest.raises(DataFolderError, match="copy_edited"):
        other.fetch_words()
    assert content(other) == "고우정\n나루호\n"
    assert other.words().version == 2

    (other.settings.data_dir / "words.txt").unlink()
    other.fetch_words()
    write(other, content(other) + "나루호\n")
    other.apply_words()
    assert desk.words().version == 3
    assert desk.words().words_waiting == ("나루호",)


def test_an_old_copy_is_no_change_and_going_back_is_one(machine: Callable[..., Library]) -> None:
    """A list that was copied by hand and has grown old is passed over; one that was put back is shared as a new version."""
    desk, other = machine("desk"), machine("other")
    for text in ("고우정\n", "심우정\n"):
        write(desk, text)
        desk.apply_words()
    write(other, "고우정\n")
    passed_over = (other.share_words(), other.words().edited)
    write(desk, "고우정\n")

    assert passed_over == ([], ())
    assert [each.version for each in desk.share_words()] == [3]
    assert [each.version for each in other.fetch_words()] == []


def test_files_are_shared_all_or_none(machine: Callable[..., Library]) -> None:
    """If another machine was faster with one of two files, neither is shared."""
    desk, other = machine("desk"), machine("other")
    write(desk, "나루시\t한올시\n", "synonyms.txt")
    desk.apply_words()
    write(other, "고우정\n")
    write(other, "나루시\t해온도\n", "synonyms.txt")

    with pytest.raises(SharedMeanwhile, match="words_without_base"):
        other.apply_words()

    assert other.words().version == 1
    assert other.words().edited == ("words.txt", "synonyms.txt")


def test_what_was_shared_and_is_no_text_is_a_reject(machine: Callable[..., Library]) -> None:
    """Every machine opens, adds and names it, goes on by what it held, and is rid of it when a text is shared."""
    desk = machine("desk")
    spoilt = "고우정\t나루\n".encode("cp949")
    assert desk._archive.shared is not None
    desk._archive.shared.files.share([FileEdit("words.txt", spoilt, 0), FileEdit("synonyms.txt", spoilt, 0)])
    node = machine("node")

    fill(node)
    named = [each.place for each in node.words().rejects]
    assert [each.name for each in desk.fetch_words()] == ["words.txt", "synonyms.txt"]
    write(desk, "고우정\n")
    write(desk, "나루시\t한올시\n", "synonyms.txt")
    desk.apply_words()
    node.apply_words()

    assert named == ["words.txt@1", "synonyms.txt@2"]
    assert node.words().rejects == ()
    assert (found(node, "우정"), found(node, "한올시")) == ({TITLES[1]}, {TITLES[2]})


def test_an_older_answer_does_not_undo_a_newer_one(tmp_path: Path) -> None:
    """Of two threads that ask the archive at once, the one that is answered last does not bring back the version before."""
    asked = threading.Event()

    class Files:
        def newest(self, *, after: int = 0) -> list[SharedFile]:
            if not opened:
                return []
            is_first = not asked.is_set()
            asked.set()
            if is_first:
                time.sleep(0.2)
            version = 5 if is_first else 6
            return [SharedFile("words.txt", version, b"", datetime(2025, 1, 1, tzinfo=UTC), "naru-1")]

    opened: list[bool] = []
    own = OwnFiles(load_settings(tmp_path), cast("SharedFiles", Files()))
    opened.append(True)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(own.refresh)
        asked.wait(10)
        threads.submit(own.refresh).result(10)
        first.result(10)

    assert own.version == 6


def test_a_list_that_is_no_text_is_not_shared(machine: Callable[..., Library]) -> None:
    """It is named with its remedy, and what every machine goes by stays."""
    desk = machine("desk")
    (desk.settings.data_dir / "words.txt").write_bytes("고우정\n".encode("cp949"))

    with pytest.raises(ConfigError, match="iconv"):
        desk.apply_words()

    assert desk.words().version == 0


@pytest.mark.parametrize("spoil", [lambda _: [], lambda noted: {**noted, "versions": {"words.txt": None}}])
def test_a_broken_note_of_versions_is_named(machine: Callable[..., Library], spoil: Callable[[Any], object]) -> None:
    """A folder whose ``shared.json`` does not read says so."""
    desk = machine("desk")
    write(desk, "고우정\n")
    desk.apply_words()
    write(desk, json.dumps(spoil(json.loads(content(desk, "shared.json")))), "shared.json")

    with pytest.raises(DataFolderError, match=r"shared\.json: file_broken"):
        desk.fetch_words()


def test_a_folder_with_its_own_archive_shares_nothing(tmp_path: Path) -> None:
    """There the files are what counts, as ever."""
    with gisa.open(tmp_path / "data") as library:
        write(library, "고우정\n")
        with pytest.raises(DataFolderError, match="words_own"):
            library.fetch_words()

        assert library.share_words() == []
        assert library.words().words_waiting == ("고우정",)


def test_shared_words_are_backed_up_and_restored(machine: Callable[..., Library], tmp_path: Path) -> None:
    """A backup made on a machine without the list holds it; restored elsewhere, it counts there."""
    desk, other = machine("desk"), machine("other")
    fill(desk)
    write(desk, "고우정\n")
    desk.apply_words()
    other.backup(tmp_path / "backup")
    again = other.backup(tmp_path / "backup")

    assert again.files == 0
    with new_postgres_url() as elsewhere:
        gisa.restore(tmp_path / "backup", tmp_path / "drill", archive_url=elsewhere)
        with gisa.open(tmp_path / "drill") as drill:
            assert drill.words().version == 1
            assert found(drill, "우정") == {TITLES[1]}


def test_words_move_with_the_archive(tmp_path: Path) -> None:
    """Moved to a server, the folder's files are shared; moved back, what was shared stands in the folder again."""
    folder = tmp_path / "data"
    with gisa.open(folder) as library:
        fill(library)
        write(library, "고우정\n")
        library.apply_words()
    with new_postgres_url() as url:
        migrate(folder, archive_url=url)
        with gisa.open(folder) as library:
            moved = (library.words().version, library.words().edited)
            write(library, "고우정\n나루호\n")
            library.apply_words()
            (folder / "words.txt").unlink()
        migrate(folder, archive_url="file")

    with gisa.open(folder) as library:
        assert moved == (1, ())
        assert library.words().words == 2
        assert content(library) == "고우정\n나루호\n"


def test_a_list_that_is_no_text_stops_a_move_before_it(url: str, tmp_path: Path) -> None:
    """What no machine could read is named before anything is copied; put right, the archive moves."""
    with gisa.open(tmp_path) as library:
        fill(library)
        (tmp_path / "synonyms.txt").write_bytes("나루시\t한올시\n".encode("cp949"))
    with pytest.raises(ConfigError, match="iconv"):
        migrate(tmp_path, archive_url=url)
    with closing(open_archive(url)) as there:
        copied = there.last_change_seq()

    (tmp_path / "synonyms.txt").write_text("나루시\t한올시\n", "utf-8")
    migrate(tmp_path, archive_url=url)

    assert copied == 0
    with gisa.open(tmp_path) as library:
        assert found(library, "한올시") == {TITLES[2]}


def test_changes_that_are_not_shared_stop_a_move_before_it(machine: Callable[..., Library]) -> None:
    """They would be lost to the folder, or go by versions of another archive."""
    desk = machine("desk")
    fill(desk)
    write(desk, "고우정\n")

    with pytest.raises(DataFolderError, match="copy_edited"):
        migrate(desk.settings.data_dir, archive_url="file")

    assert not desk.settings.archive_path.exists() or content(desk, "gisa.toml").startswith("archive_url")


def test_versions_of_another_archive_count_for_nothing(machine: Callable[..., Library]) -> None:
    """After a move from database to database an old copy, in the folder moved or in another, undoes nobody's words."""
    desk, other = machine("desk"), machine("other")
    write(desk, "고우정\n")
    desk.apply_words()
    other.fetch_words()
    write(desk, "고우정\n심우정\n")
    desk.apply_words()
    moved, pointed = other.settings.data_dir, desk.settings.data_dir
    with new_postgres_url() as elsewhere:
        migrate(moved, archive_url=elsewhere)
        write(desk, "고우정\n")  # as the copy of a folder that had not fetched
        write(
            desk,
            json.dumps({"archive": json.loads(content(desk, "shared.json"))["archive"], "versions": {"words.txt": 1}}),
            "shared.json",
        )
        (pointed / "gisa.toml").write_text(f'archive_url = "{elsewhere}"\n', "utf-8")
        with gisa.open(moved) as there, gisa.open(pointed) as here:
            shared = there.share_words()
            with pytest.raises(SharedMeanwhile, match="words_without_base"):
                here.apply_words()

            assert shared == []
            assert content(there) == "고우정\n심우정\n"
            assert there.words().version == 1


def test_a_restored_list_that_is_no_text_is_told(tmp_path: Path) -> None:
    """The backup goes into a database all the same; the list stays the folder's own, named with its remedy."""
    with gisa.open(tmp_path / "data") as library:
        fill(library)
        (tmp_path / "data" / "words.txt").write_bytes("고우정\n".encode("cp949"))
        write(library, "나루시\t한올시\n", "synonyms.txt")
        library.backup(tmp_path / "backup")
    with new_postgres_url() as elsewhere:
        command = ["restore", str(tmp_path / "backup"), "--data", str(tmp_path / "new"), "--archive-url", elsewhere]
        result = CliRunner().invoke(main, command, env={"LANG": "C"})
        with gisa.open(tmp_path / "new") as drill:
            state = drill.words()
            articles = drill.count()

    assert (result.exit_code, "words.txt" in result.stderr, "iconv" in result.stderr) == (1, True, True)
    assert (articles, state.version, state.edited) == (3, 1, ("words.txt",))


def test_the_commands_say_what_is_shared(machine: Callable[..., Library]) -> None:
    """``gisa words``, ``apply`` and ``fetch`` name files and versions."""
    folder = machine("desk").settings.data_dir
    other = machine("other")
    write(other, "고우정\n")

    def run(*arguments: str, at: Path = folder) -> str:
        result = CliRunner().invoke(main, ["words", *arguments, "--data", str(at)], env={"LANG": "C"})
        assert result.exit_code == 0, result.output
        return result.output

    there = other.settings.data_dir
    assert "words.txt was changed here and is not shared yet" in run(at=there)
    assert "shared words.txt as version 1" in run("apply", at=there)
    assert json.loads(run("apply", "--json", at=there))["shared"] == {}
    assert "words.txt: version 1, shared" in run("fetch")
    assert "the files here are the newest" in run("fetch")
    assert json.loads(run("fetch", "--json")) == {}
    assert "version 1, on every machine" in run()
