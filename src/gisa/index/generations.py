"""Which build of an index is live. Each build is a folder, called a generation; ``CURRENT`` names the live one.

    index/CURRENT          the live generation's name
    index/ANSWERS          empty; touching it invalidates cached answers
    index/g000001/         one build: the engine's files
    index/g000001/gisa.json    its fingerprint and engine

A rebuild writes the next folder beside the live one and swaps ``CURRENT`` by an atomic rename.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gisa.durable import write_durably
from gisa.errors import IndexDamaged, IndexOutdated

_CURRENT: Final = "CURRENT"
_ANSWERS: Final = "ANSWERS"
_LABEL: Final = "gisa.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the index."""

    path: Path
    fingerprint: str

    @property
    def name(self) -> str:
        return self.path.name


class Generations:
    """The generations below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = folder / _CURRENT
        self._answers = folder / _ANSWERS
        """The folder's own modification time will not do: SQLite's files of the followers come and go in it."""

    def current_stamp(self) -> tuple[int, int] | None:
        """A value that changes if another generation becomes live; None if there is none."""
        try:
            stat = os.stat(self._current)
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns

    def answers_stamp(self) -> int | None:
        """Changes with every call of ``forget_answers``, in whatever process."""
        try:
            return os.stat(self._answers).st_mtime_ns
        except OSError:
            return None

    def forget_answers(self) -> None:
        """Invalidate cached answers in every process, for changes that come with no commit of the index."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._answers.touch()

    def current(self) -> Generation | None:
        """The live generation, or None when nothing has been built. Raises ``IndexDamaged``."""
        try:
            name = self._current.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self._current}: cannot be read: {error} — run `gisa reindex`") from error
        path = self._folder / name
        try:
            label = json.loads((path / _LABEL).read_bytes())
            return Generation(path, str(label["fingerprint"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{path}: is not a whole index ({error}) — run `gisa reindex`") from error

    def checked(self, fingerprint: str) -> Generation | None:
        """The live generation if it was built as ``fingerprint`` says. Raises ``IndexOutdated``, ``IndexDamaged``."""
        generation = self.current()
        if generation is not None and generation.fingerprint != fingerprint:
            raise IndexOutdated(
                f"{generation.path}: was built by another version of Gisa or its dictionary "
                f"(fingerprint {generation.fingerprint}, this one is {fingerprint}) — run `gisa reindex`; "
                "the archive is untouched"
            )
        return generation

    def create(self, fingerprint: str) -> Generation:
        """A new, empty generation that is not live yet. Removes what an interrupted build left first."""
        live = _name_in(self._current)
        for left in self._folder.glob("g*"):
            if left.name != live and left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        number = int(live[1:]) + 1 if live and live[1:].isdigit() else 1
        path = self._folder / f"g{number:06d}"
        path.mkdir(parents=True, exist_ok=False)
        write_durably(path / _LABEL, [json.dumps({"fingerprint": fingerprint}).encode()])
        return Generation(path, fingerprint)

    def make_current(self, generation: Generation) -> None:
        """Make ``generation`` live and remove the previous one. Open readers keep their files."""
        before = _name_in(self._current)
        write_durably(self._current, [generation.name.encode("ascii")])
        if before and before != generation.name:
            shutil.rmtree(self._folder / before, ignore_errors=True)

    def discard(self, generation: Generation) -> None:
        """Remove a build that was not finished."""
        shutil.rmtree(generation.path, ignore_errors=True)

    def size_bytes(self) -> int:
        """What all generations take on disk."""
        total = 0
        for root, _, names in os.walk(self._folder):
            for name in names:
                try:
                    total += os.stat(os.path.join(root, name)).st_size
                except OSError:  # merged away meanwhile
                    continue
        return total


def _name_in(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
