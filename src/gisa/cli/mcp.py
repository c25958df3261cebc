"""``gisa mcp``: the archive for an agent on this machine."""

from __future__ import annotations

import os
from typing import Final

import click

import gisa
from gisa.access import Asker, asker_of
from gisa.cli.options import data_option
from gisa.clock import system_clock
from gisa.errors import ConfigError
from gisa.library.keys import KeyFile
from gisa.messages import ConfigCode, Message

KEY_VARIABLE: Final = "GISA_KEY"


@click.command()
@data_option
def mcp(data_dir: str | None) -> None:
    """Serve seven tools for agents over standard input and output (Model Context Protocol).

    They see what everybody sees; with a key in GISA_KEY, what that key opens. Needs: pip install 'gisa[agents]'.
    """
    try:
        from gisa.mcp.calling import ThreadCaller
        from gisa.mcp.refusals import KeyRefused
        from gisa.mcp.stdio import serve_stdio
    except ImportError as error:
        raise ConfigError(Message(ConfigCode.AGENTS_MISSING, error=str(error))) from error
    shown = os.environ.get(KEY_VARIABLE, "")
    with gisa.open(data_dir, create=False) as library:
        keys = KeyFile(library.settings.keys_path)

        def asker() -> Asker:
            if not shown:
                return Asker.PUBLIC
            key = keys.find(shown, now=system_clock())
            if key is None:
                raise KeyRefused
            return asker_of(key.scopes)

        asker()  # a wrong key is told at the start
        library.follow_archive()
        serve_stdio(library, ThreadCaller(library, asker))
