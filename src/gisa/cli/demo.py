"""``gisa demo``: the sample newspaper, loaded and served."""

from __future__ import annotations

import sys

import click

import gisa
from gisa.cli.serve import run_server
from gisa.cli.terminal import say_rejected, speaker_of_terminal
from gisa.sample import PAPER, SECTIONS, install_media, open_articles


@click.command()
@click.option(
    "--data", "data_dir", default="gisa-demo", show_default=True, metavar="DIR", help="The demo's data folder."
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
@click.option("--no-serve", is_flag=True, help="Load the sample and stop.")
def demo(data_dir: str, host: str, port: int, workers: int, no_serve: bool) -> None:
    """Load the fictional newspaper that ships with Gisa and serve its search page."""
    install_media(data_dir)
    speaker = speaker_of_terminal()
    with gisa.open(data_dir) as archive:
        report = archive.add(open_articles())
    click.echo(
        speaker.fill(
            speaker.wording.commands.demo,
            paper=PAPER,
            added=report.added,
            unchanged=report.unchanged,
            sections=len(SECTIONS),
        ),
        err=True,
    )
    if report.rejected:
        for reject in report.rejects:
            click.echo(say_rejected(reject, speaker), err=True)
        sys.exit(1)
    if not no_serve:
        run_server(data_dir, host=host, port=port, workers=workers)
