"""The columns by which a follower's file says who may see a row, and since when. Reads no file.

What the archive says counts: texts come through its gate. The columns spare reading what that gate would withhold, and let rows be
counted.
"""

from __future__ import annotations

from typing import Final

from gisa.access import Asker, Gate, opens_at
from gisa.model import Article

OPENING_COLUMNS: Final = "opens_s INTEGER, is_public INTEGER NOT NULL"
"""``opens_s``: from when on readers see the article, in seconds since 1970; null for a withheld one. ``is_public``: the row stands in what
everybody may read of it."""


def opens_s(article: Article) -> int | None:
    """What stands in the column of this name."""
    if article.withheld_as is not None:
        return None
    return int(opens_at(published_at=article.published_at, visible_from=article.visible_from).timestamp())


def open_to(gate: Gate) -> tuple[str, tuple[int, ...]]:
    """The condition on the columns for what an asker may see at the gate's moment, and the values of its marks."""
    if gate.asker is Asker.DESK:
        return "TRUE", ()
    public = " AND is_public" if gate.asker is Asker.PUBLIC else ""
    return f"opens_s <= ?{public}", (int(gate.now.timestamp()),)
