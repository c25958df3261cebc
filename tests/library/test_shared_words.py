"""The paper's own words on an archive that several machines share: every machine goes by the same, whoever edits them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import gisa
from gisa.cli.main import main
from gisa.errors import ConfigError, DataFolderError, SharedMeanwhile
from gisa.library import Library
from gisa.library.moving import migrate
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

    with pytest.raises(
        SharedMeanwhile, match=r"words.txt is version 2 there, and yours was made from version 1.*fetch"
    ):
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


def test_a_list_that_is_no_text_is_not_shared(machine: Callable[..., Library]) -> None:
    """It is named with its remedy, and what every machine goes by stays."""
    desk = machine("desk")
    (desk.settings.data_dir / "words.txt").write_bytes("고우정\n".encode("cp949"))

    with pytest.raises(ConfigError, match="iconv"):
        desk.apply_words()

    assert desk.words().version == 0


def test_a_broken_note_of_versions_is_named(machine: Callable[..., Library]) -> None:
    """A folder whose ``shared.json`` does not read says so."""
    desk = machine("desk")
    write(desk, "고우정\n")
    desk.apply_words()
    write(desk, "[]", "shared.json")

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
