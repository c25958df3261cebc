"""How bodies are packed: a zstd frame each, with a dictionary of the paper's own words once there are enough of them.

A frame names its dictionary, so that bodies packed before there was one, or with another, are read as ever. Opens no
database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import zstandard

ZSTD_LEVEL: Final = 5
"""With a dictionary, on Korean Wikipedia articles of 2,771 bytes in UTF-8 (1,199 characters), one core: level 3 takes 19 µs
to 36.6 % of the size, 4 25 µs to 35.8 %, 5 34 µs to 33.9 %, 6 54 µs to 33.4 %. Without one level 3 takes 18 µs to 46 %.
Either unpacks in 6 µs."""

BODY_ENCODING: Final = "utf-16-le"
"""Packed, Korean is smaller and faster in UTF-16 than in UTF-8: 46 % of the UTF-8 size and not 49 %, in 18 µs and not 23."""

TRAINED_ON: Final = 4_000
"""Articles after which a dictionary is made of their bodies, once, in 1.3 s."""
DICTIONARY_BYTES: Final = 512 * 1024
"""38.1 % of the size with 112 KB (level 3), 36.7 % with this, 36.6 % with twice as much."""
_SAMPLE_BYTES: Final = 64 * 1024
"""What of one body is learnt from, at most: one of 10 million characters would be all there is."""
_FIRST_NUMBER: Final = 32_768
"""Those below are reserved by the format's authors."""

Dictionaries = Callable[[int], zstandard.ZstdCompressionDict]
"""A dictionary by its number. Raises ``ValueError`` when there is none of that number."""


def no_dictionaries(number: int) -> zstandard.ZstdCompressionDict:
    """Knows none."""
    raise ValueError(f"it was packed with dictionary {number}, which is not there")


def packer(dictionary: zstandard.ZstdCompressionDict | None) -> Callable[[bytes], bytes]:
    """What packs an encoded body into a frame. For one thread."""
    if dictionary is None:
        return zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).compress
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True, dict_data=dictionary).compress


def unpacker(dictionaries: Dictionaries) -> Callable[[bytes], bytes]:
    """What gives the encoded body of a frame. For one thread; making it takes 10 µs.

    It raises ``zstandard.ZstdError`` for what is no whole frame, and what ``dictionaries`` raises.
    """
    known: dict[int, Callable[[bytes], bytes]] = {}

    def unpack(frame: bytes) -> bytes:
        number = zstandard.get_frame_parameters(frame).dict_id
        decompress = known.get(number)
        if decompress is None:
            dictionary = dictionaries(number) if number else None
            decompress = known[number] = zstandard.ZstdDecompressor(dict_data=dictionary).decompress
        return decompress(frame)

    return unpack


def train(bodies: Iterable[bytes]) -> zstandard.ZstdCompressionDict | None:
    """A dictionary of what these encoded bodies have in common; None when they have too little."""
    samples: list[bytes | bytearray | memoryview[int]] = [body[:_SAMPLE_BYTES] for body in bodies]
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, samples, level=ZSTD_LEVEL, dict_id=_FIRST_NUMBER)
    except zstandard.ZstdError:
        return None


def read_dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    """A dictionary as it is kept."""
    return zstandard.ZstdCompressionDict(content)


def ready_to_pack(dictionary: zstandard.ZstdCompressionDict) -> zstandard.ZstdCompressionDict:
    """The same, with what every packer would work out anew (2 ms) worked out once."""
    dictionary.precompute_compress(level=ZSTD_LEVEL)
    return dictionary
