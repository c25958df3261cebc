"""Units of measure and money, as a sign, in letters or in full: 3km = 3킬로미터, 50% = 50퍼센트, 36.5℃ = 36.5도, $100 = 100달러.

A single letter needs two digits before it (10m; not 5G, 3M), but for t and l (5t = 5톤).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.figures import read_figure
from gisa.lexicon.variants.variant import Variant, VariantKind, replaced

_MEASURES: Final = tuple(
    tuple(names.split("="))
    for names in "km2=제곱킬로미터 km=킬로미터=킬로 cm=센티미터=센티 mm=밀리미터 m2=제곱미터 m=미터 kg=킬로그램=킬로 mg=밀리그램 g=그램 "
    "ha=헥타르 t=톤 ml=밀리리터 l=리터 kwh=킬로와트시 kw=킬로와트 mw=메가와트 gw=기가와트 "
    "kb=킬로바이트 mb=메가바이트 gb=기가바이트 tb=테라바이트 khz=킬로헤르츠 mhz=메가헤르츠 ghz=기가헤르츠 hz=헤르츠 km/h=킬로미터매시 "
    "%p=%포인트=퍼센트포인트 %=퍼센트=프로 도=°c=섭씨도".split()
)
_SHORT_MEASURES: Final = frozenset("킬로 센티 프로 도".split())
"""What they are said as, only at the word's end: 3프로 but not 3프로젝트."""
_MONEY: Final = (("$", "달러"), ("€", "유로"), ("£", "파운드"), ("¥", "엔"), ("₩", "원"))
_MONEY_BEFORE: Final = re.compile(r"(?P<sign>[$€£¥₩])(?P<figure>\d[\d,.]*[조억만천백]*)")
_MONEY_AFTER: Final = re.compile(r"(?<![\d.,~-])(?P<figure>\d[\d,.]*[조억만천백]*)(?P<name>달러|불|유로|파운드|엔|원)")
_ANY_DIGITS: Final = frozenset("tl")
"""Letters that stand for little else after a figure, whatever its digits."""
_MEASURED: Final = re.compile(
    r"\d[\d,.]*(?P<unit>"
    + "|".join(sorted({name for names in _MEASURES for name in names}, key=lambda name: (-len(name), name)))
    + ")(?![a-z0-9])"
)


def money_variants(word: str) -> Iterator[Variant]:
    """The word with its sum of money written the other way: $100 = 100달러."""
    for match in _MONEY_BEFORE.finditer(word):
        name = dict(_MONEY)[match["sign"]]
        yield replaced(VariantKind.NUMBER, word, match.start(), match.end(), by=match["figure"] + name)
    for match in _MONEY_AFTER.finditer(word):
        if not ends_noun(word[match.end() :]):
            continue
        start, end, figure = match.start(), match.end(), match["figure"]
        name = match["name"].replace("불", "달러")
        if name == "달러":
            yield replaced(VariantKind.NUMBER, word, start, end, by=figure + ("불" if match["name"] == name else name))
        value = read_figure(figure, 0)
        digits = str(value.value) if value is not None and value.end == len(figure) else figure
        yield from (
            replaced(VariantKind.NUMBER, word, start, end, by=sign + digits) for sign, each in _MONEY if each == name
        )


def measure_variants(word: str) -> Iterator[Variant]:
    """The word with its unit of measure written another way."""
    for match in _MEASURED.finditer(word):
        unit, (start, end) = match["unit"], match.span("unit")
        if unit in _SHORT_MEASURES and not ends_noun(word[end:]):
            continue
        if (
            len(unit) == 1
            and unit.isalpha()
            and unit.isascii()
            and unit not in _ANY_DIGITS
            and len(re.sub(r"\D", "", match[0])) < 2
        ):
            continue
        for names in _MEASURES:
            if unit in names:
                for name in names:
                    if name != unit:
                        yield replaced(
                            VariantKind.NUMBER, word, match.start(), end, by=word[match.start() : start] + name
                        )
