"""Reads zip and tar archives as folders: each file in them by the same table of formats. Writes nothing to the disk of the user.

What points out of the archive (``../``, an absolute name, a link) is refused by name, and so are passwords and bombs: a file that
unpacks to 200 times its size, an archive in more than three others.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, NamedTuple, cast

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format, Head, NoFormatError, Origin, passed_over_files
from gisa.sources.source import FileSource
from gisa.sources.spooling import ReadOn, seekable

DEEPEST: Final = 3
"""Archives inside one another."""
RATIO_LIMIT: Final = 200
"""Times its packed size that an archive may unpack to. Articles as JSON or XML pack to a tenth, lists of numbers to a fiftieth."""
RATIO_FROM: Final = 64 * 1024 * 1024
"""Bytes that every archive may unpack to."""
MOST_FILES: Final = 2_000_000
_TAR_MARK: Final = slice(257, 262)


class BombError(SourceError):
    """An archive unpacks to more than its size allows."""


class _Member(NamedTuple):
    """One file of an archive."""

    name: str
    file: IO[bytes] | None
    """None if it is not read."""
    refusal: Message | None = None
    """Why it is not read."""


class ArchiveSource(FileSource):
    """The drafts of the files of an archive; a file's place is ``archive/path``."""

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        self._origin = origin
        self._unpacked = 0
        if origin.depth >= DEEPEST:
            raise SourceError(Message(SourceCode.ARCHIVES_NESTED, limit=DEEPEST), reader.name)

    def __iter__(self) -> Iterator[Item]:
        passed_over: Counter[str] = Counter()
        for number, member in enumerate(self._members(), start=1):
            place = f"{self.name}/{member.name}"
            if number > MOST_FILES:
                yield Reject(self.name, Message(SourceCode.ARCHIVE_FILES, limit=MOST_FILES))
                return
            if member.file is None:
                yield Reject(place, member.refusal or Message(SourceCode.MEMBER_UNREAD))
                continue
            try:
                with self._origin.open_part(cast("BinaryIO", _Counted(member.file, self)), place) as source:
                    yield from source
            except BombError as error:
                yield Reject(place, error.reason)
                return
            except NoFormatError:
                passed_over[PurePosixPath(member.name).suffix.lower()] += 1
            except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as error:
                yield Reject(place, Message(SourceCode.MEMBER_DAMAGED, error=str(error)))
            except SourceError as error:
                yield Reject(place, error.reason)
        for ending, count in sorted(passed_over.items()):
            yield Remark(self.name, passed_over_files(ending, count))

    def count(self, size: int) -> None:
        """Add to what has been unpacked. Raises ``BombError`` beyond the limit."""
        self._unpacked += size
        if self._unpacked > RATIO_FROM and self._unpacked > self._packed_size() * RATIO_LIMIT:
            raise BombError(Message(SourceCode.ARCHIVE_BOMB, ratio=RATIO_LIMIT))

    @abstractmethod
    def _members(self) -> Iterator[_Member]: ...

    @abstractmethod
    def _packed_size(self) -> int: ...


class ZipSource(ArchiveSource):
    """A zip archive. Raises ``SourceError`` on construction if it is cut short or damaged."""

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader, origin)
        self._file = seekable(reader, origin)
        try:
            self._archive = zipfile.ZipFile(self._file)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
            self._file.close()
            raise SourceError(Message(SourceCode.ZIP_DAMAGED, error=str(error)), reader.name) from error
        self._size = self._file.seek(0, io.SEEK_END)

    def close(self) -> None:
        self._archive.close()
        self._file.close()
        super().close()

    def position(self) -> int:
        return min(self._unpacked, self.total_bytes or 0)

    def _packed_size(self) -> int:
        return self._size

    def _members(self) -> Iterator[_Member]:
        members = self._archive.infolist()
        if any(
            info.filename == "datapackage.json" for info in members
        ):  # a web archive (WACZ): the rest are its indexes
            members = [info for info in members if ".warc" in info.filename] or members
        for info in sorted(members, key=lambda each: each.filename):
            name = _korean(info)
            if info.is_dir() or (_is_hidden(name) and not _points_out(name)):
                continue
            if _points_out(name):
                yield _Member(name, None, Message(SourceCode.MEMBER_POINTS_OUT))
            elif info.external_attr >> 28 == 0xA:
                yield _Member(name, None, Message(SourceCode.MEMBER_LINK))
            elif info.flag_bits & 0x1:
                yield _Member(name, None, Message(SourceCode.MEMBER_LOCKED))
            else:
                try:
                    file = self._archive.open(info)
                except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
                    yield _Member(name, None, Message(SourceCode.MEMBER_DAMAGED, error=str(error)))
                    continue
                yield _Member(name, file)


class TarSource(ArchiveSource):
    """A tar archive, packed or not, read as a stream from front to back."""

    def _packed_size(self) -> int:
        return self.position()

    def _members(self) -> Iterator[_Member]:
        try:
            with tarfile.open(fileobj=ReadOn(self._reader), mode="r|", tarinfo=tarfile.TarInfo) as archive:
                for info in archive:
                    name = info.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                    if info.isdir() or (_is_hidden(name) and not _points_out(name)):
                        continue
                    if _points_out(name):
                        yield _Member(name, None, Message(SourceCode.MEMBER_POINTS_OUT))
                    elif info.issym() or info.islnk():
                        yield _Member(name, None, Message(SourceCode.TAR_LINK))
                    elif not info.isfile():
                        yield _Member(name, None, Message(SourceCode.MEMBER_DEVICE))
                    else:
                        yield _Member(name, archive.extractfile(info))
        except tarfile.TarError as error:
            yield _Member("", None, Message(SourceCode.TAR_DAMAGED, error=str(error)))
        if self._reader.defect is not None:
            yield _Member("", None, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))


class _Counted(io.RawIOBase):
    """A member of an archive that tells how much of it was unpacked."""

    def __init__(self, file: IO[bytes], archive: ArchiveSource) -> None:
        super().__init__()
        self._file = file
        self._archive = archive

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read(size)
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError) as error:
            raise SourceError(Message(SourceCode.MEMBER_DAMAGED, error=str(error))) from error
        self._archive.count(len(data))
        return data

    def close(self) -> None:
        self._file.close()
        super().close()


def _korean(info: zipfile.ZipInfo) -> str:
    """The name; Windows in Korean writes it in CP949 and does not say so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp949")
    except UnicodeError:
        return info.filename


def _points_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"


def _is_hidden(name: str) -> bool:
    """Files that no newsroom made: those of macOS, and hidden ones, as in folders."""
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _is_tar(head: Head) -> Fit:
    return Fit.SURE if head.data[_TAR_MARK] == b"ustar" else Fit.NO


ZIP: Final = Format(
    name="zip",
    title="zip",
    endings=(".zip", ".wacz"),
    media_types=("application/zip",),
    sniff=lambda head: Fit.SURE if head.data.startswith((b"PK\x03\x04", b"PK\x05\x06")) else Fit.NO,
    open=ZipSource,
)
TAR: Final = Format(
    name="tar",
    title="tar",
    endings=(".tar", ".tgz"),
    media_types=("application/x-tar",),
    sniff=_is_tar,
    open=TarSource,
)
