"""Serving one data folder with granian: worker processes that each open it for themselves."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI
from granian.constants import Interfaces
from granian.server import Server

from gisa.service import open as open_library
from gisa.web.app import create_app

_FOLDER_VARIABLE = "GISA_DATA"


def app_of_folder() -> FastAPI:
    """The application of the folder that ``serve_folder`` named; granian calls this in every worker."""
    return create_app(open_library(os.environ[_FOLDER_VARIABLE]))


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
