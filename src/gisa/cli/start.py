"""Where the ``gisa`` command begins."""

from __future__ import annotations

from gisa.cli.late import uncollected


def main() -> None:
    """Load what all commands have in common, and run the one asked for, which is loaded then."""
    with uncollected():
        from gisa.cli.main import commands_of_terminal

    commands_of_terminal()()
