"""Makes the data folder, for what adds, or requires it, for everything else. Opens nothing in it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from gisa.config import Settings
from gisa.errors import DataFolderError
from gisa.messages import FolderCode, Message

_SHOWN: Final = 5


def make_folder(settings: Settings) -> None:
    """Make the folder if it is not there. Raises ``DataFolderError``."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = Message(FolderCode.FOLDER_UNUSABLE, error=error.strerror or str(error))
        raise DataFolderError(why, str(settings.data_dir)) from error


def require_folder(settings: Settings) -> None:
    """Raises ``DataFolderError``, naming what is there instead, unless the folder holds an archive or the address of one."""
    if settings.archive_path.is_file() or (settings.archive_url and settings.data_dir.is_dir()):
        return
    strange = Message(FolderCode.FOLDER_STRANGE, instead=_instead(settings.data_dir))
    raise DataFolderError(strange, str(settings.data_dir))


def _instead(folder: Path) -> Message:
    try:
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in islice(folder.iterdir(), 1_000))
    except FileNotFoundError:
        return Message(FolderCode.INSTEAD_NOTHING)
    except NotADirectoryError:
        return Message(FolderCode.INSTEAD_FILE)
    except OSError as error:
        return Message(FolderCode.INSTEAD_CLOSED, error=error.strerror or str(error))
    if not names:
        return Message(FolderCode.INSTEAD_EMPTY)
    shown = ", ".join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return Message(FolderCode.INSTEAD_HOLDS, names=shown)
    return Message(FolderCode.INSTEAD_HOLDS_MORE, names=shown, count=len(names) - _SHOWN)
