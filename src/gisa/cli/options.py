"""Options that several commands share."""

from __future__ import annotations

import click

from gisa.library.lock import FOREVER

data_option = click.option(
    "--data",
    "data_dir",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The data folder. Default: $GISA_DATA, then ./gisa-data.",
)
no_wait_option = click.option("--no-wait", is_flag=True, help="Fail at once if another process is writing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(0, 64),
    help="Processes that analyse beside this one. Default: one a core for long runs; 0: none.",
)


def wait_s(*, no_wait: bool) -> float:
    """How long a command waits for another writer."""
    return 0.0 if no_wait else FOREVER
