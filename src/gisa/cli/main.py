"""``gisa``: the commands and what they have in common. Exit 0: done; 1: failed or something was rejected; 2: misuse."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from gisa.cli.add import add
from gisa.cli.admin import reindex, remove, status
from gisa.cli.backup import backup, migrate, restore, verify
from gisa.cli.check import check
from gisa.cli.crawl import crawl
from gisa.cli.demo import demo
from gisa.cli.diff import diff
from gisa.cli.evaluate import eval_
from gisa.cli.explain import explain
from gisa.cli.export import export
from gisa.cli.extract import extract
from gisa.cli.follow import follow
from gisa.cli.helping import spoken
from gisa.cli.keys import keys
from gisa.cli.mcp import mcp
from gisa.cli.publishing import publish, withhold
from gisa.cli.quotes import quotes
from gisa.cli.rescue import purge, repair
from gisa.cli.search import search
from gisa.cli.serve import serve
from gisa.cli.suggest import suggest
from gisa.cli.terminal import speaker_of_terminal
from gisa.cli.theme import theme
from gisa.cli.verify_quote import verify_quote
from gisa.cli.words import words
from gisa.errors import GisaError
from gisa.saying.choosing import language_of_terminal
from gisa.saying.failures import say_failure
from gisa.version import __version__


class _Commands(click.Group):
    """Turns errors into one line and an exit status; a traceback is never a user's to read."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GisaError as error:
            click.echo(f"gisa: {say_failure(error, speaker_of_terminal())}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"gisa: {place}{error.strerror or error}", err=True)
            sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gisa")
def main() -> None:
    """Korean-first news search: add a paper's articles, search them, serve the search page."""


for command in (
    add,
    search,
    suggest,
    export,
    follow,
    crawl,
    quotes,
    verify_quote,
    diff,
    mcp,
    serve,
    theme,
    remove,
    purge,
    repair,
    withhold,
    publish,
    keys,
    words,
    reindex,
    status,
    backup,
    restore,
    migrate,
    verify,
    check,
    explain,
    extract,
    eval_,
    demo,
):
    main.add_command(command)


def commands_of_terminal() -> click.Command:
    """All commands, their help in the language of the terminal."""
    return spoken(main, language_of_terminal(os.environ))


if __name__ == "__main__":
    commands_of_terminal()()
