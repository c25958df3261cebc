"""The articles of one story side by side: the first printed and the one asked for, however many there are, and counted exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import gisa
from gisa.errors import SearchIndexError
from gisa.library import Library
from gisa.library import beside as beside_module
from gisa.library.searches import Searches
from gisa.model import Article
from gisa.stories import comparing
from gisa.stories.comparing import Uncompared, compare
from tests.stories.labelled import families

NOW = datetime(2027, 1, 1, tzinfo=UTC)
BRIDGE = next(families())[0][0]


def printed(number: int) -> Article:
    """The article of one story that was printed as the ``number``-th, from 0."""
    return Article(
        id=f"bridge-{number}",
        title=BRIDGE.title,
        body=f"{BRIDGE.body}\n{number}째 소식이다.",
        published_at=BRIDGE.published_at + timedelta(minutes=number),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A story of eight articles, archived in the opposite order of their printing."""
    with gisa.open(tmp_path_factory.mktemp("data"), clock=lambda: NOW) as opened:
        opened.add([printed(number) for number in reversed(range(8))])
        yield opened


def test_those_printed_first_are_shown_and_the_one_asked_for(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more articles than are shown the first are, and the last of them makes room for the one asked for; all are counted."""
    monkeypatch.setattr(beside_module, "SHOWN", 3)
    late, early = library.story("bridge-6"), library.story("bridge-1")

    assert [each.article.id for each in late.tellings] == ["bridge-0", "bridge-1", "bridge-6"]
    assert [each.article.id for each in early.tellings] == ["bridge-0", "bridge-1", "bridge-2"]
    assert (late.total, early.total) == (8, 8)


def test_search_and_article_count_the_same(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few are named, the number of similar articles is that of the search."""
    monkeypatch.setattr(beside_module, "SIMILAR", 2)
    hit = library.search("나루대교", group=True).hits[0]

    assert hit.similar_total == library.similar_total(hit.article.id) == 7
    assert [each.id for each in library.similar("bridge-7")] == ["bridge-0", "bridge-1"]
    assert [each.id for each in library.similar("bridge-0")] == ["bridge-1", "bridge-2"]


def test_without_an_index_those_found_are_counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story is shown also while the index cannot answer."""

    def fail(*_: object) -> object:
        raise SearchIndexError("no index")

    monkeypatch.setattr(Searches, "of", fail)

    assert library.story("bridge-0").total == 8
    assert library.similar_total("bridge-0") == 0


def test_what_would_take_long_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """All comparisons of a story read so many characters at most; a shorter article behind a long one is compared still."""
    articles = [printed(0), printed(1), replace(printed(3), id="long", body="긴 글이다. " * 500), printed(2)]
    monkeypatch.setattr(comparing, "_MOST_COMPARED", sum(len(each.body) for each in articles if each.id != "long") * 2)

    told = compare(articles, total=4).tellings

    assert [each.uncompared for each in told] == [Uncompared.FIRST, None, Uncompared.LONG, None]
    assert told[3].changed
