"""Reads the export of Ghost: one JSON object with the tables of its database. Joins posts with tags and authors.

Reads the file as a whole, up to 256 MB: the tables that a post refers to stand behind it. A post is read by ``ghost_posts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject
from gisa.sources import ghost_posts
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format
from gisa.sources.names import Renaming
from gisa.sources.source import FileSource

EXPORT_LIMIT: Final = 256 * 1024 * 1024
_BEGINNING: Final = re.compile(
    r'\{\s*(?:"db"\s*:\s*\[\s*\{\s*)?(?:"meta"\s*:\s*\{\s*"(?:exported_on|version)"'
    r'|"data"\s*:\s*\{\s*"\w+"\s*:\s*\['
    r'|"posts"\s*:\s*\[\s*\{\s*"url"\s*:\s*"[^"]*"\s*,\s*"data"\s*:\s*\{)'
)
"""The export of the admin panel, and what Ghost's own migration tools write."""


class GhostExportSource(FileSource):
    """The drafts of an export; a draft's place is ``name#number``, the number of its post, from 1.

    Raises ``SourceError`` on construction if it is no JSON, larger than 256 MB, or holds no table of posts.
    """

    def __init__(self, reader: ByteReader, *, size_limit: int = EXPORT_LIMIT) -> None:
        super().__init__(reader)
        data = reader.whole(size_limit, Message(SourceCode.GHOST_TOO_LARGE, megabytes=size_limit // 1024**2))
        try:
            value = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise SourceError(Message(SourceCode.GHOST_DAMAGED, error=str(error)), self.name) from error
        self._tables = _tables(value)
        if not isinstance(self._tables.get("posts"), list):
            raise SourceError(Message(SourceCode.GHOST_NO_POSTS), self.name)

    def __iter__(self) -> Iterator[Item]:
        names = Renaming()
        tags, authors = _joined(self._tables, "tag", "tags"), _joined(self._tables, "author", "users")
        for number, given in enumerate(self._tables["posts"], start=1):
            place = f"{self.name}#{number}"
            if not isinstance(given, Mapping):
                yield Reject(place, Message(SourceCode.GHOST_NO_OBJECT))
                continue
            post = {**given, **given["data"]} if isinstance(given.get("data"), Mapping) else dict(given)
            post.pop("data", None)
            post_id = post.get("id")
            if found := tags.get(post_id):
                post["tags"] = found
            if found := authors.get(post_id):
                post["authors"] = found
            if (
                ghost_posts.fits(frozenset(post) | {"html", "lexical", "slug"})
                and (fields := names.apply({"lexical": None, "html": None, "slug": None, **post})) is not None
            ):
                yield Draft(fields, place)
        yield from names.remarks(self.name)


def _tables(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and isinstance(held := value.get("db"), list) and held:
        value = held[0]
    if isinstance(value, Mapping) and isinstance(value.get("data"), Mapping):
        value = value["data"]
    return value if isinstance(value, Mapping) else {}


def _joined(tables: Mapping[str, Any], one: str, table: str) -> dict[Any, list[Mapping[str, Any]]]:
    """The rows of a table by the post they belong to, in the order that the editor gave them."""
    rows = {row.get("id"): row for row in _rows(tables, table)}
    found: dict[Any, list[Mapping[str, Any]]] = {}
    for join in sorted(_rows(tables, f"posts_{one}s"), key=lambda row: row.get("sort_order") or 0):
        if (row := rows.get(join.get(f"{one}_id"))) is not None:
            found.setdefault(join.get("post_id"), []).append(row)
    return found


def _rows(tables: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


FORMAT: Final = Format(
    name="ghost",
    title="Ghost export",
    endings=(".json",),
    sniff=lambda head: Fit.SURE if _BEGINNING.match(head.text) is not None and '"posts"' in head.text else Fit.NO,
    open=lambda reader, _origin: GhostExportSource(reader),
)
