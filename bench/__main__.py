"""``python -m bench``: runs the parts asked for and prints one table, which is also kept in ``bench/out/``.

``scale``, ``soak``, ``newsday``, ``cases`` and ``floods`` have tables of their own: ``python -m bench soak --help``.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Final

from bench import add, cases, floods, newsday, quality, query, scale, serve, soak, start, upkeep
from bench.corpus import Corpus, prepare_corpus
from bench.machine import describe_machine
from bench.processes import BenchError
from bench.table import Row, markdown
from bench.workplace import Workplace, say
from gisa.errors import GisaError
from gisa.model import SEOUL

ROOT: Final = Path(__file__).parent.parent
DATA: Final = Path(os.environ.get("GISA_TEST_DATA") or ROOT.parent / "shared" / "data")
OUT: Final = Path(__file__).parent / "out"
PARTS: Final = {
    "add": add.measure,
    "query": query.measure,
    "start": start.measure,
    "serve": serve.measure,
    "upkeep": upkeep.measure,
    "quality": quality.measure_quality,
}
COMMANDS: Final = {
    "scale": scale.main,
    "soak": soak.main,
    "newsday": newsday.main,
    "cases": cases.main,
    "floods": floods.main,
}
"""Longer runs with tables of their own."""


def main() -> int:
    """0, or 1 when a part could not be measured."""
    signal.signal(signal.SIGTERM, _stop)  # so that servers are stopped then, too
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        return COMMANDS[sys.argv[1]](sys.argv[2:], data=DATA, out=OUT)
    asked = _arguments()
    machine = describe_machine()  # before the load is ours
    began = datetime.now(SEOUL)
    started = time.perf_counter()
    OUT.mkdir(exist_ok=True)
    measured: list[tuple[str, list[Row]]] = []
    is_whole = True
    with tempfile.TemporaryDirectory(prefix="run-", dir=OUT) as folder:
        say("reading the corpus")
        corpus = prepare_corpus(asked.data, Path(folder), limit=asked.articles)
        if not asked.data.is_dir():
            say(f"{asked.data} is not here (set GISA_TEST_DATA or --data): the sample newspaper is measured instead")
        with closing(Workplace(corpus, Path(folder), data_dir=asked.data)) as place:
            for name in asked.parts or PARTS:
                try:
                    measured.append((name, PARTS[name](place)))
                except (BenchError, GisaError) as error:
                    is_whole = False
                    say(f"{name} failed: {error}")
                    measured.append((name, [Row("failed", str(error))]))
    report = "\n".join(
        [
            f"# Gisa benchmarks, {began:%Y-%m-%d %H:%M} KST\n",
            *machine,
            *_described(corpus),
            f"- took {time.perf_counter() - started:.0f} s; times are p50 · p95 · p99; ratio is Gisa ÷ peer\n",
            markdown(measured),
        ]
    )
    print(report, end="")
    (OUT / f"bench-{began:%Y%m%d-%H%M%S}.md").write_text(report, encoding="utf-8")
    return 0 if is_whole else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; default: all")
    parser.add_argument("--articles", type=int, metavar="N", help="measure on the first N articles only")
    parser.add_argument("--data", type=Path, default=DATA, metavar="PATH", help="default: $GISA_TEST_DATA")
    asked = parser.parse_args()
    if unknown := [part for part in asked.parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}: {', '.join(PARTS)}")
    if asked.articles is not None and asked.articles < 1:
        parser.error("--articles must be 1 or more")
    return asked


def _described(corpus: Corpus) -> list[str]:
    size = f"{corpus.characters / 1e6:.1f} M characters, {corpus.size_bytes / 1e6:.1f} MB of UTF-8"
    return [
        f"- articles: {corpus.name}: {corpus.articles:,} with headlines and bodies of {size}",
        f"- queries: {corpus.queries_name}: {len(corpus.queries):,}",
    ]


def _stop(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
