"""``gisa serve``: the search page and the API, by granian."""

from __future__ import annotations

import click

import gisa
from gisa.cli.options import data_option
from gisa.config import load_settings
from gisa.errors import SearchIndexError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
@data_option
def serve(host: str, port: int, workers: int, data_dir: str | None) -> None:
    """Serve the search page at / and the API at /api/docs. No request is logged: readers' queries are theirs."""
    run_server(data_dir, host=host, port=port, workers=workers)


def run_server(data_dir: str | None, *, host: str, port: int, workers: int) -> None:
    """Open the data folder once (so that every complaint comes now), then serve it until interrupted."""
    from gisa.web.server import serve_folder

    try:
        with gisa.open(data_dir) as archive:
            count = f"{archive.count():,}"
    except SearchIndexError as error:
        click.echo(f"gisa: {error} — until then article pages are served and searches answer 503", err=True)
        count = "unsearchable"
    click.echo(f"{count} articles — http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/", err=True)  # noqa: S104 - printed, not bound
    serve_folder(load_settings(data_dir).data_dir, host=host, port=port, workers=workers)
