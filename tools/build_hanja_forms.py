"""Makes ``hanja_forms.tsv``: Japanese and simplified forms of 漢字, each with the form that Korean writes.

    python tools/build_hanja_forms.py DICTIONARY > src/gisa/text/tables/hanja_forms.tsv

DICTIONARY is OpenCC's folder of tables (Apache-2.0), which holds ``JPVariants.txt`` and ``STCharacters.txt``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gisa.text.hanja import readings

HEAD: Final = """\
# Japanese and simplified forms of 漢字, each folded to the form that Korean writes: 読 and 读 are 讀. The Korean form ⇥ the others.
# Derived by tools/build_hanja_forms.py from the character tables of OpenCC (JPVariants, STCharacters; Apache-2.0).
# Left out: forms that KS X 1001 has too, which Korean writes as words of their own (后 里 余); but see WRITTEN there."""
WRITTEN: Final = dict(zip("芸医体担灯証糸予欠缶錬唇胆蚕既慎", "藝醫體擔燈證絲豫缺罐鍊脣膽蠶旣愼", strict=True))
"""Forms that are other characters in KS X 1001 or in no table, and in print nearly always stand for these."""


def pairs(table: Path) -> Iterator[tuple[str, list[str]]]:
    """Each line's character and what stands beside it."""
    for line in table.read_text(encoding="utf-8").splitlines():
        head, _, rest = line.partition("\t")
        yield head, rest.split()


def is_written_in_korean(character: str) -> bool:
    """Whether KS X 1001 has the character."""
    try:
        character.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def forms(dictionary: Path) -> dict[str, str]:
    """Every form with what it is folded to. The Japanese meaning of a form goes before the Chinese one."""
    known = readings()
    japanese = {new: old for old, news in pairs(dictionary / "JPVariants.txt") for new in news if new != old}
    chinese = {new: old[0] for new, old in pairs(dictionary / "STCharacters.txt") if new != old[0]}
    folded = {
        new: old
        for new, old in (chinese | japanese).items()
        if old in known and not is_written_in_korean(new) and max(new, old) < "\U00010000"
    }
    return folded | WRITTEN


def main(dictionary: str) -> None:
    """Write the table to standard output."""
    by_korean: dict[str, str] = {}
    for new, old in sorted(forms(Path(dictionary)).items()):
        by_korean[old] = by_korean.get(old, "") + new
    print(HEAD)
    for old, news in sorted(by_korean.items()):
        print(f"{old}\t{news}")


if __name__ == "__main__":
    main(sys.argv[1])
