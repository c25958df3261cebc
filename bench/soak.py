"""``python -m bench soak [MINUTES]``: an hour of a newspaper in ten minutes under a server, every answer held against the truth.

``gisa serve --workers 2`` over some thousand articles; readers who search, page, type, read and come back; one newsroom that adds an
article every second, corrects some and removes some. Each change is looked for on every worker as soon as its call has
returned, and everything once more at the end. Memory, open files, segments and sizes are watched all the while. Exits 1 on any error:
an answer that is wrong, a 5xx other than a full server's 503, a change that is not seen within a second, memory that grows.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import orjson

import gisa
from bench.asking import (
    Client,
    Tally,
    check_status,
    complaints_if_found,
    complaints_if_gone,
    complaints_if_there,
    walk,
)
from bench.corpus import articles_in, prepare_corpus
from bench.machine import describe_machine
from bench.newsroom import Ledger, Newsroom, Written
from bench.processes import BenchError, gisa_command, run_measured
from bench.readers import ORDERS, Reader
from bench.servers import gisa_server, search_path
from bench.table import spread
from bench.watching import Watch, index_table, memory_complaints, memory_table
from bench.workplace import say
from gisa.library import Library
from gisa.model import SEOUL

ARTICLES: Final = 6_000
READERS: Final = 4
CONNECTIONS: Final = 6
"""On which each change is looked for: the chance that the kernel gives all to one of two workers is 1 in 32."""
SEEN_WITHIN_S: Final = 1.0
_EVERY_S: Final = 1.0
"""From the beginning of one change to that of the next."""
_SAMPLES: Final = 120
_ADDED_WITHIN_S: Final = 1_800.0
_SHOWN_ERRORS: Final = 30
_EVERYTHING: Final = "..2999-12-31"

Check = Callable[[Client], list[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the newsroom did. Times in seconds."""

    kind: str
    took_s: float
    stale_s: float
    """From its return to when the last answer that did not know of it was asked for; 0 where there was none."""


class _Done(NamedTuple):
    kind: str
    took_s: float
    check: Check
    """What must be so from now on."""


def main(arguments: Sequence[str], *, data: Path, out: Path) -> int:
    """0, or 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench soak", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=10.0, metavar="MINUTES")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N", help="there at the beginning")
    parser.add_argument("--data", type=Path, default=data, metavar="PATH")
    asked = parser.parse_args(arguments)
    machine = describe_machine()  # before the load is ours
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soak-", dir=out) as made:
        soak = Soak(Path(made), asked.data, articles=asked.articles)
        soak.run(asked.minutes * 60)
        report = "\n".join(soak.report(machine)) + "\n"
    print(report, end="")
    (out / f"soak-{datetime.now(SEOUL):%Y%m%d-%H%M%S}.md").write_text(report, encoding="utf-8")
    return 1 if soak.tally.errors else 0


class Soak:
    """One run, and what it saw."""

    def __init__(self, place: Path, data: Path, *, articles: int) -> None:
        say(f"adding {articles:,} articles")
        self._corpus = prepare_corpus(data, place, limit=2 * articles)
        first = list(islice(articles_in(self._corpus.path), articles))
        source = place / "first.jsonl"
        source.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in first))
        self._folder = place / "data"
        run_measured([*gisa_command(), "add", str(source), "--data", str(self._folder)], within_s=_ADDED_WITHIN_S)
        self._ids = [str(each["id"]) for each in first]
        self._newsroom = Newsroom(islice(articles_in(self._corpus.path), articles, None))
        self._ledger, self.tally = Ledger(self._ids), Tally()
        self._written: dict[str, Written] = {}
        """The newest revision of each article of the newsroom that is there."""
        self._removed: list[tuple[str, str | None]] = []
        """Articles with the word by which they were found, where they had one."""
        self._changes: list[Change] = []
        self._rng = random.Random(7)

    def run(self, seconds: float) -> None:
        with ExitStack() as stack:
            serving = stack.enter_context(gisa_server(self._folder, first=search_path("뉴스")))
            clients = [stack.enter_context(closing(Client(serving.port))) for _ in range(CONNECTIONS)]
            self._library = stack.enter_context(gisa.open(self._folder))
            self._warm_up(serving.port)
            say(f"{READERS} readers and a newsroom for {seconds / 60:g} minutes")
            self._began = time.monotonic()
            readers = [
                Reader(
                    serving.port,
                    queries=self._corpus.queries,
                    ids=self._ids,
                    ledger=self._ledger,
                    tally=self.tally,
                    seed=seed,
                )
                for seed in range(READERS)
            ]
            for reader in readers:
                reader.start()
            try:
                with Watch(serving.process.pid, self._folder, every_s=seconds / _SAMPLES) as watch:
                    while time.monotonic() < self._began + seconds:
                        self._change(clients)
            finally:
                for reader in readers:
                    reader.stopped.set()
                for reader in readers:
                    reader.join()
            self._took_s = time.monotonic() - self._began
            self._samples = watch.samples
            self.tally.complain("memory", memory_complaints(watch.samples))
            say("looking for everything once more")
            self.tally.complain("at the end", self._wrong_at_the_end(clients))

    def _warm_up(self, port: int) -> None:
        """Every query in every order, so that what a worker remembers of words is about as full as it gets: what grows after
        that is not flat. Each twice on a connection of its own, which the kernel gives to either worker."""
        say(f"warming up: {len(self._corpus.queries):,} queries in three orders")

        def ask(path: str) -> None:
            with closing(Client(port)) as client:
                self.tally.complain("warming up", check_status(client.get_patiently(path)))

        with ThreadPoolExecutor(CONNECTIONS) as threads:
            for order in ORDERS * 2:
                for _ in threads.map(ask, [search_path(query) + order for query in self._corpus.queries]):
                    pass

    # --- the newsroom ---

    def _change(self, clients: Sequence[Client]) -> None:
        """Do something, look for it everywhere, and wait for the time of the next."""
        began = time.monotonic()
        step = self._rng.choices((self._add, self._correct, self._remove), (6, 2, 2))[0]
        done = step()
        self._changes.append(Change(done.kind, done.took_s, self._stale_s(done, clients)))
        time.sleep(max(0.0, began + _EVERY_S - time.monotonic()))

    def _add(self) -> _Done:
        written = self._newsroom.new()
        how = self._rng.choices((self._by_library, self._by_opening, self._by_command), (6, 3, 1))[0]
        began = time.monotonic()
        kind = how(written)
        took_s = time.monotonic() - began
        self._ledger.added(written.article_id)
        self._written[written.article_id] = written
        return _Done(f"add, {kind}", took_s, lambda client: complaints_if_there(client, written))

    def _correct(self) -> _Done:
        if not self._written:
            return self._add()
        before = self._written[self._rng.choice(list(self._written))]
        after = self._newsroom.corrected(before)
        began = time.monotonic()
        kind = self._by_library(after)
        took_s = time.monotonic() - began
        self._written[after.article_id] = after

        def check(client: Client) -> list[str]:
            return complaints_if_there(client, after) + complaints_if_found(client, before.article_id, before.word)

        return _Done(f"correct, {kind}", took_s, check)

    def _remove(self) -> _Done:
        """One of its own, or one that was there before."""
        if self._written and self._rng.random() < 0.5:
            written = self._written.pop(self._rng.choice(list(self._written)))
            gone: tuple[str, str | None] = written.article_id, written.word
        else:
            gone = self._rng.choice(sorted(self._ledger.there().intersection(self._ids))), None
        self._ledger.removing(gone[0])
        began = time.monotonic()
        self._command("remove", gone[0], "--reason", "bench", "--public-reason", "보도 대상자의 요청")
        took_s = time.monotonic() - began
        self._ledger.removed(gone[0])
        self._removed.append(gone)
        return _Done("remove, `gisa remove`", took_s, lambda client: complaints_if_gone(client, *gone))

    def _by_library(self, written: Written) -> str:
        _add_one(self._library, written)
        return "one open archive"

    def _by_opening(self, written: Written) -> str:
        with gisa.open(self._folder) as library:
            _add_one(library, written)
        return "opened for it"

    def _by_command(self, written: Written) -> str:
        file = self._folder.parent / "one.jsonl"
        file.write_bytes(orjson.dumps(written.fields))
        self._command("add", str(file))
        return "`gisa add`"

    def _command(self, *arguments: str) -> None:
        command = [*gisa_command(), *arguments, "--data", str(self._folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"gisa {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")

    def _stale_s(self, done: _Done, clients: Sequence[Client]) -> float:
        """Ask on every connection until all know of the change."""
        returned = time.monotonic()
        last = 0.0
        while True:
            is_clean = True
            for client in clients:
                asked = time.monotonic()
                if found := done.check(client):
                    is_clean, last = False, asked - returned
                    if last > SEEN_WITHIN_S:
                        self.tally.complain(done.kind, [f"after {last:.1f} s: {each}" for each in found])
                        return last
            if is_clean:
                return last

    def _wrong_at_the_end(self, clients: Sequence[Client]) -> Iterator[str]:
        """Anything acknowledged that is not there, anything removed that is."""
        there, found = self._ledger.there(), list(walk(clients[0], _EVERYTHING))
        yield from (f"{article_id} is not found" for article_id in sorted(there.difference(found)))
        yield from (f"{article_id} is found" for article_id in sorted(set(found).difference(there)))
        if len(set(found)) != len(found):
            yield "an article came twice"
        for article_id in self._ids:
            path = "/api/articles/" + quote(article_id, safe="")
            allowed = self._ledger.statuses(article_id, asked_at=time.monotonic())
            yield from (f"{path} {each}" for each in check_status(clients[0].get_patiently(path), allowed))
        for number, written in enumerate(self._written.values()):
            yield from complaints_if_there(clients[number % len(clients)], written)
        for number, (article_id, word) in enumerate(self._removed):
            yield from complaints_if_gone(clients[number % len(clients)], article_id, word)
        yield from (f"gisa verify: {finding}" for finding in self._library.verify().findings)

    # --- what is told ---

    def report(self, machine: Sequence[str]) -> Iterator[str]:
        """Markdown, a line at a time."""
        requests = sum(map(len, self.tally.seconds.values()))
        yield f"# Gisa soaked for {self._took_s / 60:.1f} minutes, {datetime.now(SEOUL):%Y-%m-%d %H:%M} KST\n"
        yield from machine
        yield f"- {len(self._ids):,} articles ({self._corpus.name}), 2 workers, {READERS} readers"
        yield (
            f"- {requests:,} requests of readers ({requests / self._took_s:.0f}/s), {self.tally.refused:,} told to come back; "
            f"{len(self._changes):,} changes, each looked for on {CONNECTIONS} connections"
        )
        yield (
            f"- at the end {len(self._ledger.there()):,} acknowledged articles and {len(self._removed):,} removed ones looked "
            f"for again; **{len(self.tally.errors):,} errors**\n"
        )
        yield from (f"  - {error}" for error in self.tally.errors[:_SHOWN_ERRORS])
        yield "| readers asked for | requests | p50 · p95 · p99 | longest | p50 in the first · last third |"
        yield "|---|---|---|---|---|"
        for kind, timed in sorted(self.tally.seconds.items()):
            seconds = [each for _, each in timed]
            early, late = (self._p50_ms(timed, third) for third in (0, 2))
            yield f"| {kind} | {len(timed):,} | {spread(seconds)} | {max(seconds) * 1e3:.0f} ms | {early} · {late} ms |"
        yield "\n| the newsroom's change | times | its call, p50 · p95 · p99 | with a stale answer after it | the last stale answer |"
        yield "|---|---|---|---|---|"
        for kind in sorted({change.kind for change in self._changes}):
            changes = [change for change in self._changes if change.kind == kind]
            stale_s = [change.stale_s for change in changes]
            yield (
                f"| {kind} | {len(changes)} | {spread([change.took_s for change in changes])} | {sum(map(bool, stale_s))} | "
                f"{max(stale_s) * 1e3:.1f} ms |"
            )
        yield ""
        yield from memory_table(self._samples)
        yield ""
        yield from index_table(self._samples)

    def _p50_ms(self, timed: Sequence[tuple[float, float]], third: int) -> str:
        part = self._took_s / 3
        seconds = [each for asked_at, each in timed if int((asked_at - self._began) / part) == third]
        return f"{spread(seconds).p50 * 1e3:.1f}" if seconds else "—"


def _add_one(library: Library, written: Written) -> None:
    report = library.add([written.fields])
    if report.added + report.updated != 1:
        raise BenchError(f"{written.article_id} was not added: {report}")
