"""How bodies are packed: a zstd frame each, with a dictionary of the paper's own words once there are enough of them.

A frame names its dictionary, so that bodies packed before there was one, or with another, are read as ever; and the
dictionary's number says how the text in the frame is encoded. Opens no database.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from typing import Final

import zstandard

ZSTD_LEVEL: Final = 5
"""With a dictionary, on Korean Wikipedia articles of 2,771 bytes in UTF-8 (1,199 characters), one core, in cp949: level 5
takes 38 µs to 32.5 % of the size, 7 86 µs to 31.9 %, 9 108 µs to 31.6 %. Without one level 3 takes 18 µs to 46 % in UTF-16.
Either unpacks in 5 µs."""

WIDE: Final = "utf-16-le"
"""The encoding of bodies without a dictionary: packed, Korean is smaller and faster in it than in UTF-8 (46 % of the
UTF-8 size and not 49 %, in 18 µs and not 23), and it holds every text."""
_KOREAN: Final = "cp949"
"""The encoding of bodies with one: 32.5 % where UTF-16 takes 34.1 %. A space or a figure is one byte, and the syllables in
use lie closer together. It has no letter for some characters (17 % of Wikipedia's articles hold one): see ``_escape``."""
_ESCAPE: Final = "\x1a"
"""Begins a character that cp949 lacks, written as its number: ``\\x1ae9;`` for é. An accepted text holds none itself."""
_ESCAPED: Final = re.compile(f"{_ESCAPE}([0-9a-f]+);")

TRAINED_ON: Final = 4_000
"""Articles after which a dictionary is made of their bodies, once, in 1.3 s."""
DICTIONARY_BYTES: Final = 512 * 1024
"""33.0 % of the size with half of it, 32.5 % with this, 32.3 % with twice as much."""
_SAMPLE_BYTES: Final = 64 * 1024
"""The most characters of one body used for training, so that a body of 10 million characters does not dominate."""
_FIRST_NUMBER: Final = 40_000
"""Dictionaries from this number on go with cp949; those below, made by earlier versions from 32,768 on, with UTF-16.
(Numbers below that are reserved by the format's authors.)"""

Dictionaries = Callable[[int], zstandard.ZstdCompressionDict]
"""A dictionary by its number. Raises ``ValueError`` when there is none of that number."""


def no_dictionaries(number: int) -> zstandard.ZstdCompressionDict:
    """A ``Dictionaries`` without any."""
    raise ValueError(f"it was packed with dictionary {number}, which is not there")


def packer(dictionary: zstandard.ZstdCompressionDict | None) -> Callable[[str], bytes]:
    """A function that packs a body into a frame. For one thread."""
    if dictionary is None:
        compress = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).compress
        return lambda body: compress(body.encode(WIDE))
    encode = _encoder(dictionary.dict_id())
    compress = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True, dict_data=dictionary).compress
    return lambda body: compress(encode(body))


def unpacker(dictionaries: Dictionaries) -> Callable[[bytes], str]:
    """A function that unpacks a body from a frame. For one thread; making it takes 10 µs.

    It raises ``zstandard.ZstdError`` for what is no whole frame, ``ValueError`` for what is no text, and what
    ``dictionaries`` raises.
    """
    known: dict[int, Callable[[bytes], bytes]] = {}

    def unpack(frame: bytes) -> str:
        number = zstandard.get_frame_parameters(frame).dict_id
        decompress = known.get(number)
        if decompress is None:
            dictionary = dictionaries(number) if number else None
            decompress = known[number] = zstandard.ZstdDecompressor(dict_data=dictionary).decompress
        content = decompress(frame)
        return _decode_korean(content) if number >= _FIRST_NUMBER else content.decode(WIDE)

    return unpack


def train(bodies: Iterable[str], *, number: int = _FIRST_NUMBER) -> zstandard.ZstdCompressionDict | None:
    """A dictionary of what these bodies have in common, under a number; None when they have too little."""
    samples: list[bytes | bytearray | memoryview[int]] = [_encode_korean(body)[:_SAMPLE_BYTES] for body in bodies]
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=ZSTD_LEVEL, dict_id=number)
    except zstandard.ZstdError:
        return None


def read_dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    """A dictionary as it is kept."""
    return zstandard.ZstdCompressionDict(content)


def _encoder(dictionary_number: int) -> Callable[[str], bytes]:
    return _encode_korean if dictionary_number >= _FIRST_NUMBER else lambda body: body.encode(WIDE)


def _encode_korean(body: str) -> bytes:
    """Any text in cp949 and escapes: 7 µs for 1,200 characters, where UTF-16 takes 3."""
    return body.replace(_ESCAPE, f"{_ESCAPE}{ord(_ESCAPE):x};").encode(_KOREAN, _HANDLER)


def _decode_korean(content: bytes) -> str:
    body = content.decode(_KOREAN)
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), body) if _ESCAPE in body else body


def _escape(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(f"{_ESCAPE}{ord(character):x};" for character in lacking), error.end


_HANDLER: Final = "gisa.archive.escape"
codecs.register_error(_HANDLER, _escape)  # codecs look handlers up by name, in the process's own table
