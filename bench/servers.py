"""Servers on this machine for the parts that need one: started, waited for, stopped. Asks only 127.0.0.1."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bench.processes import BenchError, gisa_command, running

HOST: Final = "127.0.0.1"
WORKERS: Final = 2
_START_WITHIN_S: Final = 60.0
_ASK_EVERY_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that has answered."""

    process: subprocess.Popen[bytes]
    port: int
    first_answer_s: float
    """From the start of its process to the end of its first answer."""


def search_path(query: str) -> str:
    return "/search?q=" + quote(query, safe="")


@contextmanager
def gisa_server(data_dir: Path, *, first: str) -> Iterator[Serving]:
    """``gisa serve --workers 2``, ready: it has answered ``first``."""
    port = _free_port()
    command = [*gisa_command(), "serve", "--workers", str(WORKERS), "--port", str(port), "--data", str(data_dir)]
    with _serving(command, port, first) as serving:
        yield serving


@contextmanager
def hello_server(*, first: str = "/") -> Iterator[Serving]:
    """The plainest application behind the same server with the same settings: what granian itself costs."""
    port = _free_port()
    with _serving([sys.executable, "-m", "bench.hello", str(port), str(WORKERS)], port, first) as serving:
        yield serving


@contextmanager
def _serving(command: list[str], port: int, first: str) -> Iterator[Serving]:
    started = time.perf_counter()
    with running(command) as process:
        while not _answers(port, first):
            if process.poll() is not None:
                raise BenchError(f"the server ended with {process.returncode}")
            if time.perf_counter() - started > _START_WITHIN_S:
                raise BenchError(f"the server did not answer {first} within {_START_WITHIN_S:.0f} s")
            time.sleep(_ASK_EVERY_S)
        yield Serving(process, port, time.perf_counter() - started)


def _answers(port: int, path: str) -> bool:
    """Whether the page is there. A server that answers with an error is not waited for: raises ``BenchError``."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_START_WITHIN_S)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
    except TimeoutError:
        raise BenchError(f"the server did not answer {path} within {_START_WITHIN_S:.0f} s") from None
    except (ConnectionError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if response.status != 200:
        raise BenchError(f"the server answered {path} with {response.status}")
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
