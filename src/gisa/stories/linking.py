"""Which articles are linked, and the stories that links make: what is connected is one story. Knows no texts.

Links are kept, so that an article can leave without any text being compared again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Final

LINKS_SCHEMA: Final = """
CREATE TABLE links (one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE members (article_seq INTEGER PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX by_story ON members (story);
CREATE TABLE members_version (number INTEGER NOT NULL);
INSERT INTO members_version VALUES (abs(random() >> 1) + 1);
CREATE TRIGGER joined AFTER INSERT ON members BEGIN UPDATE members_version SET number = number + 1; END;
CREATE TRIGGER moved AFTER UPDATE ON members BEGIN UPDATE members_version SET number = number + 1; END;
CREATE TRIGGER left AFTER DELETE ON members BEGIN UPDATE members_version SET number = number + 1; END;
"""
"""``links`` holds each link both ways. ``members``: the story of each article that has a link; the version tells that one has
changed, and begins at random, so that a store built anew has another one."""


def join(store: sqlite3.Connection, seq: int, linked: Collection[int]) -> None:
    """Link an article to others; all their stories are one from now on."""
    if not linked:
        return
    store.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", ((seq, other) for other in linked))
    store.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", ((other, seq) for other in linked))
    together = (seq, *linked)
    stories = {story for each in together if (story := _story_of(store, each)) is not None}
    story = min(stories) if stories else _new_number(store)
    store.executemany("UPDATE members SET story = ? WHERE story = ?", ((story, old) for old in stories if old != story))
    store.executemany("INSERT OR IGNORE INTO members VALUES (?, ?)", ((each, story) for each in together))


def leave(store: sqlite3.Connection, seqs: Sequence[int]) -> None:
    """Take articles out of their stories. What only they connected falls apart; each story is looked at once."""
    gone = set(seqs)
    ends: dict[int, set[int]] = {}
    for seq in seqs:
        story = _story_of(store, seq)
        if story is None:
            continue
        linked = _linked_to(store, seq)
        ends.setdefault(story, set()).update(linked)
        store.execute("DELETE FROM links WHERE one = ?", (seq,))
        store.executemany("DELETE FROM links WHERE one = ? AND other = ?", ((other, seq) for other in linked))
        store.execute("DELETE FROM members WHERE article_seq = ?", (seq,))
    for story, linked_before in ends.items():
        _split(store, story, linked_before - gone)


def _split(store: sqlite3.Connection, story: int, ends: set[int]) -> None:
    """Number the parts of a story that lost articles. ``ends``: what was linked to those; each part holds one at least."""
    while ends and not ends <= (part := _reached(store, ends)):
        if len(part) == 1:
            store.execute("DELETE FROM members WHERE article_seq = ?", tuple(part))
        else:
            number = _new_number(store)
            store.executemany("UPDATE members SET story = ? WHERE article_seq = ?", [(number, each) for each in part])
        ends = ends - part
    # The last part keeps the number, and is not walked through to its end.
    store.execute(
        "DELETE FROM members WHERE story = ? AND (SELECT count(*) FROM members WHERE story = ?) = 1", (story, story)
    )


def _reached(store: sqlite3.Connection, ends: set[int]) -> set[int]:
    """What is connected with the first of some articles: all of it, or enough to hold every one of them."""
    first = min(ends)
    reached, waiting, missing = {first}, [first], ends - {first}
    while waiting and missing:
        new = [other for other in _linked_to(store, waiting.pop()) if other not in reached]
        reached.update(new)
        waiting += new
        missing.difference_update(new)
    return reached


def _story_of(store: sqlite3.Connection, seq: int) -> int | None:
    found = store.execute("SELECT story FROM members WHERE article_seq = ?", (seq,)).fetchone()
    return None if found is None else int(found[0])


def _linked_to(store: sqlite3.Connection, seq: int) -> list[int]:
    return [other for (other,) in store.execute("SELECT other FROM links WHERE one = ?", (seq,))]


def _new_number(store: sqlite3.Connection) -> int:
    """Of no story: an article's own number may be that of a story which it has left."""
    (last,) = store.execute("SELECT max(story) FROM members").fetchone()
    return int(last or 0) + 1
