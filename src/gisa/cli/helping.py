"""The commands with their help in another language. Runs nothing and prints nothing itself."""

from __future__ import annotations

import copy
from collections.abc import Iterable, MutableMapping
from functools import partial
from typing import cast

import click

from gisa.cli.late import LateCommands
from gisa.language import Language
from gisa.saying.help_korean import in_korean


def spoken(command: click.Command, language: Language) -> click.Command:
    """The command, and those below it, with help in the language; English is what stands beside each command."""
    if language is not Language.KOREAN:
        return command
    said = copy.copy(command)
    said.context_class = _KoreanContext
    said.help = in_korean(command.help or "")
    said.params = [_spoken_option(param) if isinstance(param, click.Option) else param for param in command.params]
    if isinstance(said, click.Group) and isinstance(command, click.Group):
        late = LateCommands({name: partial(_spoken_below, command, name, language) for name in command.commands})
        said.commands = cast("MutableMapping[str, click.Command]", late)  # click only reads it
    return said


def _spoken_below(group: click.Group, name: str, language: Language) -> click.Command:
    return spoken(group.commands[name], language)


def _spoken_option(option: click.Option) -> click.Option:
    said = copy.copy(option)
    said.help = in_korean(option.help or "")
    return said


class _KoreanHelp(click.HelpFormatter):
    """click's own words in Korean: ``Usage:``, its headings, and the line of ``--help``."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, in_korean("Usage:") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(in_korean(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, in_korean(text)) for name, text in rows], col_max, col_spacing)


class _KoreanContext(click.Context):
    formatter_class = _KoreanHelp
