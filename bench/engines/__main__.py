"""One engine in a process of its own, so that its memory is its own: ``python -m bench.engines add|ask ENGINE …``.

``add ENGINE CORPUS FOLDER`` fills the folder. ``ask ENGINE FOLDER QUESTIONS`` asks the questions of a JSON file and prints what
it measured as JSON. ``bench.scale`` starts both; a person has no need to.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import orjson

from bench.engines import engines
from gisa.model import Sort

WARM_UP: Final = 100
WITHIN_S: Final = 90.0
"""A pass over the queries ends here, wherever it is; the result says how many were asked."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=__doc__)
    parser.add_argument("what", choices=("add", "ask"))
    parser.add_argument("engine")
    parser.add_argument("first", type=Path, help="the corpus (add), the folder (ask)")
    parser.add_argument("second", type=Path, help="the folder (add), the questions (ask)")
    parser.add_argument("--opensearch", metavar="URL")
    asked = parser.parse_args()
    engine = engines(asked.opensearch)[asked.engine]()
    if asked.what == "add":
        engine.add(asked.first, asked.second)
        return 0
    questions = orjson.loads(asked.second.read_bytes())
    queries = questions["queries"]
    with engine.open(asked.first) as asking:
        measured = {
            "newest_s": _each(queries, _timed(lambda query: asking.page(query, sort=Sort.NEWEST))),
            "relevance_s": _each(queries, _timed(lambda query: asking.page(query, sort=Sort.RELEVANCE))),
            "index_s": _each(queries, asking.numbers),
            "memory": tuple(asking.memory()),
            "totals": [asking.total(literal) for literal in questions["literals"]],
        }
    sys.stdout.buffer.write(orjson.dumps(measured) + b"\n")
    return 0


def _timed(ask: Callable[[str], object]) -> Callable[[str], float]:
    def timed(query: str) -> float:
        started = time.perf_counter()
        ask(query)
        return time.perf_counter() - started

    return timed


def _each(queries: Sequence[str], seconds_of: Callable[[str], float]) -> list[float]:
    """The seconds of each query, after a warm-up; fewer than all when the time is up."""
    ends = time.perf_counter() + WITHIN_S
    for query in queries[:WARM_UP]:
        seconds_of(query)
    took: list[float] = []
    for query in queries:
        took.append(seconds_of(query))
        if time.perf_counter() > ends:
            break
    return took


if __name__ == "__main__":
    sys.exit(main())
