"""``gisa``: the commands and what they have in common. Exit 0: done; 1: failed or something was rejected; 2: misuse."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any, Final

import click

from gisa.cli.helping import spoken
from gisa.cli.late import LateCommands, load_command
from gisa.cli.terminal import speaker_of_terminal
from gisa.errors import GisaError
from gisa.saying.choosing import language_of_terminal
from gisa.saying.failures import say_failure
from gisa.version import __version__

_COMMANDS: Final = {
    "add": "add:add",
    "search": "search:search",
    "suggest": "suggest:suggest",
    "export": "export:export",
    "follow": "follow:follow",
    "crawl": "crawl:crawl",
    "quotes": "quotes:quotes",
    "verify-quote": "verify_quote:verify_quote",
    "diff": "diff:diff",
    "mcp": "mcp:mcp",
    "serve": "serve:serve",
    "theme": "theme:theme",
    "remove": "admin:remove",
    "purge": "rescue:purge",
    "repair": "rescue:repair",
    "withhold": "publishing:withhold",
    "publish": "publishing:publish",
    "keys": "keys:keys",
    "words": "words:words",
    "reindex": "admin:reindex",
    "status": "admin:status",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "migrate": "backup:migrate",
    "verify": "backup:verify",
    "check": "check:check",
    "explain": "explain:explain",
    "extract": "extract:extract",
    "eval": "evaluate:eval_",
    "demo": "demo:demo",
}
"""Where each command stands. It is loaded when it is asked for: to load all takes 830 ms of the processor, to load none 170."""


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


@click.group(
    cls=_Commands,
    commands=LateCommands({name: partial(load_command, place) for name, place in _COMMANDS.items()}),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="gisa")
def main() -> None:
    """Korean-first news search: add a paper's articles, search them, serve the search page."""


def commands_of_terminal() -> click.Command:
    """All commands, their help in the language of the terminal."""
    return spoken(main, language_of_terminal(os.environ))


if __name__ == "__main__":
    commands_of_terminal()()
