"""What the parts share in one run: the corpus, a data folder loaded with it, and the peer built from the same texts."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

import gisa
from bench.corpus import Corpus
from bench.peer import Peer, build_peer
from bench.processes import BenchError, Measured, gisa_command, run_measured

_ADDED_WITHIN_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A data folder that ``gisa add`` filled from nothing, and what that took."""

    data_dir: Path
    run: Measured
    archive_bytes: int
    index_bytes: int


class Workplace:
    """Makes each thing once, when a part first asks for it."""

    def __init__(self, corpus: Corpus, folder: Path, *, data_dir: Path) -> None:
        self.corpus, self.folder, self.data_dir = corpus, folder, data_dir
        self._loaded: dict[int | None, Loaded] = {}
        self._peer: Peer | None = None

    def loaded(self, *, workers: int | None = None) -> Loaded:
        """The corpus added by the command itself; ``workers`` as ``gisa add`` takes it, None for its default."""
        if workers not in self._loaded:
            say(f"gisa add, {'default' if workers is None else workers} workers: {self.corpus.articles:,} articles")
            data_dir = self.folder / f"data-{'default' if workers is None else workers}"
            asked = [] if workers is None else ["--workers", str(workers)]
            run = run_measured(
                [*gisa_command(), "add", str(self.corpus.path), "--data", str(data_dir), "--json", *asked],
                within_s=_ADDED_WITHIN_S,
            )
            counts = orjson.loads(run.stdout)
            if counts["added"] != self.corpus.articles:
                raise BenchError(f"of {self.corpus.articles:,} articles {counts['added']:,} were added")
            with gisa.open(data_dir) as library:
                status = library.status()
            self._loaded[workers] = Loaded(data_dir, run, status.archive_size_bytes, status.index_size_bytes)
        return self._loaded[workers]

    def peer(self) -> Peer:
        """SQLite's own full-text index over the same texts."""
        if self._peer is None:
            say(f"building the peer: {self.corpus.articles:,} articles into SQLite FTS5")
            path = self.folder / "peer.sqlite"
            self._peer = Peer(path, build_s=build_peer(self.corpus.each(), path))
        return self._peer

    def close(self) -> None:
        if self._peer is not None:
            self._peer.close()


def say(what: str) -> None:
    """Progress, on stderr: a full run takes minutes."""
    print(f"bench: {what}", file=sys.stderr, flush=True)
