"""Build ``src/gisa/text/tables/hanja.tsv`` from Unicode's Unihan database (Debian: ``apt-get install unicode-data``).

    python3 tools/build_hanja_table.py > src/gisa/text/tables/hanja.tsv

Each line is a reading, a tab and every character read so. The reading is the one of Unihan's ``kHangul`` that schools
teach (flag ``E``), else the one of KS X 1001 (flag ``0``), else the first. Readings that only 두음법칙 makes (이 beside
리 for 李) are left to the rule in ``gisa.text.hanja``.
"""

from __future__ import annotations

import bz2
import sys
from collections import defaultdict
from pathlib import Path

UNIHAN = Path("/usr/share/unicode/Unihan_Readings.txt.bz2")


def rank(reading: str) -> int:
    """How good a candidate ``배:0N`` is: lower is better."""
    _, _, flags = reading.partition(":")
    return 0 if "E" in flags else 1 if flags == "0" else 2 if "0" in flags else 3


def main() -> None:
    by_reading: dict[str, list[str]] = defaultdict(list)
    version = ""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# Date:"):
                version = line.strip("# \n")
            code, _, rest = line.rstrip("\n").partition("\tkHangul\t")
            if not rest:
                continue
            candidates = rest.split()
            best = min(candidates, key=rank).partition(":")[0]
            by_reading[best].append(chr(int(code.removeprefix("U+"), base=16)))
    sys.stdout.write(f"# Readings of 漢字, derived from Unihan kHangul ({version}); LICENSES/Unicode-3.0.txt\n")
    for reading in sorted(by_reading):
        sys.stdout.write(f"{reading}\t{''.join(sorted(by_reading[reading]))}\n")


if __name__ == "__main__":
    main()
