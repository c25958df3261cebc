"""``gisa suggest``: what a reader who types this is offered."""

from __future__ import annotations

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.library.library import MAX_SUGGESTIONS


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, MAX_SUGGESTIONS), default=10, show_default=True)
@json_option
@data_option
def suggest(text: str, limit: int, as_json: bool, data_dir: str | None) -> None:
    """Suggest what to search for: headline phrases and names that begin with TEXT, as in: gisa suggest 서울시ㅈ"""
    with gisa.open(data_dir, create=False) as archive:
        found = archive.suggest(text, limit=limit)
    if as_json:
        click.echo(orjson.dumps([{"text": each.text, "articles": each.articles} for each in found]))
        return
    for each in found:
        click.echo(f"{each.text}\t{each.articles:,}")
