"""Copies a data folder while it is in use: the change log, any prefix of which is a whole archive, and the files.

    DEST/backup.json       what the copy holds, with the checksum of every file
    DEST/archive.sqlite    the archive, whatever database it was copied from
    DEST/files/            gisa.toml, synonyms.txt, media/…: the data folder without archive, index and locks

A second run copies what has come since. The index is not copied: it can always be built from the archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from gisa.archive import open_archive, sqlite_url
from gisa.clock import Clock
from gisa.config import Settings, load_settings
from gisa.durable import write_durably
from gisa.errors import ArchiveError, DataFolderError
from gisa.library.copying import Progress, copy_log, copy_purges
from gisa.library.lock import writer_lock
from gisa.messages import FolderCode, Message
from gisa.ports import Archive
from gisa.reports import CopyReport

_LABEL: Final = "backup.json"
_FILES: Final = "files"
_ARCHIVE: Final = "archive.sqlite"
SETTINGS_FILE: Final = "gisa.toml"
RESTORING: Final = "restoring"
"""Marks a data folder whose restore has begun and not ended, so that the next run goes on."""
_FORMAT: Final = 1
_CHUNK: Final = 1 << 20
_DERIVED: Final = (
    "index", "shared.json", "backups.json", "intake.json", "feeds.lock", "keys.jsonl", "keys.lock", "reserve", RESTORING,
    *(f"{name}.sqlite{suffix}" for name in ("archive", "sites") for suffix in ("", "-wal", "-shm", "-journal")),
    *(f"{name}{suffix}" for name in ("writer", "reindex", "follow", "crawl") for suffix in (".lock", ".json", ".queue")),
)  # fmt: skip
"""Files of a data folder that are not copied: copied otherwise, derived, or about the process that writes."""


def back_up(
    archive: Archive,
    data_dir: Path,
    destination: Path,
    *,
    now: Clock,
    derived: tuple[str, ...] = (),
    shared: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> CopyReport:
    """Bring the backup at ``destination`` up to date, making it when it is new. Readers and writers go on meanwhile.

    If it is interrupted, the backup of an earlier moment stays whole. ``derived`` names more of the data folder that need not be
    copied. ``shared`` are files by name that count in place of the folder's. Raises ``DataFolderError`` when the place cannot be
    used or holds another backup.
    """
    destination = destination.absolute()
    if destination.is_relative_to(data_dir.absolute()):
        raise DataFolderError(Message(FolderCode.BACKUP_INSIDE), str(destination))
    begun = {f"{_LABEL}.new"}  # what a first run left when the disk was full
    if (
        destination.is_dir()
        and any(entry.name not in begun for entry in destination.iterdir())
        and not (destination / _LABEL).exists()
    ):
        raise DataFolderError(Message(FolderCode.BACKUP_PLACE_TAKEN), str(destination))
    try:
        destination.mkdir(parents=True, exist_ok=True)
        known = _read_label(destination) if (destination / _LABEL).exists() else {}
        if not known:
            _write_label(destination, {"format": _FORMAT, "files": {}})
        with writer_lock(destination / "writer.lock"):
            with closing(open_archive(sqlite_url(destination / _ARCHIVE))) as copy:
                copied, left_out = copy_log(archive, copy, place=destination, progress=progress)
                copy_purges(archive, copy)
                articles, change_seq = copy.count(), copy.last_change_seq()
            files, done, gone = _copy_files(
                data_dir, destination / _FILES, known.get("files", {}), (*_DERIVED, *derived), shared or {}
            )
            label = {"format": _FORMAT, "made_at": now().isoformat(timespec="seconds"), "change_seq": change_seq,
                     "articles": articles, "files": files}  # fmt: skip
            _write_label(destination, label)
    except OSError as error:
        stopped = Message(FolderCode.BACKUP_STOPPED, error=error.strerror or str(error))
        raise DataFolderError(stopped, str(error.filename or destination)) from error
    return CopyReport(copied, change_seq, articles, done, gone, left_out)


def backed_up_settings(source: Path) -> Settings:
    """The settings of the folder that was backed up. Raises ``DataFolderError`` where there is no backup, and ``ConfigError``."""
    _read_label(source)
    return load_settings(source / _FILES)


def restore_files(source: Path, data_dir: Path, *, rewritten: Mapping[str, Callable[[str], str]]) -> int:
    """Put a backup's settings, words and pictures into a data folder; returns how many were not there yet.

    ``rewritten`` says by file name what becomes of a text. Nothing is overwritten: raises ``DataFolderError`` for a file that
    is there and differs, and for one of the backup that is damaged.
    """
    label = _read_label(source)
    wanted = []
    for name, kept in sorted(label["files"].items()):
        file, target = source / _FILES / name, data_dir / name
        text = _rewritten(file, kept["sha256"], rewritten[name]) if name in rewritten else None
        sha256 = kept["sha256"] if text is None else hashlib.sha256(text).hexdigest()
        if not target.exists():
            wanted.append((file, target, text, sha256))
        elif _digest(target) != sha256:
            raise DataFolderError(Message(FolderCode.RESTORE_DIFFERS), str(target))
    for file, target, text, sha256 in wanted:
        try:
            digest = _copy_file(file, target, text=text)
        except OSError as error:
            raise _not_restored(file, error) from error
        if digest != sha256:
            target.unlink()
            raise _damaged(file)
    return len(wanted)


def _rewritten(file: Path, sha256: str, rewrite: Callable[[str], str]) -> bytes:
    """What a text of the backup is restored as; its line ends stay as they are."""
    try:
        before = file.read_bytes()
    except OSError as error:
        raise _not_restored(file, error) from error
    if hashlib.sha256(before).hexdigest() != sha256:
        raise _damaged(file)
    return rewrite(before.decode()).encode()


def _not_restored(file: Path, error: OSError) -> DataFolderError:
    return DataFolderError(Message(FolderCode.RESTORE_FAILED, error=error.strerror or str(error)), str(file))


def _damaged(file: Path) -> DataFolderError:
    return DataFolderError(Message(FolderCode.BACKUP_DAMAGED), str(file))


def restore_log(source: Path, archive: Archive, *, place: Path, progress: Progress | None = None) -> tuple[int, int]:
    """Put a backup's articles, revisions, removals into an archive that is empty (or that an earlier run began).

    Returns how many changes, and how many of them are blank because the backup cannot read their revision.
    """
    label = _read_label(source)
    with closing(open_archive(sqlite_url(source / _ARCHIVE), create=False)) as backup:
        held = backup.last_change_seq()
        if held < label.get("change_seq", 0):
            short = Message(FolderCode.BACKUP_SHORT, held=held, labelled=int(label["change_seq"]))
            raise ArchiveError(short, str(source / _ARCHIVE))
        if archive.last_change_seq() > held:
            raise DataFolderError(Message(FolderCode.RESTORE_OLDER), str(place))
        copied = copy_log(backup, archive, place=place, progress=progress)
        copy_purges(backup, archive)
        return copied


def _copy_files(
    data_dir: Path, target: Path, known: Mapping[str, Any], derived: tuple[str, ...], shared: Mapping[str, bytes]
) -> tuple[dict[str, Any], int, int]:
    """The files as the label lists them, how many were copied, and how many the backup no longer holds."""
    files: dict[str, Any] = {}
    copied = 0
    for path in _files(data_dir, (*derived, *shared)):
        name = path.relative_to(data_dir).as_posix()
        stat = path.stat()
        seen = {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns}
        before = known.get(name)
        if before is not None and seen.items() <= before.items() and (target / name).exists():
            files[name] = before
            continue
        files[name] = {**seen, "sha256": _copy_file(path, target / name)}
        copied += 1
    for name, content in shared.items():
        files[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        if known.get(name) != files[name] or not (target / name).exists():
            write_durably(target / name, [content])
            copied += 1
    gone = known.keys() - files.keys()
    for name in gone:
        (target / name).unlink(missing_ok=True)
    return files, copied, len(gone)


def _files(data_dir: Path, derived: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(data_dir.rglob("*")):
        if path.relative_to(data_dir).parts[0] not in derived and path.is_file():
            yield path


def _copy_file(source: Path, target: Path, *, text: bytes | None = None) -> str:
    """Copy a file, or ``text`` in place of its content, with its permissions. Returns the SHA-256 of the copy, read back."""
    with source.open("rb") as file:
        chunks = iter(partial(file.read, _CHUNK), b"") if text is None else iter([text])
        write_durably(target, chunks, like=source)  # settings with a password stay private
    return _digest(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_label(folder: Path) -> dict[str, Any]:
    path = folder / _LABEL
    try:
        label: dict[str, Any] = json.loads(path.read_bytes())
        if label["format"] != _FORMAT:
            raise DataFolderError(Message(FolderCode.BACKUP_NEWER), str(path))
        return {**label, "files": dict(label["files"])}
    except FileNotFoundError:
        raise DataFolderError(Message(FolderCode.BACKUP_MISSING, file=_LABEL), str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFolderError(Message(FolderCode.BACKUP_UNREADABLE, error=str(error)), str(path)) from error


def _write_label(folder: Path, label: Mapping[str, Any]) -> None:
    write_durably(folder / _LABEL, [json.dumps(label, ensure_ascii=False, indent=1).encode()])
