"""``gisa withhold`` and ``gisa publish``: what the desk decides by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Literal

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import speaker_of_terminal
from gisa.library import Library


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@json_option
@data_option
def withhold(article_ids: tuple[str, ...], as_json: bool, data_dir: str | None) -> None:
    """Let no reader see these articles, whatever their source says, until `gisa publish`. They stay in the archive."""
    _revise(article_ids, "withheld", Library.withhold, as_json=as_json, data_dir=data_dir)


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@json_option
@data_option
def publish(article_ids: tuple[str, ...], as_json: bool, data_dir: str | None) -> None:
    """Show readers these articles: ends a hold and an embargo. One dated in the future waits for its date."""
    _revise(article_ids, "published", Library.publish, as_json=as_json, data_dir=data_dir)


def _revise(
    article_ids: tuple[str, ...],
    done: Literal["withheld", "published"],
    revise: Callable[[Library, Sequence[str]], int],
    *,
    as_json: bool,
    data_dir: str | None,
) -> None:
    with gisa.open(data_dir, create=False) as library:
        count = revise(library, article_ids)
    missing, speaker = len(set(article_ids)) - count, speaker_of_terminal()
    if as_json:
        click.echo(orjson.dumps({done: count, "missing": missing}))
    else:
        text = speaker.wording.reports.results
        sentence = {"withheld": text.withheld, "published": text.published}[done]
        click.echo(speaker.fill(sentence, count=count))
    if missing:
        click.echo(speaker.fill(speaker.wording.commands.missing, count=missing), err=True)
        sys.exit(1)
