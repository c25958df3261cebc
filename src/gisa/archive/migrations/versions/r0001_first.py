"""The first schema: articles, revisions, changes, counters. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and the one row of counters."""
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "articles",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("removed_at", sa.BigInteger),
    )
    op.create_table(
        "revisions",
        sa.Column("seq", seq, sa.ForeignKey("articles.seq"), primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger, nullable=False),
        sa.Column("published_offset", sa.Integer, nullable=False),
        sa.Column("modified_at", sa.BigInteger),
        sa.Column("modified_offset", sa.Integer),
        sa.Column("section", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("image_url", sa.Text),
        sa.Column("keywords", sa.Text),
        sa.Column("lang", sa.Text, nullable=False),
        sa.Column("extra", sa.Text),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("change_seq", seq, primary_key=True, autoincrement=False),
        sa.Column("seq", seq, sa.ForeignKey("articles.seq"), nullable=False),
        sa.Column(
            "kind", sa.String(6), sa.CheckConstraint("kind IN ('add', 'update', 'remove')", name="kind"), nullable=False
        ),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
    )
    counters = op.create_table(
        "counters",
        sa.Column(
            "one", sa.SmallInteger, sa.CheckConstraint("one = 1", name="one"), primary_key=True, autoincrement=False
        ),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("last_change_seq", sa.BigInteger, nullable=False),
        sa.Column("article_count", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(counters, [{"one": 1, "last_seq": 0, "last_change_seq": 0, "article_count": 0}])
