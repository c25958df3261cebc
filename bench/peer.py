"""The peer: SQLite's FTS5 with its trigram tokenizer, which finds any string of three characters without knowing Korean.

Set up in its own favour: one table holds texts and index, numbered by time so that newest first is its natural order,
written without a journal, merged into one segment at the end. Words of one or two characters it cannot look for; FTS5
leaves them out of the AND, and a query of nothing else finds nothing.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from bench.processes import BenchError

NAME: Final = "SQLite FTS5 trigram"
_PAGE: Final = """
    SELECT title, snippet(articles, -1, '<b>', '</b>', '…', 64) FROM articles WHERE articles MATCH ?
    ORDER BY {order} LIMIT 20
"""
"""64 tokens are the most that ``snippet`` gives: as many characters, where Gisa shows 160."""
_ROWIDS: Final = "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rowid DESC LIMIT 20"
_COUNT: Final = "SELECT count(*) FROM articles WHERE articles MATCH ?"


def build_peer(articles: Iterable[dict[str, Any]], path: Path) -> float:
    """Writes the table of the articles; returns the seconds it took. Raises ``BenchError`` when SQLite lacks FTS5."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize = 'trigram')")
    except sqlite3.OperationalError as error:
        raise BenchError(f"this Python's SQLite has no FTS5 with trigrams: {error}") from error
    by_time = sorted(
        (datetime.fromisoformat(fields["published_at"]), number, orjson.dumps([fields["title"], fields["body"]]))
        for number, fields in enumerate(articles)
    )
    rows: Iterator[tuple[int, str, str]] = (
        (number, *orjson.loads(texts)) for number, (_, _, texts) in enumerate(by_time, start=1)
    )
    started = time.perf_counter()
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO articles(rowid, title, body) VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.execute("INSERT INTO articles(articles) VALUES ('optimize')")
    connection.close()
    return time.perf_counter() - started


class Peer:
    """An FTS5 table of a corpus, as ``build_peer`` left it."""

    def __init__(self, path: Path, *, build_s: float) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self.build_s = build_s
        self.size_bytes = path.stat().st_size

    def page(self, query: str, *, by_relevance: bool = False) -> int:
        """A page as a reader sees it: 20 headlines with snippets, newest first or by bm25, and the exact count."""
        wanted = match_of(query)
        self._connection.execute(_PAGE.format(order="rank" if by_relevance else "rowid DESC"), (wanted,)).fetchall()
        return self._count(wanted)

    def find(self, query: str) -> int:
        """What an index alone does: the 20 newest rows' numbers, and the exact count."""
        wanted = match_of(query)
        self._connection.execute(_ROWIDS, (wanted,)).fetchall()
        return self._count(wanted)

    def total(self, literal: str) -> int:
        """How many rows hold a string of three characters or more."""
        return self._count('"' + literal.replace('"', '""') + '"')

    def close(self) -> None:
        self._connection.close()

    def _count(self, wanted: str) -> int:
        (count,) = self._connection.execute(_COUNT, (wanted,)).fetchone()
        return int(count)


def match_of(query: str) -> str:
    """The query's words, each quoted, all required."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in query.split())


def can_answer(query: str) -> bool:
    """Whether trigrams can look for every word of the query."""
    return all(len(word) >= 3 for word in query.split())
