"""Reads JSON in any wrapping: one object a line, arrays, pretty-printed, envelopes, dumps. What is bad is a reject.

``wrappings`` says which objects in a value are articles, ``names`` which keys mean what.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from gisa.messages import Message, PhraseCode, SourceCode
from gisa.model import Draft, Item, Reject
from gisa.sources.byte_reader import ByteReader, lines
from gisa.sources.encoding import decoded, is_cp949, marked_encoding
from gisa.sources.format import Fit, Format, Head
from gisa.sources.json_values import Cut, JsonCutter
from gisa.sources.names import Renaming
from gisa.sources.source import FileSource
from gisa.sources.wrappings import Record, records

VALUE_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of one value; three times the largest article that is accepted."""
_BOM: Final = b"\xef\xbb\xbf"
_LOOKED_AT: Final = 3
"""Lines that decide whether a file is one object a line: the first may be damaged."""


class JsonSource(FileSource):
    """The drafts of a JSON file. A draft's place is ``name:line``, the line that its value begins on, and ``name:line#number``
    where one value holds several."""

    def __init__(
        self, reader: ByteReader, *, names: Mapping[str, str] | None = None, value_limit: int = VALUE_LIMIT
    ) -> None:
        super().__init__(reader)
        self._limit = value_limit
        self._renaming = Renaming(names)

    def __iter__(self) -> Iterator[Item]:
        cuts = self._lines() if self._is_lines() else JsonCutter(limit=self._limit).cut(self._utf8())
        for cut in cuts:
            place = f"{self.name}:{cut.line}"
            value = self._value(cut, place)
            if not isinstance(value, Reject):
                yield from self._items(value, place)
            elif self._reader.defect is None:
                yield value  # otherwise the half value at the tear; the tear itself is told below
        yield from self._renaming.remarks(self.name)
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))

    def _items(self, value: Any, place: str) -> Iterator[Item]:
        found = list(records(value, is_article=self._is_article))
        for number, record in enumerate(found, start=1):
            where = f"{place}#{number}" if len(found) > 1 else place
            if record is None:
                yield Reject(where, Message(SourceCode.JSON_NO_OBJECT, kind=_kind(value)))
            elif (fields := self._renaming.apply(record)) is not None:
                yield Draft(fields, where)

    def _is_article(self, record: Record) -> bool:
        """True if the record has a headline and a date or a text; a feed and a corpus have titles of their own."""
        fields = self._renaming.fields_in(tuple(record))
        return "removed" in fields or ("title" in fields and not fields.isdisjoint(("published_at", "body")))

    def _is_lines(self) -> bool:
        """True if the file holds one object a line."""
        head = self._reader.head()
        if marked_encoding(head) == "utf-16":
            head = b"".join(text.encode("utf-8", "replace") for text in decoded([head]))
        first = [line for line in head.removeprefix(_BOM).split(b"\n") if line.strip()][:_LOOKED_AT]
        if not first or first[0].lstrip().startswith(b"["):
            return False
        return any(_is_object(line) for line in first)

    def _lines(self) -> Iterator[Cut]:
        for number, line in enumerate(lines(self._utf8(), newline=b"\n", limit=self._limit), start=1):
            if line is None or line.strip():
                yield Cut(number, line)

    def _utf8(self) -> Iterable[bytes]:
        if marked_encoding(self._reader.head(4)) == "utf-16":
            return (text.encode("utf-8", "replace") for text in decoded(self._reader))
        return self._reader

    def _value(self, cut: Cut, place: str) -> Any:
        if cut.content is None:
            return Reject(place, Message(SourceCode.JSON_TOO_LONG, megabytes=self._limit // 1024**2))
        try:
            return orjson.loads(cut.content)
        except orjson.JSONDecodeError:
            return _second_look(cut.content, place)


def _is_object(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return isinstance(_second_look(line, ""), dict)


def _second_look(content: bytes, place: str) -> Any:
    """The value of a stretch that orjson refused (EUC-KR, a byte order mark, half a surrogate, NaN), or a ``Reject``."""
    content = content.removeprefix(_BOM)
    try:
        text = content.decode("cp949" if is_cp949(content) else "utf-8")
    except UnicodeDecodeError as error:
        return Reject(place, Message(SourceCode.JSON_ENCODING, byte=str(error.start + 1)))
    try:
        return json.loads(text.rstrip(" \t\r\n,"))
    except json.JSONDecodeError as error:
        return Reject(place, Message(SourceCode.JSON_WRONG, error=error.msg, column=str(error.colno)))
    except RecursionError:
        return Reject(place, Message(SourceCode.JSON_DEEP))
    except ValueError as error:  # numbers of thousands of digits
        return Reject(place, Message(SourceCode.JSON_NUMBER, error=str(error).partition(";")[0]))


def _kind(value: object) -> Message:
    if isinstance(value, list):
        return Message(SourceCode.JSON_LIST)
    if isinstance(value, str):
        return Message(SourceCode.JSON_STRING)
    if value is None:
        return Message(SourceCode.JSON_NULL)
    return Message(PhraseCode.KIND_FLAG if isinstance(value, bool) else PhraseCode.KIND_NUMBER)


def _sniff(head: Head) -> Fit:
    if head.text.startswith("<"):
        return Fit.NO
    return Fit.LIKELY if head.text.startswith(("{", "[")) else Fit.POSSIBLE


FORMAT: Final = Format(
    name="json",
    title="JSON",
    endings=(".json", ".jsonl", ".ndjson"),
    media_types=(
        "application/json", "application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines",
        "application/feed+json", "application/ld+json", "text/json",
    ),
    sniff=_sniff,
    open=lambda reader, origin: JsonSource(reader, names=origin.names),
)  # fmt: skip
