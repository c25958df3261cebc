"""Serving one data folder with granian: worker processes that each open it for themselves."""

from __future__ import annotations

import gc
import json
import logging
import math
import os
import signal
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer
from prometheus_client import values

from gisa.config import load_settings
from gisa.errors import GisaError, SearchIndexError
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.library import Library
from gisa.library import open as open_library
from gisa.model import SEOUL
from gisa.web.app import create_app
from gisa.web.serving.admission import HOLD_S
from gisa.web.serving.lane import Lane
from gisa.web.serving.login import logins_of
from gisa.web.serving.metrics import FOLDER_VARIABLE as _COUNTS_VARIABLE
from gisa.web.serving.observation import log as request_log
from gisa.web.serving.rates import Rates, make_table

log: Final = logging.getLogger("gisa.web")

_FOLDER_VARIABLE: Final = "GISA_DATA"
_RATES_VARIABLE: Final = "GISA_RATES"
"""Where workers count together how often each client asks."""
_FIRST_QUERY: Final = "기사를 찾는 낱말"
"""Has particles and a verb to analyse, and as a rule words to propose others for."""
_HEADERS_WITHIN_MS: Final = 5_000
"""In which a connection must have sent a request's headers; 1,300 that send nothing kept everybody out for granian's 30 s."""
_DIES_AGAIN_WITHIN_S: Final = 30.0
_DEAR_WITHIN_S: Final = 10.0
"""For dear searches of a paper that has set no budget."""
_PAUSE_S: Final = 1.0
"""Before a worker is started that died again so soon: one that cannot start must not take a whole core."""
_STOP_WITHIN_S: Final = 10
"""How long a worker that is told to stop may take before it is killed; a request takes half a second at most."""


def app_of_folder() -> FastAPI:
    """The application of the folder that ``serve_folder`` named; granian calls this in every worker."""
    # Until granian listens for it, a worker would drop the signal to stop: it is forked with its parent's handler.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    folder = os.environ[_FOLDER_VARIABLE]
    if os.environ.get(_COUNTS_VARIABLE):
        # the library's way to count in files that all workers share, chosen after its import
        values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]  # it ships few types
    _log_to_stderr()
    try:
        library = open_library(folder)
    except SearchIndexError as error:
        # Outdated or damaged: articles are read from the archive; searches are answered as soon as `gisa reindex` is done.
        log.error("%s", error)
        library = Library(load_settings(folder))
    lane = (
        Lane(Path(folder), budget_s=library.settings.serving.budget_s or _DEAR_WITHIN_S) if library.is_local else None
    )
    table = os.environ.get(_RATES_VARIABLE)
    rates = Rates(time.monotonic, file=Path(table)) if table else None
    app = create_app(library, hold_s=HOLD_S, lane=lane, rates=rates)
    _settle(library)
    library.follow_archive()
    return app


def _settle(library: Library) -> None:
    """Load what searches need before a reader waits for it, and let the garbage collector look at it no more.

    A worker's first search took 129 ms of processor time, its next 7. It holds some 120,000 objects, which a full collection looked
    through every 1,200 pages while eight readers waited (100 ms on a busy machine); what is frozen is left out.
    """
    with suppress(GisaError):  # readers will be told
        library.search(_FIRST_QUERY, facets=True)
    gc.collect()
    gc.freeze()


def _prepare_to_share() -> None:
    """Make once what every worker needs, and let no collection touch it: workers are forked and share its memory."""
    packaged_lexicon()
    gc.freeze()  # without a collection, which takes 50 ms and finds next to nothing


def serve_folder(data_dir: Path, *, host: str, port: int, workers: int) -> None:
    """Serve until interrupted. What is logged of requests is the folder's setting; without one, nothing.

    Workers that die are started again; HTTP/1 and HTTP/2 without TLS (put a proxy in front for that).
    """
    os.environ[_FOLDER_VARIABLE] = str(data_dir.resolve())
    logins_of(load_settings(data_dir).login)  # a secret that cannot be used is told before a worker starts
    _prepare_to_share()
    with tempfile.TemporaryDirectory(prefix="gisa-counts-", dir=_memory_folder()) as counts:
        os.environ[_COUNTS_VARIABLE] = counts
        os.environ[_RATES_VARIABLE] = str(Path(counts) / "rates")
        make_table(Path(counts) / "rates")
        _PatientServer(
            f"{__name__}:app_of_folder",
            factory=True,
            address=host,
            port=port,
            interface=Interfaces.ASGI,
            workers=workers,
            websockets=False,
            log_access=False,
            respawn_failed_workers=True,
            http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_WITHIN_MS),
            workers_kill_timeout=_STOP_WITHIN_S,
        ).serve()


def _memory_folder() -> Path | None:
    """A folder that is kept in memory; None for the system's own. A mapped file on a full disk ends its process (SIGBUS)."""
    memory = Path("/dev/shm")  # noqa: S108 - the files in it have a folder of this process's own
    return memory if os.access(memory, os.W_OK) else None


class _PatientServer(MPServer):
    """Starts a worker again however often it dies; granian ends all of them when one dies twice within 5.5 s."""

    def _respawn_workers(self, *args: Any, **named: Any) -> None:
        now = time.monotonic()
        if now - self._respawned_at < _DIES_AGAIN_WITHIN_S:
            time.sleep(_PAUSE_S)
        self._respawned_at = now
        super()._respawn_workers(*args, **named)
        self.respawned_wrks.clear()  # what it knows a crash loop by

    _respawned_at = -math.inf


def _log_to_stderr() -> None:
    """One line of JSON for each message of Gisa's loggers."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines())
    logger = logging.getLogger("gisa")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


class _JsonLines(logging.Formatter):
    """A request's line is JSON already; every other message becomes the ``message`` of a line."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name == request_log.name:
            return record.getMessage()
        at = datetime.fromtimestamp(record.created, tz=SEOUL).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)
