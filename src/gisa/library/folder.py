"""Makes the data folder, for what adds, or requires it, for everything else. Opens nothing in it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from gisa.config import Settings
from gisa.errors import DataFolderError

_SHOWN: Final = 5
_REMEDY: Final = "name the right folder with --data or GISA_DATA; `gisa add` makes a new one"


def make_folder(settings: Settings) -> None:
    """Make the folder if it is not there. Raises ``DataFolderError``."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(
            f"{settings.data_dir}: cannot be used as a data folder: {error.strerror or error}"
        ) from error


def require_folder(settings: Settings) -> None:
    """Raises ``DataFolderError``, naming what is there instead, unless the folder holds an archive or the address of one."""
    if settings.archive_path.is_file() or (settings.archive_url and settings.data_dir.is_dir()):
        return
    raise DataFolderError(f"{settings.data_dir}: is no data folder of Gisa: {_instead(settings.data_dir)} — {_REMEDY}")


def _instead(folder: Path) -> str:
    try:
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in islice(folder.iterdir(), 1_000))
    except FileNotFoundError:
        return "there is nothing of that name"
    except NotADirectoryError:
        return "it is a file"
    except OSError as error:
        return f"it cannot be looked into ({error.strerror})"
    if not names:
        return "it is empty"
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"it holds {', '.join(names[:_SHOWN])}{more}, and no archive.sqlite"
