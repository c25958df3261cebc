"""Faults, each injected at a random moment into a folder of its own; what was lost of what was acknowledged, and for how long.

An article is acknowledged when its count was printed. A case raises nothing: it says what it saw.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import gisa
from gisa.config import load_settings
from gisa.errors import GisaError
from gisa.index.generations import Generations
from gisa.library import Library
from gisa.model import SearchPage

BASE: Final = 300
"""Articles that are there before the fault."""
_WORDS: Final = "나루시 포항 항만 예산 의회 센터 축제 도로 수산물 학교 병원 시장 투자 연구 공사 주민".split()


class Skipped(Exception):
    """The fault cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one injection did."""

    lost: int
    """Acknowledged articles that are not there after recovery."""
    recovery_s: float
    """Until everything can be searched again: opening, reindexing or running the command again."""
    told: bool
    """Whether Gisa named the damage and its remedy, where there was something to name."""
    whole: bool
    """``verify`` finds nothing after recovery."""


def article(number: int) -> dict[str, Any]:
    rng = random.Random(number)
    body = " ".join(rng.choice(_WORDS) for _ in range(80)) + f" 고유번호{number}끝."
    published = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return {"id": f"f{number}", "title": f"소식 {number}", "body": body, "published_at": published.isoformat()}


_ADD: Final = """
import sys
import gisa
from tests.faults.cases import article
first, last = int(sys.argv[1]), int(sys.argv[2])
with gisa.open() as library:
    print("ready", flush=True)
    for start in range(first, last, 20):
        library.add([article(n) for n in range(start, start + 20)], workers=0)
        print(start + 20, flush=True)
"""


@contextmanager
def adding(folder: Path, first: int, last: int = 1_000_000) -> Iterator[subprocess.Popen[str]]:
    """A process that adds twenty articles at a time and prints how far they are acknowledged."""
    process = start_python(["-u", "-c", _ADD, str(first), str(last)], folder)
    try:
        wait_until_ready(process)
        yield process
    finally:
        process.kill()
        process.communicate()


_REMOVE: Final = """
import gisa
with gisa.open() as library:
    print("ready", flush=True)
    for number in range(300):
        library.remove([f"f{number}"], reason="fault")
        print(number + 1, flush=True)
"""


def start_python(arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "GISA_DATA": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Until it has said so. Read past the pipe's buffer, which would keep what ``communicate`` is to read."""
    assert process.stdout is not None
    os.read(process.stdout.fileno(), len("ready\n"))


def kill_some_time_later(process: subprocess.Popen[str], rng: random.Random, at_most_s: float) -> tuple[str, str]:
    time.sleep(rng.uniform(0, at_most_s))
    process.send_signal(signal.SIGKILL)
    return process.communicate()


def acknowledged(printed: str, before: int) -> int:
    return max([before, *(int(line) for line in printed.split() if line.isdigit())])


def look(folder: Path, count: int, began: float, *, told: bool = True) -> Outcome:
    """Open (which recovers) and count what is there of the first ``count`` articles."""
    with gisa.open(folder) as library:
        library.search("소식")
        recovery_s = time.monotonic() - began
        return _outcome(library, count, recovery_s, told=told)


def reindexed(folder: Path, count: int, *, told: bool) -> Outcome:
    """Run what the message said, and count."""
    began = time.monotonic()
    with Library(load_settings(folder)) as library:
        library.reindex(workers=0)
    return look(folder, count, began, told=told)


def _outcome(library: Library, count: int, recovery_s: float, *, told: bool) -> Outcome:
    found = {each.article.id for batch in library._archive.each(batch=500) for each in batch}
    lost = sum(f"f{number}" not in found for number in range(count))
    whole = library.verify().is_whole and library.search("소식").total == len(found)
    return Outcome(lost, recovery_s, told, whole)


def names_a_remedy(folder: Path) -> bool:
    """Whether opening and searching, or else ``verify``, names the damage and what to run."""
    try:
        with gisa.open(folder) as library:
            for sort in ("newest", "relevance"):
                library.search('"나루시 포항" 소식', sort=sort, facets=True)
    except GisaError as error:
        return "gisa " in gisa.say(error)
    with Library(load_settings(folder)) as library:
        return any("gisa " in gisa.say(finding.remedy) for finding in library.verify().findings)


# --- the cases: each takes a filled folder of its own ------------------------------------------------------------


def killed_while_adding(folder: Path, rng: random.Random) -> Outcome:
    with adding(folder, BASE) as process:
        printed, _ = kill_some_time_later(process, rng, 1.5)
    return look(folder, acknowledged(printed, BASE), time.monotonic())


def killed_while_removing(folder: Path, rng: random.Random) -> Outcome:
    """What is lost here is a removal: an article that is shown again."""
    process = start_python(["-u", "-c", _REMOVE], folder)
    try:
        wait_until_ready(process)
        printed, _ = kill_some_time_later(process, rng, 1.5)
    finally:
        process.kill()
    removed, began = acknowledged(printed, 0), time.monotonic()
    with gisa.open(folder) as library:
        found = {hit.article.id for page in pages(library) for hit in page.hits}
        recovery_s = time.monotonic() - began
        lost = sum(f"f{number}" in found for number in range(removed))
        # one more may be gone: its removal was written and not acknowledged
        is_whole = library.verify().is_whole and BASE - removed - 1 <= len(found) <= BASE - removed
        return Outcome(lost, recovery_s, told=True, whole=is_whole)


def pages(library: Library) -> Iterator[SearchPage]:
    """Every page of a search that finds all articles."""
    cursor: str | None = None
    while True:
        page = library.search("소식", limit=100, cursor=cursor)
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return


def killed_while_reindexing(folder: Path, rng: random.Random) -> Outcome:
    process = start_python(["-m", "gisa.cli.main", "reindex", "--workers", "0"], folder)
    kill_some_time_later(process, rng, 1.5)
    return look(folder, BASE, time.monotonic())


def killed_while_backing_up(folder: Path, rng: random.Random) -> Outcome:
    place = folder.parent / "backup"
    process = start_python(["-m", "gisa.cli.main", "backup", str(place)], folder)
    kill_some_time_later(process, rng, 1.2)
    began = time.monotonic()
    with Library(load_settings(folder)) as library:
        library.backup(place)
    gisa.restore(place, folder.parent / "restored")
    return look(folder.parent / "restored", BASE, began)


@contextmanager
def mounted(*arguments: str, at: Path) -> Iterator[Path]:
    at.mkdir()
    done = subprocess.run(["mount", *arguments, str(at)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"mounting needs root: {done.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def full_disk(folder: Path, rng: random.Random) -> Outcome:
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) + rng.randrange(300_000, 3_000_000)
    with mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", at=folder.parent / "disk") as disk:
        shutil.copytree(folder, disk / "data")
        with adding(disk / "data", BASE) as process:
            printed, said = process.communicate(timeout=120)
        told = "free some space" in said or "No space left" in said
        subprocess.run(["mount", "-o", "remount,size=200000000", str(disk)], check=True)
        return look(disk / "data", acknowledged(printed, BASE), time.monotonic(), told=told)


def read_only_disk(folder: Path, rng: random.Random) -> Outcome:
    with mounted("--bind", "-o", "ro", str(folder), at=folder.parent / "seen") as seen:
        began = time.monotonic()
        with gisa.open(seen) as library:
            found = library.search("소식").total
            recovery_s = time.monotonic() - began
            try:
                library.add([article(BASE)])
                told = False
            except GisaError as error:
                told = "Read-only" in str(error)
            return Outcome(BASE - found, recovery_s, told, found == BASE)


def live(folder: Path) -> Path:
    generation = Generations(folder / "index").current()
    assert generation is not None
    return generation.path


def index_file_torn(folder: Path, rng: random.Random) -> Outcome:
    """Cut, or flipped in one byte, anywhere in a file that is in use."""
    file = rng.choice(
        [file for file in sorted(live(folder).iterdir()) if file.suffix in (".idx", ".pos", ".term", ".fast")]
    )
    data = bytearray(file.read_bytes())
    place = rng.randrange(len(data))
    if rng.random() < 0.5:
        data[place] ^= 1 << rng.randrange(8)
    else:
        del data[place:]
    file.write_bytes(data)
    return reindexed(folder, BASE, told=names_a_remedy(folder))


def index_deleted(folder: Path, rng: random.Random) -> Outcome:
    shutil.rmtree(folder / "index")
    return look(folder, BASE, time.monotonic())


def current_deleted(folder: Path, rng: random.Random) -> Outcome:
    (folder / "index" / "CURRENT").unlink()
    return look(folder, BASE, time.monotonic())


def label_deleted(folder: Path, rng: random.Random) -> Outcome:
    (live(folder) / "gisa.json").unlink()
    return reindexed(folder, BASE, told=names_a_remedy(folder))


def log_torn(folder: Path, rng: random.Random) -> Outcome:
    """SQLite's log cut behind a killed writer: what stood behind the cut cannot be there; it must be told."""
    with adding(folder, BASE) as process:
        time.sleep(0.5)
        printed, _ = kill_some_time_later(process, rng, 1.0)
    log = folder / "archive.sqlite-wal"
    if log.exists() and log.stat().st_size:
        os.truncate(log, rng.randrange(log.stat().st_size))
    count = acknowledged(printed, BASE)
    with Library(load_settings(folder)) as library:
        lost = count - library._archive.count()
    told = lost <= 0 or names_a_remedy(folder)
    return reindexed(folder, count, told=told)


def copied_while_written(folder: Path, rng: random.Random) -> Outcome:
    """``cp -r`` of a folder that is being written: the copy is whole after catching up, or its damage is named."""
    copy = folder.parent / "copy"
    with adding(folder, BASE):
        time.sleep(rng.uniform(0, 0.8))
        # files that vanish under it make cp complain and go on, as it would for anybody
        subprocess.run(["cp", "-r", str(folder), str(copy)], check=False, capture_output=True)
    told = True
    try:
        with gisa.open(copy) as library:
            is_whole = library.verify().is_whole
    except GisaError:
        is_whole = False
    if not is_whole:
        told = names_a_remedy(copy)
    try:
        return reindexed(copy, BASE, told=told)
    except GisaError:  # the database itself is torn: the copy is lost, the folder it was taken from is not
        return Outcome(0, 0.0, told, whole=False)


def moved_while_written(folder: Path, rng: random.Random) -> Outcome:
    """``mv`` of a folder that is being written: the writer ends and says so, what it acknowledged has moved along."""
    moved = folder.parent / "moved"
    with adding(folder, BASE) as process:
        time.sleep(rng.uniform(0, 0.8))
        folder.rename(moved)
        printed, said = process.communicate(timeout=120)
    told = process.returncode != 0 and str(folder) in said
    return look(moved, acknowledged(printed, BASE), time.monotonic(), told=told)


def two_writers(folder: Path, rng: random.Random) -> Outcome:
    with adding(folder, BASE) as process:
        time.sleep(rng.uniform(0, 0.5))
        second = start_python(["-u", "-c", _ADD, "900000", "900400"], folder)
        _, said = second.communicate(timeout=120)
        printed, _ = kill_some_time_later(process, rng, 0.2)
    told = second.returncode == 0 or "locked (" in said
    return look(folder, acknowledged(printed, BASE), time.monotonic(), told=told)


CASES: Final[dict[str, Callable[[Path, random.Random], Outcome]]] = {
    "kill -9 while adding": killed_while_adding,
    "kill -9 while removing": killed_while_removing,
    "kill -9 while reindexing": killed_while_reindexing,
    "kill -9 while backing up": killed_while_backing_up,
    "the disk fills while adding": full_disk,
    "the disk is read-only": read_only_disk,
    "an index file is cut or a bit flips": index_file_torn,
    "the index is deleted": index_deleted,
    "CURRENT is deleted": current_deleted,
    "gisa.json is deleted": label_deleted,
    "the database's log is cut after kill -9": log_torn,
    "the folder is copied while it is written": copied_while_written,
    "the folder is moved away while it is written": moved_while_written,
    "two writers": two_writers,
}


def inject(case: Callable[[Path, random.Random], Outcome], template: Path, seed: int) -> Outcome:
    """One injection into a copy of the template. Raises ``Skipped``."""
    with tempfile.TemporaryDirectory(prefix="gisa-fault-", ignore_cleanup_errors=True) as folder:
        shutil.copytree(template, Path(folder) / "data")
        return case(Path(folder) / "data", random.Random(seed))


def fill(folder: Path) -> Path:
    """A folder with what every case begins with."""
    with gisa.open(folder) as library:
        library.add([article(number) for number in range(BASE)], workers=0)
    return folder
