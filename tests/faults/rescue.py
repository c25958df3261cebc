"""Faults of the archive itself, and takedowns in the middle of other work. Cases like those of ``cases``."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import gisa
from gisa.config import load_settings
from gisa.library import Library
from tests.faults.cases import BASE, Outcome, look, start_python, wait_until_ready

_IMPORT: Final = """
import gisa
from tests.faults.cases import article
def source():
    print("ready", flush=True)
    yield from (article(number) for number in range(1_000, 9_000))
with gisa.open() as library:
    library.add(source(), workers=0)
"""


@contextmanager
def importing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that adds 8,000 articles in one run."""
    process = start_python(["-u", "-c", _IMPORT], folder)
    try:
        wait_until_ready(process)
        yield process
    finally:
        process.kill()
        process.communicate()


def bit_flipped(folder: Path, rng: random.Random) -> Outcome:
    """Lost: an article that a page left out beside the damaged one, or that ``gisa repair --from`` does not bring back."""
    backup = folder.parent / "backup"
    with Library(load_settings(folder)) as library:
        library.backup(backup)
    flip_a_bit(folder, rng)
    with gisa.open(folder) as library:
        shown = sum(len(library.search("소식", limit=100, offset=start).hits) for start in range(0, BASE, 100))
        told = [gisa.say(finding.remedy) for finding in library.verify().findings] == ["run `gisa repair`"]
        began = time.monotonic()
        library.repair(backup)
    after = look(folder, BASE, began, told=told)
    return Outcome(after.lost + (BASE - 1 - shown), after.recovery_s, told, after.whole)


def flip_a_bit(folder: Path, rng: random.Random) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
        seq = rng.randrange(BASE) + 1
        [(body,)] = connection.execute("SELECT body FROM revisions WHERE seq = ?", (seq,))
        rotten = bytearray(body)
        rotten[rng.randrange(len(rotten))] ^= 1 << rng.randrange(8)
        connection.execute("UPDATE revisions SET body = ? WHERE seq = ?", (bytes(rotten), seq))


def removed_in_mid_import(folder: Path, rng: random.Random) -> Outcome:
    """Lost: the removed article shown or counted after the removal has returned and the import has ended."""
    with importing(folder) as process:
        time.sleep(rng.uniform(0, 3))
        article_id = f"f{rng.randrange(BASE)}"
        began = time.monotonic()
        with Library(load_settings(folder)) as library:
            library.remove([article_id])
            took_s = time.monotonic() - began
            shown = any(hit.article.id == article_id for hit in library.search(f'"{article_id[1:]}"', limit=100).hits)
        is_done = process.wait(600) == 0
    with gisa.open(folder) as library:
        is_whole = library.verify().is_whole and library.search("소식").total == BASE - 1 + 8_000
    return Outcome(int(shown), took_s, is_done, is_whole)


def six_writers(folder: Path, rng: random.Random) -> Outcome:
    """Six commands started together: each adds its articles, in turn. Lost: what one of them did not add."""
    program = (
        "import sys, gisa\n"
        "from tests.faults.cases import article\n"
        "with gisa.open(wait_s=600) as library:\n"
        "    print(library.add([article(n) for n in range(int(sys.argv[1]), int(sys.argv[1]) + 50)], workers=0).added)\n"
    )
    began = time.monotonic()
    started = [start_python(["-c", program, str(1_000 + 100 * number)], folder) for number in range(6)]
    added = [process.communicate(timeout=600)[0].strip() for process in started]
    took_s = time.monotonic() - began
    after = look(folder, BASE, began)
    return Outcome(after.lost + 300 - sum(map(int, filter(None, added))), took_s, added == ["50"] * 6, after.whole)


RESCUE: Final[dict[str, Callable[[Path, random.Random], Outcome]]] = {
    "a bit of an article flips, then `gisa repair`": bit_flipped,
    "a removal in the middle of an import": removed_in_mid_import,
    "six writers at once": six_writers,
}
