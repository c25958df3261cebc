"""A folder's copies of the files that the machines of an archive share: fetched to be edited, shared again. Applies nothing.

``shared.json`` in the folder says from which version of which archive each copy was made, so that nobody's change is overwritten
unseen. What it says of another archive counts for nothing: its versions have the same numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from gisa.durable import write_durably
from gisa.errors import ConfigError, DataFolderError
from gisa.library.own_files import OwnFiles, lines_of
from gisa.messages import FolderCode, Message
from gisa.model import Reject
from gisa.ports import FileEdit, SharedFiles
from gisa.reports import SharedFile

COPIES: Final = "shared.json"


class WorkingCopies:
    """The copies in one data folder. Raises ``ArchiveError``, and ``DataFolderError`` if the folder cannot be read or written."""

    def __init__(self, folder: Path, own: OwnFiles, shared: SharedFiles) -> None:
        self._folder, self._own, self._shared = folder, own, shared

    def edited(self) -> list[str]:
        """Names of the files with changes that are not shared yet: all of them, before anything is."""
        return [edit.name for edit in self._edits()]

    def share(self) -> list[SharedFile]:
        """Share every file with changes, all or none; returns the new versions.

        Raises ``ConfigError`` for a file that is no text, and ``SharedMeanwhile`` if another machine was faster.
        """
        edits = list(self._edits())
        for edit in edits:
            self._require_text(edit)
        return self._share(edits)

    def share_texts(self) -> list[Reject]:
        """Share the files with changes that are text; returns the others, which stay the folder's own until they are."""
        texts, rejects = [], []
        for edit in self._edits():
            try:
                self._require_text(edit)
                texts.append(edit)
            except ConfigError as error:
                rejects.append(Reject(error.place, error.reason))
        self._share(texts)
        return rejects

    def take_over(self, contents: Mapping[str, bytes]) -> None:
        """Share what counted in the archive that this one was copied from, all or none. May be run again."""
        newest = {each.name: each for each in self._shared.newest()}
        edits = [
            FileEdit(name, content, held.version if held is not None else 0)
            for name, content in contents.items()
            if (held := newest.get(name)) is None or held.content != content
        ]
        newest |= {each.name: each for each in self._shared.share(edits)}
        self._note({name: newest[name].version for name, content in contents.items() if self._read(name) == content})

    def fetch(self) -> list[SharedFile]:
        """Bring the folder's files to the newest versions; returns those that were brought.

        Raises ``DataFolderError`` for one with changes that are not shared, before any is written.
        """
        if edited := [name for name in self.edited() if self._own.newest_of(name) is not None]:
            raise DataFolderError(Message(FolderCode.COPY_EDITED), str(self._folder / edited[0]))
        done, versions = [], {}
        for name in self._own.names:
            newest = self._own.newest_of(name)
            if newest is None:
                continue
            if self._read(name) != newest.content:
                self._write(name, newest.content)
                done.append(newest)
            versions[name] = newest.version
        self._note(versions)
        return done

    def _edits(self) -> Iterable[FileEdit]:
        self._own.refresh()
        bases = self._bases(self._shared.origin())
        for name in self._own.names:
            content, newest = self._read(name), self._own.newest_of(name)
            if content is None or (newest is not None and content == newest.content):
                continue
            base = bases.get(name, 0)
            same = self._shared.version_of(name, content)
            if same is None or (base and same != base):  # a copy that is just old is no change; going back is one
                yield FileEdit(name, content, base)

    def _require_text(self, edit: FileEdit) -> None:
        lines_of(edit.content, place=str(self._folder / edit.name), name=edit.name)

    def _share(self, edits: list[FileEdit]) -> list[SharedFile]:
        done = self._shared.share(edits)
        self._note({each.name: each.version for each in done})
        self._own.refresh()
        return done

    def _bases(self, origin: str) -> dict[str, int]:
        """The versions that the copies were made from, as noted for the archive with this origin."""
        try:
            noted = json.loads(self._read(COPIES) or b"{}")
            if noted.get("archive") != origin:
                return {}
            return {str(name): int(version) for name, version in noted["versions"].items()}
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise DataFolderError(
                Message(FolderCode.FILE_BROKEN, error=str(error)), str(self._folder / COPIES)
            ) from error

    def _note(self, versions: Mapping[str, int]) -> None:
        origin = self._shared.origin()
        known = self._bases(origin)
        if (noted := known | dict(versions)) != known:
            self._write(COPIES, json.dumps({"archive": origin, "versions": noted}).encode())

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
