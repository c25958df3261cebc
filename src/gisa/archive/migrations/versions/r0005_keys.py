"""Which article an address belongs to. Once released this file does not change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gisa.text.addresses import address_key

revision = "0005"
down_revision = "0004"

_AT_ONCE = 5_000


def upgrade() -> None:
    """Make the table and fill it with the addresses of what is there; of two articles at one address the older has it."""
    keys = op.create_table(
        "keys",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, sa.ForeignKey("articles.seq"), nullable=False),
    )
    connection = op.get_bind()
    newest = sa.text(
        "SELECT a.seq, r.url FROM articles a JOIN revisions r ON r.seq = a.seq AND r.revision = a.revision "
        "WHERE r.url IS NOT NULL ORDER BY a.seq"
    )
    taken: set[int] = set()
    rows = connection.execute(newest).all()
    for start in range(0, len(rows), _AT_ONCE):
        found = []
        for seq, url in rows[start : start + _AT_ONCE]:
            key = address_key(url)
            if key is not None and key not in taken:
                taken.add(key)
                found.append({"key": key, "seq": seq})
        if found:
            op.bulk_insert(keys, found)
