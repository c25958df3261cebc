"""``gisa explain``: why a query finds an article, or why not."""

from __future__ import annotations

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.explanation import Explanation, QueryPart
from gisa.saying.explaining import explanation_as_dict, say_field, say_reason, say_verdict
from gisa.saying.notices import say_notice
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for


@click.command()
@click.argument("query")
@click.argument("article_id", metavar="ID")
@json_option
@data_option
def explain(query: str, article_id: str, as_json: bool, data_dir: str | None) -> None:
    """Say why QUERY finds the article ID, or the first reason why not. A query that begins with - goes after --."""
    speaker = speaker_of_terminal()
    with gisa.open(data_dir, create=False) as archive:
        explained = archive.explain(query, article_id)
    if as_json:
        click.echo(orjson.dumps(explanation_as_dict(explained, speaker)))
    else:
        _print(explained, speaker)


def _print(explained: Explanation, speaker: Speaker) -> None:
    text = speaker.wording.explain
    for notice in explained.notices:
        click.echo(say_notice(notice, speaker), err=True)
    click.echo(f"{text.yes if explained.found else text.no}: {printable(say_verdict(explained.verdict, speaker))}")
    click.echo(f"  {printable(explained.title)}")
    for part in explained.parts:
        _print_part(part, speaker, indent=0)
    if explained.score is not None:
        click.echo(f"\n{text.score} {explained.score:,.2f}")
    for share in explained.score_parts:
        words = f" ({printable(', '.join(share.words))})" if share.words else ""
        click.echo(f"  {share.score:10,.2f}  {sentence_for(text.scores, share.source)}{words}")


def _print_part(part: QueryPart, speaker: Speaker, *, indent: int) -> None:
    text = speaker.wording.explain
    margin = "  " * indent
    click.echo(
        f"\n{margin}{'○' if part.holds else '×'} {printable(part.text)}: {printable(say_reason(part.reason, speaker))}"
    )
    details = (
        (text.terms, " ".join(part.terms)),
        (text.stream, " ".join(part.stream)),
        (text.variants, ", ".join(part.variants)),
    )
    for label, value in details:
        if value:
            click.echo(f"{margin}  {label}: {printable(value)}")
    for place in part.places:
        where = f"{say_field(place.field, speaker)} ‘{printable(place.text)}’"
        click.echo(f"{margin}  {text.places}: {where} ({text.terms} {printable(' '.join(place.terms))})")
    for child in part.parts:
        _print_part(child, speaker, indent=indent + 1)
