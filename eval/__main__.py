"""``python -m eval``: every gate's figures beside its floors. Exit 1 when one has fallen."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import gisa
from eval.gate import FLOORS, altered, fallen, load, measure_gate, read_gates
from gisa.evaluate.measures import MEASURES


def main() -> int:
    """0: every floor holds; 1: one does not, or its data is not here."""
    default = Path(__file__).parent.parent.parent / "shared" / "data"
    data_dir = Path(os.environ.get("GISA_TEST_DATA") or default)
    problems: list[str] = []
    for gate in read_gates(FLOORS.read_text(encoding="utf-8")):
        if not (data_dir / gate.corpus).exists():
            problems.append(f"{gate.name}: {data_dir / gate.corpus} is not here (set GISA_TEST_DATA)")
            continue
        problems += [f"{name} is not the file that the floors were measured on" for name in altered(gate, data_dir)]
        with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
            load(gate, data_dir, library)
            evaluation = measure_gate(gate, data_dir, library)
        floors = {(floor.kind, floor.measure): floor.floor for floor in gate.in_force()}
        for kind, figures in evaluation.kinds.items():
            for name in MEASURES:
                floor = floors.get((kind, name))
                promised = "" if floor is None else f"  floor {floor}"
                print(f"{gate.name:<12}{kind:<10}{figures.queries:>6,}  {name:<8} {figures.means[name]:.4f}{promised}")
        problems += fallen(gate, evaluation)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
