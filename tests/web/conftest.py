"""A paper of 66 articles, written for these tests, behind the real application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

import gisa
from gisa.library import Library
from gisa.web import create_app
from tests.web.visitor import Visitor

NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
"""Noon of 16 November 2026 in Seoul."""

SCRIPT = "<script>alert('x')</script>"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def clock() -> datetime:
    return NOW


def still() -> float:
    """Time that does not pass, so that no search is out of it however busy the machine."""
    return 0.0


def paper() -> list[dict[str, Any]]:
    """65 articles about 바다, one each six hours, in three sections; and one that is hostile in every field."""
    articles: list[dict[str, Any]] = [
        {
            "id": f"sea-{number:02}",
            "title": f"바다 소식 {number}호",
            "body": f"나루 앞바다 바다 소식을 전한다.\n{number}번째 이야기는 등대 아래에서 시작된다.",
            "published_at": (NOW - timedelta(hours=6 * number + 1)).isoformat(),
            "section": ("지역", "경제", "문화")[number % 3],
            "byline": ["오세림 기자"],
            "image_url": "/media/sea.svg" if number % 2 else None,
            "keywords": ["바다", "나루 항"],
            "url": f"https://news.example/sea/{number}",
            "publisher": "시험일보",
        }
        for number in range(65)
    ]
    articles.append(
        {
            "id": 'bad/../"id"?x#y',
            "title": f"함정 {SCRIPT} & 제목",
            "body": f"함정 본문 {SCRIPT}\n둘째 줄 <b>굵게</b> \"따옴표\" '홑'\n바로잡습니다: 함정은 없다.",
            "published_at": "2026-01-02T03:04:00+09:00",
            "modified_at": "2026-01-03T03:04:00+09:00",
            "correction": f"함정이 아니라 {SCRIPT}\n등대입니다.",
            "corrected_at": "2026-01-04T05:06:00+09:00",
            "section": '"><img src=x onerror=alert(1)>',
            "byline": [SCRIPT],
            "publisher": SCRIPT,
            "keywords": [SCRIPT],
        }
    )
    return articles


@pytest.fixture(scope="session")
def paper_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    (folder / "gisa.toml").write_text(
        '[paper]\nname = "시험일보"\nabout = "시험의 소식"\ncolour = "#b3261e"\n', "utf-8"
    )
    (folder / "media").mkdir()
    (folder / "media" / "sea.svg").write_text(PICTURE, "utf-8")
    (folder / "media" / "notes.txt").write_text("not a picture", "utf-8")
    (folder / "media" / ".hidden.svg").write_text(PICTURE, "utf-8")
    (folder / "media" / "outside.svg").symlink_to(folder / "gisa.toml")
    return folder


@pytest.fixture(scope="session")
def paper_library(paper_folder: Path) -> Iterator[Library]:
    """The paper, for reading only; ``sea-99`` and ``sea-98`` were added and removed again, the latter with a reason."""
    with gisa.open(paper_folder, clock=clock, monotonic=still) as library:
        gone = {"title": "지운 기사", "body": "없다", "published_at": NOW}
        report = library.add([*paper(), {"id": "sea-99", **gone}, {"id": "sea-98", **gone}])
        assert report.rejected == 0, report.rejects
        library.remove(["sea-99"], reason="속사정")
        library.remove(["sea-98"], reason="속사정", public_reason=f"당사자 요청 {SCRIPT}")
        yield library


@pytest.fixture(scope="session")
def app(paper_library: Library) -> FastAPI:
    return create_app(paper_library, clock=clock, monotonic=still)


@pytest.fixture
def visitor(app: FastAPI) -> Visitor:
    """A reader who has not been here before."""
    return Visitor(app)


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[FastAPI]:
    with gisa.open(tmp_path / "empty", clock=clock, monotonic=still) as library:
        yield create_app(library, clock=clock, monotonic=still)


@pytest.fixture
def failing_app(paper_library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], FastAPI]:
    """Makes an application whose archive fails with the given error at every turn."""

    def make(error: Exception) -> FastAPI:
        def fail(*_: object, **__: object) -> object:
            raise error

        for name in ("search", "article", "status", "health"):
            monkeypatch.setattr(paper_library, name, fail)
        return create_app(paper_library, clock=clock, monotonic=still)

    return make
