"""What every test may use: the folder of test data that is never committed, and a library on a fresh data folder."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("GISA_KERNEL", "off")  # the rules as written, which tests can reach into and coverage sees

import gisa
from gisa.library import Library

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("GISA_TEST_DATA", ROOT.parent / "shared" / "data"))

settings.register_profile(
    "gisa", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("gisa")


def data_file(name: str) -> Path:
    """A file of the test data, which is not part of the repository; the test skips where it is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not here (set GISA_TEST_DATA)")
    return path


def records(name: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The records of a JSONL file of the test data."""
    path = data_file(name)
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.splitlines()[:limit]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An open, empty data folder."""
    with gisa.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The twenty articles of the seed page, for reading only."""
    rows = records("seed/articles.jsonl")
    with gisa.open(tmp_path_factory.mktemp("seed")) as opened:
        opened.add(rows)
        yield opened
