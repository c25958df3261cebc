"""A paper's own files in the data folder: words, office holders, synonyms. Reads them and says what is wrong with them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gisa.config import Settings
from gisa.errors import ConfigError
from gisa.lexicon.variants.synonyms import parse_synonyms
from gisa.lexicon.vocabulary import Vocabulary, vocabulary_of
from gisa.messages import ConfigCode, Message
from gisa.model import Reject
from gisa.reports import WordsState

log: Final = logging.getLogger("gisa.library")

MAX_FILE_BYTES: Final = 8 * 1024 * 1024
"""Twice a list of 100,000 words with their parts; reading more would keep a search waiting for seconds."""

Stamp = tuple[int, int, int] | None


def own_lines(path: Path) -> list[str]:
    """The lines of a file; none when there is no file. Raises ``ConfigError`` when it cannot be read as UTF-8 text."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ConfigError(Message(ConfigCode.FILE_UNREAD, error=error.strerror or str(error)), str(path)) from error
    if len(content) > MAX_FILE_BYTES:
        raise ConfigError(Message(ConfigCode.FILE_TOO_LARGE, count=len(content), limit=MAX_FILE_BYTES), str(path))
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(_no_utf8(path, content), str(path)) from error


def _no_utf8(path: Path, content: bytes) -> Message:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name, encoding = "UTF-16", "UTF-16"
    else:
        try:
            content.decode("cp949")
        except UnicodeDecodeError:
            return Message(ConfigCode.FILE_NO_UTF8)
        name, encoding = "EUC-KR", "CP949"
    new = f"{path.name}.new"
    command = f"iconv -f {encoding} -t UTF-8 {path.name} > {new} && mv {new} {path.name}"
    return Message(ConfigCode.FILE_ENCODING, name=name, command=command)


def vocabulary_in(settings: Settings, *, held: Vocabulary) -> tuple[Vocabulary, list[Reject]]:
    """The vocabulary of the files in the data folder, and what of them cannot be used.

    A file that cannot be read at all counts as not changed from what the index holds.
    """
    troubles: list[Reject] = []

    def lines(path: Path) -> list[str] | None:
        try:
            return own_lines(path)
        except ConfigError as error:
            troubles.append(Reject(str(path), error.reason))
            return None

    words, holders = lines(settings.words_path), lines(settings.holders_path)
    read, rejects = vocabulary_of(
        words or (),
        holders or (),
        words_source=str(settings.words_path),
        holders_source=str(settings.holders_path),
    )
    vocabulary = Vocabulary(
        held.words if words is None else read.words, held.holders if holders is None else read.holders
    )
    return vocabulary, troubles + rejects


def words_state(held: Vocabulary, wanted: Vocabulary, rejects: Iterable[Reject]) -> WordsState:
    """What is in effect, and what the files would add and take away."""
    before, after = {word.line for word in held.words}, {word.line for word in wanted.words}
    return WordsState(
        words=len(before),
        holders=len(held.holders),
        words_waiting=tuple(sorted(after - before)),
        words_leaving=tuple(sorted(before - after)),
        holders_waiting=tuple(sorted({*wanted.holders} - {*held.holders})),
        holders_leaving=tuple(sorted({*held.holders} - {*wanted.holders})),
        rejects=tuple(rejects),
    )


def synonym_rejects(synonyms: WatchedFile) -> list[Reject]:
    """What of ``synonyms.txt`` cannot be used: the file as it is now, or lines of it."""
    own = synonyms.current()
    _, rejects = parse_synonyms(own.lines, source=str(synonyms.path))
    return [*([own.trouble] if own.trouble else []), *rejects]


@dataclass(frozen=True, slots=True)
class OwnLines:
    """A file as it was last readable. Compare by identity: the same object, the same lines."""

    lines: tuple[str, ...]
    stamp: Stamp
    trouble: Reject | None = None
    """Why the file as it is now cannot be read; the lines are those before."""


class WatchedFile:
    """A file that may change while it is in use: one ``stat`` says whether to read it again. Safe from many threads."""

    def __init__(self, path: Path) -> None:
        """A file that cannot be read counts as empty until it can; the log says so, and ``OwnLines.trouble``."""
        self.path = path
        self._known = self._read(OwnLines((), None), _stamp(path))

    def current(self) -> OwnLines:
        """The file as it is now, or as it was while it could be read."""
        known = self._known
        stamp = _stamp(self.path)
        if stamp != known.stamp:
            known = self._known = self._read(known, stamp)
        return known

    def _read(self, before: OwnLines, stamp: Stamp) -> OwnLines:
        """The file's lines; those before, with the trouble, if it cannot be read."""
        try:
            return OwnLines(tuple(own_lines(self.path)), stamp)
        except ConfigError as error:
            log.warning("%s", error)
            return OwnLines(before.lines, stamp, Reject(str(self.path), error.reason))


def _stamp(path: Path) -> Stamp:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
