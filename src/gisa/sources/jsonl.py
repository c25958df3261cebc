"""Reads JSON Lines: one JSON object a line. A line that cannot be read is a reject, and the next one is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

import orjson

from gisa.model import Draft, Item, Reject
from gisa.sources.byte_reader import ByteReader, lines
from gisa.sources.encoding import decoded, is_cp949, marked_encoding
from gisa.sources.format import Fit, Format, Head
from gisa.sources.source import FileSource

LINE_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of one line; three times the largest article that is accepted."""
_ONE_A_LINE: Final = "write one JSON object a line"
_FROM_ARRAY: Final = f"{_ONE_A_LINE}, e.g. with: jq -c '.[]' FILE"


class JsonlSource(FileSource):
    """The drafts of a JSON Lines file; a draft's place is ``name:line``."""

    def __init__(self, reader: ByteReader, *, line_limit: int = LINE_LIMIT) -> None:
        super().__init__(reader)
        self._line_limit = line_limit

    def __iter__(self) -> Iterator[Item]:
        name, parse = self.name, orjson.loads
        is_first = True
        is_array = False
        """True after a first line that only begins an array or object: the file is JSON, but not JSON Lines."""
        for number, line in enumerate(lines(self._utf8(), newline=b"\n", limit=self._line_limit), start=1):
            place = f"{name}:{number}"
            try:
                value = parse(line)  # type: ignore[arg-type]  # None (a line too long) is an error like any other
            except orjson.JSONDecodeError:
                if line is not None and not line.strip():
                    continue
                found = self._second_look(line, place)
                if isinstance(found, Reject):
                    if self._reader.defect is not None:
                        break  # the half line at the tear; the tear itself is reported below
                    if is_array:
                        break  # its lines would all be rejected for the same reason
                    is_array = is_first and line is not None and _begins_json(line)
                    is_first = False
                    yield Reject(place, f"one JSON value over several lines — {_FROM_ARRAY}") if is_array else found
                    continue
                value = found
            if type(value) is dict:
                yield Draft(value, place)
            elif self._reader.defect is None:
                hint = _FROM_ARRAY if isinstance(value, list) else _ONE_A_LINE
                yield Reject(place, f"not a JSON object but {_kind(value)} — {hint}")
            is_first = is_array = False
        if self._reader.defect is not None:
            yield Reject(name, f"{self._reader.defect} — what came before it was read; get the whole file")

    def _utf8(self) -> Iterable[bytes]:
        if marked_encoding(self._reader.head(4)) == "utf-16":
            return (text.encode("utf-8", "replace") for text in decoded(self._reader))
        return self._reader

    def _second_look(self, line: bytes | None, place: str) -> Any:
        """The value of a line that orjson refused (EUC-KR, a byte order mark, half a surrogate), or a ``Reject``."""
        if line is None:
            size = self._line_limit // 1024 // 1024
            return Reject(place, f"the line is longer than {size} MB — {_ONE_A_LINE}")
        line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            text = line.decode("cp949" if is_cp949(line) else "utf-8")
        except UnicodeDecodeError as error:
            byte = error.start + 1
            return Reject(place, f"byte {byte} of the line is neither UTF-8 nor EUC-KR — save the file as UTF-8")
        try:
            return json.loads(text, parse_constant=_refuse_constant)
        except json.JSONDecodeError as error:
            return Reject(place, f"not JSON: {error.msg} at column {error.colno} — {_ONE_A_LINE}")
        except RecursionError:
            return Reject(place, "the JSON is nested too deeply — an article is one flat object")
        except ValueError as error:  # NaN, and numbers of thousands of digits
            return Reject(place, f"not JSON: {str(error).partition(';')[0]} — leave the value out")


def _begins_json(line: bytes) -> bool:
    stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
    return stripped.startswith(b"[") or stripped == b"{"


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "an array"
    if isinstance(value, str):
        return "a string"
    return "null" if value is None else "true or false" if isinstance(value, bool) else "a number"


def _sniff(head: Head) -> Fit:
    if head.text.startswith("<"):
        return Fit.NO
    return Fit.LIKELY if head.text.startswith(("{", "[")) else Fit.POSSIBLE


FORMAT: Final = Format(
    name="jsonl",
    title="JSON Lines",
    endings=(".jsonl", ".ndjson"),
    media_types=("application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"),
    sniff=_sniff,
    open=lambda reader, _origin: JsonlSource(reader),
)
