"""Search quality does not fall: floors in ``eval/floors.toml``, and what may be done to that file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from eval.gate import (
    FLOORS,
    Floor,
    Gate,
    altered,
    earlier_versions,
    fallen,
    load,
    lowered_silently,
    measure_gate,
    read_gates,
    withdrawn,
)

import gisa
from gisa.evaluate.evaluation import Evaluation, KindFigures
from gisa.model import Match
from tests.conftest import DATA, data_file

GATES = read_gates(FLOORS.read_text(encoding="utf-8"))
GATE = Gate(
    name="a",
    corpus="c",
    queries="q",
    qrels="r",
    sha256={},
    match=Match.ANY,
    undated="",
    floors=(Floor("nDCG@10", "all", 0.5, date(2026, 1, 1), "first"),),
)


@pytest.mark.slow
@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_no_floor_is_fallen_below(gate: Gate, tmp_path: Path) -> None:
    """On its own data, each measure is at its floor or above."""
    for name in (gate.corpus, gate.queries, gate.qrels):
        data_file(name)
    assert altered(gate, DATA) == []
    with gisa.open(tmp_path) as library:
        load(gate, DATA, library)
        evaluation = measure_gate(gate, DATA, library)

    assert fallen(gate, evaluation) == []


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_no_floor_was_lowered_silently(gate: Gate) -> None:
    """A floor below an earlier one says why."""
    assert lowered_silently(gate) == []


def test_no_floor_was_withdrawn() -> None:
    """Every floor that was ever committed still stands in the file, word for word."""
    versions = earlier_versions()
    if versions is None:
        pytest.skip("this copy has no history of eval/floors.toml to compare with")

    assert [problem for version in versions for problem in withdrawn(read_gates(version), GATES)] == []


@pytest.mark.parametrize(("figure", "complaints"), [(0.5, 0), (0.4999, 1)], ids=["at the floor", "below it"])
def test_a_figure_below_its_floor_is_named(figure: float, complaints: int) -> None:
    """A figure falls when it is below the floor, not when it is at it."""
    evaluation = Evaluation(Match.ANY, {"all": KindFigures(1, {"nDCG@10": figure})}, {}, (), ())

    assert len(fallen(GATE, evaluation)) == complaints


def test_a_class_that_is_gone_has_fallen() -> None:
    """A floor on a class without queries does not pass by not running."""
    assert len(fallen(GATE, Evaluation(Match.ANY, {}, {}, (), ()))) == 1


@pytest.mark.parametrize(
    ("floor", "reason", "complaints"),
    [
        (0.6, "", 0),
        (0.4, "lower", 1),
        (0.4, "recency now counts for undated articles as well", 0),
    ],
    ids=["raised", "lowered", "lowered with a reason"],
)
def test_lowering_takes_a_reason(floor: float, reason: str, complaints: int) -> None:
    """A floor is raised freely and lowered only with a sentence that says why."""
    changed = replace(GATE, floors=(*GATE.floors, Floor("nDCG@10", "all", floor, date(2026, 2, 1), reason)))

    assert len(lowered_silently(changed)) == complaints
    assert [each.floor for each in changed.in_force()] == [floor]


@pytest.mark.parametrize(
    ("kept", "complaints"),
    [(GATE.floors, 0), ((), 1), ((replace(GATE.floors[0], floor=0.4),), 1)],
    ids=["kept", "taken out", "changed"],
)
def test_a_floor_is_never_taken_back(kept: tuple[Floor, ...], complaints: int) -> None:
    """A floor that an earlier version of the file has is in the present one as it was."""
    assert len(withdrawn([GATE], [replace(GATE, floors=kept)])) == complaints
