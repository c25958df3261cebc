"""A table of pairs — a query, a text, must it match — answered through the public API, each text an archive of its own."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from gisa.library import Library


class Pair(NamedTuple):
    """One row: ``query`` must find ``text`` (or must not)."""

    query: str
    text: str
    expected: bool
    published_at: str = "2025-12-24T09:00:00+09:00"


def read_pairs(path: Path) -> list[Pair]:
    """The rows of a tab-separated table with the columns query, text, expect, and date where it matters (2025-08-01)."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Pair(row["query"], row["text"], row["expect"] == "1", *([f"{day}T09:00:00+09:00"] if day else []))
            for row in rows
            for day in [row.get("date")]
        ]


def failing(pairs: list[Pair], library: Library) -> list[Pair]:
    """The rows that do not hold. Each text goes into ``library`` once, as the body of an article of its own."""
    texts = sorted({(pair.text, pair.published_at) for pair in pairs})
    ids = {text: f"pair-{number}" for number, text in enumerate(texts)}
    library.add({"id": ids[text, when], "title": "기록", "body": text, "published_at": when} for text, when in texts)
    misses = []
    for pair in pairs:
        found = ids[pair.text, pair.published_at] in _found(library, pair.query)
        if found is not pair.expected:
            misses.append(pair)
    return misses


def _found(library: Library, query: str) -> set[str]:
    """The articles that hold every word of the query."""
    found: set[str] = set()
    while not (page := library.search(query, as_typed=True, limit=100, offset=len(found))).relaxed and page.hits:
        found.update(hit.article.id for hit in page.hits)
    return found
