"""One writer at a time, and nobody waits for a source: turns at writing, the queue, takedowns in mid-import."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import gisa
from gisa.errors import ArticleRemoved, DataFolderError, WriterLocked
from gisa.ingest.pipeline import BATCH
from gisa.library.lock import holder, is_wanted, writer_lock


def article(number: int) -> gisa.Article:
    return gisa.Article(
        id=f"a{number}",
        title=f"나루시 예산 {number}호",
        body="나루시의회가 예산을 심사했다.",
        published_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


class SlowSource:
    """Articles in batches; before each further one it waits until it may go on."""

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self.is_reading, self.may_go_on = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[gisa.Article]:
        for number in range(self._batches * BATCH):
            if number and number % BATCH == 0:
                self.is_reading.set()
                self.may_go_on.wait(60)
            yield article(number)


@contextmanager
def importing(folder: Path, source: SlowSource) -> Iterator[None]:
    """A run that is between its first batch and the next one, in a library of its own."""

    def run() -> None:
        with gisa.open(folder) as library:
            library.add(source, workers=0)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert source.is_reading.wait(60)
        yield
    finally:
        source.may_go_on.set()
        thread.join(60)


def test_a_takedown_gets_in_between_two_batches(tmp_path: Path) -> None:
    """While an import waits for its source an article is removed within seconds, counted no more, and stays removed."""
    with importing(tmp_path, SlowSource(2)), gisa.open(tmp_path) as library:
        began = time.monotonic()
        removed = library.remove(["a7"])
        took = time.monotonic() - began
        total = library.search("예산").total

    assert (removed, total) == (1, BATCH - 1)
    assert took < 5.0  # 0.2 s when nothing else runs
    with gisa.open(tmp_path) as library:
        assert library.search("예산").total == 2 * BATCH - 1
        assert library.verify().is_whole


def test_a_takedown_does_not_wait_for_a_batch(tmp_path: Path) -> None:
    """While another process keeps the lock a removal returns all the same; whoever writes next takes it out of the index."""
    with gisa.open(tmp_path) as library:
        library.add([article(1), article(2)])
        with writer_lock(library.settings.lock_path):
            library.remove(["a1"])
            with pytest.raises(ArticleRemoved):
                library.article("a1")
            assert [hit.article.id for hit in library.search("예산").hits] == ["a2"]
        library.add([article(3)])

        assert library.search("예산").total == 2
        assert library.verify().is_whole


def test_a_source_that_brings_nothing_holds_no_lock(tmp_path: Path) -> None:
    """A second after its last batch a run has committed and let the lock go, although nobody waits for it."""
    with importing(tmp_path, SlowSource(2)), gisa.open(tmp_path) as library:
        deadline = time.monotonic() + 20
        while holder(library.settings.lock_path) is not None and time.monotonic() < deadline:
            time.sleep(0.05)

        assert holder(library.settings.lock_path) is None
        assert library.search("예산").total == BATCH


def test_a_failing_source_leaves_what_it_brought(tmp_path: Path) -> None:
    """What was archived before a source fails can be searched afterwards."""

    def broken() -> Iterator[gisa.Article]:
        yield from (article(number) for number in range(BATCH))
        raise RuntimeError("the line is dead")

    with gisa.open(tmp_path) as library:
        with pytest.raises(RuntimeError, match="the line is dead"):
            library.add(broken(), workers=0)

        assert library.search("예산").total == BATCH


def test_a_reindex_lets_others_write(tmp_path: Path) -> None:
    """What is added and removed while an index is built is in it when it serves."""
    with gisa.open(tmp_path) as library, gisa.open(tmp_path) as other:
        library.add([article(number) for number in range(BATCH + 1)], workers=0)
        done: list[int] = []

        def meanwhile(count: int) -> None:
            if not done:
                done.append(count)
                other.remove(["a3"])
                other.add([article(9_000)])

        library.reindex(progress=meanwhile, workers=0)

        assert library.search("예산").total == BATCH + 1
        assert library.verify().is_whole


def test_the_queue_is_seen(tmp_path: Path) -> None:
    """Who holds the lock sees that somebody waits, and for whom is told to the one who waits."""
    path, told = tmp_path / "writer.lock", list[str]()

    def wait() -> None:
        with writer_lock(path, wait_s=30, on_wait=told.append):
            pass

    with writer_lock(path):
        before = is_wanted(path)
        waiting = threading.Thread(target=wait)
        waiting.start()
        deadline = time.monotonic() + 20
        while not is_wanted(path) and time.monotonic() < deadline:
            time.sleep(0.01)
        during = is_wanted(path)
        with pytest.raises(WriterLocked), writer_lock(path):
            pass
    waiting.join(30)

    assert (before, during, is_wanted(path)) == (False, True, False)
    assert ["process" in who for who in told] == [True]


@pytest.mark.parametrize("run", range(5))
def test_six_writers_started_together_all_succeed(run: int, tmp_path: Path) -> None:
    """Six runs of adding into a folder that does not exist yet: each adds all of its articles, in turn."""
    program = (
        "import sys, gisa\n"
        "from tests.library.test_turns import article\n"
        "with gisa.open(sys.argv[1], wait_s=300) as library:\n"
        "    print(library.add([article(n) for n in range(int(sys.argv[2]), int(sys.argv[2]) + 50)], workers=0).added)\n"
    )
    folder = tmp_path / "data"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), str(number * 100)], stdout=subprocess.PIPE, text=True
        )
        for number in range(6)
    ]
    added = [int(process.communicate(timeout=300)[0]) for process in started]

    with gisa.open(folder) as library:
        assert (added, library.search("예산").total) == ([50] * 6, 300)
        assert library.verify().is_whole


@pytest.mark.parametrize(
    ("made", "said"),
    {
        "nothing": ([], "there is nothing of that name"),
        "empty": (["typo"], "it is empty"),
        "other files": (["typo", "typo/letters.txt"], "it holds letters.txt, and no archive.sqlite"),
    }.values(),
    ids=["nothing", "empty", "other files"],
)
def test_reading_makes_no_folder(made: list[str], said: str, tmp_path: Path) -> None:
    """Where only reading is meant, a folder without an archive is refused, with what is there, and left as it is."""
    for name in made:
        path = tmp_path / name
        if path.suffix:
            path.write_text("x")
        else:
            path.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DataFolderError) as caught:
        gisa.open(tmp_path / "typo", create=False)

    assert said in gisa.say(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_two_users_can_keep_one_folder(tmp_path: Path) -> None:
    """With a umask of 002 the group may write every file, whichever engine made it."""
    program = (
        "import os, sys, gisa\n"
        "os.umask(0o002)\n"
        "from tests.library.test_turns import article\n"
        "with gisa.open(sys.argv[1]) as library:\n"
        "    library.add([article(1)], workers=0)\n"
        "    kept = [path for path in library.settings.data_dir.rglob('*') if path.is_file()]\n"
        "    print(*(path.name for path in kept if path.stat().st_mode & 0o060 != 0o060))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "data")], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
