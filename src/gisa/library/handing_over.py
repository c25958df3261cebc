"""Takes the paper's own files along when an archive is copied to another place. Copies no article."""

from __future__ import annotations

from pathlib import Path

from gisa.errors import DataFolderError
from gisa.library.own_files import OwnFiles
from gisa.library.working_copies import WorkingCopies
from gisa.messages import FolderCode, Message
from gisa.ports import Archive


class HandOver:
    """From the archive of one data folder to ``copy``. Raises ``ArchiveError`` and ``DataFolderError``."""

    def __init__(self, folder: Path, own: OwnFiles, copies: WorkingCopies | None, copy: Archive) -> None:
        """``copies``: those of the folder; None if its archive shares nothing."""
        self._folder, self._own, self._copies, self._copy = folder, own, copies, copy

    def check(self) -> None:
        """Raise now what would stop ``run``, which comes after hours of copying.

        ``ConfigError`` for a file that is no text, ``DataFolderError`` for one with changes that are not shared.
        """
        if self._copies is not None and (edited := self._copies.edited()):
            raise DataFolderError(Message(FolderCode.COPY_EDITED), str(self._folder / edited[0]))
        if self._copy.shared is not None:
            self._own.contents()

    def run(self) -> None:
        """Let the files count in the copy as they do now. Raises as ``check``; then nothing is shared. May be run again."""
        self.check()
        if self._copies is not None:
            self._copies.fetch()  # a copy that is just old would be a change to an archive that does not know it
        if self._copy.shared is not None:
            WorkingCopies(self._folder, self._own, self._copy.shared.files).take_over(self._own.contents())
