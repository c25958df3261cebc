"""kill -9 while adding: what was reported is kept, nothing is there twice, and the same command finishes the job."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import gisa

ARTICLES = 6_000
KILLS = 4


def _corpus(path: Path) -> None:
    rng = random.Random(7)
    words = "나루시 포항 항만 예산 의회 센터 축제 도로 수산물 학교 병원 시장 투자 연구 공사 주민".split()
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(ARTICLES):
            body = " ".join(rng.choice(words) for _ in range(150)) + f" 고유번호{number}끝."
            row = {"id": f"k{number}", "title": f"소식 {number}", "body": body, "published_at": "2025-01-01T00:00:00Z"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _size(path: Path) -> int:
    """In bytes; 0 while there is no such file."""
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _adding(folder: Path, corpus: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-c", _COMMAND, str(corpus)],
        env={**os.environ, "GISA_DATA": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


_COMMAND = """
import sys, gisa
from gisa.sources.opening import open_source
with gisa.open() as library, open_source(sys.argv[1]) as source:
    library.add(source, workers=1, progress=lambda report: print(report.added + report.unchanged, flush=True))
"""


def test_killed_while_adding(tmp_path: Path) -> None:
    """At random moments of the run a kill loses nothing that was reported, and a rerun completes it."""
    corpus, folder = tmp_path / "corpus.jsonl.gz", tmp_path / "data"
    _corpus(corpus)
    reported = 0
    rng = random.Random()
    for _ in range(KILLS):
        process = _adding(folder, corpus)
        assert process.stdout is not None
        first = process.stdout.readline()  # killed after something was reported
        time.sleep(rng.uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        counts = [int(line) for line in re.findall(r"\d+\n", first + rest)]
        reported = max([reported, *counts])
        with gisa.open(folder) as library:  # catches up
            status = library.status()
            assert status.articles >= reported
            assert status.change_seq == status.indexed_change_seq
            assert library.search("소식").total == status.articles
            for number in rng.sample(range(reported), min(20, reported)):
                assert [hit.article.id for hit in library.search(f'"고유번호{number}끝"').hits] == [f"k{number}"]

    process = _adding(folder, corpus)
    process.communicate()
    with gisa.open(folder) as library:
        assert process.returncode == 0
        assert library.search("소식").total == ARTICLES
        assert library.status().articles == ARTICLES


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_asked_to_stop_while_adding(tmp_path: Path, number: signal.Signals, status: int) -> None:
    """What was read is added, indexed and counted; the exit says that it is not all; the same command goes on."""
    corpus, folder = tmp_path / "corpus.jsonl.gz", tmp_path / "data"
    _corpus(corpus)
    command = [sys.executable, "-m", "gisa.cli.main", "add", str(corpus), "--data", str(folder), "--json"]
    stopped = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with stopped:
        while stopped.poll() is None and _size(folder / "archive.sqlite-wal") < 500_000:
            time.sleep(0.02)
        stopped.send_signal(number)
        counted, said = stopped.communicate(timeout=60)

    again = subprocess.run(command, capture_output=True, check=False, timeout=60)

    added = json.loads(counted)["added"]
    assert stopped.returncode == status
    assert 0 < added < ARTICLES
    assert b"run the same command again to go on" in said
    assert b"Traceback" not in said
    assert again.returncode == 0
    assert json.loads(again.stdout)["unchanged"] == added
    assert json.loads(again.stdout)["added"] == ARTICLES - added
    with gisa.open(folder) as library:
        assert library.search("소식").total == ARTICLES
