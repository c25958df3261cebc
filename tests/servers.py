"""The servers that tests run on. ``tools/with-servers`` starts them, and the environment names them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

import pytest
from sqlalchemy import create_engine, make_url, text

from gisa.config import RemoteIndex
from gisa.index.opensearch_connection import access_from_url
from gisa.index.opensearch_engine import OpenSearchEngine

POSTGRES: Final = "GISA_TEST_POSTGRES_URL"
OPENSEARCH: Final = "GISA_TEST_OPENSEARCH_URL"
OPENSEARCH_KEPT: Final = RemoteIndex(
    shards=int(os.environ.get("GISA_TEST_OPENSEARCH_SHARDS", "1")),
    replicas=int(os.environ.get("GISA_TEST_OPENSEARCH_REPLICAS", "0")),
)
"""How tests keep an index on OpenSearch. On three nodes, three shards and a replica try what one node cannot."""


def server_url(variable: str) -> str:
    """The server that a variable names. Without one the test skips, and fails if ``GISA_REQUIRE_SERVERS=1`` asks for it."""
    if url := os.environ.get(variable):
        return url
    reason = f"{variable} names no server to test on (tools/with-servers starts one)"
    if os.environ.get("GISA_REQUIRE_SERVERS") == "1":
        pytest.fail(reason + ", and GISA_REQUIRE_SERVERS=1 asks for one")
    pytest.skip(reason)


@contextmanager
def new_postgres_url() -> Iterator[str]:
    """The URL of an archive on PostgreSQL that does not exist yet; what stands there afterwards is deleted."""
    url = make_url(server_url(POSTGRES)).set(drivername="postgresql+psycopg")
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


@contextmanager
def new_opensearch_url() -> Iterator[str]:
    """The address of an index that does not exist yet; what stands there afterwards is deleted."""
    url = f"{server_url(OPENSEARCH)}/gisa-test-{uuid.uuid4().hex[:10]}"
    yield url
    with closing(OpenSearchEngine(access_from_url(url, env=os.environ))) as engine:
        engine.delete()
