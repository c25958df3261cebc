"""Which removed articles have been purged, when and by whom. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table; nothing has been purged as yet."""
    op.create_table(
        "purges",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("purged_at", sa.BigInteger, nullable=False),
        sa.Column("purged_by", sa.Text, nullable=False),
    )
