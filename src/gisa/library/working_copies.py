"""A folder's copies of the files that the machines of an archive share: fetched to be edited, shared again. Applies nothing.

``shared.json`` in the folder says from which version each copy was made, so that nobody's change is overwritten unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from gisa.durable import write_durably
from gisa.errors import DataFolderError, SharedMeanwhile
from gisa.library.own_files import OwnFiles, own_lines
from gisa.messages import FolderCode, Message
from gisa.ports import SharedFiles
from gisa.reports import SharedFile

COPIES: Final = "shared.json"


class WorkingCopies:
    """The copies in one data folder. Raises ``ArchiveError``, and ``DataFolderError`` if the folder cannot be read or written."""

    def __init__(self, folder: Path, own: OwnFiles, shared: SharedFiles) -> None:
        self._folder, self._own, self._shared = folder, own, shared

    def edited(self) -> list[str]:
        """Names of the files with changes that are not shared yet: all of them, before anything is."""
        return [name for name, _, _ in self._edits()]

    def share(self) -> list[SharedFile]:
        """Share every file with changes; returns the new versions.

        Raises ``ConfigError`` for a file that is no text, and ``SharedMeanwhile`` if another machine was faster.
        """
        edits = list(self._edits())
        for name, _, _ in edits:
            own_lines(self._folder / name)  # what no machine could read is not shared
        done = []
        for name, content, base in edits:
            try:
                done.append(self._shared.share(name, content, base=base))
            except SharedMeanwhile as error:
                raise SharedMeanwhile(
                    f"{error} — move {self._folder / name} away, run `gisa words fetch`, bring your lines into it and "
                    "run `gisa words apply`"
                ) from error
            self._note({name: done[-1].version})
        self._own.refresh()
        return done

    def take_over(self, contents: Mapping[str, bytes]) -> None:
        """Share what counted in the archive that this one was copied from. May be run again."""
        newest = {each.name: each for each in self._shared.newest()}
        for name, content in contents.items():
            held = newest.get(name)
            if held is None or held.content != content:
                held = self._shared.share(name, content, base=held.version if held is not None else 0)
            self._note({name: held.version})

    def fetch(self) -> list[SharedFile]:
        """Bring the folder's files to the newest versions; returns those that were brought.

        Raises ``DataFolderError`` for one with changes that are not shared, before any is written.
        """
        if edited := [name for name in self.edited() if self._own.shared(name) is not None]:
            raise DataFolderError(Message(FolderCode.COPY_EDITED), str(self._folder / edited[0]))
        done = []
        for name in self._own.names:
            newest = self._own.shared(name)
            if newest is not None and self._read(name) != newest.content:
                self._write(name, newest.content)
                done.append(newest)
            if newest is not None:
                self._note({name: newest.version})
        return done

    def _edits(self) -> Iterable[tuple[str, bytes, int]]:
        """Name, content and the version that it was made from (0: none)."""
        self._own.refresh()
        bases = self._bases()
        for name in self._own.names:
            content, newest = self._read(name), self._own.shared(name)
            if content is None or (newest is not None and content == newest.content):
                continue
            base = bases.get(name, 0)
            same = self._shared.version_of(name, content)
            if same is None or (base and same != base):  # a copy that is just old is no change; going back is one
                yield name, content, base

    def _bases(self) -> dict[str, int]:
        try:
            return {str(name): int(version) for name, version in json.loads(self._read(COPIES) or b"{}").items()}
        except (ValueError, AttributeError) as error:
            raise DataFolderError(
                Message(FolderCode.FILE_BROKEN, error=str(error)), str(self._folder / COPIES)
            ) from error

    def _note(self, versions: dict[str, int]) -> None:
        if (noted := self._bases() | versions) != self._bases():
            self._write(COPIES, json.dumps(noted).encode())

    def _read(self, name: str) -> bytes | None:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failed(FolderCode.FILE_UNREADABLE, name, error) from error

    def _write(self, name: str, content: bytes) -> None:
        try:
            write_durably(self._folder / name, [content])
        except OSError as error:
            raise self._failed(FolderCode.FILE_UNWRITABLE, name, error) from error

    def _failed(self, code: FolderCode, name: str, error: OSError) -> DataFolderError:
        return DataFolderError(Message(code, error=error.strerror or str(error)), str(self._folder / name))
