"""What happens to the index's files, and what searching makes of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.config import load_settings
from gisa.errors import ArticleNotFound, DataFolderError, IndexAhead, SearchIndexError
from gisa.index.generations import Generations
from gisa.index.tantivy_index import FINGERPRINT
from gisa.library import Library
from gisa.web.serving.server import app_of_folder
from tests.web.visitor import Visitor


def article(number: int) -> dict[str, Any]:
    body = f"나루시 예산 {number}번 소식이다. 항만과 어시장이 함께 쓴다."
    return {
        "id": f"a{number}",
        "title": f"나루 소식 {number}",
        "body": body,
        "published_at": f"2025-01-01T00:{number:02}Z",
    }


def filled(folder: Path, count: int = 20) -> Path:
    """A data folder with articles; its live generation's folder."""
    with gisa.open(folder) as library:
        library.add([article(number) for number in range(count)])
    generation = Generations(folder / "index").current()
    assert generation is not None
    return generation.path


def delete_index(path: Path) -> None:
    shutil.rmtree(path.parent)


def delete_generation(path: Path) -> None:
    shutil.rmtree(path)


def delete_current(path: Path) -> None:
    (path.parent / "CURRENT").unlink()


def name_another_version(path: Path) -> None:
    other = Generations(path.parent).create("another version")
    Generations(path.parent).make_current(other)


def tear_meta(path: Path) -> None:
    (path / "meta.json").write_text("{")


def delete_label(path: Path) -> None:
    (path / "gisa.json").unlink()


FAULTS = [delete_index, delete_generation, delete_current, name_another_version, tear_meta, delete_label]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_is_open_goes_on_serving(tmp_path: Path, fault: Callable[[Path], None]) -> None:
    """A server keeps the index it has open, and takes the new one when ``gisa reindex`` has built it."""
    path = filled(tmp_path)
    with gisa.open(tmp_path) as server:
        assert server.search("예산").total == 20
        fault(path)
        assert [server.search("예산").total for _ in range(3)] == [20] * 3

        with Library(load_settings(tmp_path)) as repair:
            assert repair.reindex() == 20
            repair.remove(["a1"])

        assert server.search("예산").total == 19


@pytest.mark.parametrize("fault", [name_another_version, tear_meta, delete_label], ids=lambda fault: fault.__name__)
def test_a_server_that_starts_without_an_index_waits_for_one(
    tmp_path: Path, fault: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads articles, answers searches with 503, and searches as soon as the index is built."""
    fault(filled(tmp_path))
    monkeypatch.setenv("GISA_DATA", str(tmp_path))
    visitor = Visitor(app_of_folder())

    assert visitor.get("/articles/a1").status_code == 200
    assert visitor.get("/search", q="예산").status_code == 503
    assert visitor.get("/api/health").status_code == 503
    with Library(load_settings(tmp_path)) as repair:
        repair.reindex()
    assert visitor.get("/api/search", q="예산").json()["data"]["total"] == 20


@pytest.mark.parametrize("suffix", [".fast", ".fieldnorm", ".idx", ".pos", ".term"])
@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_damaged_files_are_told(tmp_path: Path, suffix: str, damage: str) -> None:
    """Whatever a torn or flipped file makes of a search, it is an answer or an error that names the remedy."""
    path = filled(tmp_path)
    for file in path.glob(f"*{suffix}"):
        data = file.read_bytes()
        body = len(data) - 100
        changed = (
            data[: len(data) // 2] if damage == "cut" else bytes(byte ^ 0xFF for byte in data[:body]) + data[body:]
        )
        file.write_bytes(changed)

    said = ""
    try:
        with gisa.open(tmp_path) as library:
            for query in ("예산", '"나루 소식"', "제목:소식", "없는말 예산"):
                for sort in ("newest", "relevance"):
                    library.search(query, sort=sort, facets=True)
    except SearchIndexError as error:
        said = str(error)

    assert "run `gisa" in said or (damage == "flipped" and not said)
    with Library(load_settings(tmp_path)) as library:
        assert library.reindex() == 20
        assert library.search("예산").total == 20


def test_an_archive_that_lost_changes_is_not_written_over(tmp_path: Path) -> None:
    """When the index knows of more than the archive, writing stops before numbers are given twice; searching goes on."""
    filled(tmp_path, 5)
    shutil.copy(tmp_path / "archive.sqlite", tmp_path / "older.sqlite")
    with gisa.open(tmp_path) as library:
        library.add([article(number) for number in range(5, 9)])
    os.replace(tmp_path / "older.sqlite", tmp_path / "archive.sqlite")

    with gisa.open(tmp_path) as library:
        assert len(library.search("예산").hits) == 5
        with pytest.raises(IndexAhead, match=r"up to 9, the archive only up to 5.*gisa restore.*gisa reindex"):
            library.add([article(30)])
        library.reindex()
        assert library.add([article(30)]).added == 1
        assert library.search("예산").total == 6


def test_what_a_killed_commit_left_is_in_nobodys_way(tmp_path: Path) -> None:
    """A file of deletions that no commit names does not keep the next commit from writing one of that name."""
    path = filled(tmp_path)
    segment = next(path.glob("*.idx")).stem
    for number in range(2_000):
        (path / f"{segment}.{number}.del").write_bytes(b"left")

    with gisa.open(tmp_path) as library:
        library.remove(["a1"])
        assert library.search("예산").total == 19
        assert library.verify().is_whole


def test_a_rebuild_that_fails_gives_its_space_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a generation is removed, and the one before serves on."""
    path = filled(tmp_path)
    with gisa.open(tmp_path) as library:
        monkeypatch.setattr(library._archive, "each", lambda batch: iter([1 / 0]))
        with pytest.raises(ZeroDivisionError):
            library.reindex()

        assert [entry.name for entry in path.parent.glob("g*")] == [path.name]
        assert library.search("예산").total == 20


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A filled data folder, seen through a mount that is read-only."""
    (tmp_path / "data").mkdir()
    (tmp_path / "seen").mkdir()
    filled(tmp_path / "data")
    mount = ["mount", "--bind", "-o", "ro", str(tmp_path / "data"), str(tmp_path / "seen")]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a disk read-only needs Linux and root")
    try:
        yield tmp_path / "seen"
    finally:
        subprocess.run(["umount", str(tmp_path / "seen")], check=True)


def test_a_read_only_disk_is_searched(read_only: Path) -> None:
    """Searching and reading need no right to write; adding is refused in one sentence."""
    with gisa.open(read_only) as library:
        assert library.search("예산").total == 20
        assert library.article("a1").revision == 1
        assert library.status().articles == 20
        with pytest.raises(DataFolderError, match="lock_failed"):
            library.add([article(21)])
        with pytest.raises(ArticleNotFound):
            library.article("a21")


def test_fingerprints_tell_versions_apart(tmp_path: Path) -> None:
    """The label of a generation is the fingerprint of the Gisa that built it."""
    filled(tmp_path, 1)
    current = Generations(tmp_path / "index").current()

    assert current is not None
    assert current.fingerprint == FINGERPRINT


def test_a_flipped_bit_gives_a_page_or_a_remedy(tmp_path: Path) -> None:
    """In the file of numbers, anywhere: a search of one word, of several, in either order, never fails without a name."""
    [file] = filled(tmp_path, count=3).glob("*.fast")
    whole = file.read_bytes()
    complaints = []
    for place in range(0, len(whole), 7):
        flipped = tmp_path / "flipped"  # put in its place, for the file itself may still be mapped
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        flipped.replace(file)
        for query, sort in product(("예산", "나루시 예산 소식"), ("newest", "relevance")):
            complaints += complaint(tmp_path, query, sort)

    assert complaints
    assert all("run `gisa " in text for text in complaints)


def complaint(folder: Path, query: str, sort: str) -> list[str]:
    """What the search says when it fails; nothing when it gives a page."""
    try:
        with gisa.open(folder) as library:
            library.search(query, sort=sort, facets=True)
    except SearchIndexError as error:
        return [str(error)]
    return []


def test_an_index_that_is_one_change_ahead_is_not_written(tmp_path: Path) -> None:
    """One change that the archive has lost is enough: the next one would get its number."""
    with gisa.open(tmp_path) as library:
        library.add([{"id": "a1", "title": "나루시", "body": "시", "published_at": "2025-06-05T00:00:00Z"}])
        with library._engine.writing() as writer:
            writer.commit(change_seq=library._archive.last_change_seq() + 1)

        with pytest.raises(IndexAhead, match="gisa restore"):
            library.add([{"id": "a2", "title": "해온도", "body": "섬", "published_at": "2025-06-05T00:00:00Z"}])
