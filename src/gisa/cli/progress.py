"""Showing how far a long run is: a bar on a terminal, a plain line now and then elsewhere. Always on stderr."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from gisa.cli.terminal import NowAndThen
from gisa.reports import AddReport
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for

_PACE_SECONDS = 30.0
"""Over how long pace and time left are reckoned: longer than the second or two for which nothing is added while the index commits."""


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
def open_meter(stream: IO[str], speaker: Speaker) -> Iterator[Meter]:
    """The meter that suits where ``stream`` goes."""
    if not stream.isatty():
        yield LineMeter(stream, speaker)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=stream)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[counts]}"),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, speed_estimate_period=_PACE_SECONDS) as progress:
        yield BarMeter(progress, speaker)


class Pace:
    """How fast a run has lately been, and the memory of its processes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])

    def of(self, report: AddReport) -> str:
        """``1,240/s · 810 MB``; without memory where the system does not say."""
        now, done = self._clock(), report.added + report.updated + report.unchanged + report.rejected
        self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[0][0] < now - _PACE_SECONDS:
            self._marks.popleft()
        began, before = self._marks[0]
        rate = f"{(done - before) / max(now - began, 0.001):,.0f}/s"
        memory = memory_bytes()
        return f"{rate} · {memory / 1e6:,.0f} MB" if memory else rate


def memory_bytes() -> int:
    """What this process and its children have in memory now; 0 where ``/proc`` does not say."""
    try:
        threads = Path("/proc/self/task").iterdir()
        children = [pid for thread in threads for pid in (thread / "children").read_text(encoding="ascii").split()]
        return sum(
            int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in ("self", *children)
        ) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


class LineMeter:
    """A line at most every two seconds, for logs: ``added 12,000 …``. What a line counts is committed."""

    def __init__(self, stream: IO[str], speaker: Speaker) -> None:
        self._stream, self._speaker, self._due = stream, speaker, NowAndThen()
        self._pace = Pace()

    def source(self, source: Positioned) -> None:
        """Files are not announced in a log."""

    def counts(self, report: AddReport) -> None:
        if self._due.is_due():
            self.say(f"{say_counts(report, self._speaker)} · {self._pace.of(report)}")

    def say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)

    def done(self) -> None:
        """The command prints the final counts."""


class BarMeter:
    """A bar for the file that is being read, with the counts so far."""

    def __init__(self, progress: object, speaker: Speaker) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self._progress, self._speaker = progress, speaker
        self._task = progress.add_task("", total=None, counts="", pace="")
        self._pace = Pace()
        self._source: Positioned | None = None

    def source(self, source: Positioned) -> None:
        self._source = source
        self._progress.reset(self._task, total=source.total_bytes, description=source.name)

    def counts(self, report: AddReport) -> None:
        completed = self._source.position() if self._source is not None else 0
        self._progress.update(
            self._task, completed=completed, counts=say_counts(report, self._speaker), pace=self._pace.of(report)
        )

    def say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False)

    def done(self) -> None:
        self._progress.update(self._task, description=self._speaker.wording.commands.indexing)


def say_counts(report: AddReport, speaker: Speaker) -> str:
    """What became of the articles so far; removals, and what readers may not see, only if there were any."""
    commands = speaker.wording.commands
    counts = speaker.fill(
        commands.counts_removed if report.removed else commands.counts,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        removed=report.removed,
        rejected=report.rejected,
    )
    if not report.withheld:
        return counts
    most_first = sorted(report.withheld.items(), key=lambda item: -item[1])
    reasons = ", ".join(f"{sentence_for(speaker.wording.withheld, why)} {speaker.number(n)}" for why, n in most_first)
    return f"{counts} · {speaker.fill(commands.withheld, count=sum(report.withheld.values()), reasons=reasons)}"
