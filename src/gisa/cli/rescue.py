"""``gisa purge`` and ``gisa repair``: erasing articles for good, and putting damage right."""

from __future__ import annotations

import getpass
import shlex
import sys
from dataclasses import asdict
from pathlib import Path

import click
import orjson

from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import ProgressLines, say_whom, speaker_of_terminal
from gisa.config import load_settings
from gisa.library import Library


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@click.option("--reason", help="Why, for the paper: it stays in the archive's log and is never shown.")
@click.option("--public-reason", help="Why, for readers: the page of a removed article shows it.")
@click.option("--by", help="Who decided it. Default: the name of this user.")
@json_option
@data_option
def purge(
    article_ids: tuple[str, ...],
    reason: str | None,
    public_reason: str | None,
    by: str | None,
    as_json: bool,
    data_dir: str | None,
) -> None:
    """Erase articles for good: archive, index, suggestions. What stays is the id, when, who and the reasons.

    They are removed at once; then the index is built anew without them. Take them out of their source first: what is
    added again is there again. Backups made before are named with the command that cleans them.
    """
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    with Library(load_settings(data_dir), create=False, on_wait=say_whom(speaker)) as library:
        report = library.purge(
            article_ids,
            reason=reason,
            public_reason=public_reason,
            by=by or getpass.getuser(),
            progress=ProgressLines(commands.indexed, speaker),
        )
    missing = len(set(article_ids)) - len(report.purged)
    if as_json:
        click.echo(orjson.dumps({**asdict(report), "missing": missing}))
    else:
        click.echo(speaker.fill(commands.purged, count=len(report.purged)))
        for place, made_at in report.backups.items():
            command = f"gisa backup {shlex.quote(place)}"
            click.echo(speaker.fill(commands.purged_backup, place=place, made_at=made_at, command=command))
    if missing:
        click.echo(speaker.fill(commands.missing, count=missing), err=True)
        sys.exit(1)


@click.command()
@click.option("--from", "backup", metavar="BACKUP", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A backup to take damaged articles from.")  # fmt: skip
@json_option
@data_option
def repair(backup: Path | None, as_json: bool, data_dir: str | None) -> None:
    """Put damaged articles right: from a backup, or by removing them until their source is added again."""
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    with Library(load_settings(data_dir), create=False, on_wait=say_whom(speaker)) as library:
        report = library.repair(backup, progress=ProgressLines(commands.checked_so_far, speaker))
    if as_json:
        click.echo(orjson.dumps(asdict(report)))
        return
    click.echo(speaker.fill(commands.repaired, mended=len(report.mended), quarantined=len(report.quarantined)))
    for article_id in report.quarantined:
        click.echo(speaker.fill(commands.quarantined, article=article_id))
