"""``gisa verify-quote``: whether a sentence stands in the archive."""

from __future__ import annotations

import sys

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.model import SEOUL
from gisa.quotes.verifying import Standing
from gisa.saying.quoting import say_standing
from gisa.saying.wording import sentence_for


@click.command("verify-quote")
@click.argument("sentence")
@json_option
@data_option
def verify_quote(sentence: str, as_json: bool, data_dir: str | None) -> None:
    """Say whether SENTENCE stands in the archive. Exit 1 if it does not, or not so."""
    speaker = speaker_of_terminal()
    with gisa.open(data_dir, create=False) as archive:
        check = archive.verify_quote(sentence)
    if as_json:
        click.echo(orjson.dumps(check.as_dict()))
    else:
        text = speaker.wording.quotes
        click.echo(say_standing(check, speaker))
        for each in check.printings:
            article = each.archived.article
            day = article.published_at.astimezone(SEOUL).date()
            click.echo(
                f"  {printable(each.text.strip())}\n  {day} {printable(article.title)} ({printable(article.id)})"
            )
        for kind, given, printed in check.differences:
            click.echo(
                f"  {sentence_for(text.differences, kind)}: {printable(given or '—')} → {printable(printed or '—')}"
            )
    if check.standing not in (Standing.EXACT, Standing.SPACING):
        sys.exit(1)
