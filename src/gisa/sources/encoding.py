"""Decides in which encoding Korean text is written, and decodes it. UTF-8, UTF-16 with a mark, EUC-KR as CP949."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from gisa.messages import Message, SourceCode

_ASCII: Final = bytes(range(128))
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_KOREAN: Final = frozenset({"euc_kr", "cp949"})
_TRUSTED: Final = frozenset(
    {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "shift_jis", "cp932", "euc_jp", "gb2312"}
    | {"gbk", "gb18030", "big5", "big5hkscs", "iso2022_kr", "iso2022_jp"}
)
"""Encodings with enough forbidden byte sequences that text which decodes was very likely written in them."""
_ANYTHING_GOES: Final = re.compile(r"iso8859-\d+|cp125\d|koi8-[ru]|mac-roman")
"""Encodings in which every byte means something: believed last, as servers name them by default."""


def marked_encoding(head: bytes) -> str | None:
    """The encoding a byte order mark names (``utf-8-sig``, ``utf-16``), or None when there is no mark."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def is_cp949(data: bytes) -> bool:
    """True when ``data`` is not UTF-8 and reads as CP949, the superset of EUC-KR that Korean Windows writes.

    CP949 accepts much of broken UTF-8 as rare syllables (안녕 comes out as ?덈뀞), so decoding alone proves nothing.
    Real EUC-KR breaks UTF-8 at nearly every syllable, a damaged UTF-8 text in a few places only: one error in four
    bytes beyond ASCII tells them apart. A damaged byte here and there is forgiven.
    """
    broken = _errors(data, "utf-8")
    return broken > 0 and broken * 4 >= len(data.translate(None, _ASCII)) and _errors(data, "cp949") * 10 <= broken


def decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """The text of a file, every line end as ``\\n``; its encoding is decided on the first chunk beyond ASCII.

    Bytes that the encoding does not know become lone surrogates (see ``has_bad_bytes``), so that the line they stand
    in can be refused and the others kept.
    """
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    decoder: codecs.IncrementalDecoder | None = None
    mark: str | None = None
    for number, chunk in enumerate(chunks):
        if number == 0:
            mark = marked_encoding(chunk)
        if decoder is None and (mark or not chunk.isascii()):
            name = mark or ("cp949" if is_cp949(chunk) else "utf-8")
            # Half a surrogate pair in UTF-16 cannot be escaped, only replaced.
            decoder = codecs.getincrementaldecoder(name)("replace" if name == "utf-16" else "surrogateescape")
        yield newlines.decode(chunk.decode("ascii") if decoder is None else decoder.decode(chunk))
    yield newlines.decode("" if decoder is None else decoder.decode(b"", final=True), final=True)


def has_bad_bytes(text: str) -> bool:
    """True when ``decoded`` met bytes in this text that its encoding does not know."""
    return not text.isascii() and _ESCAPED.search(text) is not None


def rescued(text: str) -> str | None:
    """A text that ``decoded`` met bad bytes in, read in the other of UTF-8 and EUC-KR; None if it fits neither."""
    if not has_bad_bytes(text):
        return text
    for written, meant in (("utf-8", "cp949"), ("cp949", "utf-8")):
        try:
            return text.encode(written, "surrogateescape").decode(meant)
        except UnicodeError:
            continue
    return None


def xml_text(data: bytes, *, charset: str | None = None) -> tuple[str, Message | None]:
    """The text of an XML file without its declaration, and what was wrong with its bytes (None: nothing).

    ``charset`` is what the server said. Byte order mark, server, declaration, UTF-8, EUC-KR are tried in this order;
    what is written beats what is declared: a declared encoding that does not fit the bytes is passed over.
    """
    declared = re.match(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", data[:1000])
    claimed = [name for name in (charset, declared and declared[1].decode("ascii", "replace")) if name]
    codings = [coding for name in claimed if (coding := _codec(name)) is not None]
    mark = marked_encoding(data)
    trusted = [mark] if mark else []
    trusted += [coding for coding in codings if coding in _TRUSTED or coding == "cp949"]
    trusted.append("utf-8")
    looks_korean = is_cp949(data)
    if looks_korean:
        trusted.append("cp949")
    for coding in (*trusted, *(coding for coding in codings if coding not in trusted)):
        try:
            return _without_declaration(data.decode(coding)), None
        except UnicodeError:
            continue
    fallback = "cp949" if looks_korean else trusted[0]
    return _without_declaration(data.decode(fallback, "replace")), Message(
        SourceCode.BYTES_DAMAGED, encoding=fallback.upper()
    )


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if found in _KOREAN:
        return "cp949"
    if found == "ascii":
        return "utf-8"
    return found if found in _TRUSTED or _ANYTHING_GOES.fullmatch(found) else None


def _without_declaration(text: str) -> str:
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff"), count=1)


def _errors(data: bytes, coding: str) -> int:
    """How many places do not decode; a character cut off at the end is not one."""
    decoder = codecs.getincrementaldecoder(coding)("replace")
    given = data.count("\ufffd".encode()) if coding == "utf-8" else 0
    return decoder.decode(data).count("\ufffd") - given
