"""Hard cases made after public bug reports, through the public API; no kind may lose a case that held."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.cases import CASES, Case, Holding, holding_by_kind, missed_of, read_cases, table

from gisa.library import Library
from tests.conftest import data_file

FLOORS = Path(__file__).with_name("search_cases_floors.tsv")
"""How many undebatable cases of each kind hold; a number may only be raised."""


def test_no_kind_falls_below_its_floor(library: Library) -> None:
    """Of each kind at least as many cases hold as before; those that do not are printed."""
    cases = read_cases(data_file(CASES))
    missed = missed_of(cases, library)
    rows = holding_by_kind(cases, missed)
    print(table(rows))
    for case in missed:
        print(f"does not hold: {case}")

    with FLOORS.open(encoding="utf-8", newline="") as lines:
        floors = {row["kind"]: int(row["holding"]) for row in csv.DictReader(lines, delimiter="\t")}
    assert {row.kind for row in rows} == set(floors)
    assert [row for row in rows if row.holding < floors[row.kind]] == []


def test_the_reader_and_the_count_see_what_fails(tmp_path: Path, library: Library) -> None:
    r"""Escapes are read, a debatable case counts for nothing, and a case that does not hold is named."""
    path = tmp_path / "cases.tsv"
    path.write_text(
        "query\ttext\texpect\tdate\tkind\tdebatable\n"
        "축제\t봄\\n축제\t1\t\ta\t\n"
        "축제\t가을\\u0020축제\t0\t2025-08-01\ta\t\n"
        "축제\t겨울 축제\t0\t\tb\ty\n",
        encoding="utf-8",
    )
    cases = read_cases(path)
    missed = missed_of(cases, library)

    assert cases[0].text == "봄\n축제"
    assert missed == [
        Case("축제", "가을 축제", False, "2025-08-01", "a", False),
        Case("축제", "겨울 축제", False, "2025-12-24", "b", True),
    ]
    assert holding_by_kind(cases, missed) == [Holding("a", 1, 2)]
