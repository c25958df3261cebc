"""The archive's tables as this version of Gisa knows them; the migrations make them, this file only describes.

articles   one row an article: its id, its newest revision's number, and when it was removed (null: it is there)
revisions  one row a revision, never changed once written
changes    the numbered log of what happened, in the order it was committed
counters   one row: the last numbers given out and how many articles are there
own_files  the paper's words and synonyms, one row a version; used by archives on a server only

``counters`` is locked first by every writer, so numbers are given out in the order of commits: whoever has read
the log up to a number never misses a smaller one that is committed later (as database sequences allow).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()

SEQ: Final = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite uses a column spelt INTEGER PRIMARY KEY as the row's own number."""

ARTICLES: Final = Table(
    "articles",
    METADATA,
    Column("seq", SEQ, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("removed_at", BigInteger),
)

REVISIONS: Final = Table(
    "revisions",
    METADATA,
    Column("seq", SEQ, ForeignKey("articles.seq"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("published_offset", Integer, nullable=False),
    Column("modified_at", BigInteger),
    Column("modified_offset", Integer),
    Column("section", Text),
    Column("byline", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("image_url", Text),
    Column("keywords", Text),
    Column("lang", Text, nullable=False),
    Column("extra", Text),
    Column("body", LargeBinary, nullable=False),
    Column("correction", Text),
    Column("corrected_at", BigInteger),
    Column("corrected_offset", Integer),
    Column("details", Text),
)
"""Times are microseconds since 1970-01-01T00:00Z, offsets seconds east of UTC; ``byline``, ``keywords`` and
``extra`` are JSON, null when empty; ``details`` is JSON (see ``details``), null for most; ``body`` is one zstd frame (see ``packing``)."""

KEYS: Final = Table(
    "keys",
    METADATA,
    Column("key", SEQ, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, ForeignKey("articles.seq"), nullable=False),
)
"""Which article an address belongs to: ``text.addresses.address_key`` → ``seq``. The first to have it keeps it."""

DICTIONARIES: Final = Table(
    "dictionaries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""What bodies are packed with; each frame names its own by number."""

CHANGES: Final = Table(
    "changes",
    METADATA,
    Column("change_seq", SEQ, primary_key=True, autoincrement=False),
    Column("seq", SEQ, ForeignKey("articles.seq"), nullable=False),
    Column("kind", String(6), CheckConstraint("kind IN ('add', 'update', 'remove')", name="kind"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("reason", Text),
    Column("public_reason", Text),
)
Index("changes_of", CHANGES.c.seq)
"""Finds what happened to an article, and its tombstone: 0.25 ms. 11 bytes an article; adding 20,000 took as long without it (3.8 to 4.1 s of
the processor, three runs in turns)."""

COUNTERS: Final = Table(
    "counters",
    METADATA,
    Column("one", SmallInteger, CheckConstraint("one = 1", name="one"), primary_key=True, autoincrement=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_change_seq", BigInteger, nullable=False),
    Column("article_count", BigInteger, nullable=False),
)

PURGES: Final = Table(
    "purges",
    METADATA,
    Column("seq", SEQ, primary_key=True, autoincrement=False),
    Column("purged_at", BigInteger, nullable=False),
    Column("purged_by", Text, nullable=False),
)
"""Removed articles whose text has been erased: when, and by whom. Why stands in ``changes``."""

OWN_FILES: Final = Table(
    "own_files",
    METADATA,
    Column("version", SEQ, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("shared_at", BigInteger, nullable=False),
    Column("shared_by", Text, nullable=False),
)
"""The paper's own files that several machines share: every version of each, numbered over all of them."""

SCHEMA_VERSION: Final = Table("schema_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""The revision the database stands at; alembic keeps it, so it is not among the tables above."""
