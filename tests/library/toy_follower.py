"""The toy of ``docs/adding-a-follower.md``: how many articles there are, in a file of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from gisa.model import Change, ChangeKind
from gisa.ports import Archive

_STEP = {ChangeKind.ADD: 1, ChangeKind.UPDATE: 0, ChangeKind.REMOVE: -1}


class CountFollower:
    """``ports.Follower``: the number of articles, counted by the change log alone."""

    name = "count"

    def __init__(self, path: Path, archive: Archive) -> None:
        self._path, self._archive = path, archive

    @property
    def change_seq(self) -> int:
        return self._read()[0]

    @property
    def articles(self) -> int:
        """How many articles there were at ``change_seq``."""
        return self._read()[1]

    def follow(self, changes: Sequence[Change]) -> None:
        self._write(changes[-1].change_seq, self.articles + sum(_STEP[change.kind] for change in changes))

    def rebuild(self) -> None:
        after, articles = 0, 0
        while changes := self._archive.changes(after=after, limit=1_000):
            after = changes[-1].change_seq
            articles += sum(_STEP[change.kind] for change in changes)
        self._write(after, articles)

    def problems(self) -> Iterator[str]:
        change_seq, articles = self._read()
        if change_seq == self._archive.last_change_seq() and articles != self._archive.count():
            yield f"{self._path}: counts {articles:,} articles, the archive {self._archive.count():,}"

    def _read(self) -> tuple[int, int]:
        try:
            kept = json.loads(self._path.read_bytes())
            return int(kept["change_seq"]), int(kept["articles"])
        except (OSError, ValueError, KeyError):
            return -1, 0

    def _write(self, change_seq: int, articles: int) -> None:
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps({"change_seq": change_seq, "articles": articles}))
        beside.replace(self._path)
