"""A paper's own files: words, office holders, synonyms. Reads those that count, and says what is wrong with them. Writes none.

On an archive that several machines share, what they share counts; a file that none has shared is each folder's own.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gisa.config import Settings
from gisa.errors import ConfigError
from gisa.lexicon.variants.synonyms import parse_synonyms
from gisa.lexicon.vocabulary import Vocabulary, vocabulary_of
from gisa.messages import ConfigCode, Message
from gisa.model import Reject
from gisa.ports import SharedFiles
from gisa.reports import SharedFile, WordsState

log: Final = logging.getLogger("gisa.library")

MAX_FILE_BYTES: Final = 8 * 1024 * 1024
"""Twice a list of 100,000 words with their parts; reading more would keep a search waiting for seconds."""

Stamp = tuple[int, int, int] | None


def own_lines(path: Path) -> list[str]:
    """The lines of a file; none when there is no file. Raises ``ConfigError`` when it cannot be read as UTF-8 text."""
    content = _content(path)
    return lines_of(content, place=str(path), name=path.name) if content is not None else []


def lines_of(content: bytes, *, place: str, name: str) -> list[str]:
    """The lines of a file's content. Raises ``ConfigError``, about ``place``, for what is too large or no UTF-8 text.

    ``name``: the file of the folder that the remedy is about.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ConfigError(Message(ConfigCode.FILE_TOO_LARGE, count=len(content), limit=MAX_FILE_BYTES), place)
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(_no_utf8(name, content), place) from error


def _content(path: Path) -> bytes | None:
    """None if there is no file. Raises ``ConfigError``."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(Message(ConfigCode.FILE_UNREAD, error=error.strerror or str(error)), str(path)) from error


def _no_utf8(file: str, content: bytes) -> Message:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name, encoding = "UTF-16", "UTF-16"
    else:
        try:
            content.decode("cp949")
        except UnicodeDecodeError:
            return Message(ConfigCode.FILE_NO_UTF8)
        name, encoding = "EUC-KR", "CP949"
    command = f"iconv -f {encoding} -t UTF-8 {file} > {file}.new && mv {file}.new {file}"
    return Message(ConfigCode.FILE_ENCODING, name=name, command=command)


def words_state(
    held: Vocabulary, wanted: Vocabulary, rejects: Iterable[Reject], *, version: int = 0, edited: Iterable[str] = ()
) -> WordsState:
    """What is in effect, and what the files would add and take away. The rest as ``WordsState`` says."""
    before, after = {word.line for word in held.words}, {word.line for word in wanted.words}
    return WordsState(
        words=len(before),
        holders=len(held.holders),
        words_waiting=tuple(sorted(after - before)),
        words_leaving=tuple(sorted(before - after)),
        holders_waiting=tuple(sorted({*wanted.holders} - {*held.holders})),
        holders_leaving=tuple(sorted({*held.holders} - {*wanted.holders})),
        rejects=tuple(rejects),
        version=version,
        edited=tuple(edited),
    )


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


class OwnFiles:
    """The paper's own files as they count now. Safe from many threads."""

    def __init__(self, settings: Settings, shared: SharedFiles | None) -> None:
        """``shared``: of an archive on a server; None if there is no other machine. Asks it once; raises ``ArchiveError``."""
        self._shared = shared
        self._paths = {path.name: path for path in (settings.words_path, settings.holders_path, settings.synonyms_path)}
        self._words, self._holders = settings.words_path.name, settings.holders_path.name
        self._synonyms = WatchedFile(settings.synonyms_path)
        self._refreshing = threading.Lock()
        self._newest: Mapping[str, SharedFile] = {}
        """Replaced, never changed: others read it meanwhile."""
        self._shared_synonyms: OwnLines | None = None
        self.refresh()

    @property
    def names(self) -> tuple[str, ...]:
        """``words.txt``, ``holders.txt``, ``synonyms.txt``."""
        return tuple(self._paths)

    @property
    def version(self) -> int:
        """The newest version that has been read from the archive; 0 if nothing is shared."""
        return max((each.version for each in self._newest.values()), default=0)

    def refresh(self) -> None:
        """Take what other machines have shared since the last call. Between two calls nothing is asked. Raises ``ArchiveError``."""
        if self._shared is None:
            return
        with self._refreshing:  # what is asked for first may be answered last
            newer = {each.name: each for each in self._shared.newest(after=self.version)}
            if (synonyms := newer.get(self._synonyms.path.name)) is not None:
                self._shared_synonyms = self._read_shared(synonyms, before=self._shared_synonyms)
            self._newest = {**self._newest, **newer}

    def newest_of(self, name: str) -> SharedFile | None:
        """The version of a file that counts; None if the folder's own does."""
        return self._newest.get(name)

    def shared_contents(self) -> dict[str, bytes]:
        """What is shared now, by name. Raises ``ArchiveError``."""
        self.refresh()
        return {name: each.content for name, each in self._newest.items()}

    def contents(self) -> dict[str, bytes]:
        """What counts, by name, without files that are not there.

        Raises ``ConfigError`` for one that cannot be read or is no text, and ``ArchiveError``.
        """
        shared = self.shared_contents()
        own = {name: _content(path) for name, path in self._paths.items() if name not in shared}
        counting = {name: content for name, content in (own | shared).items() if content is not None}
        for name, content in counting.items():
            lines_of(content, place=self._source(name), name=name)
        return counting

    @property
    def synonyms(self) -> OwnLines:
        """The synonyms, as they were last readable."""
        return self._shared_synonyms or self._synonyms.current()

    def synonym_rejects(self) -> list[Reject]:
        """What of the synonyms cannot be used: the file as it is now, or lines of it."""
        own = self.synonyms
        _, rejects = parse_synonyms(own.lines, source=self._source(self._synonyms.path.name))
        return [*([own.trouble] if own.trouble else []), *rejects]

    def vocabulary(self, *, held: Vocabulary) -> tuple[Vocabulary, list[Reject]]:
        """The vocabulary of words and office holders, and what of them cannot be used.

        A file that cannot be read at all counts as not changed from what the index holds.
        """
        troubles: list[Reject] = []

        def lines(name: str) -> list[str] | None:
            shared = self.newest_of(name)
            try:
                if shared is not None:
                    return lines_of(shared.content, place=self._source(name), name=name)
                return own_lines(self._paths[name])
            except ConfigError as error:
                troubles.append(Reject(error.place, error.reason))
                return None

        words, holders = lines(self._words), lines(self._holders)
        read, rejects = vocabulary_of(
            words or (),
            holders or (),
            words_source=self._source(self._words),
            holders_source=self._source(self._holders),
        )
        vocabulary = Vocabulary(
            held.words if words is None else read.words, held.holders if holders is None else read.holders
        )
        return vocabulary, troubles + rejects

    def _source(self, name: str) -> str:
        """What a reject names: the folder's file, or ``words.txt@7``."""
        shared = self.newest_of(name)
        return str(self._paths[name]) if shared is None else f"{name}@{shared.version}"

    @staticmethod
    def _read_shared(file: SharedFile, *, before: OwnLines | None) -> OwnLines:
        """The lines of a version; those of the one before, with the trouble, if it is no text."""
        place = f"{file.name}@{file.version}"
        try:
            return OwnLines(tuple(lines_of(file.content, place=place, name=file.name)), None)
        except ConfigError as error:
            log.warning("%s", error)
            return OwnLines(before.lines if before is not None else (), None, Reject(place, error.reason))


def _stamp(path: Path) -> Stamp:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
