"""The suggestion store's tables. Decides nothing about what stands in them.

phrases      every phrase of a headline by a number made of its spelling: how many articles hold it, how many of them as
             a name, their weights summed; its spelling where it is offered (null where it only is counted)
by_strokes   the offered phrases by tier, then strokes: what typing looks up
by_initials  the same by initials
by_ending    words that two articles hold, by tier, then strokes from the end: with ``by_strokes``, what a mistake looks up
waiting      revisions that are published but not open yet; their phrases are counted at the first change after they open
own_words    one row: the own words that headlines were analysed with

A *tier* is the logarithm of the weight. A look-up goes from the highest tier down and stops when it has enough, so a
short prefix reads a few rows as a long one does, and nothing has to be precomputed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from gisa.follower_file import FollowerFile
from gisa.text.analyser import MecabAnalyser
from gisa.text.phrases import PHRASES_VERSION

_TABLES_VERSION: Final = 4

_SCHEMA: Final = """
CREATE TABLE phrases (
    id INTEGER PRIMARY KEY, articles INTEGER NOT NULL, names INTEGER NOT NULL, weight INTEGER NOT NULL, text TEXT
);
CREATE TABLE by_strokes (tier INTEGER, strokes TEXT, id INTEGER, PRIMARY KEY (tier, strokes, id)) WITHOUT ROWID;
CREATE TABLE by_initials (tier INTEGER, initials TEXT, id INTEGER, PRIMARY KEY (tier, initials, id)) WITHOUT ROWID;
CREATE TABLE by_ending (tier INTEGER, ending TEXT, id INTEGER, PRIMARY KEY (tier, ending, id)) WITHOUT ROWID;
CREATE TABLE waiting (seq INTEGER, revision INTEGER, opens_at_s INTEGER NOT NULL, PRIMARY KEY (seq, revision)) WITHOUT ROWID;
CREATE TABLE own_words (one INTEGER PRIMARY KEY CHECK (one = 1), lines TEXT NOT NULL);
"""

_RULES: Final = f"tables {_TABLES_VERSION}\nphrases {PHRASES_VERSION}\n{MecabAnalyser.name}"
"""Version of the tables and of the rules for phrases; a store of another version is rebuilt."""


def suggestions_file(path: Path) -> FollowerFile:
    """The store at a path."""
    return FollowerFile.built_by(_RULES, path=path, schema=_SCHEMA)


def keep_words(store: sqlite3.Connection, words: str) -> None:
    """Note the own words that headlines are analysed with, as lines of ``words.txt``."""
    store.execute("INSERT INTO own_words VALUES (1, ?)", (words,))


def words_of(store: sqlite3.Connection) -> str:
    """The own words that headlines were analysed with, as lines of ``words.txt``."""
    (words,) = store.execute("SELECT lines FROM own_words").fetchone()
    return str(words)
