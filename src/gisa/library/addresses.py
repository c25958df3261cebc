"""Addresses of archive and index in ``gisa.toml``: writes others, and refuses those that are in use. Copies nothing."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

from gisa.archive import open_archive
from gisa.config import Settings
from gisa.errors import ArchiveError, DataFolderError, SchemaError, SearchIndexError
from gisa.index.engine import open_engine
from gisa.messages import FolderCode, Message

FILE: Final = "file"
"""The address of an archive or index in the data folder itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Other places for archive and index; None leaves what ``gisa.toml`` says."""

    archive_url: str | None = None
    index_url: str | None = None

    def of(self, settings: Settings) -> Settings:
        """The settings with these places."""
        return replace(
            settings,
            archive_url=_other(settings.archive_url, self.archive_url),
            index_url=_other(settings.index_url, self.index_url),
        )

    def written_into(self, toml: str) -> str:
        """The text of a ``gisa.toml`` with these places; everything else, comments and line ends too, stays as it is.

        Raises ``DataFolderError`` for a text that cannot be changed so (an address over several lines).
        """
        changed, end = toml, "\r\n" if "\r\n" in toml else "\n"
        for name, url in (("archive_url", self.archive_url), ("index_url", self.index_url)):
            if url is None:
                continue
            top, table, rest = _split(changed)
            top = re.sub(rf"(?m)^[ \t]*{name}[ \t]*=.*\n?", "", top)
            line = "" if url == FILE else f"{name} = {json.dumps(url)}{end}"
            changed = f"{line}{top}{table}{rest}"
        if _without(changed) != _without(toml):
            raise DataFolderError(Message(FolderCode.ADDRESSES_UNCLEAR), "gisa.toml")
        return changed


def refuse_living(settings: Settings) -> None:
    """Raise ``DataFolderError`` if the settings name an archive or index elsewhere that holds something already.

    A restore would write into the paper's live archive, or replace its live index. The check creates and migrates nothing.
    """
    if settings.archive_url and _holds_changes(settings):
        raise DataFolderError(Message(FolderCode.ARCHIVE_IN_USE))
    if settings.index_url and _is_built(settings):
        raise DataFolderError(Message(FolderCode.INDEX_IN_USE))


def _holds_changes(settings: Settings) -> bool:
    assert settings.archive_url is not None
    try:
        with closing(open_archive(settings.archive_url, read_only=True, database=settings.database)) as archive:
            return archive.last_change_seq() > 0
    except SchemaError:
        return True  # another version's, so in use
    except ArchiveError as error:
        if error.__cause__ is not None:  # it does not answer, so nobody knows
            raise
        return False  # there is none


def _is_built(settings: Settings) -> bool:
    with closing(open_engine(settings.index_url, folder=settings.index_dir, remote=settings.index)) as engine:
        try:
            return engine.is_built()
        except SearchIndexError as error:
            if error.__cause__ is not None:
                raise
            return True  # of another version


def _other(now: str | None, wanted: str | None) -> str | None:
    return now if wanted is None else None if wanted == FILE else wanted


def _split(toml: str) -> tuple[str, str, str]:
    """What stands before the first table, that table's line, and the rest."""
    found = re.search(r"(?m)^[ \t]*\[.*\n?", toml)
    return (toml, "", "") if found is None else (toml[: found.start()], found[0], toml[found.end() :])


def _without(toml: str) -> dict[str, object]:
    try:
        read = tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return {"": object()}
    return {name: value for name, value in read.items() if name not in ("archive_url", "index_url")}
