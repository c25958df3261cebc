"""Who may ask what: hosts, the token of the metrics, and what a shared cache may keep."""

from __future__ import annotations

from pathlib import Path

import pytest

import gisa
from gisa.web import create_app
from tests.said import refused
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor

HOSTS = {
    "this one": ("paper.example", True),
    "with a port": ("paper.example:8000", True),
    "in capitals": ("Paper.Example", True),
    "below a star": ("www.news.example", True),
    "the star itself": ("news.example", False),
    "another": ("evil.example", False),
    "an address": ("127.0.0.1:8000", False),
    "an address of IPv6": ("[::1]:8000", True),
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "gisa.toml").write_text(
        '[serve]\nhosts = ["paper.example", "*.news.example", "[::1]"]\nmetrics_token = "key-1"\n', encoding="utf-8"
    )
    library = gisa.open(folder, clock=clock, monotonic=still)
    library.add(paper())
    return Visitor(create_app(library, clock=clock, monotonic=still))


@pytest.mark.parametrize(("host", "is_known"), HOSTS.values(), ids=HOSTS)
def test_only_known_hosts_are_answered(guarded: Visitor, host: str, is_known: bool) -> None:
    """A name that was made to point here (DNS rebinding) gets nothing."""
    answer = guarded.get("/search?q=바다", headers={"host": host})

    assert answer.status_code == (200 if is_known else 421)
    assert ("바다" in answer.text) == is_known


def test_health_is_answered_under_any_name(guarded: Visitor) -> None:
    """A load balancer asks by address."""
    assert guarded.get("/api/health", headers={"host": "10.0.0.7"}).status_code == 200


def test_metrics_ask_for_their_token(guarded: Visitor) -> None:
    """401 without it, with a wrong one, and for a page of another site."""
    assert guarded.get("/metrics").status_code == 401
    assert guarded.get("/metrics", headers={"authorization": "Bearer x"}).status_code == 401
    assert guarded.get("/metrics").headers["www-authenticate"] == "Bearer"
    assert b"gisa_requests" in guarded.get("/metrics", headers={"authorization": "Bearer key-1"}).content


def test_pages_with_a_readers_own_part_vary_by_cookie(visitor: Visitor) -> None:
    """A shared cache that was told to ignore Cache-Control still keeps readers apart; what has no such part is not split."""
    vary = {path: visitor.get(path).headers.get("vary", "") for path in ("/", "/search?q=바다", "/api/search?q=바다")}

    assert [("cookie" in names.split(", ") or "cookie" in names) for names in vary.values()] == [True, True, False]


def test_settings_that_are_no_names_are_refused(tmp_path: Path) -> None:
    """One host as a text would be read as its letters."""
    (tmp_path / "gisa.toml").write_text('[serve]\nhosts = "paper.example"\n', encoding="utf-8")

    with refused(gisa.GisaError, "hosts"):
        gisa.open(tmp_path)
