"""What few articles have, as one column of JSON. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, null for what is there: its digests stay as they are."""
    op.add_column("revisions", sa.Column("details", sa.Text))
