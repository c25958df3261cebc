"""Every kind of archive the conformance suite runs on, each made new and empty for one test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from gisa.archive import sqlite_url

POSTGRES_VARIABLE = "GISA_TEST_POSTGRES_URL"

KINDS = ("sqlite", "postgresql") if os.environ.get(POSTGRES_VARIABLE) else ("sqlite",)
"""What there is to test on; ``test_postgresql_is_tested_too`` says so when one is missing."""


@contextmanager
def new_archive_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an archive that does not exist yet; whatever stands there afterwards is thrown away."""
    if kind == "sqlite":
        yield sqlite_url(folder / "archive.sqlite")
        return
    url = make_url(os.environ[POSTGRES_VARIABLE]).set(drivername="postgresql+psycopg")
    schema = f"gisa_test_{uuid.uuid4().hex}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        own = url.update_query_dict({"options": f"-csearch_path={schema}"})
        yield own.render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    finally:
        server.dispose()
