"""Opens tantivy's files and keeps a searcher on the newest commit, also if files are swapped or damaged. Runs no queries."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tantivy import Filter, Index, Schema, Searcher, TextAnalyzerBuilder, Tokenizer

from gisa.errors import IndexDamaged, SearchIndexError
from gisa.index.generations import Generations
from gisa.text.runs import BARRIER

log: Final = logging.getLogger("gisa.index")

TOKENS: Final = "gisa_tokens"
"""The tokenizer of every view: splits at spaces and leaves out the barrier."""
LENGTH: Final = "length"
"""The field by which a segment's entries are sorted, so that numbers of one size stand together: see ``docs/decisions/0045-segments-by-length.md``."""

LOOK_EVERY_S: Final = 0.05
"""Maximum age of what a reader knows about the newest commit. Without it a page made 52 ``stat`` calls. A takedown waits this
long, so that no process answers from an older commit."""

DRIVER_ERRORS: Final = (ValueError, OSError, RuntimeError)
_REINDEX: Final = "run `gisa reindex`; the archive is untouched"
_LOCKS: Final = frozenset({".tantivy-meta.lock", ".tantivy-writer.lock"})


@contextmanager
def index_errors(path: Path) -> Iterator[None]:
    """Raises tantivy's errors about changed files as ``IndexDamaged``.

    If bits have flipped, tantivy may read beyond the end of a file and panic. The panic arrives as a ``BaseException`` whose
    class cannot be imported.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        raise IndexDamaged(f"{path}: the search failed ({error}) — run `gisa verify`") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamaged(f"{path}: the index's files are damaged ({error}) — {_REINDEX}") from error


def open_index(path: Path, schema: Schema) -> Index:
    """The index in a folder. Raises ``IndexDamaged``."""
    try:
        with index_errors(path):
            index = Index(schema, path=str(path), sort_by_field=LENGTH)
            analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([BARRIER])).build()
            index.register_tokenizer(TOKENS, analyzer)
            index.config_reader(reload_policy="manual")
    except IndexDamaged as error:
        raise IndexDamaged(f"{path}: the index does not open ({error.__cause__}) — {_REINDEX}") from error.__cause__
    return index


class LiveIndex:
    """The searcher of the newest commit of the live generation. Safe from many threads.

    Looks for a newer commit at most once every ``LOOK_EVERY_S`` (three ``stat`` calls). If the next commit is missing, damaged
    or of another version, it keeps serving the last one: open files stay readable after they are deleted.
    """

    def __init__(
        self, folder: Path, schema: Schema, *, fingerprint: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Raises ``IndexOutdated`` or ``IndexDamaged``; a folder without any index is damaged too."""
        self._monotonic = monotonic
        self._looks_again_at = 0.0
        self._own_commits = 0
        self._answers: int | None = None
        self._generations = Generations(folder)
        self._folder, self._schema, self._fingerprint = folder, schema, fingerprint
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._commit: tuple[int, int] | None = None
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        self._links: tempfile.TemporaryDirectory[str] | None = None
        self.path = folder
        """The folder of the generation that serves."""
        self._commits = _commits_of(folder)
        self.searcher()

    def stamp(self) -> Hashable:
        """Cache key: changes if ``searcher`` returns another searcher, and with ``forget_answers``."""
        self.searcher()
        return self._stamp, self._commit, self._answers

    def look_again(self) -> None:
        """Make the next call look for a newer commit: this process has written one."""
        self._own_commits += 1
        self._looks_again_at = 0.0

    def searcher(self) -> Searcher:
        searcher, now, own_commits = self._searcher, self._monotonic(), self._own_commits
        if searcher is not None and now < self._looks_again_at:
            return searcher
        searcher = self._look()
        if own_commits == self._own_commits:  # no other thread has made one meanwhile
            self._looks_again_at = now + LOOK_EVERY_S
        return searcher

    def _look(self) -> Searcher:
        """The searcher of the newest commit, as of now."""
        self._answers = self._generations.answers_stamp()
        stamp = self._generations.current_stamp()
        commit = commit_stamp(self._commits)
        searcher = self._searcher
        if searcher is not None and stamp == self._stamp and commit == self._commit:
            return searcher
        with self._lock:
            try:
                if self._searcher is None or stamp != self._stamp:
                    self._open_current(stamp)
                elif stamp is not None and commit is not None:
                    self._reload()
            except SearchIndexError as error:
                if self._searcher is None:
                    raise
                log.warning("the index that was open goes on serving: %s", error)
                self._commit = commit  # tried: not again before it changes
            self._stamp = stamp
            assert self._searcher is not None
            return self._searcher

    def close(self) -> None:
        with self._lock:
            self._index = self._searcher = None
            if self._links is not None:
                self._links.cleanup()

    def _open_current(self, stamp: tuple[int, int] | None) -> None:
        generation = self._generations.checked(self._fingerprint) if stamp is not None else None
        if generation is None:
            raise IndexDamaged(f"{self._folder}: there is no index — {_REINDEX}")
        self._open(generation.path)
        self.path, self._commits = generation.path, _commits_of(generation.path)

    def _open(self, path: Path) -> None:
        commit = commit_stamp(_commits_of(path))  # before reading, so that a commit meanwhile is seen as a newer one
        links = None if os.access(path, os.W_OK) else _linked(path)
        index = open_index(Path(links.name) if links is not None else path, self._schema)
        self._index, self._searcher, self._links, self._commit = index, index.searcher(), links, commit

    def _reload(self) -> None:
        if self._links is not None:
            self._open(self.path)
            return
        assert self._index is not None
        commit = commit_stamp(self._commits)
        with index_errors(self.path):
            self._index.reload()
            self._searcher = self._index.searcher()
        self._commit = commit


def _commits_of(path: Path) -> str:
    """The file of an index that every commit replaces."""
    return str(path / "meta.json")


def commit_stamp(commits: str) -> tuple[int, int] | None:
    """A value that changes with every commit; None if there is no index."""
    try:
        stat = os.stat(commits)
    except OSError:
        return None
    return stat.st_ino, stat.st_ctime_ns  # its permissions count, too: another user cannot read it before they change


def _linked(path: Path) -> tempfile.TemporaryDirectory[str]:
    """A temporary folder of links to the files of a read-only index: tantivy needs to lock the folder that it opens."""
    links = tempfile.TemporaryDirectory(prefix="gisa-index-")
    for entry in path.iterdir():
        if entry.name not in _LOCKS:
            (Path(links.name) / entry.name).symlink_to(entry.absolute())
    return links
