"""Build ``src/gisa/text/tables/hanja.tsv`` from Unicode's Unihan database (Debian: ``apt-get install unicode-data``).

    python3 tools/build_hanja_table.py > src/gisa/text/tables/hanja.tsv

Each line is a reading, a tab and every character read so. The reading is the one of Unihan's ``kHangul`` that schools
teach (flag ``E``), else the one of KS X 1001 (flag ``0``), else the first; ``OFTENER`` names the characters for which
that is not the commoner one. Of two readings where one is the other after 두음법칙 (이 beside 리 for 李, 요 beside 료 for
療) the full one is taken: the rule in ``gisa.text.hanja`` makes the other. A character without ``kHangul`` (国, 号, 発) is
read as the character that it is a form of, by ``Unihan_Variants.txt``.
"""

from __future__ import annotations

import bz2
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from gisa.text.hanja import initial_form

UNIHAN = Path("/usr/share/unicode")
FORMS = ("kTraditionalVariant", "kZVariant", "kSemanticVariant", "kSpecializedSemanticVariant", "kSimplifiedVariant")
"""How a character without a reading may be another one's form, the closest relation first."""
OFTENER = dict(
    pair.split(":")
    for pair in "車:차 更:경 樂:악 滑:활 咽:인 什:집 龜:귀 復:복 塞:색 糖:당 怒:노 諾:낙 泌:비 炙:자 北:북 見:견 刺:자 "
    "磻:번 奈:나 豈:기 內:내 輻:폭 慄:율 降:강 契:계 號:호 異:이".split()
)


def rank(reading: str) -> int:
    """How good a candidate ``배:0N`` is: lower is better."""
    _, _, flags = reading.partition(":")
    return 0 if "E" in flags else 1 if flags == "0" else 2 if "0" in flags else 3


def reading_of(character: str, candidates: list[str]) -> str:
    """The reading of a character by itself."""
    if character in OFTENER:
        return OFTENER[character]
    best = min(candidates, key=rank).partition(":")[0]
    others = [candidate.partition(":")[0] for candidate in candidates]
    return next((other for other in others if other != best and initial_form(other) == best), best)


def lines(name: str) -> list[str]:
    """The lines of one of Unihan's files."""
    with bz2.open(UNIHAN / name, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def main() -> None:
    readings: dict[str, str] = {}
    version = ""
    for line in lines("Unihan_Readings.txt.bz2"):
        if line.startswith("# Date:"):
            version = line.strip("# \n")
        code, _, rest = line.partition("\tkHangul\t")
        if rest:
            character = chr(int(code.removeprefix("U+"), base=16))
            readings[character] = reading_of(character, rest.split())
    forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in lines("Unihan_Variants.txt.bz2"):
        code, _, rest = line.partition("\t")
        relation, _, targets = rest.partition("\t")
        if code.startswith("U+") and relation in FORMS:
            character = chr(int(code.removeprefix("U+"), base=16))
            for target in re.findall(r"U\+([0-9A-F]+)", targets):
                forms[character].append((FORMS.index(relation), chr(int(target, base=16))))
    for character, others in forms.items():
        if character not in readings:
            known = [readings[other] for _, other in sorted(others, key=lambda each: each[0]) if other in readings]
            if known:
                readings[character] = known[0]
    by_reading: dict[str, list[str]] = defaultdict(list)
    for character, reading in readings.items():
        by_reading[reading].append(character)
    sys.stdout.write(f"# Readings of 漢字, derived from Unihan kHangul ({version}); LICENSES/Unicode-3.0.txt\n")
    for reading in sorted(by_reading):
        sys.stdout.write(f"{reading}\t{''.join(sorted(by_reading[reading]))}\n")


if __name__ == "__main__":
    main()
