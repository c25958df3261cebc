"""Corrections of an article, and why one was removed. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns, all of them null for what is there, and the way from an article to its tombstone."""
    for table, column in (
        ("revisions", sa.Column("correction", sa.Text)),
        ("revisions", sa.Column("corrected_at", sa.BigInteger)),
        ("revisions", sa.Column("corrected_offset", sa.Integer)),
        ("changes", sa.Column("reason", sa.Text)),
        ("changes", sa.Column("public_reason", sa.Text)),
    ):
        op.add_column(table, column)
    is_removal = sa.text("kind = 'remove'")
    op.create_index("removals", "changes", ["seq"], sqlite_where=is_removal, postgresql_where=is_removal)
