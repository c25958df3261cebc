"""A disk without a byte left: takedowns, erasing and starting there; and erasing beside a server. Cases like those of ``cases``."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bench.servers import gisa_server, search_path

import gisa
from gisa.config import load_settings
from gisa.errors import ArticleNotFound, GisaError
from gisa.library import Library
from tests.faults.cases import BASE, Outcome, mounted, start_python
from tests.faults.serving import asking
from tests.traces import traces

_ROOM_BYTES: Final = 60_000_000


@contextmanager
def full_disk(folder: Path) -> Iterator[Path]:
    """The folder on a disk of its own, which something else has filled to its last page."""
    with mounted("-t", "tmpfs", "-o", f"size={_ROOM_BYTES}", "tmpfs", at=folder.parent / "disk") as disk:
        shutil.copytree(folder, disk / "data")
        rest = os.open(disk / "rest", os.O_CREAT | os.O_WRONLY)
        with suppress(OSError):
            while True:
                os.write(rest, bytes(4096))
        os.close(rest)
        yield disk / "data"


def _command(folder: Path, *arguments: str) -> tuple[int, str]:
    done = start_python(["-m", "gisa.cli.main", *arguments], folder)
    said = "\n".join(done.communicate(timeout=300))
    return done.returncode, said


def _outcome(folder: Path, gone: int, took_s: float, *, done: bool) -> Outcome:
    """Lost: a removal that does not hold, or another article that is not there."""
    with Library(load_settings(folder)) as library:
        found = library.search("소식").total
        try:
            library.article(f"f{gone}")
        except ArticleNotFound:
            is_gone = True
        else:
            is_gone = False
        return Outcome((BASE - 1 - found) + (not is_gone), took_s, done, library.verify().is_whole)


def removed(folder: Path, rng: random.Random) -> Outcome:
    """``gisa remove`` on a full disk; whole after without any more room."""
    number = rng.randrange(BASE)
    with full_disk(folder) as disk:
        began = time.monotonic()
        code, _ = _command(disk, "remove", f"f{number}")
        return _outcome(disk, number, time.monotonic() - began, done=code == 0)


def purged(folder: Path, rng: random.Random) -> Outcome:
    """``gisa purge`` on a full disk; lost is also a byte that is left of the article."""
    number = rng.randrange(BASE)
    with full_disk(folder) as disk:
        began = time.monotonic()
        code, _ = _command(disk, "purge", f"f{number}")
        after = _outcome(disk, number, time.monotonic() - began, done=code == 0)
        left = len(traces(disk, [_mark(number)]))
        return Outcome(after.lost + left, after.recovery_s, after.told, after.whole)


def started(folder: Path, rng: random.Random) -> Outcome:
    """``gisa serve`` on a full disk: recovery is until its first answer; lost an article that it does not find."""
    with full_disk(folder) as disk, gisa_server(disk, first=search_path("소식")) as serving:
        askers = asking(serving.port, lambda: time.sleep(rng.uniform(0.1, 0.5)))
        missed = sum(len(asker.wrong) + len(asker.broken) for asker in askers)
        with Library(load_settings(disk)) as library:
            is_whole = library.verify().is_whole
        answers = sum(asker.answers for asker in askers)
        return Outcome(missed, serving.first_answer_s, answers > 0, is_whole)


def purged_beside_a_server(folder: Path, rng: random.Random) -> Outcome:
    """Readers ask on and on while an article is erased: no answer fails or leaves out another. Afterwards no byte of it is left,
    in no file that the server holds open."""
    number = rng.randrange(BASE)
    code = -1
    took_s = 0.0

    def fault() -> None:
        nonlocal code, took_s
        time.sleep(rng.uniform(0, 0.5))
        began = time.monotonic()
        code, _ = _command(folder, "purge", f"f{number}")
        took_s = time.monotonic() - began

    with gisa_server(folder, first=search_path("소식")) as serving:
        askers = asking(serving.port, fault, totals=frozenset({BASE, BASE - 1}))
        left = len(traces(folder, [_mark(number)]))
    missed = sum(len(asker.wrong) + len(asker.broken) for asker in askers)
    after = _outcome(folder, number, took_s, done=code == 0)
    return Outcome(after.lost + missed + left, took_s, after.told, after.whole)


def backed_up(folder: Path, rng: random.Random) -> Outcome:
    """The backup's disk fills; with more room it goes on, and restores whole."""
    size = rng.randrange(200_000, 700_000)
    with mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", at=folder.parent / "disk") as disk:
        with Library(load_settings(folder)) as library:
            try:
                library.backup(disk / "backup")
                told = True
            except (GisaError, OSError) as error:
                told = "full" in str(error) or "No space left" in str(error)
            subprocess.run(["mount", "-o", f"remount,size={_ROOM_BYTES}", str(disk)], check=True)
            began = time.monotonic()
            library.backup(disk / "backup")
        gisa.restore(disk / "backup", folder.parent / "restored")
        with gisa.open(folder.parent / "restored") as library:
            lost = BASE - library.search("소식").total
            return Outcome(lost, time.monotonic() - began, told, library.verify().is_whole)


def _mark(number: int) -> str:
    """Stands in the body of that article of ``cases`` only."""
    return f"고유번호{number}끝"


FULL_DISK: Final[dict[str, Callable[[Path, random.Random], Outcome]]] = {
    "the disk is full before a removal": removed,
    "the disk is full before a purge": purged,
    "the disk is full when a server starts": started,
    "the backup's disk fills": backed_up,
    "a purge beside a running server": purged_beside_a_server,
}
