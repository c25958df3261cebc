"""What goes wrong is told kindly to readers, exactly to programs, and to the log without what was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

from gisa import errors
from gisa.saying.wording import ProblemText
from gisa.web.problems import EVERY_PROBLEM, problem_of
from tests.web.visitor import Visitor, text

SECRET = "비밀스러운검색어"


@pytest.mark.parametrize(
    ("method", "path", "status", "heading"),
    [
        ("GET", "/nowhere", 404, "페이지를 찾을 수 없습니다"),
        ("GET", "/search/", 404, "페이지를 찾을 수 없습니다"),
        ("GET", "/articles/none", 404, "기사를 찾을 수 없습니다"),
        ("GET", "/articles/", 404, "기사를 찾을 수 없습니다"),
        ("GET", "/articles/sea-99", 410, "삭제된 기사입니다"),
        ("POST", "/search", 405, "이 방법으로는 열 수 없는 페이지입니다"),
        ("GET", "/recent/on", 405, "이 방법으로는 열 수 없는 페이지입니다"),
        ("DELETE", "/", 405, "이 방법으로는 열 수 없는 페이지입니다"),
    ],
)
def test_a_reader_gets_a_page_for_every_problem(
    visitor: Visitor, method: str, path: str, status: int, heading: str
) -> None:
    """With the right status, a heading, a sentence, and the search box to go on with."""
    response = visitor.ask(method, path)
    page = LexborHTMLParser(response.text)

    assert response.status_code == status
    assert text(page, "h1") == heading
    assert page.css("form[role=search]")
    assert "Allow" in response.headers or status != 405


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.IndexDamaged("/srv/data/index: does not open"), 503),
        (errors.IndexOutdated("/srv/data/index: run gisa reindex"), 503),
        (errors.ArchiveError("/srv/data/archive.sqlite: disk I/O error"), 503),
        (errors.SearchInvalid("offset must be less"), 422),
        (KeyError(SECRET), 500),
        (RecursionError(SECRET), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_a_failing_archive_is_a_page_and_a_problem(
    failing_app: Callable[[Exception], FastAPI], error: Exception, status: int
) -> None:
    """No traceback, no path and no query of anybody reaches a reader or a program."""
    visitor = Visitor(failing_app(error))

    for path in ("/search", "/api/search"):
        response = visitor.get(path, q=SECRET)

        assert response.status_code == status
        assert "Traceback" not in response.text
        assert "/srv/data" not in response.text
        assert SECRET not in response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_a_server_that_will_be_back_says_when(failing_app: Callable[[Exception], FastAPI]) -> None:
    """503 carries Retry-After, on the health route too."""
    response = Visitor(failing_app(errors.ArchiveError("no"))).get("/api/health")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize("path", ["/search", "/api/search", "/articles/sea-01"])
def test_no_log_holds_a_query(
    failing_app: Callable[[Exception], FastAPI], caplog: pytest.LogCaptureFixture, path: str
) -> None:
    """A failure is logged with its place, but without query string and without a message that may quote it."""
    caplog.set_level(logging.DEBUG)
    Visitor(failing_app(ValueError(SECRET))).get(path, q=SECRET)

    assert "ValueError" in caplog.text
    assert "conftest.py" in caplog.text
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert SECRET not in ours
    assert "%EB%B9%84" not in ours


def test_an_archive_s_failure_is_logged_with_its_words(
    failing_app: Callable[[Exception], FastAPI], caplog: pytest.LogCaptureFixture
) -> None:
    """Gisa's own errors say what to do; whoever runs the server must be able to read it."""
    Visitor(failing_app(errors.IndexOutdated("data/index: built by 0.0.9 — run `gisa reindex`"))).get("/search", q="x")

    assert "run `gisa reindex`" in caplog.text


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
)
def test_every_error_has_its_problem(kind: type[Exception]) -> None:
    """The table knows every error a request can meet; a bug is an internal error."""
    error = kind.__new__(kind)
    known = (
        errors.ArticleNotFound,
        errors.SearchInvalid,
        errors.SetInvalid,
        errors.ArchiveError,
        errors.SearchIndexError,
        errors.DataFolderError,
        errors.NotAnswered,
        errors.TooDear,
    )

    assert (problem_of(error).status < 500 or problem_of(error).status == 503) == isinstance(error, known)


def test_every_problem_has_its_korean_words() -> None:
    """One table of names, one of sentences, nothing missing on either side."""
    assert {problem.name.replace("-", "_") for problem in EVERY_PROBLEM} == {each.name for each in fields(ProblemText)}
