"""The table of export formats: name, ending, media type, writer. A new format is a module and one entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gisa.errors import ExportInvalid
from gisa.exports import bibtex, csljson, delimited, jsonl, parquet, ris, xlsx
from gisa.exports.record import Colophon, Column
from gisa.model import Article

Write = Callable[[Iterable[Article], Sequence[Column], Colophon], Iterator[bytes]]
"""Articles, columns and colophon in; the file's bytes out, lazily. Holds a bounded number of articles in memory."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    name: str
    ending: str
    media_type: str
    write: Write
    takes_columns: bool = True
    """False: the format says itself what it holds (a citation)."""


FORMATS: Final[tuple[ExportFormat, ...]] = (
    ExportFormat("csv", ".csv", "text/csv; charset=utf-8", delimited.write),
    ExportFormat("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
    ExportFormat("jsonl", ".jsonl", "application/x-ndjson", jsonl.write),
    ExportFormat("parquet", ".parquet", "application/vnd.apache.parquet", parquet.write),
    ExportFormat(
        "ris",
        ".ris",
        "application/x-research-info-systems",
        lambda articles, _, __: ris.write(articles),
        takes_columns=False,
    ),
    ExportFormat(
        "bibtex",
        ".bib",
        "application/x-bibtex",
        lambda articles, _, colophon: bibtex.write(articles, colophon),
        takes_columns=False,
    ),
    ExportFormat(
        "csl",
        ".csl.json",
        "application/vnd.citationstyles.csl+json",
        lambda articles, _, __: csljson.write(articles),
        takes_columns=False,
    ),
)


def format_named(name: str) -> ExportFormat:
    """The format of this name. Raises ``ExportInvalid``, which names those there are."""
    for each in FORMATS:
        if each.name == name:
            return each
    raise ExportInvalid(f"there is no export format {name!r} — choose from {', '.join(each.name for each in FORMATS)}")


def format_of_file(path: str) -> ExportFormat:
    """The format that a file's ending names. Raises ``ExportInvalid`` if none does."""
    for each in sorted(FORMATS, key=lambda each: -len(each.ending)):
        if path.lower().endswith(each.ending):
            return each
    raise ExportInvalid(
        f"{path}: name the format (--format), or end the file in {', '.join(f.ending for f in FORMATS)}"
    )
