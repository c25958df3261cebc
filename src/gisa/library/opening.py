"""``gisa.open`` and ``gisa.restore``: a data folder, opened or made from a backup. What one does with it: ``library``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from gisa.clock import Clock, Monotonic, system_clock
from gisa.config import load_settings
from gisa.durable import write_durably
from gisa.library.addresses import Addresses, refuse_living
from gisa.library.backup import RESTORING, SETTINGS_FILE, backed_up_settings, restore_files
from gisa.library.folder import make_folder
from gisa.library.library import WRITER_WAIT_S, Library
from gisa.library.lock import OnWait
from gisa.reports import CopyReport


def open(  # noqa: A001 - gisa.open reads like open
    data_dir: str | os.PathLike[str] | None = None,
    *,
    create: bool = True,
    wait_s: float = WRITER_WAIT_S,
    on_wait: OnWait | None = None,
    clock: Clock = system_clock,
    monotonic: Monotonic = time.monotonic,
) -> Library:
    """Open a data folder, creating its archive and index on first use (``create=False``: only one that is there).

    ``wait_s``: how many seconds writing waits for another writer; 0: not at all. ``on_wait`` is told for whom.

    ``data_dir`` defaults to the variable ``GISA_DATA``, then ``./gisa-data``. Changes that the archive holds and the
    index lacks (after a crash) are indexed first, unless another process is writing. Raises ``ConfigError``,
    ``DataFolderError``, ``ArchiveError``, ``IndexOutdated`` and ``IndexDamaged``.
    """
    gisa = Library(
        load_settings(data_dir), create=create, wait_s=wait_s, on_wait=on_wait, clock=clock, monotonic=monotonic
    )
    try:
        gisa.prepare()
    except BaseException:
        gisa.close()
        raise
    return gisa


def restore(
    source: str | os.PathLike[str],
    data_dir: str | os.PathLike[str] | None = None,
    *,
    archive_url: str | None = None,
    index_url: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> CopyReport:
    """Put a backup into an empty or new data folder and build its index; an interrupted run may be run again.

    The articles go to the database that the backup's ``gisa.toml`` names, or to ``archive_url`` in its place (``file``: into the
    folder), the index likewise. A database or index that holds something is refused, so that a drill never touches the paper's
    own. Nothing is overwritten. Raises ``DataFolderError``, ``ArchiveError`` and ``WriterLocked``.
    """
    folder, addresses = load_settings(data_dir).data_dir, Addresses(archive_url=archive_url, index_url=index_url)
    begun = folder / RESTORING
    if not begun.exists():
        refuse_living(addresses.of(backed_up_settings(Path(source))))
    files = restore_files(Path(source), folder, rewritten={SETTINGS_FILE: addresses.written_into})
    make_folder(load_settings(folder))
    begun.touch()
    toml = folder / SETTINGS_FILE
    if not toml.exists() and (named := addresses.written_into("")):  # a backup of a folder without settings
        write_durably(toml, [named.encode()])
    with Library(load_settings(folder)) as library:
        report = library.take_in(Path(source), files=files, progress=progress)
    begun.unlink()
    return report
