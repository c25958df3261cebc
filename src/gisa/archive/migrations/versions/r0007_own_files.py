"""The paper's own words and synonyms, for the machines that share an archive. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table; nothing is shared as yet."""
    op.create_table(
        "own_files",
        sa.Column(
            "version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("shared_at", sa.BigInteger, nullable=False),
        sa.Column("shared_by", sa.Text, nullable=False),
    )
