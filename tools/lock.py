"""Pin every dependency with hashes in ``requirements/``. Needs ``uv``; the files name no registry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMON = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
    "--python-version",
    "3.11",
)


def lock(target: str, *arguments: str) -> None:
    """Write one requirements file."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *COMMON, *arguments, "-o", f"requirements/{target}.txt"]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    (ROOT / "requirements").mkdir(exist_ok=True)
    lock("base", "pyproject.toml")
    lock("build", "--group", "build")
    lock("release", "--group", "release")
    lock("dev", "--group", "dev", "-c", "requirements/base.txt")
    lock("bench", "--group", "bench", "-c", "requirements/dev.txt")
    lock("kernel", "--group", "kernel", "-c", "requirements/dev.txt")
    lock("postgres", "pyproject.toml", "--extra", "postgres", "-c", "requirements/base.txt")
    lock("cluster", "pyproject.toml", "--extra", "postgres", "--extra", "cluster", "-c", "requirements/base.txt")
    lock("agents", "pyproject.toml", "--extra", "agents", "-c", "requirements/base.txt")


if __name__ == "__main__":
    main()
