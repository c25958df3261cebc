"""``gisa explain``: why a query finds an article, or why not."""

from __future__ import annotations

from dataclasses import asdict

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.explanation import Explanation, QueryPart
from gisa.strings import ExplainText


@click.command()
@click.argument("query")
@click.argument("article_id", metavar="ID")
@json_option
@data_option
def explain(query: str, article_id: str, as_json: bool, data_dir: str | None) -> None:
    """Say why QUERY finds the article ID, or the first reason why not. A query that begins with - goes after --."""
    with gisa.open(data_dir) as archive:
        explained = archive.explain(query, article_id)
    if as_json:
        click.echo(orjson.dumps(asdict(explained)))
    else:
        _print(explained)


def _print(explained: Explanation) -> None:
    for notice in explained.notices:
        click.echo(notice.message, err=True)
    click.echo(f"{ExplainText.YES if explained.found else ExplainText.NO}: {_printable(explained.message)}")
    click.echo(f"  {_printable(explained.title)}")
    for part in explained.parts:
        _print_part(part, indent=0)
    if explained.score is not None:
        click.echo(f"\n{ExplainText.SCORE} {explained.score:,.2f}")
    for share in explained.score_parts:
        words = f" ({_printable(', '.join(share.words))})" if share.words else ""
        click.echo(f"  {share.score:10,.2f}  {ExplainText.SCORES[share.source]}{words}")


def _print_part(part: QueryPart, *, indent: int) -> None:
    margin = "  " * indent
    click.echo(f"\n{margin}{'○' if part.holds else '×'} {_printable(part.text)}: {_printable(part.message)}")
    details = (
        (ExplainText.TERMS, " ".join(part.terms)),
        (ExplainText.STREAM, " ".join(part.stream)),
        (ExplainText.PAIR, part.pair),
        (ExplainText.VARIANTS, ", ".join(part.variants)),
    )
    for label, value in details:
        if value:
            click.echo(f"{margin}  {label}: {_printable(value)}")
    for place in part.places:
        where = f"{ExplainText.FIELDS[place.field]} ‘{_printable(place.text)}’"
        click.echo(f"{margin}  {ExplainText.PLACES}: {where} ({ExplainText.TERMS} {_printable(' '.join(place.terms))})")
    for child in part.parts:
        _print_part(child, indent=indent + 1)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
