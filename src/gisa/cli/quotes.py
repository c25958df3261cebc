"""``gisa quotes``: what somebody said, and where it is printed."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.exports.quotations import QuotationFormat, write_quotations
from gisa.model import SEOUL
from gisa.quotes.asking import as_row
from gisa.search.request import MAX_LIMIT


@click.command()
@click.argument("speaker", default="")
@click.option("--text", default="", metavar="WORDS", help="Only quotations that hold these words.")
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=20, show_default=True)
@click.option("--cursor", default=None, help="Where the page before ended.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all of them to FILE (.csv, .jsonl).",
    metavar="FILE",
)
@json_option
@data_option
def quotes(
    speaker: str,
    text: str,
    limit: int,
    cursor: str | None,
    output: Path | None,
    as_json: bool,
    data_dir: str | None,
) -> None:
    """Show what SPEAKER said, newest first, as in: gisa quotes 김하늘 --text 예산"""
    if not speaker and not text:
        raise click.UsageError("give a speaker, --text, or both")
    if output is not None:
        _write(output, speaker, text, data_dir)
        return
    with gisa.open(data_dir, create=False) as archive:
        page = archive.quotations(speaker, text=text, limit=limit, cursor=cursor)
    if as_json:
        click.echo(
            orjson.dumps({"quotations": [each.as_dict() for each in page.quotations], "next_cursor": page.next_cursor})
        )
        return
    for each in page.quotations:
        article = each.archived.article
        day = article.published_at.astimezone(SEOUL).date()
        click.echo(f"“{printable(each.words)}” — {printable(each.speaker or '?')}")
        click.echo(f"  {day} {printable(article.title)} ({printable(article.id)})")
    if page.next_cursor is not None:
        voice = speaker_of_terminal()  # ``speaker`` is who is quoted
        click.echo(voice.fill(voice.wording.reports.results.next_page, cursor=page.next_cursor), err=True)


def _write(output: Path, speaker: str, text: str, data_dir: str | None) -> None:
    ending = output.suffix.removeprefix(".")
    if ending not in list(QuotationFormat) or not speaker:
        raise click.UsageError("give a speaker, and a FILE that ends in .csv or .jsonl")
    with gisa.open(data_dir, create=False) as library, output.open("wb") as file:
        rows = map(as_row, library.every_quotation(speaker, text=text))
        file.writelines(write_quotations(rows, QuotationFormat(ending)))
