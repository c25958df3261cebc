"""``gisa serve``: the search page and the API, by granian."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

import gisa
from gisa.cli.late import uncollected
from gisa.cli.options import data_option
from gisa.cli.terminal import speaker_of_terminal
from gisa.config import load_settings
from gisa.errors import ConfigError, SearchIndexError
from gisa.messages import ConfigCode, Message
from gisa.saying.messages import say_placed


@click.command()
@click.option("--host", help="Name or address to listen at.  [default: host of [serve] in gisa.toml, or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="[default: port of [serve], or 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes.  [default: workers of [serve], or 1]")
@click.option("--follow", "follows", is_flag=True, help="Also follow the feeds of the list, in a process of its own.")
@data_option
def serve(host: str | None, port: int | None, workers: int | None, follows: bool, data_dir: str | None) -> None:
    """Serve the search page at / and the API at /api/docs.

    Requests are not logged by default; [serve] log in gisa.toml can change that.
    """
    serving = load_settings(data_dir).serving
    host, port, workers = host or serving.host, port or serving.port, workers or serving.workers
    run_server(data_dir, host=host, port=port, workers=workers, follows=follows)


def run_server(data_dir: str | None, *, host: str, port: int, workers: int, follows: bool = False) -> None:
    """Try the address and open the data folder once (so that every complaint comes now), then serve it until interrupted."""
    with uncollected():
        from gisa.web.serving.server import serve_folder

    address = _free_address(host, port)
    settings = load_settings(data_dir)
    shown = f"http://{_as_seen_here(address)}:{port}{settings.site.base_path}/"
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    try:
        # an empty folder is a newspaper's first day; one that is not there is a mistyped name
        with gisa.open(data_dir, create=settings.data_dir.is_dir()) as archive:
            said = speaker.fill(commands.serving, count=archive.count(), address=shown)
    except SearchIndexError as error:
        click.echo(
            speaker.fill(commands.unsearchable, message=say_placed(error.place, error.reason, speaker)), err=True
        )
        said = speaker.fill(commands.serving_unsearchable, address=shown)
    click.echo(said, err=True)
    with _follower(settings.data_dir) if follows else nullcontext():
        serve_folder(settings.data_dir, host=address, port=port, workers=workers)


@contextmanager
def _follower(data_dir: Path) -> Iterator[None]:
    """A process that follows feeds until the server ends, however that ends."""
    command = [sys.executable, "-m", "gisa.cli.main", "follow", "--parent", str(os.getpid()), "--data", str(data_dir)]
    process = subprocess.Popen(command)  # noqa: S603 - our own program
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _as_seen_here(address: str) -> str:
    """How a browser on this machine writes the address."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 - printed, not bound
    return f"[{shown}]" if ":" in shown else shown


def _free_address(host: str, port: int) -> str:
    """The host's address in figures; raises ``ConfigError`` where nothing can be served.

    Workers share their port, and the kernel lets another server share it too: readers would be answered by both in turns.
    """
    try:
        [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as probe:
            # so that a server that has just stopped is not in the way
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return str(address[0])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ConfigError(Message(ConfigCode.PORT_TAKEN, port=str(port), host=host)) from error
        refused = error.strerror or str(error)
        raise ConfigError(Message(ConfigCode.PORT_REFUSED, host=host, port=str(port), error=refused)) from error
