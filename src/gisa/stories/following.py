"""Keeps the store of stories in step with the archive by its change log. The caller holds the writer lock.

Two articles are linked if their fingerprints tell the same story and at most 48 hours lie between them; a story is what links
connect. So it does not matter in which order articles come, unless an article has more candidates than are looked at
(``_ROWS_READ``, ``_COMPARED``): then some links may be missing. The store holds hashes and numbers, no words.

A story is made of what everybody may read now: an article that is withheld or not open yet is not in it, and of a subscriber's
article only the beginning counts. So no group of articles says anything about one that may not be seen.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Final

from gisa.access import Asker, Gate, opens_later_s
from gisa.article_follower import ArticleFollower
from gisa.clock import Clock
from gisa.follower_file import FollowerFile
from gisa.model import ArchivedArticle
from gisa.ports import Archive
from gisa.stories.fingerprint import FINGERPRINT_VERSION, Fingerprint, fingerprint
from gisa.stories.linking import LINKS_SCHEMA, join, leave

WINDOW_S: Final = 48 * 3600
"""Seconds that lie between two linked articles at most. Measured on real news: in 48 hours 27 of 29 pairs with a fifth of their text
in common told the same story."""
_ROWS_READ: Final = 2_000
"""Rows of bands that are looked at for one article. A turn of phrase that half a paper's articles hold fills a band."""
_COMPARED: Final = 50
"""Candidates that are compared, those with the most bands in common first. Two articles that share a quarter have five of 20."""
_SCHEMA: Final = """
CREATE TABLE fingerprints (article_seq INTEGER PRIMARY KEY, published_s INTEGER NOT NULL, fingerprint BLOB NOT NULL);
CREATE TABLE bands (
    band INTEGER NOT NULL, published_s INTEGER NOT NULL, article_seq INTEGER NOT NULL,
    PRIMARY KEY (band, published_s, article_seq)
) WITHOUT ROWID;
CREATE TABLE waiting (article_seq INTEGER PRIMARY KEY, opens_s INTEGER NOT NULL) WITHOUT ROWID;
"""


def stories_file(path: Path, *, preview: int) -> FollowerFile:
    """The store at a path; ``preview``: characters of a subscriber's article that everybody may read."""
    schema = _SCHEMA + LINKS_SCHEMA
    rules = f"stories {FINGERPRINT_VERSION}\npreview {preview}\n{schema}"
    return FollowerFile.built_by(rules, path=path, schema=schema)


class StoriesFollower(ArticleFollower):
    """``ports.Follower``: which articles tell the same story. An article alone in its story is in none."""

    name = "stories"

    def __init__(self, path: Path, archive: Archive, *, clock: Clock, preview: int) -> None:
        super().__init__(stories_file(path, preview=preview), archive)
        self._clock, self._preview = clock, preview

    def _due(self, store: sqlite3.Connection) -> Iterable[int]:
        """Those whose embargo has ended since."""
        now_s = int(self._clock().timestamp())
        return [seq for (seq,) in store.execute("SELECT article_seq FROM waiting WHERE opens_s <= ?", (now_s,))]

    def _put(self, store: sqlite3.Connection, articles: Collection[ArchivedArticle]) -> None:
        _put(store, articles, Gate(Asker.PUBLIC, self._clock(), self._preview))

    def _take_out(self, store: sqlite3.Connection, seqs: Sequence[int]) -> None:
        _take_out(store, seqs)


def _put(store: sqlite3.Connection, articles: Iterable[ArchivedArticle], gate: Gate) -> None:
    """Take articles in, each into the story that it tells."""
    for archived in articles:
        seq, article = archived.seq, archived.article
        if not gate.shows(article):
            opens_s = opens_later_s(article, now=gate.now)
            if article.withheld_as is None and opens_s is not None:
                store.execute("INSERT INTO waiting VALUES (?, ?)", (seq, opens_s))
            continue
        shown = gate.visible(article)
        made = fingerprint(shown.title, shown.body)
        if made is None:
            continue
        published_s = article.published_at_s
        store.execute("INSERT INTO fingerprints VALUES (?, ?, ?)", (seq, published_s, made.to_bytes()))
        store.executemany("INSERT INTO bands VALUES (?, ?, ?)", ((band, published_s, seq) for band in made.bands()))
        join(store, seq, _linked(store, seq, published_s, made))


def _linked(store: sqlite3.Connection, seq: int, published_s: int, made: Fingerprint) -> list[int]:
    """The articles that tell the same as one, within the window."""
    bands = list(made.bands())
    rows = store.execute(
        f"SELECT article_seq FROM bands WHERE band IN ({_marks(bands)}) AND published_s BETWEEN ? AND ? LIMIT ?",  # noqa: S608 - only question marks
        (*bands, published_s - WINDOW_S, published_s + WINDOW_S, _ROWS_READ),
    )
    common = Counter(map(itemgetter(0), rows))
    del common[seq]
    others = [other for other, _ in common.most_common(_COMPARED)]
    kept = store.execute(
        f"SELECT article_seq, fingerprint FROM fingerprints WHERE article_seq IN ({_marks(others)})",  # noqa: S608 - only question marks
        others,
    )
    return [other for other, theirs in kept if made.tells_same_story(Fingerprint.from_bytes(theirs))]


def _take_out(store: sqlite3.Connection, seqs: Sequence[int]) -> None:
    """Remove articles. What they alone connected falls apart."""
    for seq in seqs:
        store.execute("DELETE FROM waiting WHERE article_seq = ?", (seq,))
        kept = store.execute(
            "SELECT published_s, fingerprint FROM fingerprints WHERE article_seq = ?", (seq,)
        ).fetchone()
        if kept is None:
            continue
        published_s, made = kept[0], Fingerprint.from_bytes(kept[1])
        store.execute("DELETE FROM fingerprints WHERE article_seq = ?", (seq,))
        store.executemany(
            "DELETE FROM bands WHERE band = ? AND published_s = ? AND article_seq = ?",
            ((band, published_s, seq) for band in made.bands()),
        )
    leave(store, seqs)


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))
