"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from typing import Any

import click


class Day(click.ParamType[date]):
    """A day as ``2025-12-24``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day — write it like 2025-12-24", param, ctx)


data_option = click.option(
    "--data",
    "data_dir",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The data folder. Default: $GISA_DATA, then ./gisa-data.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(0, 64),
    help="Processes that analyse beside this one. Default: one a core for long runs; 0: none.",
)
