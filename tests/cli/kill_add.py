"""``python -m tests.cli.kill_add CORPUS [KILLS]``: kill ``gisa add`` at random moments, then finish; loses nothing or says so.

Prints a line for each kill. Exits 1 if an article that was reported as added is missing, or any is there twice.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import gisa
from gisa.library import Library


def every_id(library: Library) -> list[str]:
    """The ids of every article that can be found, by walking the pages of a search that matches all."""
    found: list[str] = []
    while True:
        page = library.search("1800-01-01..2200-12-31", sort="oldest", limit=100, offset=len(found))
        if not page.hits:
            return found
        found += [hit.article.id for hit in page.hits]


def add_until(corpus: Path, folder: str, seconds: float | None) -> tuple[int, int | None]:
    """Run ``gisa add``, killed after ``seconds``; what it last reported as in the archive, and its exit status."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gisa.cli.main", "add", str(corpus), "--data", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    timer = threading.Timer(seconds, process.send_signal, (signal.SIGKILL,)) if seconds is not None else None
    if timer is not None:
        timer.start()
    output, _ = process.communicate()
    if timer is not None:
        timer.cancel()
    reported = 0
    for line in re.finditer(r"added ([\d,]+) · updated [\d,]+ · unchanged ([\d,]+)", output):
        reported = int(line[1].replace(",", "")) + int(line[2].replace(",", ""))
    return reported, process.returncode


def main(corpus: Path, kills: int) -> int:
    """Kill, look, repeat; then let it finish."""
    opener = gzip.open if corpus.suffix == ".gz" else open
    with opener(corpus, "rt", encoding="utf-8") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    rng = random.Random()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        highest = 0
        for kill in range(kills):
            seconds = rng.uniform(3, 25)
            reported, _ = add_until(corpus, folder, seconds)
            highest = max(highest, reported)
            started = time.monotonic()
            with gisa.open(folder) as library:
                recovery_s = time.monotonic() - started
                found = every_id(library)
            missing = set(ids[:highest]) - set(found)
            twice = len(found) - len(set(found))
            bad += len(missing) + twice
            print(
                f"kill {kill + 1} after {seconds:.1f} s: reported {highest:,}, found {len(found):,}, missing {len(missing)}, "
                f"twice {twice}, caught up in {recovery_s:.1f} s",
                flush=True,
            )
        _, status = add_until(corpus, folder, None)
        with gisa.open(folder) as library:
            found = every_id(library)
        complete = status == 0 and sorted(found) == sorted(ids)
        print(f"finished: exit {status}, {len(found):,} of {len(ids):,} found, {'whole' if complete else 'NOT WHOLE'}")
    return 0 if complete and not bad else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10))
