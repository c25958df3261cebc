"""SQLite FTS5 with trigrams (``bench.peer``), in this process, as a library."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bench.corpus import articles_in
from bench.engines import Memory, folder_bytes
from bench.peer import NAME, Peer, build_peer
from bench.processes import memory_bytes
from gisa.model import Sort

_FILE: Final = "fts5.sqlite"


class Fts5:
    name = NAME

    def version(self) -> str:
        return sqlite3.sqlite_version

    def add(self, corpus: Path, folder: Path) -> None:
        build_peer(articles_in(corpus), folder / _FILE)

    def disk_bytes(self, folder: Path) -> int:
        return folder_bytes(folder)

    def cpu_elsewhere_s(self) -> float:
        return 0.0

    @contextmanager
    def open(self, folder: Path) -> Iterator[AskingFts5]:
        with closing(Peer(folder / _FILE, build_s=0.0)) as peer:
            yield AskingFts5(peer)


class AskingFts5:
    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def page(self, query: str, *, sort: Sort) -> int:
        return self._peer.page(query, by_relevance=sort is Sort.RELEVANCE)

    def numbers(self, query: str) -> float:
        started = time.perf_counter()
        self._peer.find(query)
        return time.perf_counter() - started

    def total(self, literal: str) -> int | None:
        return self._peer.total(literal) if len(literal) >= 3 else None

    def memory(self) -> Memory:
        return Memory(memory_bytes(os.getpid(), "VmRSS"), memory_bytes(os.getpid(), "RssAnon"))
