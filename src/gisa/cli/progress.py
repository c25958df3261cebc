"""Showing how far a long run is: a bar on a terminal, a plain line now and then elsewhere. Always on stderr."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from gisa.model import AddReport

_LINE_SECONDS = 2.0


class Positioned(Protocol):
    """Something that is read from its beginning to its end."""

    @property
    def name(self) -> str: ...

    @property
    def total_bytes(self) -> int | None: ...

    def position(self) -> int: ...


class Meter(Protocol):
    """Shows progress."""

    def source(self, source: Positioned) -> None: ...

    def counts(self, report: AddReport) -> None: ...

    def say(self, line: str) -> None: ...

    def done(self) -> None: ...


@contextmanager
def open_meter(stream: IO[str]) -> Iterator[Meter]:
    """The meter that suits where ``stream`` goes."""
    if not stream.isatty():
        yield LineMeter(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=stream)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield BarMeter(progress)


class LineMeter:
    """A line at most every two seconds, for logs: ``added 12,000 …``. What a line counts is committed."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._shown_at = time.monotonic()

    def source(self, source: Positioned) -> None:
        """Files are not announced in a log."""

    def counts(self, report: AddReport) -> None:
        now = time.monotonic()
        if now - self._shown_at >= _LINE_SECONDS:
            self._shown_at = now
            self.say(_counts(report))

    def say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)

    def done(self) -> None:
        """The command prints the final counts."""


class BarMeter:
    """A bar for the file that is being read, with the counts so far."""

    def __init__(self, progress: object) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self._progress = progress
        self._task = progress.add_task("", total=None, counts="")
        self._source: Positioned | None = None

    def source(self, source: Positioned) -> None:
        self._source = source
        self._progress.reset(self._task, total=source.total_bytes, description=source.name)

    def counts(self, report: AddReport) -> None:
        completed = self._source.position() if self._source is not None else 0
        self._progress.update(self._task, completed=completed, counts=_counts(report))

    def say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False)

    def done(self) -> None:
        self._progress.update(self._task, description="indexing")


def _counts(report: AddReport) -> str:
    return (
        f"added {report.added:,} · updated {report.updated:,} · "
        f"unchanged {report.unchanged:,} · rejected {report.rejected:,}"
    )
