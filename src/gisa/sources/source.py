"""What every source is to its caller: drafts and rejects one after the other, and how far it has been read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from gisa.closing import Closing
from gisa.model import Item
from gisa.sources.byte_reader import ByteReader


class Source(Closing):
    """One place that articles come from. Iterated once, by one thread; close it, or use it in ``with``.

    Iteration is lazy and takes bounded memory. It yields a ``Reject`` for each part that cannot be read and goes on
    after it, and a ``Remark`` for what is damaged or passed over without an article being lost; it raises ``SourceError`` when the disk or the network fails in the middle. A source that holds nothing
    at all yields nothing.
    """

    name: str
    """The location as it was given; places of drafts begin with it (or, in a folder, with the file's path)."""

    @property
    @abstractmethod
    def total_bytes(self) -> int | None:
        """How many bytes there are to read, as stored (compressed); None when that cannot be known (a pipe)."""

    @abstractmethod
    def position(self) -> int:
        """How many of ``total_bytes`` have been read; grows from 0 while the source is iterated."""

    @abstractmethod
    def __iter__(self) -> Iterator[Item]: ...

    @abstractmethod
    def close(self) -> None:
        """Release files; may be called twice."""


class FileSource(Source):
    """A source that is one stretch of bytes: a file, or what a URL answered."""

    def __init__(self, reader: ByteReader) -> None:
        self.name = reader.name
        self._reader = reader

    @property
    def total_bytes(self) -> int | None:
        return self._reader.total_bytes

    def position(self) -> int:
        return self._reader.position

    def close(self) -> None:
        self._reader.close()
