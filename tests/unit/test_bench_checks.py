"""The soak's checks complain of wrong answers: what passes without looking proves nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from bench.asking import Answer, check_saving, check_shown, check_status, check_walk, shown_on
from bench.newsroom import Ledger, Newsroom, word_of
from bench.watching import Process, Sample, growth_of, memory_complaints

from gisa.saying.korean import KOREAN
from gisa.web.pages import recent

DAY = date(2025, 10, 8)
NOON = datetime(2025, 10, 8, 12, tzinfo=UTC)


def answer(body: bytes = b"", *, status: int = 200, cookie: str = "") -> Answer:
    return Answer(status, {"set-cookie": cookie} if cookie else {}, body, 0.0, 0.01)


def cookie_of(kept: recent.RecentSearches) -> str:
    return f"{recent.COOKIE}={recent.encode(kept)}; Path=/; HttpOnly"


def walked(*ids: str) -> list[tuple[str, datetime]]:
    return [(article_id, NOON - timedelta(minutes=number)) for number, article_id in enumerate(ids)]


@pytest.mark.parametrize("status", [404, 500, 503])
def test_another_status_is_wrong(status: int) -> None:
    """A status is right only where it was expected."""
    assert check_status(answer(status=status))
    assert not check_status(answer(status=status), frozenset((status,)))


def test_a_removed_article_on_a_page_is_wrong() -> None:
    """An article that was gone before the request may not be linked to."""
    shown = shown_on(b'<a href="/articles/a%2F1?q=x">1</a> <a href="/articles/b">2</a>')

    assert shown == ["a/1", "b"]
    assert check_shown(shown, {"a/1"})
    assert not check_shown(shown, {"c"})


WALKS = {
    "all of them": (walked("a", "b", "c"), 3, 0, False),
    "given up": (walked("a", "b"), None, 0, False),
    "one was removed": (walked("a", "b"), 3, 1, False),
    "one is missing": (walked("a", "b"), 3, 0, True),
    "one too many": (walked("a", "b", "c"), 2, 0, True),
    "one came twice": (walked("a", "b", "a"), 3, 0, True),
    "out of order": (walked("a", "b", "c")[::-1], 3, 0, True),
}


@pytest.mark.parametrize(("hits", "total", "left", "is_wrong"), WALKS.values(), ids=WALKS)
def test_a_walk_has_everything_once_in_order(
    hits: list[tuple[str, datetime]], total: int | None, left: int, is_wrong: bool
) -> None:
    """Gaps, repetitions and wrong order are told; what was removed meanwhile may be missing."""
    assert bool(check_walk(hits, total=total, left=left)) is is_wrong


def test_recent_searches_are_looked_at() -> None:
    """A search must be in the list that comes back; with saving off nothing may come back, and the page says so."""
    saved, off = recent.EMPTY.record("포항", day=DAY), recent.RecentSearches(saving=False)
    says_off = KOREAN.page.recent_off.encode()

    assert not check_saving("포항", answer(cookie=cookie_of(saved)), recent.EMPTY)
    assert check_saving("포항", answer(), recent.EMPTY)
    assert check_saving("나루", answer(cookie=cookie_of(saved)), recent.EMPTY)
    assert not check_saving("포항", answer(says_off), off)
    assert check_saving("포항", answer(), off)
    assert check_saving("포항", answer(says_off, cookie=cookie_of(saved)), off)


def test_the_ledger_knows_what_an_address_may_say() -> None:
    """Before a removal 200, while it is under way either, after it 410; a request from before may see either."""
    ledger = Ledger(["a"])
    assert ledger.statuses("a", asked_at=0.0) == {200}
    assert ledger.statuses("b", asked_at=0.0) == {404}
    ledger.removing("a")
    assert ledger.statuses("a", asked_at=0.0) == {200, 410}
    ledger.removed("a")

    assert ledger.statuses("a", asked_at=float("inf")) == {410}
    assert ledger.statuses("a", asked_at=0.0) == {200, 410}
    assert (ledger.gone(0.0), ledger.gone(float("inf")), ledger.there()) == (set(), {"a"}, set())


def test_words_are_a_revisions_own() -> None:
    """No two numbers give one word, none is inside another, and a correction takes the earlier one out."""
    words = {word_of(number) for number in range(2_000)}
    room = Newsroom(iter([{"title": "제목", "body": "본문."}]))
    written = room.new()
    corrected = room.corrected(written)

    assert len(words) == 2_000
    assert {len(word) for word in words} == {6}
    assert (written.article_id, written.fields["title"]) == (corrected.article_id, f"제목 {written.word}")
    assert written.word not in orjson.dumps(corrected.fields).decode()
    assert corrected.word in corrected.fields["body"]


def samples(*own_bytes: int, processes: int = 2) -> list[Sample]:
    return [
        Sample(float(at_s), (Process(50_000_000, 0, 0), Process(own, 0, 0))[:processes], 1, 0, 0)
        for at_s, own in enumerate(own_bytes)
    ]


def test_memory_that_grows_is_told() -> None:
    """A line through the second half: what only warmed up is flat, what goes on growing is not, nor is a lost worker."""
    warmed = [60_000_000 + min(number, 10) * 3_000_000 for number in range(40)]
    leaking = [60_000_000 + number * 1_000_000 for number in range(40)]

    assert memory_complaints(samples(*warmed)) == []
    assert memory_complaints(samples(*leaking)) == ["process 1 grew by 19.0 MB in the second half"]
    assert memory_complaints([*samples(*warmed), *samples(1, processes=1)])
    assert growth_of([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) == pytest.approx(4.0)
