"""The floor under coverage."""

from __future__ import annotations

import pytest
from tools.coverage_floor import FLOOR, earlier_floors, problems


@pytest.mark.parametrize(
    ("covered", "floor", "earlier", "count"),
    [
        (95.0, 94.0, [], 0),
        (94.0, 94.0, [94.0, 93.0], 0),
        (93.9, 94.0, [94.0], 1),
        (95.0, 93.0, [94.0], 1),
        (92.0, 93.0, [94.0], 2),
    ],
    ids=["above", "at", "below", "lowered", "lowered and below"],
)
def test_coverage_may_not_fall(covered: float, floor: float, earlier: list[float], count: int) -> None:
    """Below the floor is a problem, and so is a floor below any before it."""
    assert len(problems(covered, floor, earlier)) == count


def test_the_floor_was_never_lowered() -> None:
    """The committed floor is the highest that was ever committed."""
    assert float(FLOOR.read_text(encoding="ascii")) >= max(earlier_floors(), default=0.0)
