"""Units of measure after a figure, in letters or in full: 3km = 3킬로미터, 50% = 50퍼센트 = 50프로.

A single letter needs two digits before it (10m; not 5G, 3M).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.variant import Variant, VariantKind, replaced

_MEASURES: Final = tuple(
    tuple(names.split("="))
    for names in "km2=제곱킬로미터 km=킬로미터=킬로 cm=센티미터=센티 mm=밀리미터 m2=제곱미터 m=미터 kg=킬로그램=킬로 mg=밀리그램 g=그램 "
    "ha=헥타르 t=톤 ml=밀리리터 l=리터 kwh=킬로와트시 kw=킬로와트 mw=메가와트 gw=기가와트 %=퍼센트=프로".split()
)
_SHORT_MEASURES: Final = frozenset("킬로 센티 프로".split())
"""What they are said as, only at the word's end: 3프로 but not 3프로젝트."""
_MEASURED: Final = re.compile(
    r"\d[\d,.]*(?P<unit>"
    + "|".join(sorted({name for names in _MEASURES for name in names}, key=lambda name: (-len(name), name)))
    + ")(?![a-z0-9])"
)


def measure_variants(word: str) -> Iterator[Variant]:
    """The word with its unit of measure written another way."""
    for match in _MEASURED.finditer(word):
        unit, (start, end) = match["unit"], match.span("unit")
        if unit in _SHORT_MEASURES and not ends_noun(word[end:]):
            continue
        if len(unit) == 1 and unit.isalpha() and unit.isascii() and len(re.sub(r"\D", "", match[0])) < 2:
            continue
        for names in _MEASURES:
            if unit in names:
                for name in names:
                    if name != unit:
                        yield replaced(
                            VariantKind.NUMBER, word, match.start(), end, by=word[match.start() : start] + name
                        )
