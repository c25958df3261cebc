"""Serving one data folder with granian: worker processes that each open it for themselves."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from granian.constants import Interfaces
from granian.server import Server

from gisa.config import load_settings
from gisa.errors import SearchIndexError
from gisa.service import Gisa
from gisa.service import open as open_library
from gisa.web.app import create_app

log: Final = logging.getLogger("gisa.web")

_FOLDER_VARIABLE = "GISA_DATA"


def app_of_folder() -> FastAPI:
    """The application of the folder that ``serve_folder`` named; granian calls this in every worker."""
    folder = os.environ[_FOLDER_VARIABLE]
    try:
        return create_app(open_library(folder))
    except SearchIndexError as error:
        # Outdated or damaged: articles are read from the archive; searches are answered as soon as `gisa reindex` is done.
        log.error("%s", error)
        return create_app(Gisa(load_settings(folder)))


def serve_folder(data_dir: Path, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted. Requests are not logged: a query in a log is a reader's query kept.

    Workers that die are started again; HTTP/1 and HTTP/2 without TLS (put a proxy in front for that).
    """
    os.environ[_FOLDER_VARIABLE] = str(data_dir.resolve())
    Server(
        f"{__name__}:app_of_folder",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
