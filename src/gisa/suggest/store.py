"""The suggestion store's tables, and opening the file. Decides nothing about what stands in them.

phrases      every phrase of a headline by a number made of its spelling: how many articles hold it, how many of them as
             a name, their weights summed; its spelling where it is offered (null where it only is counted)
by_strokes   the offered phrases by tier, then strokes: what typing looks up
by_initials  the same by initials
by_ending    words that two articles hold, by tier, then strokes from the end: with ``by_strokes``, what a mistake looks up
waiting      revisions that are published but not open yet; their phrases are counted at the first change after they open
about        one row: which Gisa built the store, by which own words, and the archive's last change it holds

A *tier* is the logarithm of the weight. A look-up goes from the highest tier down and stops when it has enough, so a
short prefix reads a few rows as a long one does, and nothing has to be precomputed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Final

from gisa.durable import share
from gisa.text.analyser import MecabAnalyser
from gisa.text.phrases import PHRASES_VERSION

_TABLES_VERSION: Final = 3
_BUSY_TIMEOUT_S: Final = 10.0

_SCHEMA: Final = """
CREATE TABLE phrases (
    id INTEGER PRIMARY KEY, articles INTEGER NOT NULL, names INTEGER NOT NULL, weight INTEGER NOT NULL, text TEXT
);
CREATE TABLE by_strokes (tier INTEGER, strokes TEXT, id INTEGER, PRIMARY KEY (tier, strokes, id)) WITHOUT ROWID;
CREATE TABLE by_initials (tier INTEGER, initials TEXT, id INTEGER, PRIMARY KEY (tier, initials, id)) WITHOUT ROWID;
CREATE TABLE by_ending (tier INTEGER, ending TEXT, id INTEGER, PRIMARY KEY (tier, ending, id)) WITHOUT ROWID;
CREATE TABLE waiting (seq INTEGER, revision INTEGER, opens_at_s INTEGER NOT NULL, PRIMARY KEY (seq, revision)) WITHOUT ROWID;
CREATE TABLE about (
    one INTEGER PRIMARY KEY CHECK (one = 1), fingerprint TEXT NOT NULL, change_seq INTEGER NOT NULL, words TEXT NOT NULL
);
"""

FINGERPRINT: Final = hashlib.blake2b(
    f"tables {_TABLES_VERSION}\nphrases {PHRASES_VERSION}\n{MecabAnalyser.name}".encode(), digest_size=8
).hexdigest()
"""Version of the tables and of the rules for phrases; a store of another version is rebuilt."""


def create(path: Path, *, words: str) -> sqlite3.Connection:
    """A new, empty store, open for writing. A file at the path is removed first. ``words``: see ``words_of``."""
    discard(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    share(path)  # its log and shared memory take its permissions
    connection = open_for_writing(path)
    connection.executescript(_SCHEMA)
    connection.execute("INSERT INTO about VALUES (1, ?, 0, ?)", (FINGERPRINT, words))
    return connection


def open_for_writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    # NORMAL: the machine's failure may take the last commits, and their change_seq with them. They are followed again.
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST;")
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Raises ``sqlite3.Error`` when there is none. May be closed by another thread than the one that uses it."""
    uri = path.absolute().as_uri() + "?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=0.5, isolation_level=None, check_same_thread=False)


def change_seq_of(connection: sqlite3.Connection) -> int | None:
    """The last change the store holds; None when it was built by another version."""
    fingerprint, change_seq = connection.execute("SELECT fingerprint, change_seq FROM about").fetchone()
    return int(change_seq) if fingerprint == FINGERPRINT else None


def words_of(connection: sqlite3.Connection) -> str:
    """The own words that headlines were analysed with, as lines of ``words.txt``."""
    (words,) = connection.execute("SELECT words FROM about").fetchone()
    return str(words)


def discard(path: Path) -> None:
    """Remove a store. The database first: without it nobody opens what is left."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
