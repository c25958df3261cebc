"""What can be seen from outside: metrics, logs, health. Never what a reader typed, unless paper and reader agree."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

import gisa
from gisa.library import Library
from gisa.web import create_app
from gisa.web.route_table import ROUTES, RouteTable
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor

SECRET = "비밀스러운낱말"


def served(folder: Path, log: str = "off") -> Library:
    folder.mkdir(exist_ok=True)
    (folder / "gisa.toml").write_text(f'[serve]\nlog = "{log}"\n', encoding="utf-8")
    library = gisa.open(folder, clock=clock, monotonic=still)
    library.add(paper())
    return library


def metrics_of(visitor: Visitor) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample of ``/metrics`` by name and labels."""
    text = visitor.get("/metrics").text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_count_requests_searches_and_answers_from_memory(tmp_path: Path) -> None:
    """By route and status, by order and outcome; what the archive holds and refused is there too."""
    with served(tmp_path / "paper") as library:
        library.add([{"title": "제목만"}])
        app = create_app(library, clock=clock, monotonic=still)
        for path in (
            "/search?q=바다",
            "/search?q=바다",
            "/search?q=바다+없는낱말이다",
            "/search?q=없는낱말이다",
            "/nowhere",
        ):
            Visitor(app).get(path)
        Visitor(app).get("/api/search?q=바다&sort=relevance")

        seen = metrics_of(Visitor(app))

    assert seen["gisa_requests_total", (("route", "search"), ("status", "200"))] == 4
    assert seen["gisa_requests_total", (("route", "other"), ("status", "404"))] == 1
    assert seen["gisa_request_seconds_count", (("route", "search"),)] == 4
    assert seen["gisa_search_seconds_count", (("outcome", "found"), ("sort", "newest"))] == 1
    assert seen["gisa_search_seconds_count", (("outcome", "relaxed"), ("sort", "newest"))] == 1
    assert seen["gisa_search_seconds_count", (("outcome", "nothing"), ("sort", "newest"))] == 1
    assert seen["gisa_search_seconds_count", (("outcome", "found"), ("sort", "relevance"))] == 1
    assert seen["gisa_remembered_answers_total", (("outcome", "hit"),)] == 1
    assert seen["gisa_ready", ()] == 1
    assert seen["gisa_articles", ()] == 66
    assert seen["gisa_index_lag_changes", ()] == 0
    assert seen["gisa_accepted_articles_total", ()] == 66
    assert seen["gisa_rejected_articles_total", ()] == 1
    assert any(name == "gisa_index_generation" for name, _ in seen)


def test_metrics_never_hold_what_a_reader_typed(tmp_path: Path) -> None:
    """Neither as a label nor anywhere else, whatever the address looks like."""
    with served(tmp_path / "paper", log="queries") as library:
        app = create_app(library, clock=clock, monotonic=still)
        for path in (
            f"/search?q={SECRET}",
            f"/api/search?q={SECRET}",
            f"/{SECRET}",
            f"/articles/{SECRET}",
            f"/api/{SECRET}",
        ):
            Visitor(app).get(path)

        text = Visitor(app).get("/metrics").text

    assert SECRET not in text
    assert "%EB" not in text


@pytest.mark.parametrize(
    ("setting", "saving", "logged"),
    [("queries", True, True), ("queries", False, False), ("requests", True, False), ("requests", False, False)],
)
def test_a_query_is_logged_only_where_paper_and_reader_agree(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, setting: str, saving: bool, logged: bool
) -> None:
    """One line of JSON a request; the query stands in it under ``queries``, unless the reader has switched saving off."""
    caplog.set_level(logging.INFO, logger="gisa.requests")
    with served(tmp_path / "paper", log=setting) as library:
        reader = Visitor(create_app(library, clock=clock, monotonic=still))
        if not saving:
            reader.post("/recent/off", next="/")
        caplog.clear()
        reader.get("/search", q=SECRET)
    lines: list[dict[str, Any]] = [json.loads(record.getMessage()) for record in caplog.records]

    assert [(line["method"], line["route"], line["status"]) for line in lines] == [("GET", "search", 200)]
    assert lines[0]["bytes"] > 1_000
    assert (lines[0].get("query") == SECRET) is logged
    assert logged or SECRET not in caplog.text


def test_without_the_setting_nothing_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The default keeps silent."""
    caplog.set_level(logging.INFO)
    with served(tmp_path / "paper") as library:
        Visitor(create_app(library, clock=clock, monotonic=still)).get("/search", q=SECRET)

    assert [record for record in caplog.records if record.name.startswith("gisa")] == []


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "home"),
        ("/search", "search"),
        ("/articles/a/b", "article"),
        ("/api/articles/a", "api-article"),
        ("/static/x.css", "file"),
        ("/api/search", "api-search"),
        ("/api/health/live", "api-health-live"),
        ("/wp-admin", "other"),
        ("/api/made-up", "other"),
    ],
)
def test_routes_are_few(path: str, route: str) -> None:
    """A label for each of our routes, and one for all that people make up."""
    assert RouteTable().label(path) == route


def test_every_route_has_its_row(app: FastAPI) -> None:
    """The table names every address that the application serves, and no other."""
    pages = {path for route in app.routes if (path := getattr(route, "path", ""))}
    of_api = {path.replace("_id}", "_id:path}") for path in app.openapi()["paths"]}

    assert {row.path.removesuffix("/") or "/" for row in ROUTES} == pages | of_api


def test_alive_is_not_ready(failing_app: Any) -> None:
    """While the archive fails the process is alive and not ready, and the metrics say so."""
    visitor = Visitor(failing_app(gisa.GisaError("out of order")))

    assert visitor.get("/api/health/live").json()["data"] == {"alive": True}
    assert visitor.get("/api/health").status_code >= 500
    assert metrics_of(visitor)["gisa_ready", ()] == 0
