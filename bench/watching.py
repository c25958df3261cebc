"""A server and its data folder over time: memory, open files, segments, sizes; and whether memory is flat. Linux: ``/proc``."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bench.engines import folder_bytes
from bench.processes import memory_bytes, tree
from gisa.errors import IndexDamaged
from gisa.index.generations import Generations
from gisa.index.tantivy_files import read_segments

_GROWTH: Final = 0.05
_GROWTH_BYTES: Final = 8_000_000
"""A process whose own memory grows in the second half by more than both, by a line through it, is not flat."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process at a moment."""

    own_bytes: int
    resident_bytes: int
    open_files: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The server and the folder at a moment."""

    at_s: float
    processes: tuple[Process, ...]
    """Parent first."""
    segments: int
    index_bytes: int
    rest_bytes: int
    """Archive, suggestions and their logs, which SQLite begins anew at a thousand pages."""


class Watch(threading.Thread):
    """Looks every so often until the block ends, and once at its end."""

    def __init__(self, pid: int, folder: Path, *, every_s: float) -> None:
        super().__init__(daemon=True)
        self._pid, self._folder, self._every_s = pid, folder, every_s
        self._stopped, self._began = threading.Event(), time.monotonic()
        self.samples: list[Sample] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self.join()
        if kind is None:
            self._look()

    def run(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self._stopped.wait(self._every_s)

    def _look(self) -> None:
        processes = tuple(
            Process(memory_bytes(pid, "RssAnon"), memory_bytes(pid, "VmRSS"), _open_files(pid))
            for pid in tree(self._pid)
        )
        live = live_index(self._folder)
        index_bytes = folder_bytes(live)
        self.samples.append(
            Sample(
                time.monotonic() - self._began,
                processes,
                len(read_segments(live)),
                index_bytes,
                folder_bytes(self._folder) - index_bytes,
            )
        )


def live_index(data_dir: Path) -> Path:
    """The folder of the generation that serves. Raises ``IndexDamaged`` where there is none."""
    generation = Generations(data_dir / "index").current()
    if generation is None:
        raise IndexDamaged(f"{data_dir}: there is no index")
    return generation.path


def growth_of(points: Sequence[tuple[float, float]]) -> float:
    """By how much a line of least squares through the points rises from the first to the last of them."""
    count = len(points)
    mean_x, mean_y = (sum(point[axis] for point in points) / count for axis in (0, 1))
    spread_x = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread_x if spread_x else 0.0
    return slope * (points[-1][0] - points[0][0])


def memory_complaints(samples: Sequence[Sample]) -> list[str]:
    """Processes that are not flat, and workers that ended."""
    count = len(samples[0].processes)
    if any(len(sample.processes) != count for sample in samples):
        return ["a process of the server ended"]
    later = second_half(samples)
    growths = (
        growth_of([(sample.at_s, sample.processes[number].own_bytes) for sample in later]) for number in range(count)
    )
    return [
        f"process {number} grew by {growth / 1e6:.1f} MB in the second half"
        for number, growth in enumerate(growths)
        if growth > max(_GROWTH_BYTES, _GROWTH * later[0].processes[number].own_bytes)
    ]


def second_half(samples: Sequence[Sample]) -> Sequence[Sample]:
    return [sample for sample in samples if sample.at_s >= samples[-1].at_s / 2]


def memory_table(samples: Sequence[Sample]) -> Iterator[str]:
    """Markdown: each process at the start, in the middle, at the end."""
    yield "| process | its own memory, start · half · end | resident, start · end | open files, start · end | growth of its own in the second half |"
    yield "|---|---|---|---|---|"
    later = second_half(samples)
    for number in range(min(len(sample.processes) for sample in samples)):
        first, half, last = (sample.processes[number] for sample in (samples[0], later[0], samples[-1]))
        growth = growth_of([(sample.at_s, sample.processes[number].own_bytes) for sample in later])
        yield (
            f"| {'parent' if number == 0 else f'worker {number}'} | "
            f"{first.own_bytes / 1e6:.1f} · {half.own_bytes / 1e6:.1f} · {last.own_bytes / 1e6:.1f} MB | "
            f"{first.resident_bytes / 1e6:.1f} · {last.resident_bytes / 1e6:.1f} MB | "
            f"{first.open_files} · {last.open_files} | {growth / 1e6:+.1f} MB |"
        )


def index_table(samples: Sequence[Sample], *, rows: int = 6) -> Iterator[str]:
    """Markdown: segments and sizes over time."""
    yield "| minute | segments | index | archive, suggestions, logs |"
    yield "|---|---|---|---|"
    for place in range(rows):
        sample = samples[(len(samples) - 1) * place // (rows - 1)]
        yield (
            f"| {sample.at_s / 60:.1f} | {sample.segments} | {sample.index_bytes / 1e6:.1f} MB | "
            f"{sample.rest_bytes / 1e6:.1f} MB |"
        )
    counts = [sample.segments for sample in samples]
    yield f"\nSegments: {min(counts)} to {max(counts)}."


def _open_files(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:  # it has ended
        return 0
