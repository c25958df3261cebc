"""Moves a folder's archive to another database: copied while the old one serves, then named in ``gisa.toml``. Leaves the old one as it is."""

from __future__ import annotations

import os
from contextlib import closing

from gisa.archive import open_archive, sqlite_url
from gisa.config import load_settings
from gisa.durable import write_durably
from gisa.errors import DataFolderError
from gisa.library.addresses import Addresses
from gisa.library.backup import SETTINGS_FILE
from gisa.library.copying import Progress
from gisa.library.library import Library
from gisa.library.lock import OnWait
from gisa.messages import FolderCode, Message
from gisa.reports import CopyReport


def migrate(
    data_dir: str | os.PathLike[str] | None = None,
    *,
    archive_url: str,
    progress: Progress | None = None,
    on_wait: OnWait | None = None,
) -> CopyReport:
    """Copy the archive to ``archive_url`` (``file``: into the folder), then let ``gisa.toml`` name it; the index stays as it is.

    Others read and write meanwhile; the last changes are copied under the writer lock. Each batch is read back and compared. An
    interrupted run may be run again, and goes on. What has the folder open goes on with the old archive until it is started again.
    Raises ``DataFolderError`` (the place holds another archive, or is the one in use; words are not shared yet), ``ConfigError``
    (a list is no text), ``ArchiveError`` and ``WriterLocked``.
    """
    settings = load_settings(data_dir)
    moved = Addresses(archive_url=archive_url).of(settings)
    if moved.archive_url == settings.archive_url:
        raise DataFolderError(Message(FolderCode.MOVED_ALREADY), str(settings.data_dir))
    toml = settings.data_dir / SETTINGS_FILE
    before = toml.read_bytes().decode() if toml.exists() else ""  # not as text: its line ends stay as they are
    after = Addresses(archive_url=archive_url).written_into(before)
    url = moved.archive_url or sqlite_url(settings.archive_path)
    with (
        Library(settings, create=False, on_wait=on_wait) as library,
        closing(open_archive(url, database=settings.database)) as copy,
    ):
        words = library.words_for(copy)
        words.check()

        def take_over() -> None:
            words.run()
            write_durably(toml, [after.encode()])

        return library.copy_to(copy, then=take_over, progress=progress)
