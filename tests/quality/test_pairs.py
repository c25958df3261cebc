"""Hard cases as pairs of query and text, through the public API."""

from __future__ import annotations

from pathlib import Path

from gisa.library import Library
from tests.conftest import data_file
from tests.quality.pairs import Pair, failing, read_pairs

FLOOR = 51
"""Rows of the checklist that hold today, of 52; it may only be raised."""


def test_checklist(library: Library) -> None:
    """At least as many rows of the checklist hold as before; those that do not are printed."""
    pairs = read_pairs(data_file("queries/pairs.tsv"))
    missed = failing(pairs, library)
    for pair in missed:
        print(f"does not hold: {pair.query} · {pair.text} · {'must' if pair.expected else 'must not'} match")

    assert len(pairs) - len(missed) >= FLOOR


def test_own_pairs(library: Library) -> None:
    """Every row of the project's own list holds: each kind of variant, compounds, endings, names, and what must not match."""
    pairs = read_pairs(Path(__file__).with_name("own_pairs.tsv"))

    assert len(pairs) >= 200
    assert sum(not pair.expected for pair in pairs) * 3 >= len(pairs)
    assert failing(pairs, library) == []


def test_reader_of_pairs(tmp_path: Path, library: Library) -> None:
    """The check itself fails where it should."""
    path = tmp_path / "pairs.tsv"
    path.write_text("query\ttext\texpect\n축제\t축제가 열렸다\t1\n축제\t축제가 열렸다\t0\n", encoding="utf-8")

    assert failing(read_pairs(path), library) == [Pair("축제", "축제가 열렸다", False)]
