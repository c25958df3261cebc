"""The list of corrections and the notices on an article, asked of a library: order, pages, and nothing that may not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import gisa
from gisa.access import Asker, Gate
from gisa.corrections.asking import Corrections
from gisa.errors import SearchInvalid
from gisa.library import Library

NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)
BRIDGE: Final = {
    "id": "a1",
    "title": "나루대교 오는 5월 개통",
    "body": "나루대교가 5월에 열린다.",
    "published_at": "2026-01-01T09:00:00+09:00",
}
NAMES_IT: Final = "1월 1일 「나루대교 오는 5월 개통」 기사에 대해 시는 6월이라고 알려왔습니다."
PREVIEW: Final = 20


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "gisa.toml").write_text(f"[paper]\npreview = {PREVIEW}\n", "utf-8")
    with gisa.open(tmp_path, clock=lambda: NOW) as opened:
        yield opened


def notice(number: int, body: str = NAMES_IT, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"n{number}",
        "title": f"[반론보도] 나루대교 관련 {number}",
        "body": body,
        "published_at": datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=number),
        **fields,
    }


def above_the_bridge(library: Library, asker: Asker = Asker.PUBLIC) -> list[str]:
    article = library.article("a1", asker=asker).article
    return [each.article.id for each in library.notices_on(article, asker=asker)]


def listed(library: Library, asker: Asker = Asker.PUBLIC, **asked: Any) -> list[str]:
    return [each.article.id for each in library.corrections(asker=asker, **asked).corrections]


HIDDEN: Final[dict[str, dict[str, Any]]] = {
    "drafts": {"status": "draft"},
    "under embargo": {"visible_from": "2027-01-01T09:00:00+09:00"},
}


@pytest.mark.parametrize("hiding", HIDDEN.values(), ids=HIDDEN)
def test_what_is_hidden_takes_no_place(library: Library, hiding: dict[str, Any]) -> None:
    """One notice that may be read stands above its article and in the list, however many may not be read."""
    library.add([BRIDGE, notice(0), *(notice(number, **hiding) for number in range(1, 26))])

    assert above_the_bridge(library) == ["n0"]
    assert listed(library, limit=1) == ["n0"]
    assert library.corrections(limit=1).next_cursor is None
    assert len(listed(library, Asker.DESK, limit=100)) == 26


def test_an_embargo_that_ends_opens_a_correction(library: Library) -> None:
    """Without another run of whoever keeps the store."""
    library.add([BRIDGE, notice(1, visible_from="2026-02-28T09:00:00+09:00")])

    assert above_the_bridge(library) == listed(library) == ["n1"]


@pytest.mark.parametrize(("there", "shown"), [(3, ["n1", "n2", "n3"]), (25, [f"n{each}" for each in range(6, 26)])])
def test_of_many_notices_the_last_twenty_are_shown(library: Library, there: int, shown: list[str]) -> None:
    """In the order in which they were printed."""
    library.add([BRIDGE, *(notice(number) for number in range(1, there + 1))])

    assert above_the_bridge(library) == shown


def test_what_the_store_still_offers_ends_no_list(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the archive withholds more than is looked through for one page, a cursor leads on to what can be read behind it."""
    monkeypatch.setattr("gisa.corrections.asking._MOST_ROWS", 4)
    library.add([BRIDGE, *(notice(number) for number in range(12))])
    monkeypatch.setattr("gisa.library.followers.Followers.follow", lambda self: None)  # the store lags behind
    library.withhold([f"n{number}" for number in range(1, 12)])

    seen, cursor, pages = list[str](), None, 0
    while pages == 0 or cursor is not None:
        page = library.corrections(limit=1, cursor=cursor)
        seen += [each.article.id for each in page.corrections]
        cursor, pages = page.next_cursor, pages + 1

    assert seen == ["n0"]
    assert pages > 1


SECRET_NAME: Final = f"시가 답했다. {'나루시는 답을 보내왔다. ' * 5}{NAMES_IT}"


def test_a_notice_is_not_told_by_what_only_subscribers_read(library: Library) -> None:
    """What the hidden part of a subscriber's notice names, or says was corrected, is shown to subscribers alone."""
    subscribers = {"access": "subscriber"}
    library.add(
        [
            BRIDGE,
            notice(1, SECRET_NAME, **subscribers),
            {**BRIDGE, "id": "a2", "title": "예산", "body": f"{'예산이 늘었다. ' * 9}\n[정정] 줄었다.", **subscribers},
            {**BRIDGE, "id": "a3", "title": "도서관", "body": "[정정] 다음 달에 연다.", **subscribers},
        ]
    )

    assert above_the_bridge(library) == []
    assert above_the_bridge(library, Asker.SUBSCRIBER) == ["n1"]
    assert listed(library) == ["n1", "a3"]
    assert listed(library, Asker.SUBSCRIBER) == ["n1", "a3", "a2"]


def test_a_store_of_another_preview_is_not_used(library: Library) -> None:
    """It would tell by names from what is not to be read any more."""
    library.add([BRIDGE, notice(1, access="subscriber")])
    article, texts = library.article("a1").article, library._searches.texts(Asker.PUBLIC)
    other = Corrections(library.settings.corrections_path, preview=PREVIEW + 1)

    assert other.notices_on(article, texts, Gate(Asker.PUBLIC, NOW, PREVIEW + 1)) == []


def test_a_correction_stands_where_it_was_made(library: Library) -> None:
    """By the paper's own time of correction, else of change, else of publication; a notice by its publication."""
    day = "2026-02-{}T09:00:00+09:00".format
    library.add(
        [
            {**BRIDGE, "id": "a1", "correction": "6월입니다.", "corrected_at": day("02"), "modified_at": day("08")},
            {**BRIDGE, "id": "a2", "title": "예산", "correction": "줄었다.", "modified_at": day("03")},
            {**BRIDGE, "id": "a3", "title": "도서관", "correction": "연다.", "published_at": day("04")},
            notice(1, published_at=day("05"), modified_at=day("09")),
        ]
    )

    assert [(each.article.id, each.at.day) for each in library.corrections().corrections] == [
        ("n1", 5),
        ("a3", 4),
        ("a2", 3),
        ("a1", 2),
    ]


@pytest.mark.parametrize("cursor", ["", "x", "1", "1-2-3x", "99999999999999999999-1", f"1-{2**63}", "9" * 5_000 + "-1"])
def test_a_cursor_that_is_none_is_refused(library: Library, cursor: str) -> None:
    """Also one of numbers that no store can hold."""
    library.add([BRIDGE, notice(1)])

    with pytest.raises(SearchInvalid, match="cursor"):
        library.corrections(cursor=cursor)
