"""Groonga (Debian: ``apt-get install groonga``) with TokenBigram, spoken to over its own standard input and output.

As its tutorial sets a full-text search up: texts in a table, one index with positions over headline and body, texts
normalised by NormalizerAuto. Newest first sorts by the time of publication, by relevance by ``_score``.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from bench.corpus import articles_in
from bench.engines import PAGE, Memory, folder_bytes
from bench.processes import BenchError, memory_bytes
from gisa.model import Sort

_SCHEMA: Final = (
    "table_create Articles TABLE_NO_KEY",
    "column_create Articles title COLUMN_SCALAR Text",
    "column_create Articles body COLUMN_SCALAR Text",
    "column_create Articles published_at COLUMN_SCALAR Time",
    "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto",
    "column_create Terms articles COLUMN_INDEX|WITH_POSITION|WITH_SECTION Articles title,body",
)
_LOADED_AT_ONCE: Final = 1_000
_FILE: Final = "db"


class Groonga:
    name = "Groonga TokenBigram"

    def __init__(self) -> None:
        """Raises ``BenchError`` where Groonga is not installed."""
        self._program = shutil.which("groonga") or ""
        if not self._program:
            raise BenchError("groonga is not installed (apt-get install groonga)")

    def version(self) -> str:
        said = subprocess.run([self._program, "--version"], capture_output=True, text=True, check=True).stdout.split()
        return said[1]

    def add(self, corpus: Path, folder: Path) -> None:
        with _running([self._program, "-n", str(folder / _FILE)]) as session:
            for command in _SCHEMA:
                session.ask(command)
            loaded: list[str] = []
            for fields in articles_in(corpus):
                moment = datetime.fromisoformat(fields["published_at"]).timestamp()
                loaded.append(orjson.dumps([fields["title"], fields["body"], moment]).decode())
                if len(loaded) == _LOADED_AT_ONCE:
                    session.load(loaded)
                    loaded = []
            session.load(loaded)
            session.ask("io_flush")

    def disk_bytes(self, folder: Path) -> int:
        return folder_bytes(folder)

    def cpu_elsewhere_s(self) -> float:
        return 0.0

    @contextmanager
    def open(self, folder: Path) -> Iterator[AskingGroonga]:
        with _running([self._program, str(folder / _FILE)]) as session:
            session.ask("cache_limit 0")  # the same query is asked again; what it remembers is not what is measured
            yield AskingGroonga(session)


class AskingGroonga:
    def __init__(self, session: _Session) -> None:
        self._session = session

    def page(self, query: str, *, sort: Sort) -> int:
        order = "-_score" if sort is Sort.RELEVANCE else "-published_at"
        return self._select(
            words_of(query), f'--sort_keys {order} --output_columns "title, snippet_html(body)" --command_version 2'
        )

    def numbers(self, query: str) -> float:
        started = time.perf_counter()
        self._select(words_of(query), "--sort_keys -published_at --output_columns _id")
        return time.perf_counter() - started

    def total(self, literal: str) -> int | None:
        return self._select(_quoted(literal), "--output_columns _id")

    def memory(self) -> Memory:
        pid = self._session.pid
        return Memory(memory_bytes(pid, "VmRSS"), memory_bytes(pid, "RssAnon"))

    def _select(self, query: str, rest: str) -> int:
        command = f'select Articles --match_columns "title || body" --query {_quoted(query)} --limit {PAGE} {rest}'
        return int(self._session.ask(command)[0][0][0])


def words_of(query: str) -> str:
    """The query's words in Groonga's syntax, each quoted, all required: ``a b`` → ``"a" "b"``."""
    return " ".join(map(_quoted, query.split()))


def _quoted(text: str) -> str:
    """In double quotes; Groonga's queries and its command lines escape alike."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Session:
    """One process that takes commands, a line each, and answers each with a line of JSON."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    def ask(self, command: str) -> Any:
        """The body of the answer. Raises ``BenchError`` where Groonga says that something is wrong."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(command.encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise BenchError("groonga has ended")
        head, *body = orjson.loads(line)
        if head[0] != 0:
            raise BenchError(f"groonga: {head[3]}: {command[:200]}")
        return body[0]

    def load(self, rows: list[str]) -> None:
        if not rows:
            return
        load = "load --table Articles --columns title,body,published_at\n[" + ",\n".join(rows) + "]"
        if self.ask(load) != len(rows):
            raise BenchError("groonga did not take every article")


@contextmanager
def _running(command: list[str]) -> Iterator[_Session]:
    """A session that is closed, with everything written, when the block ends."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield _Session(process)
        except BaseException:
            process.kill()
            raise
