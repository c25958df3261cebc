"""``python -m bench scale``: Gisa beside what else a team would pick, at several sizes, and how each cost grows.

Every engine at every size is measured in processes of its own and kept as JSON in ``bench/out/scale``; what is there is not measured
again (``--fresh`` does), so that one table can be put together from several runs. Above 60,000 articles only Gisa is measured
unless ``--engines`` says otherwise.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

import gisa
from bench.chart import svg
from bench.corpus import Corpus, prepare_corpus
from bench.engines import Engine, engines
from bench.growth import Result, chart, result_from, table
from bench.machine import describe_machine
from bench.processes import BenchError, memory_bytes, run_measured, tree
from bench.servers import HOST, gisa_server, search_path
from bench.table import spread
from bench.truth import Truth, compare, count_true, sample_literals
from bench.workplace import say
from gisa.model import SEOUL, SearchPage

DEFAULT_SIZES: Final = "6000,60000"
LITERALS: Final = 200
_ROOT: Final = Path(__file__).parent.parent
_LARGE: Final = 60_000
"""Above it only Gisa is measured unless engines are named."""
_ADDED_WITHIN_S: Final = 7_200.0
_ASKED_WITHIN_S: Final = 600.0
_PAGES: Final = 1_000
"""Asked of a server before its memory is read."""
_CURSOR_PAGES: Final = 50
_EVERYTHING: Final = "..2999-12-31"
_CONNECTIONS: Final = 8
"""They are spread over the workers by the kernel."""


def main(arguments: Sequence[str], *, data: Path, out: Path) -> int:
    """0, or 1 when something could not be measured."""
    asked = _arguments(arguments, data)
    kept = out / "scale"
    kept.mkdir(parents=True, exist_ok=True)
    machine = describe_machine()  # before the load is ours
    known = engines(asked.opensearch)
    is_whole = True
    for size in sorted(asked.sizes):
        for name in asked.engines or (known if size <= _LARGE else ["gisa"]):
            path = kept / f"{name}-{size}.json"
            if path.exists() and not asked.fresh:
                say(f"{name}, {size:,} articles: measured before ({path}); --fresh measures again")
                continue
            try:
                if name not in known:
                    raise BenchError(
                        f"there is no engine {name!r}: {', '.join(known)} (opensearch needs --opensearch URL)"
                    )
                result = _measure(name, known[name](), size, asked=asked, kept=kept)
            except BenchError as error:
                is_whole = False
                say(f"{name}, {size:,} articles failed: {error}")
                continue
            path.write_bytes(orjson.dumps({**asdict(result), "machine": machine}, option=orjson.OPT_INDENT_2))
    report, picture = _report(kept, machine)
    print(report, end="")
    stamp = datetime.now(SEOUL).strftime("%Y%m%d-%H%M%S")
    (out / f"scale-{stamp}.md").write_text(report, encoding="utf-8")
    (out / "scale.svg").write_text(picture, encoding="utf-8")
    say(f"the chart is {out / 'scale.svg'}")
    return 0 if is_whole else 1


def _arguments(arguments: Sequence[str], data: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench scale", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=DEFAULT_SIZES, metavar="N,…", help=f"default: {DEFAULT_SIZES}")
    parser.add_argument("--engines", type=lambda text: text.split(","), metavar="NAME,…",
                        help="gisa, fts5, groonga, opensearch; default: all there are, above 60,000 articles gisa")  # fmt: skip
    parser.add_argument("--opensearch", metavar="URL", help="a server with the plugin analysis-nori")
    parser.add_argument("--fresh", action="store_true", help="measure again what has been measured")
    parser.add_argument("--data", type=Path, default=data, metavar="PATH")
    return parser.parse_args(arguments)


def _sizes(text: str) -> list[int]:
    sizes = [int(size) for size in text.split(",")]
    if min(sizes) < 1:
        raise ValueError("a size is 1 or more")
    return sizes


def _measure(name: str, engine: Engine, size: int, *, asked: argparse.Namespace, kept: Path) -> Result:
    with tempfile.TemporaryDirectory(prefix="scale-", dir=kept.parent) as made:
        place = Path(made)
        say(f"{engine.name}, {size:,} articles: preparing")
        corpus = prepare_corpus(asked.data, place, limit=size)
        truth = _truth(corpus, kept)
        folder = place / "engine"
        folder.mkdir()
        say(f"{engine.name}, {size:,} articles: adding")
        elsewhere_s = engine.cpu_elsewhere_s()
        command = _command("add", name, corpus.path, folder, asked.opensearch)
        added = run_measured(command, within_s=_ADDED_WITHIN_S)
        elsewhere_s = engine.cpu_elsewhere_s() - elsewhere_s
        say(
            f"{engine.name}, {size:,} articles: added in {added.seconds:.0f} s; {len(corpus.queries):,} queries, three times"
        )
        questions = place / "questions.json"
        questions.write_bytes(orjson.dumps({"queries": corpus.queries, "literals": truth.literals}))
        said = run_measured(_command("ask", name, folder, questions, asked.opensearch), within_s=_ASKED_WITHIN_S)
        answers = orjson.loads(said.stdout)
        resident, own = answers["memory"]
        serving, first_answer_s = _serving(folder, corpus) if engine.name == "Gisa" else ((), None)
        return Result(
            engine=engine.name,
            version=engine.version(),
            size=corpus.articles,
            corpus=corpus.name,
            characters=corpus.characters,
            raw_bytes=corpus.size_bytes,
            measured_at=datetime.now(SEOUL).strftime("%Y-%m-%d %H:%M KST"),
            commit=_commit(),
            add_s=added.seconds,
            add_cpu_s=added.cpu_s + elsewhere_s,
            add_peak_bytes=None if elsewhere_s else added.peak_bytes,
            disk_bytes=engine.disk_bytes(folder),
            newest=spread(answers["newest_s"]),
            relevance=spread(answers["relevance_s"]),
            index=spread(answers["index_s"]),
            asked=min(len(answers[name]) for name in ("newest_s", "relevance_s", "index_s")),
            resident_bytes=resident,
            own_bytes=own,
            letters=compare(answers["totals"], truth.letters),
            substring=compare(answers["totals"], truth.substring),
            serving=serving,
            first_answer_s=first_answer_s,
            cursor_s=_cursor_s(folder) if engine.name == "Gisa" else None,
        )


def _command(what: str, name: str, first: Path, second: Path, url: str | None) -> list[str]:
    """An engine in a process of its own (``bench/engines/__main__.py``)."""
    command = [sys.executable, "-m", "bench.engines", what, name, str(first), str(second)]
    return command if url is None else [*command, "--opensearch", url]


def _truth(corpus: Corpus, kept: Path) -> Truth:
    """Counted once for each corpus, which reads all of it."""
    path = kept / f"truth-{corpus.articles}-{corpus.characters}.json"
    literals = sample_literals(corpus.queries, LITERALS)
    if path.exists():
        truth = Truth(**{name: tuple(values) for name, values in orjson.loads(path.read_bytes()).items()})
        if truth.literals == literals:
            return truth
    say(f"counting {len(literals)} literals in {corpus.articles:,} articles without an index")
    truth = count_true(corpus.each(), literals)
    path.write_bytes(orjson.dumps(truth))
    return truth


def _serving(folder: Path, corpus: Corpus) -> tuple[tuple[tuple[int, int], ...], float]:
    """What each process of ``gisa serve`` holds after a thousand pages, parent first: resident bytes, and its own of them; and
    the seconds from its start to its first page."""
    paths = [search_path(query) for query in corpus.queries[:_PAGES]]
    with gisa_server(folder, first=paths[0]) as serving, ExitStack() as stack:
        connections = [
            stack.enter_context(closing(http.client.HTTPConnection(HOST, serving.port, timeout=60)))
            for _ in range(_CONNECTIONS)
        ]
        for number, path in enumerate(paths):
            connection = connections[number % len(connections)]
            connection.request("GET", path)
            connection.getresponse().read()
        memory = tuple((memory_bytes(pid, "VmRSS"), memory_bytes(pid, "RssAnon")) for pid in tree(serving.process.pid))
        return memory, serving.first_answer_s


def _cursor_s(folder: Path) -> tuple[float, float]:
    """Processor time of a page by cursor, p50, at the beginning of all articles and behind nine tenths of them."""
    with gisa.open(folder) as library:

        def p50(page: SearchPage) -> float:
            taken_s = []
            for _ in range(_CURSOR_PAGES):
                if page.next_cursor is None:
                    break
                used = time.process_time()
                page = library.search(_EVERYTHING, cursor=page.next_cursor)
                taken_s.append(time.process_time() - used)
            return spread(taken_s).p50

        first = library.search(_EVERYTHING)
        p50(first)  # warm
        return p50(first), p50(library.search(_EVERYTHING, offset=first.total * 9 // 10))


def _commit() -> str:
    """Of Gisa's sources; empty where git is not there."""

    def git(*arguments: str) -> str:
        said = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False, cwd=_ROOT)
        return said.stdout.strip()

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--", "src") else "")


def _report(kept: Path, machine: Sequence[str]) -> tuple[str, str]:
    """The table of everything that has been measured, and its chart."""
    results = [
        result_from({name: value for name, value in orjson.loads(path.read_bytes()).items() if name != "machine"})
        for path in sorted(kept.glob("*.json"))
        if not path.name.startswith("truth-")
    ]
    if not results:
        return "nothing has been measured\n", svg([])
    results.sort(key=lambda result: (result.engine != "Gisa", result.engine, result.size))
    runs = [
        f"  - {result.engine} {result.version}, {result.size:,} articles ({result.characters / 1e6:.1f} M characters, "
        f"{result.corpus}): {result.measured_at}, Gisa's sources at {result.commit}, {result.asked:,} queries in each order"
        for result in results
    ]
    lines = [
        f"# Gisa beside other engines, {datetime.now(SEOUL):%Y-%m-%d %H:%M} KST\n",
        *machine,
        "- measured:",
        *runs,
        f"- totals: {LITERALS} words and pairs of words from the query log, asked as literals\n",
    ]
    return "\n".join([*lines, table(results)]), chart(results)
