"""Gisa, as its users have it: ``gisa add``, and the library's search."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import gisa
from bench.engines import PAGE, Memory, folder_bytes
from bench.processes import gisa_command, memory_bytes
from bench.stopwatch import Stopwatch, stopwatch
from gisa.index.tantivy_index import TantivyReader
from gisa.library import Library
from gisa.model import Sort


class GisaEngine:
    name = "Gisa"

    def version(self) -> str:
        return f"{gisa.__version__} (tantivy {version('tantivy')}, mecab-ko {version('mecab-ko')})"

    def add(self, corpus: Path, folder: Path) -> None:
        command = [*gisa_command(), "add", str(corpus), "--data", str(folder), "--json"]
        os.execv(command[0], command)  # so that memory and time are the command's

    def disk_bytes(self, folder: Path) -> int:
        return folder_bytes(folder)

    def cpu_elsewhere_s(self) -> float:
        return 0.0

    @contextmanager
    def open(self, folder: Path) -> Iterator[AskingGisa]:
        with gisa.open(folder) as library, stopwatch(TantivyReader, "search", "count", "facet_counts") as index:
            yield AskingGisa(library, index)


class AskingGisa:
    def __init__(self, library: Library, index: Stopwatch) -> None:
        self._library, self._index = library, index

    def page(self, query: str, *, sort: Sort) -> int:
        return self._library.search(query, sort=sort, limit=PAGE).total

    def numbers(self, query: str) -> float:
        self._index.spent_s = 0.0
        self._library.search(query, limit=PAGE)
        return self._index.spent_s

    def total(self, literal: str) -> int | None:
        return self._library.search(f'"{literal}"', limit=0).total

    def memory(self) -> Memory:
        return Memory(memory_bytes(os.getpid(), "VmRSS"), memory_bytes(os.getpid(), "RssAnon"))
