"""The file of keys, and the table of rates."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.access import Scope
from gisa.errors import ConfigError, KeyNotFound
from gisa.library.keys import KeyFile
from gisa.web.serving.rates import WINDOW_S, Rates, make_table
from tests.said import refused

NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


def test_a_key_is_kept_hashed_and_found_again(tmp_path: Path) -> None:
    """What the file holds does not help to make the key; another process finds it at its next look."""
    server = KeyFile(tmp_path / "keys.jsonl")
    whole, made = KeyFile(tmp_path / "keys.jsonl").create(
        "연구소", scopes=[Scope.SUBSCRIBER], now=NOW, per_minute=60, expires_at=NOW + timedelta(days=1)
    )

    assert whole.rpartition("_")[2] not in (tmp_path / "keys.jsonl").read_text("utf-8")
    assert server.find(whole, now=NOW) == made
    assert server.find(whole, now=NOW + timedelta(days=1)) is None
    assert server.find(whole + "x", now=NOW) is None
    assert server.list() == [made]


def test_a_revoked_key_stays_on_record(tmp_path: Path) -> None:
    """It opens nothing, is listed with its moment, and an unknown id is told."""
    file = KeyFile(tmp_path / "keys.jsonl")
    whole, made = file.create("앱", scopes=[], now=NOW)

    revoked = file.revoke(made.id, now=NOW)
    again = file.revoke(made.id, now=NOW + timedelta(days=1))

    assert (revoked.revoked_at, again.revoked_at) == (NOW, NOW)
    assert file.find(whole, now=NOW) is None
    with pytest.raises(KeyNotFound, match="gisa keys list"):
        file.revoke("nobody", now=NOW)


@pytest.mark.parametrize("line", ["{", "{}", "[]", '{"id": "a", "digest": "00"}', "null"])
def test_a_damaged_line_opens_nothing_and_is_named(tmp_path: Path, line: str) -> None:
    """The other keys go on; whoever changes the file is told which line to take out."""
    file = KeyFile(tmp_path / "keys.jsonl")
    whole, _ = file.create("앱", scopes=[], now=NOW)
    with (tmp_path / "keys.jsonl").open("a", encoding="utf-8") as opened:
        opened.write(line + "\n")

    assert file.find(whole, now=NOW) is not None
    with refused(ConfigError, r"keys\.jsonl:2: is no key"):
        file.create("다른 앱", scopes=[], now=NOW)


def _make(path: Path) -> None:
    for _ in range(5):
        KeyFile(path).create("앱", scopes=[], now=NOW)


def test_keys_made_at_the_same_time_are_all_there(tmp_path: Path) -> None:
    """Two processes that make keys wait for each other."""
    path = tmp_path / "keys.jsonl"
    others = [multiprocessing.get_context("fork").Process(target=_make, args=(path,)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert len(KeyFile(path).list()) == 10


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 20))
def test_nobody_asks_oftener_than_allowed(pauses: list[float], per_minute: int) -> None:
    """In no minute are more than twice the rate let through, a whole minute's worth at once at most; and what is said to be left is."""
    now = 1_000.0
    rates = Rates(lambda: now)
    allowed: list[float] = []
    left = per_minute
    for pause in pauses:
        now += pause
        allowance = rates.take("somebody", per_minute=per_minute)
        assert allowance.is_allowed or left == 0 or pause == 0
        if allowance.is_allowed:
            allowed.append(now)
        left = allowance.left
        assert len([at for at in allowed if now - at < WINDOW_S]) <= 2 * per_minute
        assert len([at for at in allowed if at == now]) <= per_minute


def test_processes_count_together(tmp_path: Path) -> None:
    """Two tables of one file are one; clients beside each other are not counted as one."""
    make_table(tmp_path / "rates")
    first, second = (Rates(lambda: 0.0, file=tmp_path / "rates") for _ in range(2))

    taken = [rates.take("a", per_minute=4).left for rates in (first, second, first, second)]

    assert taken == [3, 2, 1, 0]
    assert not first.take("a", per_minute=4).is_allowed
    assert all(second.take(f"b{number}", per_minute=4).left == 3 for number in range(500))
