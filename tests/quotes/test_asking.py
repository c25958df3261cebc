"""Who said what, asked of a library: order, pages, words, and nothing that may not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.access import Asker
from gisa.errors import SearchInvalid
from gisa.library import Library, quoting

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MAYOR = "김하늘 나루시장은 “나루대교를 다시 놓겠다”고 밝혔다. 김 시장은 “예산은 있다”고 말했다."


def row(number: int, body: str = MAYOR, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "title": f"나루시 소식 {number}",
        "body": body,
        "published_at": datetime(2026, 1, number, tzinfo=UTC),
        **fields,
    }


class Watch:
    """A clock that can be set."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def library(tmp_path: Path, watch: Watch) -> Iterator[Library]:
    with gisa.open(tmp_path / "data", clock=watch) as opened:
        yield opened


def words(library: Library, speaker: str = "김하늘", **asked: Any) -> list[tuple[str, str]]:
    return [(each.archived.article.id, each.words) for each in library.quotations(speaker, **asked).quotations]


def test_newest_first_and_in_the_order_of_the_text(library: Library) -> None:
    """What one person said in two articles."""
    library.add([row(1), row(2)])
    page = library.quotations("김하늘")

    assert words(library) == [
        ("a2", "나루대교를 다시 놓겠다"),
        ("a2", "예산은 있다"),
        ("a1", "나루대교를 다시 놓겠다"),
        ("a1", "예산은 있다"),
    ]
    assert [each.told for each in page.quotations[:2]] == ["고 밝혔다", "고 말했다"]
    assert page.next_cursor is None


def test_pages_never_repeat_or_skip(library: Library) -> None:
    """A cursor goes on behind the last quotation, also within an article and past one of the same moment."""
    library.add([row(1), row(2), {**row(3), "published_at": datetime(2026, 1, 2, tzinfo=UTC)}])
    seen, cursor = [], None
    for _ in range(6):
        page = library.quotations("김하늘", limit=1, cursor=cursor)
        seen += [(each.archived.article.id, each.start) for each in page.quotations]
        cursor = page.next_cursor

    assert cursor is None
    assert seen == [
        (each.archived.article.id, each.start) for each in library.quotations("김하늘", limit=100).quotations
    ]
    assert len(set(seen)) == 6


def test_words_in_the_quotation(library: Library) -> None:
    """With a speaker and without: all words stand in the quotation, not beside it."""
    library.add([row(1), row(2, "박준서 의원은 “예산이 없다”고 말했다. 예산은 나루대교에 쓰인다.")])

    assert words(library, text="예산") == [("a1", "예산은 있다")]
    assert words(library, "", text="예산") == [("a2", "예산이 없다"), ("a1", "예산은 있다")]
    assert words(library, "", text="나루대교") == [("a1", "나루대교를 다시 놓겠다")]


def test_a_revision_and_a_removal_are_followed(library: Library) -> None:
    """What a correction takes back is said no more, and a removed article says nothing."""
    library.add([row(1), row(2)])
    library.add([row(1, "김하늘 나루시장은 “고치겠다”고 밝혔다.")])
    library.remove(["a2"])

    assert words(library) == [("a1", "고치겠다")]


def test_nothing_unpublished_is_quoted(library: Library, watch: Watch) -> None:
    """Drafts never; an embargo opens by the clock; the desk sees both."""
    library.add([row(1, status="draft"), row(2, visible_from=NOW + timedelta(hours=1))])
    before = words(library), words(library, "", text="예산")
    desk = words(library, asker=Asker.DESK)
    watch.now = NOW + timedelta(hours=2)

    assert before == ([], [])
    assert [article for article, _ in desk] == ["a2", "a2", "a1", "a1"]
    assert [article for article, _ in words(library)] == ["a2", "a2"]


def test_of_a_subscribers_article_only_the_beginning(library: Library) -> None:
    """What stands behind the preview is not quoted to everybody."""
    library.add([row(1, MAYOR + " 나루시 소식이다." * 100 + " 김 시장은 “비밀이다”라고 했다.", access="subscriber")])

    assert ("a1", "비밀이다") not in words(library)
    assert ("a1", "비밀이다") in words(library, asker=Asker.SUBSCRIBER)


@pytest.mark.parametrize("limit", [1, 2, 100])
@pytest.mark.parametrize("looked_through", [1, 2, 500])
def test_pages_by_words_never_repeat_or_skip(
    library: Library, monkeypatch: pytest.MonkeyPatch, limit: int, looked_through: int
) -> None:
    """So many articles are looked through for a page; one that comes between two pages changes nothing of those to come."""
    monkeypatch.setattr(quoting, "LOOKED_THROUGH", looked_through)
    library.add([row(number) for number in range(1, 6)])
    seen, cursor = [], None
    for number in range(100):
        page = library.quotations(text="나루대교", limit=limit, cursor=cursor)
        seen += [each.archived.article.id for each in page.quotations]
        cursor = page.next_cursor
        if cursor is None:
            break
        if number == 0:
            library.add([row(6)])

    assert seen == ["a5", "a4", "a3", "a2", "a1"]


@pytest.mark.parametrize(
    "asked",
    [{"limit": 0}, {"limit": 101}, {"cursor": "x"}, {"cursor": "1-2"}, {"cursor": f"{2**63}-1-1"}, {"speaker": ""}],
    ids=str,
)
def test_impossible_questions(library: Library, asked: dict[str, Any]) -> None:
    """Each is told, none is answered."""
    with pytest.raises(SearchInvalid):
        library.quotations(**{"speaker": "김하늘", **asked})


def test_without_a_store_there_is_nothing(library: Library) -> None:
    """A store that was removed is built by the next writer; until then nothing is said, and nothing fails."""
    library.add([row(1)])
    library.settings.quotations_path.unlink()
    between = words(library)
    library.add([row(2)])

    assert between == []
    assert len(words(library)) == 4
