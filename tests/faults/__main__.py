"""``python -m tests.faults [TIMES] [WORDS…]``: every fault (or those whose name holds a word), TIMES each; a table in Markdown.

Exits 1 when something acknowledged was lost without being told, or a folder was not whole after recovery.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import SystemRandom

from bench.machine import describe_machine

from tests.faults.cases import BASE, CASES, Outcome, Skipped, fill, inject
from tests.faults.full_disk import FULL_DISK
from tests.faults.rescue import RESCUE
from tests.faults.serving import SERVING


def main(times: int, words: list[str]) -> int:
    bad = 0
    print(
        *describe_machine(), f"- {BASE} articles before each fault, {times} injections each at random moments", sep="\n"
    )
    print("\n| fault | injected | lost | recovery p50 · max | named | whole after |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        template = fill(Path(folder) / "data")
        for name, case in (CASES | RESCUE | FULL_DISK | SERVING).items():
            if words and not any(word in name for word in words):
                continue
            seen: list[Outcome] = []
            try:
                seen += (inject(case, template, SystemRandom().randrange(1 << 32)) for _ in range(times))
            except Skipped as reason:
                print(f"| {name} | skipped: {reason} | | | | |", flush=True)
                continue
            times_s = sorted(each.recovery_s for each in seen)
            lost, told, whole = sum(each.lost for each in seen), sum(e.told for e in seen), sum(e.whole for e in seen)
            bad += (times - whole) + sum(1 for each in seen if each.lost and not each.told)
            print(
                f"| {name} | {times} | {lost:,} | {times_s[len(times_s) // 2]:.2f} · {times_s[-1]:.2f} s | {told}/{times} | "
                f"{whole}/{times} |",
                flush=True,
            )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2:]))
