"""Running commands and watching the memory of everything they start. Linux: it reads ``/proc``."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

_SAMPLE_EVERY_S: Final = 0.2
_STOP_WITHIN_S: Final = 10.0


class BenchError(Exception):
    """A part could not be measured; the message says why."""


def gisa_command() -> list[str]:
    """How the command ``gisa`` of this environment is started."""
    beside = Path(sys.executable).with_name("gisa")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "gisa.cli.main"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A command that has ended."""

    seconds: float
    """From its start to its end."""
    cpu_s: float
    """Of the processor, by it and everything it started and waited for."""
    peak_bytes: int
    """All its processes together at the moment when they held most, pages that several share counted once (PSS)."""
    processes: int
    stdout: str


def run_measured(command: Sequence[str], *, within_s: float = 120.0) -> Measured:
    """Run to the end. Raises ``BenchError`` when the command fails or takes longer than ``within_s``."""
    used_s = _children_cpu_s()
    started = time.perf_counter()
    with _started(command, output=subprocess.PIPE) as process, _watch(process.pid) as memory:
        try:
            out, err = process.communicate(timeout=within_s)
        except subprocess.TimeoutExpired as error:
            raise BenchError(f"{' '.join(command[:2])} did not end within {within_s:.0f} s") from error
        seconds = time.perf_counter() - started
    if process.returncode:
        raise BenchError(f"{' '.join(command[:2])} ended with {process.returncode}: {_last_line(err)}")
    return Measured(seconds, _children_cpu_s() - used_s, memory.peak_bytes, len(memory.processes), out.decode())


def _children_cpu_s() -> float:
    """Of every process that this one has started and that has ended; nothing else may end beside what is measured."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is stopped when the block ends, however it ends. What it prints is kept from the terminal."""
    with tempfile.TemporaryFile() as said, _started(command, output=said) as process:
        try:
            yield process
        except BenchError as error:
            said.seek(0)
            raise BenchError(f"{error}: {_last_line(said.read())}") from error


def tree(pid: int) -> list[int]:
    """The process and everything below it, parents first."""
    found = [pid]
    for each in found:
        for task in _tasks(each):
            try:
                found += map(int, (task / "children").read_text().split())
            except OSError:  # ended meanwhile
                continue
    return found


def _tasks(pid: int) -> list[Path]:
    """The threads of a process; none when it has ended."""
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []


def memory_bytes(pid: int, field: str) -> int:
    """``VmRSS`` (now) or ``RssAnon`` (of that, its own) of a process; 0 when it has ended."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def own_bytes(pid: int) -> int:
    """What a process holds that no other shares with it: what would be free if it ended; 0 when it has ended."""
    return _mapped_bytes(pid, "Private_Clean:", "Private_Dirty:")


def _mapped_bytes(pid: int, *kinds: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(kinds))


def cpu_s(pids: Sequence[int]) -> float:
    """The processor's time that the processes have used so far; those that have ended count nothing."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class _Memory:
    """What processes held while they were watched."""

    processes: set[int] = field(default_factory=set)
    peak_bytes: int = 0


@contextmanager
def _watch(root: int) -> Iterator[_Memory]:
    """What ``root`` and the processes below it hold, sampled until the block ends."""
    memory = _Memory()
    done = threading.Event()

    def sample() -> None:
        while not done.wait(_SAMPLE_EVERY_S):
            held = {pid: _mapped_bytes(pid, "Pss:") for pid in tree(root)}
            memory.processes.update(pid for pid, size in held.items() if size)
            memory.peak_bytes = max(memory.peak_bytes, sum(held.values()))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        done.set()
        thread.join()


@contextmanager
def _started(command: Sequence[str], *, output: int | IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process group of its own, which is gone when the block ends."""
    process = subprocess.Popen(
        list(command), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_WITHIN_S)
        with suppress(ProcessLookupError):  # what it left behind; nothing, as a rule
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def _last_line(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
