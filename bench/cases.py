"""``python -m bench cases``: how many hard cases of query and text hold, by kind. Judges nothing itself.

The cases were written for Gisa after public bug reports about Korean search; see the README beside the file. Each text is
the body of an article of its own in one archive, searched through the public API. ``--missed`` prints what does not hold.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import gisa
from gisa.library import Library

CASES: Final = "cases/search.tsv"
_DAY: Final = "2025-12-24"
_PAGE: Final = 100
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([nrt]))")
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t"}


class Case(NamedTuple):
    """One row: whether ``query`` must find ``text``."""

    query: str
    text: str
    expected: bool
    day: str
    """Of the article, as an ISO date."""
    kind: str
    debatable: bool
    """A reader could say either; counts for nothing."""


class Holding(NamedTuple):
    """How many undebatable cases of a kind hold."""

    kind: str
    holding: int
    cases: int


def read_cases(path: Path) -> list[Case]:
    """The rows of a table with the columns query, text, expect, date, kind and debatable."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Case(
                _unescaped(row["query"]),
                _unescaped(row["text"]),
                row["expect"] == "1",
                row["date"] or _DAY,
                row["kind"],
                row["debatable"] == "y",
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def missed_of(cases: Sequence[Case], library: Library) -> list[Case]:
    """The cases that do not hold. Each text goes into ``library`` once, as the body of an article of its own."""
    ids = {place: f"case-{number}" for number, place in enumerate(dict.fromkeys((c.text, c.day) for c in cases))}
    library.add(
        {"id": ids[text, day], "title": "기록", "body": text, "published_at": f"{day}T09:00:00+09:00"}
        for text, day in ids
    )
    found = {query: set(_found(library, query)) for query in dict.fromkeys(case.query for case in cases)}
    return [case for case in cases if (ids[case.text, case.day] in found[case.query]) is not case.expected]


def holding_by_kind(cases: Iterable[Case], missed: Collection[Case]) -> list[Holding]:
    """Undebatable cases by kind, in alphabetical order."""
    counted = [case for case in cases if not case.debatable]
    of_kind = Counter(case.kind for case in counted)
    held = Counter(case.kind for case in counted if case not in missed)
    return [Holding(kind, held[kind], of_kind[kind]) for kind in sorted(of_kind)]


def table(rows: Sequence[Holding]) -> str:
    """The rows and their sum as a table."""
    total = Holding("all", sum(row.holding for row in rows), sum(row.cases for row in rows))
    lines = [f"| {kind} | {holding} | {cases} | {holding / cases:.0%} |" for kind, holding, cases in (*rows, total)]
    return "\n".join(["| kind | hold | of | |", "|---|---|---|---|", *lines])


def main(arguments: Sequence[str], *, data: Path, out: Path) -> int:
    """Print the table; 0, or 1 where the cases are not here."""
    del out
    parser = argparse.ArgumentParser(prog="python -m bench cases", description=__doc__)
    parser.add_argument("--data", type=Path, default=data, metavar="PATH", help="default: $GISA_TEST_DATA")
    parser.add_argument("--missed", nargs="?", const="", metavar="KIND", help="print what does not hold, of one kind")
    asked = parser.parse_args(arguments)
    path = asked.data / CASES
    if not path.exists():
        print(f"{path} is not here (set GISA_TEST_DATA or --data)")
        return 1
    cases = read_cases(path)
    with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
        missed = missed_of(cases, library)
    for case in missed if asked.missed is not None else ():
        if asked.missed in ("", case.kind):
            mark = "debatable " if case.debatable else ""
            print(f"{case.kind}: {mark}{case.query!r} {'finds not' if case.expected else 'finds'} {case.text!r}")
    print(table(holding_by_kind(cases, missed)))
    return 0


def _found(library: Library, query: str) -> Iterator[str]:
    """The ids of the articles that hold every word of the query."""
    offset = 0
    while not (page := library.search(query, limit=_PAGE, offset=offset)).relaxed and page.hits:
        yield from (hit.article.id for hit in page.hits)
        offset += len(page.hits)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _LETTERS[match[2]], text)
