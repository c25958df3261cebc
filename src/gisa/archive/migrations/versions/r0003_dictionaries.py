"""Dictionaries that bodies are packed with. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add their table; bodies that were packed without one stay as they are."""
    op.create_table(
        "dictionaries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
