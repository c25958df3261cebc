"""Fails if the tests cover less than the floor, or if the floor is lower than it ever was. Run after ``pytest --cov``.

``tests/coverage_floor.txt`` holds one number: the per cent of lines and branches of ``gisa`` that the tests run, in whatever
process. Raise it when a run is half a point above it; it is never lowered.
"""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Final

from coverage import Coverage

ROOT: Final = Path(__file__).parent.parent
FLOOR: Final = ROOT / "tests" / "coverage_floor.txt"
SLACK: Final = 0.5
"""Points by which two runs may differ: which branch a race takes, how soon a process is stopped."""


def earlier_floors() -> list[float]:
    """Every floor that was ever committed; empty where there is no history."""
    name = FLOOR.relative_to(ROOT).as_posix()
    log = _git("log", "--format=%H", "--", name)
    return [float(_git("show", f"{commit}:{name}")) for commit in log.split() if _git("ls-tree", commit, name)]


def problems(covered: float, floor: float, earlier: list[float]) -> list[str]:
    """What is wrong with a measured coverage, its floor and the floors before it; empty if nothing is."""
    found = []
    if floor < max(earlier, default=0.0):
        found.append(f"the floor was lowered from {max(earlier)} to {floor}: put it back and write the missing tests")
    if covered < floor:
        found.append(
            f"the tests cover {covered:.1f} % of lines and branches, the floor is {floor} %: cover what you added"
        )
    return found


def main() -> None:
    report = io.StringIO()
    coverage = Coverage()
    coverage.load()
    covered = coverage.report(file=report, show_missing=True)
    floor = float(FLOOR.read_text(encoding="ascii"))
    print(report.getvalue())
    if covered >= floor + 2 * SLACK:
        print(f"covered {covered:.1f} %, floor {floor} %: raise the floor to {covered - SLACK:.1f} in {FLOOR.name}")
    if found := problems(covered, floor, earlier_floors()):
        raise SystemExit("\n".join(found))


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    main()
