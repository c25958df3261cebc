"""Every kind of archive the conformance suite runs on, each made new and empty for one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gisa.archive import sqlite_url
from tests.servers import new_postgres_url

KINDS = ("sqlite", "postgresql")


@contextmanager
def new_archive_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an archive that does not exist yet; whatever stands there afterwards is thrown away."""
    if kind == "sqlite":
        yield sqlite_url(folder / "archive.sqlite")
        return
    with new_postgres_url() as url:
        yield url
