"""A few injections of the faults that take no time; ``python -m tests.faults`` makes the whole table."""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom

import pytest

from tests.faults.cases import CASES, Skipped, fill, inject
from tests.faults.full_disk import FULL_DISK

QUICK = ("the disk is read-only", "an index file is cut or a bit flips", "CURRENT is deleted", "gisa.json is deleted",
         "kill -9 while adding", "kill -9 while removing", "the disk fills while adding",
         "the disk is full before a removal",
         "the folder is moved away while it is written")  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("faults") / "data")


@pytest.mark.parametrize("name", QUICK)
def test_nothing_acknowledged_is_lost(name: str, template: Path) -> None:
    """After recovery everything acknowledged is there, archive and index agree."""
    seed = SystemRandom().randrange(1 << 32)
    try:
        outcome = inject((CASES | FULL_DISK)[name], template, seed)
    except Skipped as reason:
        pytest.skip(str(reason))

    assert (outcome.lost, outcome.whole) == (0, True), f"seed {seed}: {outcome}"
