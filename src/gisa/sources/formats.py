"""The table of formats, and which of them a file is in. One line a format; ``docs/adding-a-format.md`` says how to add one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message
from gisa.sources import (
    archives,
    feed,
    foreign,
    ghost_export,
    html_page,
    html_table,
    json_source,
    mets,
    newsml1,
    newsml_g2,
    nitf,
    parquet,
    table,
    warc,
    workbook,
    wxr,
    ynewsml,
)
from gisa.sources.format import Fit, Format, Head

FORMATS: Final[tuple[Format, ...]] = (
    json_source.FORMAT,
    table.FORMAT,
    wxr.FORMAT,
    newsml_g2.FORMAT,
    newsml1.FORMAT,
    nitf.FORMAT,
    ynewsml.FORMAT,
    mets.FORMAT,
    mets.ALTO,
    feed.FORMAT,
    ghost_export.FORMAT,
    workbook.FORMAT,
    html_table.FORMAT,
    html_page.FORMAT,
    parquet.FORMAT,
    warc.FORMAT,
    *foreign.FOREIGN,
    archives.ZIP,
    archives.TAR,
)
"""Of formats that fit equally well the first wins, so a special case stands before the general one."""


def format_of(head: Head, *, ending: str, media_type: str = "", formats: Sequence[Format] = FORMATS) -> Format | None:
    """The format of a file that begins with ``head``; None if it is in none of them.

    What the content can only be comes first, then the ending, then the media type, then what the content looks like.
    """
    fits = {each.name: each.sniff(head) for each in formats}

    def rank(each: Format) -> tuple[bool, bool, bool, bool]:
        fit = fits[each.name]
        if fit is Fit.SURE:
            return True, False, False, False
        return False, ending in each.endings, media_type in each.media_types, fit is Fit.LIKELY

    possible = [each for each in formats if fits[each.name] is not Fit.NO and any(rank(each))]
    return max(possible, key=rank, default=None)


def format_named(name: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format that ``--as`` names. Raises ``ConfigError`` with the names that there are."""
    for each in formats:
        if each.is_read and each.name == name.strip().lower():
            return each
    known = ", ".join(each.name for each in formats if each.is_read)
    raise ConfigError(Message(ConfigCode.FORMAT_UNKNOWN, name=name, known=known))


def ending_of(path: str) -> str:
    """The ending that names the format, in lower case with its dot; those of packings are passed over."""
    bare = path.lower()
    for packing in _PACKINGS:
        bare = bare.removesuffix(packing)
    return PurePath(bare).suffix


_PACKINGS: Final = (".gz", ".bz2", ".xz", ".zst")


def known_formats(formats: Sequence[Format] = FORMATS) -> str:
    """The formats that are read, with their endings, for a message."""
    return ", ".join(
        f"{each.title} ({', '.join(each.endings)})" if each.endings else each.title for each in formats if each.is_read
    )
