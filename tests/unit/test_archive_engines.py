"""What a connection to a database server is limited by."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from gisa.archive.engines import connect_args
from gisa.config import Database

LIMITS = Database(connect_timeout_s=3, statement_timeout_s=20, keepalive_s=60)


def test_connections_are_limited_as_set() -> None:
    """Connecting, statements and silence each have their limit."""
    assert connect_args(make_url("postgresql://db/gisa"), LIMITS) == {
        "connect_timeout": 3,
        "keepalives_idle": 60,
        "keepalives_interval": 20,
        "keepalives_count": 3,
        "options": "-c statement_timeout=20000",
    }


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("connect_timeout=9", "connect_timeout", None),
        ("keepalives_idle=9", "keepalives_idle", None),
        ("options=-c search_path=a", "options", "-c statement_timeout=20000 -c search_path=a"),
    ],
)
def test_the_url_has_the_last_word(query: str, name: str, value: str | None) -> None:
    """What ``archive_url`` says of a limit is left to it; its options come after Gisa's."""
    assert connect_args(make_url(f"postgresql://db/gisa?{query}"), LIMITS).get(name) == value
