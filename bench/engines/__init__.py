"""The engines that ``bench scale`` puts side by side, each behind the same few calls. Measures nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from gisa.model import Sort

PAGE: Final = 20
"""Results of a page."""


class Memory(NamedTuple):
    """What answering takes after the questions have been asked."""

    resident_bytes: int
    own_bytes: int | None
    """Of that, what is not files of the disk; None where it cannot be told."""


class Asking(Protocol):
    """An engine with its articles in place. Asked one question after the other."""

    def page(self, query: str, *, sort: Sort) -> int:
        """Headlines and snippets of the first 20 that hold every word, as its users ask for them; returns the exact total."""

    def numbers(self, query: str) -> float:
        """The newest 20 and the exact total from the index alone; returns the seconds that took."""

    def total(self, literal: str) -> int | None:
        """How many articles it says hold the literal; None where the engine cannot be asked that."""

    def memory(self) -> Memory: ...


class Engine(Protocol):
    """One engine, set up as its documentation says."""

    @property
    def name(self) -> str: ...

    def version(self) -> str: ...

    def add(self, corpus: Path, folder: Path) -> None:
        """Fill an empty folder with the articles of a file, durably. May replace this process by the engine's own command."""

    def disk_bytes(self, folder: Path) -> int: ...

    def cpu_elsewhere_s(self) -> float:
        """Seconds of the processor used so far by a server that somebody else started; 0 for every engine without one."""

    def open(self, folder: Path) -> AbstractContextManager[Asking]: ...


def engines(opensearch_url: str | None) -> dict[str, Callable[[], Engine]]:
    """Every engine that can be asked for, by its short name, made when called."""
    from bench.engines.fts5 import Fts5
    from bench.engines.gisa_engine import GisaEngine
    from bench.engines.groonga import Groonga
    from bench.engines.opensearch import OpenSearch

    known: dict[str, Callable[[], Engine]] = {"gisa": GisaEngine, "fts5": Fts5, "groonga": Groonga}
    if opensearch_url is not None:
        known["opensearch"] = lambda: OpenSearch(opensearch_url)
    return known


def folder_bytes(folder: Path) -> int:
    """What the files of a folder take on the disk: sparse ones (Groonga's) less than their length."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
