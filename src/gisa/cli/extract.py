"""``gisa extract``: what Gisa reads from one page, and where on it each field was found. Adds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
import orjson

from gisa.cli.options import json_option
from gisa.cli.terminal import printable
from gisa.errors import SourceError
from gisa.messages import Message, SourceCode

_SHOWN: Final = (
    "title subtitle byline section published_at modified_at publisher url lang pictures image_url keywords body"
).split()


@click.command()
@click.argument("page", metavar="PATH|URL")
@click.option("--explain", "explains", is_flag=True, help="Say for each field where it was found.")
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of own rules (*.toml), tried before those of Gisa.",
)
@json_option
def extract(page: str, explains: bool, rules_dir: Path | None, as_json: bool) -> None:
    """Show the article that Gisa reads from a page of a newspaper's site, before anything is added."""
    from gisa.sources.opening import read_page
    from gisa.sources.pages.rules import own_rules

    found = read_page(page, rules=own_rules(rules_dir) if rules_dir is not None else ())
    if not found.is_article:
        raise SourceError(Message(SourceCode.PAGE_UNRULED), page)
    if as_json:
        click.echo(orjson.dumps({"fields": found.fields, "found_by": found.found_by}))
        return
    for name in _SHOWN:
        if (value := found.fields.get(name)) is None:
            continue
        where = f" [{found.found_by.get(name, '')}]" if explains else ""
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        click.echo(f"{name}{where}: {printable(text)}")
