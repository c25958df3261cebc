"""A table of pairs — a query, a text, must it match — answered through the public API, each text an archive of its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from gisa.service import Gisa


class Pair(NamedTuple):
    """One row: ``query`` must find ``text`` (or must not)."""

    query: str
    text: str
    expected: bool


def read_pairs(path: Path) -> list[Pair]:
    """The rows of a tab-separated table with the columns query, text, expect."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(row["query"], row["text"], row["expect"] == "1") for row in rows]


def failing(pairs: list[Pair], library: Gisa) -> list[Pair]:
    """The rows that do not hold. Each text goes into ``library`` once, as the body of an article of its own."""
    texts = sorted({pair.text for pair in pairs})
    ids = {text: f"pair-{number}" for number, text in enumerate(texts)}
    library.add(
        {"id": ids[text], "title": "기록", "body": text, "published_at": "2025-12-24T09:00:00+09:00"} for text in texts
    )
    misses = []
    for pair in pairs:
        page = library.search(pair.query, limit=100)
        found = not page.relaxed and ids[pair.text] in {hit.article.id for hit in page.hits}
        if found is not pair.expected:
            misses.append(pair)
    return misses
