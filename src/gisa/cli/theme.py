"""``gisa theme``: whether the paper's own templates and styles fit this version, and copies of Gisa's to begin with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gisa.cli.options import data_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.config import load_settings
from gisa.saying.wording import sentence_for


@click.group()
def theme() -> None:
    """Look after the paper's own pages: the files in DATA/theme/."""


@theme.command()
@data_option
def check(data_dir: str | None) -> None:
    """Tell which files of the theme do not fit this version of Gisa. Exit 1 if any does not; run it after an upgrade."""
    from gisa.web.theme_check import check_theme

    settings, speaker = load_settings(data_dir), speaker_of_terminal()
    faults = check_theme(settings)
    for fault in faults:
        place = f"{settings.theme_dir / fault.file}{f':{fault.line}' if fault.line else ''}"
        said = speaker.fill(sentence_for(speaker.wording.theme, fault.kind), detail=fault.detail, file=fault.file)
        click.echo(printable(f"{place}: {said}"))
    if not faults:
        click.echo(speaker.wording.theme.fits)
    if not all(fault.is_advice for fault in faults):
        sys.exit(1)


@theme.command()
@click.argument("name")
@data_option
def copy(name: str, data_dir: str | None) -> None:
    """Copy one of Gisa's templates (search.html, article.html …) into the theme, to be changed there."""
    from gisa.web.theme_check import copy_template

    click.echo(str(copy_template(load_settings(data_dir), name)))


@theme.command()
@click.argument("name", required=False)
def show(name: str | None) -> None:
    """Print one of Gisa's templates as this version has it; without NAME, list them."""
    from gisa.web.pages.theme import packaged_templates, packaged_text

    if name is None:
        click.echo("\n".join(packaged_templates()))
    elif Path(name).name in packaged_templates():
        click.echo(packaged_text(Path(name).name), nl=False)
    else:
        raise click.UsageError(f"no template is called {name} — `gisa theme show` lists them")
