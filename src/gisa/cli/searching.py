"""The options of a search, as ``SearchRequest`` declares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from gisa.errors import SearchInvalid
from gisa.search.request import PARAMS, Param, SearchRequest
from gisa.search.values import Choice, Day, Flag, Number

_OPTIONS: Final = tuple(param for param in PARAMS if param.field != "query")


def search_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command one option for each field of a search; its values are texts, for ``read_search``."""
    for param in reversed(_OPTIONS):
        command = _option(param)(command)
    return command


def read_search(query: str, given: Mapping[str, str | None]) -> SearchRequest:
    """The search that options ask for. What is not possible is misuse, with the option's name."""
    params = {param.name: text for param in _OPTIONS if (text := given[param.field]) is not None}
    try:
        return SearchRequest.from_params({"q": query} | params)
    except SearchInvalid as error:
        if not error.parameters:
            raise click.UsageError(str(error)) from None
        said = "; ".join(f"--{name} {reason}" for name, reason in error.parameters.items())
        raise click.UsageError(said) from None


def _option(param: Param) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    about = param.about.replace("`", "")
    name = _option_name(param)
    if isinstance(param.kind, Flag) and param.default is None:  # what is left out is not the same as no
        return click.option(f"--{name}/--no-{name}", param.field, default=None, callback=_as_text, help=about)
    if isinstance(param.kind, Flag):
        return click.option(f"--{name}", param.field, flag_value="1", default=None, help=about)
    shown = None if param.default in (None, frozenset()) else f" [default: {param.default}]"
    return click.option(f"--{name}", param.field, metavar=_metavar(param), help=about + (shown or ""))


def _as_text(context: click.Context, option: click.Parameter, value: bool | None) -> str | None:
    del context, option
    return None if value is None else str(int(value))


def _option_name(param: Param) -> str:
    return param.name.replace("_", "-")


def _metavar(param: Param) -> str:
    match param.kind:
        case Choice(options):
            return "[" + "|".join(options) + "]"
        case Day():
            return "DAY"
        case Number():
            return "NUMBER"
        case _:
            return param.name.upper()
