"""Upkeep and recovery of a whole archive: how long each command takes, on a copy of the folder. ``tests.faults`` asks what is lost."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

import orjson

from bench.processes import BenchError, Measured, gisa_command, run_measured
from bench.table import Row, mb
from bench.workplace import Workplace, say

_WITHIN_S: Final = 3600.0
_ONE_MORE: Final = (
    '{"id":"one-more","title":"나루시장 선거","body":"본문","published_at":"2026-01-01T09:00:00+09:00"}\n'
)


def measure(place: Workplace) -> list[Row]:
    """The rows of this part."""
    loaded, count = place.loaded(), place.corpus.articles
    folder = place.folder / "upkeep"
    folder.mkdir()
    data_dir, copy, restored = folder / "data", folder / "backup", folder / "restored"
    shutil.copytree(loaded.data_dir, data_dir)
    one_more = folder / "one.jsonl"
    one_more.write_text(_ONE_MORE, encoding="utf-8")

    def gisa(*arguments: str | Path, data: Path = data_dir) -> Measured:
        say(f"gisa {arguments[0]}")
        return run_measured([*gisa_command(), *map(str, arguments), "--data", str(data)], within_s=_WITHIN_S)

    rows = [_row("`gisa verify`", gisa("verify"), count), _row("`gisa backup`, the first", gisa("backup", copy), count)]
    gisa("add", one_more)
    rows += [
        _row("`gisa backup` again, after one more article", gisa("backup", copy)),
        _row("`gisa restore` into a new folder, which builds its index", gisa("restore", copy, data=restored), count),
    ]
    shutil.rmtree(data_dir / "index")
    rows += [
        _row("`gisa reindex`, the index deleted", gisa("reindex"), count),
        _killed(place, folder / "killed", after_s=loaded.run.seconds / 2),
    ]
    return rows


def _row(what: str, took: Measured, articles: int = 0) -> Row:
    rate = f" · {articles / took.seconds:,.0f} articles/s" if articles else ""
    return Row(what, f"{took.seconds:.1f} s{rate} · {mb(took.peak_bytes)}")


def _killed(place: Workplace, data_dir: Path, *, after_s: float) -> Row:
    """A run that is killed (its workers end with it), and the same command again: it does what is left."""
    say(f"gisa add, killed after {after_s:.0f} s, and again")
    command = [*gisa_command(), "add", str(place.corpus.path), "--data", str(data_dir), "--json"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
    again = run_measured(command, within_s=_WITHIN_S)
    counts = orjson.loads(again.stdout)
    there = counts["unchanged"]
    if counts["added"] + there != place.corpus.articles:
        raise BenchError(f"after the kill {counts['added']:,} were added and {there:,} were there")
    return Row(
        f"`gisa add` killed (-9) after {after_s:.0f} s, {there:,} articles in the archive: the same command again",
        f"{again.seconds:.1f} s until all of {place.corpus.articles:,} are found",
    )
