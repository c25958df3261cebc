"""The way from an article to its changes. Once released this file does not change."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """An index over all changes by article; that over removals alone is not needed beside it."""
    op.drop_index("removals", "changes")
    op.create_index("changes_of", "changes", ["seq"])
