"""Stories as what links connect: joined, and falling apart, as a graph of them says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.stories.linking import LINKS_SCHEMA, join, leave


@pytest.fixture
def store() -> Iterator[sqlite3.Connection]:
    with closing(_new()) as opened:
        yield opened


def _new() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    opened.executescript(LINKS_SCHEMA)
    return opened


def stories(store: sqlite3.Connection) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for seq, story in store.execute("SELECT article_seq, story FROM members"):
        found.setdefault(story, set()).add(seq)
    return {frozenset(each) for each in found.values()}


def connected(links: set[frozenset[int]]) -> set[frozenset[int]]:
    """The oracle: parts of a graph, joined link by link."""
    parts: set[frozenset[int]] = set()
    for link in links:
        touching = {part for part in parts if part & link}
        parts = parts - touching | {link.union(*touching)}
    return parts


NUMBERS = st.integers(1, 9)


@given(steps=st.lists(st.tuples(st.booleans(), NUMBERS, st.sets(NUMBERS, max_size=3)), max_size=30))
def test_stories_are_what_links_connect(steps: list[tuple[bool, int, set[int]]]) -> None:
    """After any articles came and left, alone or several at once, each story is a part of the graph of links."""
    links: set[frozenset[int]] = set()
    with closing(_new()) as store:
        for comes, seq, others in steps:
            if comes:
                linked = others - {seq}
                join(store, seq, sorted(linked))
                links |= {frozenset({seq, other}) for other in linked}
            else:
                gone = {seq, *others}
                leave(store, sorted(gone))
                links = {link for link in links if not link & gone}

            assert stories(store) == connected(links)
            assert store.execute("SELECT count(*) FROM links").fetchone() == (2 * len(links),)


def test_an_article_that_comes_back_does_not_take_its_story_along(store: sqlite3.Connection) -> None:
    """A story keeps its number when the article that came first leaves it for another one."""
    join(store, 2, [1])
    join(store, 3, [2])
    leave(store, [1])
    join(store, 1, [4])

    assert stories(store) == {frozenset({2, 3}), frozenset({1, 4})}


def test_a_story_that_stays_whole_is_not_walked_through(store: sqlite3.Connection) -> None:
    """Where the articles that were linked to one that leaves are linked to each other, no further ones are asked for."""
    for seq in range(2, 200):
        join(store, seq, range(max(1, seq - 5), seq))
    asked: list[str] = []
    store.set_trace_callback(asked.append)
    leave(store, [100])

    assert len(stories(store)) == 1
    assert sum("FROM links WHERE one" in each for each in asked) < 40
