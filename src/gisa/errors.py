"""Every error a caller of Gisa can handle; bugs are not among them.

GisaError
├── ConfigError            a setting is missing or wrong
├── DataFolderError        the data folder cannot be used as it is
│   ├── WriterLocked       another process is writing
│   └── SchemaError        the archive's schema is newer than this Gisa
├── ArchiveError           the archive's database refused or failed
│   └── SharedMeanwhile    another machine has shared a newer version of a file
├── SearchIndexError       the index cannot serve
│   ├── IndexOutdated      built by another version: run `gisa reindex`
│   ├── IndexDamaged       its files do not open: run `gisa reindex`
│   ├── IndexAhead         the archive has lost changes that the index holds
│   ├── IndexBehind        the index lacks changes that another machine made, for too long
│   └── IndexUnreachable   the server that keeps it does not answer
├── NotAnswered            an archive or index on another machine took too long
├── TooDear                a question would take more than its time, or its client has too many
├── SourceError            a whole source (file, URL) cannot be read
├── ArticleInvalid         one article is not acceptable
├── LineInvalid            one line of a list cannot be used
├── ArticleNotFound        no article has this id
│   └── ArticleRemoved     it was there and has been removed
├── KeyNotFound            no key of the API has this id
├── SetInvalid             no result set has this id
├── SearchInvalid          a search was asked for with impossible arguments
└── ExportInvalid          an export was asked for that cannot be written

Each message says what is wrong, where, and what to do about it: as a ``Message`` that ``gisa.say`` puts into words, or in
English where docs/decisions/0058 says so. A reader's *query* never raises: what does
not parse is read as plain words (see ``gisa.query``).
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from gisa.messages import Message


class GisaError(Exception):
    """Base of every error Gisa raises on purpose."""

    def __init__(self, reason: Message | str, place: str = "") -> None:
        """``place``: the file, address or line that it is about; empty if there is none."""
        super().__init__(*((reason, place) if place else (reason,)))  # made again from them when unpickled
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else str(self.reason)


class ConfigError(GisaError):
    """A setting is missing or wrong; the message names it and its place."""

    reason: Message

    def __init__(self, reason: Message, place: str = "") -> None:
        super().__init__(reason, place)


class DataFolderError(GisaError):
    """The data folder, or a backup of it, cannot be used as it is."""

    reason: Message

    def __init__(self, reason: Message, place: str = "") -> None:
        super().__init__(reason, place)


class WriterLocked(DataFolderError):
    """Another process holds the writer lock; the message says which."""


class SchemaError(DataFolderError):
    """The archive's schema is newer than this version of Gisa knows."""


class ArchiveError(GisaError):
    """The archive's database refused or failed; the driver's error is chained."""


class SharedMeanwhile(ArchiveError):
    """Another machine has shared a version of the paper's file that this one was not made from."""


class SearchIndexError(GisaError):
    """The index cannot serve."""


class IndexOutdated(SearchIndexError):
    """The index was built by another version of Gisa or of its dictionary."""


class IndexDamaged(SearchIndexError):
    """The index's files do not open."""


class IndexAhead(SearchIndexError):
    """The index holds changes that the archive does not: the archive has lost its last ones."""


class IndexBehind(SearchIndexError):
    """A server's index has lacked changes of a shared archive for too long, or the archive has not been heard of."""


class IndexUnreachable(SearchIndexError):
    """The server that keeps the index does not answer in time; asking again later may help."""


class NotAnswered(GisaError):
    """An archive or index on another machine did not answer in time."""


class SourceError(GisaError):
    """A whole source (a file, a URL) cannot be read."""

    reason: Message

    def __init__(self, reason: Message, place: str = "") -> None:
        super().__init__(reason, place)


class ArticleInvalid(GisaError):
    """One article is not acceptable; the message says which field and how to fix it."""

    reason: Message

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)


class LineInvalid(GisaError):
    """One line of a list (own words, office holders, synonyms) cannot be used."""

    reason: Message

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)


class TooDear(GisaError):
    """A question would take more than its time, or whoever asks has too many under way; the message says which."""


class ArticleNotFound(GisaError):
    """No article has this id."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"no article has the id {article_id!r}")
        self.article_id = article_id

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled by what it was made of: it comes from another process, too."""
        return type(self), (self.article_id,)


class ArticleRemoved(ArticleNotFound):
    """The article was there and has been removed; what it says may be shown to anybody."""

    def __init__(self, article_id: str, removed_at: datetime, *, public_reason: str | None = None) -> None:
        super().__init__(article_id)
        why = f": {public_reason}" if public_reason else ""
        self.reason = f"the article {article_id!r} was removed at {removed_at.isoformat()}{why}"
        self.removed_at = removed_at
        self.public_reason = public_reason

    def __reduce__(self) -> tuple[object, ...]:
        return partial(ArticleRemoved, public_reason=self.public_reason), (self.article_id, self.removed_at)


class KeyNotFound(GisaError):
    """No key of the API has this id."""


class SetInvalid(GisaError):
    """No result set of this data folder has this id: it was cut, changed, or made elsewhere."""

    def __init__(self) -> None:
        super().__init__("this is no id of a result set of this archive — copy it whole")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), ()


class SearchInvalid(GisaError):
    """A search was asked for with impossible arguments (never the query's own fault)."""

    def __init__(self, message: str, *, parameters: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.parameters = dict(parameters or {})
        """What is wrong with each parameter, where the search was spelt in parameters; does not quote their values."""


class ExportInvalid(GisaError):
    """An export names an unknown format or column, or cannot be written here; the message says what to choose."""


def trace_of(error: BaseException) -> str:
    """Where an error happened, and what caused it, line by line, for the log.

    Of errors that are not Gisa's own without the message, which may quote what somebody searched for; never with arguments.
    """
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None:
        said = f": {current}" if isinstance(current, GisaError) else ""
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}{said}")
        lines.extend(line.rstrip() for line in traceback.format_tb(current.__traceback__))
        current = current.__cause__
    return "\n".join(lines)
