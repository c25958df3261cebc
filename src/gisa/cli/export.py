"""``gisa export``: every result of a search as a file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

import gisa
from gisa.cli.options import data_option
from gisa.cli.searching import read_search, search_options
from gisa.cli.terminal import speaker_of_terminal
from gisa.errors import ExportInvalid
from gisa.exports.formats import FORMATS, format_named, format_of_file
from gisa.exports.record import COLUMNS, DEFAULT_COLUMNS


@click.command()
@click.argument("query")
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to; - for standard output, with --format.")
@click.option("--format", "form", metavar="|".join(each.name for each in FORMATS), help="Default: by FILE's ending.")
@click.option(
    "--columns",
    default=",".join(DEFAULT_COLUMNS),
    show_default=True,
    help=f"Any of {', '.join(column.name for column in COLUMNS)}.",
)
@search_options
@data_option
def export(
    query: str, *, output: str, form: str | None, columns: str, data_dir: str | None, **given: str | None
) -> None:
    """Write every result of a search to a file, whatever their number. All formats but RIS and CSL say where it comes from."""
    request = read_search(query, given)
    try:
        kind = format_named(form) if form else format_of_file(output)
        with gisa.open(data_dir, create=False) as library:
            found = library.results(request)
            written = found.as_file(kind, at=datetime.now(UTC), columns=columns.split(","))
            if output == "-":
                with click.open_file("-", "wb") as out:
                    out.writelines(written)
            else:
                beside = Path(output + ".part")
                with beside.open("wb") as file:
                    file.writelines(written)
                os.replace(beside, output)
    except ExportInvalid as error:
        raise click.UsageError(str(error)) from None
    speaker = speaker_of_terminal()
    click.echo(speaker.fill(speaker.wording.commands.exported, count=found.total, file=output), err=True)
