"""The same figure as papers print it: 2천만원 = 2000만원 = 20000000원, 이천이십육년 = 2026년, 12·3 = 12월3일. Knows no words.

What counts as a figure (everything else is left alone):

    figure   := sections, falling: section 조, section 억, section 만, section     3만5천, 1조5000억, 2천500만, 1.5조
    section  := digits ("5000", "5,000", "1.5")
              | [digit] 천, [digit] 백, [digit] 십, up to three digits           2천, 2백50, 오천육백
    digit    := 1–9 or 일–구; before 천 백 십, and before a 만 at the very beginning, it may be missing (만오천 = 15000)

1. A figure *with digits* that has a unit (2천만) counts where the word ends after it, where a counter of things follows
   (원 명 개 …, and 여: 2천여명), or where another counter or particle ends the word (3만5천에). So 2025천안, 1조합, 3만화
   and 2천주교 are no figures; a lone ``1조`` is a group of a World Cup, and needs 원 or another counter of things.
2. A figure *without digits* counts only at the word's beginning (after 약, 총 or 서기), with two numeral syllables at least,
   and when a counter (and a particle) ends the word: 삼백명, 이천이십육년에. So 이천시, 사회, 만두, 일본 and 육군 are no
   figures, nor 천사원 and 백일장 (백, 천 or 만 and one digit is more often a word), nor 이사회 (digits need their 십 백 천),
   nor 구조대 and 일조권 (a digit and 조 need 원).
   이천 and 사천 are cities, so with them only 원, 명, 년, 개 and 건 count.
3. Plain digits count with a counter of things (35000원), or alone when they are a round 만 (20000000). A month, an ordinal
   keep their digits; a year is also said in full (이천이십육년). 천명 is 1000명, but not the other way: it stands in 3천명.
4. ``12·3`` is a day of the year when it is a valid one and stands alone or before what days are named for (계엄, 운동, 절,
   사건 …). With a full stop alone (``10.1``) it is a decimal, unless the day is one that Koreans call by its figures (_NAMED).
   ``1·2`` alone, two figures that follow each other, is a listing. The engine reads ``12·3`` and ``12.3`` alike.
5. A unit of measure after a figure is written in letters or in full: 3km = 3킬로미터, 50% = 50퍼센트 = 50프로. A single
   letter needs two digits before it (10m; not 5G, 3M).
6. 제3차 is 3차 for ordinals that are unmistakable without 제. The other way is no variant: 제3차 holds 3차.

7. Figures over several words (3만 5천원, 12월 3일 비상계엄) are read as one: ``number_phrases``.

Native numerals (열두, 스물) and fractions are not read: 1/3 stands in an index as 1·3 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gisa.query.variants.edges import ends_noun
from gisa.query.variants.variant import Variant, VariantKind, distinct, replaced

_SAID: Final = "일이삼사오육칠팔구"
_DIGIT: Final = {
    **{str(value): value for value in range(1, 10)},
    **{d: n for n, d in enumerate(_SAID, 1)},
}
_SMALL: Final = {"천": 1000, "백": 100, "십": 10}
_GREAT: Final = (("조", 10**12), ("억", 10**8), ("만", 10**4))
_GREATEST: Final = 10**16
"""9,999조: no newspaper counts further, and longer strings of digits are numbers of accounts and telephones."""
_PLAIN_BELOW: Final = 10**9
"""From 10억 on hardly anybody prints every digit."""

_NUMERALS: Final = re.compile("[일이삼사오육칠팔구십백천만억조]{2,24}")
_ONE: Final = "[1-9일이삼사오육칠팔구]"
_SECTION: Final = (
    r"(?:(?:\d{1,3}(?:,\d{3})+|\d{1,16})(?:\.\d{1,2})?(?![천백십\d])"
    rf"|(?P<NAME_천>{_ONE}?천)?(?P<NAME_백>{_ONE}?백)?(?P<NAME_십>{_ONE}?십)?LAST)"
)


def _figure(last: str) -> re.Pattern[str]:
    section = _SECTION.replace("LAST", last)
    great = "".join(rf"(?:(?P<{name}>{section.replace('NAME', name)}){name})?" for name, _ in _GREAT)
    return re.compile(rf"{great}(?P<rest>{section.replace('NAME', 'rest')})")


_FIGURE: Final = _figure(r"(?P<NAME_일>\d{1,3}(?!\d))?")
"""A figure with digits: 이 after 30억 is a particle."""
_HANGUL_FIGURE: Final = _figure("(?P<NAME_일>[일이삼사오육칠팔구])?")
_FIGURE_START: Final = re.compile(r"(?<![\d.,])(?<!\d[-~])(?:^[천백만])?\d")

_THINGS: Final = (
    "원|명|개국|개사|개(?!월|년|조|인)|건|달러|엔|유로|위안|루블|파운드|프랑|가구|세대|평|톤|㎞|km|kg|m2|ha|마리|그루|마일|리터|미터|킬로|"
    "kw|mw|gw|표|배럴|포인트|석|여명|여건|여개|여원|여가구|여대|여곳|여마리|여톤|여점|여채"
)
"""Counters of things that no other word begins with, so that anything may follow them: 5만명시대."""
_OTHERS: Final = (
    "개월|개년|세기|주년|년대|년|월|일|시간|시|분|초|회|차|대|층|세|위|번|배|장|권|점|곳|채|주|팀|칸|쪽|인|호|기|동|척|발|편|곡|쌍|벌|병|잔|"
    "불|킬로미터|센티미터|그램|킬로그램|헥타르|제곱미터|퍼센트|%|t|m|g"
)
_COUNTER: Final = re.compile(f"(?P<things>여?(?:{_THINGS}))|(?P<other>여?(?:{_OTHERS}))")
_KEEP_DIGITS: Final = frozenset(
    "년 년대 월 일 시 분 초 회 차 대 층 세 위 번 세기 주년 호 기 동 개월 개년 시간 권 인".split()
)
"""Counters after which a figure under 10,000 is always printed in digits."""
_HANGUL_COUNTER: Final = re.compile(
    "(?P<counter>명|원|개월|개년|개국|개|건|달러|엔|유로|위안|가구|세대|평|톤|마리|그루|리터|미터|킬로|킬로미터|"
    "세기|주년|년대|년|월|일|시간|시|분|초|회|차|대|층|세|위|번|배|권|곳|채|인|퍼센트)(?P<rest>.*)$"
)
_HIGHEST: Final = {
    "월": 12,
    "일": 999,
    "시": 24,
    "층": 200,
    "세": 150,
    "년": 99_999,
    "년대": 9_999,
    "세기": 99,
    "주년": 9_999,
}
_CITIES: Final = frozenset(("이천", "사천"))
_CITY_COUNTERS: Final = frozenset("원 명 년 개 건".split())
_BEFORE: Final = re.compile("(?:약|총|서기)(?=[일이삼사오육칠팔구십백천만])")

_EVENT: Final = (
    "비상계엄|계엄|내란|선언|민주화운동|민주항쟁|민중항쟁|운동|항쟁|사태|절|사건|의거|혁명|전쟁|동란|사변|참사|테러|쿠데타|군사정변|정변|"
    "학살|희생자|만세|독립|해방|광복|민주|총선|대선|지선|지방선거|재보선|보궐선거|선거|대책|조치|합의|남북|공동선언|회담|지진|대지진|"
    "집회|시위|총파업|봉기|시국선언|특별법|진상규명|기념|묘지|유공자|세대|정신"
)
_MONTH_DAY: Final = re.compile(
    r"(?P<month>1[0-2]|0?[1-9])(?P<mark>[.·])(?P<day>3[01]|[12]\d|0?[1-9])(?![\d.·,])(?P<rest>.*)$"
)
_MONTH_AND_DAY: Final = re.compile(r"(?P<month>1[0-2]|0?[1-9])월 ?(?P<day>3[01]|[12]\d|0?[1-9])일(?P<rest>.*)$")
_EVENT_NEXT: Final = re.compile(f"[-·]?(?:{_EVENT})")
_DAYS_IN: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMED: Final = frozenset(
    (int(month), int(day))
    for month, day in (
        day.split("·")
        for day in "1·21 2·28 3·1 3·8 3·15 4·3 4·16 4·19 5·16 5·18 6·10 6·15 6·25 6·29 7·4 8·15 9·11 9·19 10·4 10·26 10·29 "
        "12·3 12·12 12·29".split()
    )
)
"""Days of the year that stand for what happened on them, whatever the year."""
_SPOKEN: Final = {
    "육이오": "6·25", "사일구": "4·19", "오일팔": "5·18", "팔일오": "8·15", "오일육": "5·16", "육이구": "6·29", "십이십이": "12·12",
    "삼일절": "3·1절", "삼일운동": "3·1운동", "삼일만세": "3·1만세", "삼일독립": "3·1독립",
}  # fmt: skip
"""How those days are said, where what is said can be nothing else (삼일 alone is three days)."""
_SPOKEN_RE: Final = re.compile("(?P<said>" + "|".join(_SPOKEN) + ")(?P<rest>.*)$")
_SPOKEN_OF: Final = {written: said for said, written in _SPOKEN.items()}

_ORDINAL: Final = re.compile(
    r"제(?P<number>\d{1,4}|[일이삼사오육칠팔구십]{1,3}(?=차))(?P<counter>차|회|대|기|호|권|집)(?P<rest>.*)$"
)


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
_ROUND: Final = re.compile("(?P<unit>[백천만])(?P<counter>명|건|달러|가구|톤|원|개)(?P<rest>.*)$")
_ROUND_UNITS: Final = {unit: worth for unit, worth in (*_SMALL.items(), *_GREAT) if 100 <= worth <= 10_000}
_YEAR: Final = re.compile(r"(?P<year>[12]\d{3})년(?P<rest>.*)$")
_NOT_ROUND: Final = frozenset(("만원", "만개", "백건"))
"""滿員 and 滿開, oftener than a figure; 백건우."""
_GREAT_HANGUL: Final = re.compile(
    "(?P<figure>[일이삼사오육칠팔구십백천]{1,6}억|(?!이천|사천)[일이삼사오육칠팔구][십백천]+만)(?P<rest>.*)$"
)
_JOINED: Final = re.compile(r"\d[\d,.]*[조억만천백]")


class _Figure(NamedTuple):
    value: int
    end: int
    """Where it ends in its word (characters)."""
    units: str
    """The units it was written with: ``만천`` for 3만5천."""


def number_variants(word: str) -> Iterator[Variant]:
    """The word with its figure written another way, what national dailies print first.

    >>> [variant.text for variant in number_variants("3만5천원")]
    ['3만5000원', '35000원', '3.5만원']
    """
    return distinct(word, _found(word))


def number_phrases(words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
    """Figures that are written over several words: ``words[first:end]`` and their other forms (3만 5천원 = 35000원)."""
    for first, word in enumerate(words[:-1]):
        is_unit = word in _ROUND_UNITS
        if not is_unit and not word[:1].isdigit():
            continue
        following = words[first + 1]
        if is_unit or _JOINED.fullmatch(word):
            typed = f"{word} {following}"
            for variant in number_variants(word + following):
                yield first, first + 2, Variant(VariantKind.NUMBER, variant.text, typed, variant.text)
        elif word.endswith("월"):
            day = _MONTH_AND_DAY.fullmatch(f"{word} {following}")
            event = words[first + 2] if day and not day["rest"] and first + 2 < len(words) else ""
            if day and int(day["day"]) <= _DAYS_IN[int(day["month"])] and _EVENT_NEXT.match(event):
                written = f"{int(day['month'])}·{int(day['day'])}"
                yield first, first + 2, Variant(VariantKind.NUMBER, written, f"{word} {following}", written)


def _found(word: str) -> Iterator[Variant]:
    first = word[:1]
    if not first:
        return
    if any("0" <= character <= "9" for character in word):
        if first.isdigit():
            yield from _day_of_year(word)
            yield from _year(word)
        elif first == "제":
            yield from _ordinal(word)
        yield from _with_digits(word)
        yield from _measured(word)
    elif first in "일이삼사오육칠팔구십백천만약총서제":
        yield from _spoken_day(word)
        yield from _ordinal(word)
        yield from _without_digits(word)
        yield from _great(word)
        yield from _round(word)


def _with_digits(word: str) -> Iterator[Variant]:
    at = 0
    while start := _FIGURE_START.search(word, at):
        figure = _read(word, start.start())
        if figure is None:
            at = start.end()
            while at < len(word) and word[at].isdigit():
                at += 1
            continue
        at = figure.end
        counter = _COUNTER.match(word, at)
        name = counter[0].removeprefix("여") if counter else ""
        if not _counts(word, start.start(), figure, counter):
            continue
        end = counter.end() if counter else at
        for form in _forms(figure.value, keep_digits=name in _KEEP_DIGITS):
            yield replaced(VariantKind.NUMBER, word, start.start(), end, reading=form + word[at:end])


def _counts(word: str, start: int, figure: _Figure, counter: re.Match[str] | None) -> bool:
    """Rules 1 and 3: whether what follows a figure with digits lets it be one."""
    things = counter is not None and counter["things"] is not None
    if things:
        return True
    ends = ends_noun(word[figure.end :]) or (counter is not None and ends_noun(word[counter.end() :]))
    if not ends or not word[start].isdigit():
        return False
    if not figure.units:
        return counter is None and figure.end == len(word) and figure.value >= 10_000 and figure.value % 10_000 == 0
    return figure.units != "조" or "." in word[start : figure.end]  # 1.5조 is no group


def _without_digits(word: str) -> Iterator[Variant]:
    """Rule 2."""
    before = _BEFORE.match(word)
    start = before.end() if before else 0
    numerals = _NUMERALS.match(word, start)
    if numerals is None:
        return
    for end in range(numerals.end(), start + 1, -1):
        after = _HANGUL_COUNTER.match(word, end)
        if after is None or not ends_noun(after["rest"]):
            continue
        figure = _read(word[:end], start, hangul=True)
        text, counter = word[start:end], after["counter"]
        if figure is None or figure.end != end or _is_rather_a_word(text, counter):
            continue
        if figure.value > _HIGHEST.get(counter, _GREATEST) or (text in _CITIES and counter not in _CITY_COUNTERS):
            continue
        for form in _forms(figure.value, keep_digits=counter in _KEEP_DIGITS):
            yield replaced(VariantKind.NUMBER, word, start, after.end("counter"), reading=form + counter)
        return


def _is_rather_a_word(numerals: str, counter: str) -> bool:
    """백일 and 천사 before 장 or 원, 이조 and 구조 before 대 or 인."""
    if len(numerals) != 2:
        return len(numerals) < 2
    if numerals[1] == "조":
        return counter not in ("원", "달러")
    return numerals[0] in "백천만" and numerals[1] in "일이삼사오육칠팔구"


def _read(word: str, start: int, *, hangul: bool = False) -> _Figure | None:
    """The figure at this place of the word, by the grammar of this module."""
    match = (_HANGUL_FIGURE if hangul else _FIGURE).match(word, start)
    if match is None or match.end() == start:
        return None
    value, units = 0.0, ""
    for name, worth in (*_GREAT, ("rest", 1)):
        written = match[name]
        if written is None or (name == "rest" and not written):
            continue
        if name != "rest":
            units += name
        if not written:  # 만오천: a unit alone, at the beginning only
            if match.start(name) != start:
                return None
            value += worth
            continue
        section = _section(match, name, written)
        in_digits = written[0].isdigit() and not any(unit in written for unit in _SMALL)
        if section is None or ((value or worth > 1) and section >= 10_000) or ("." in written and worth == 1):
            return None
        if in_digits and written[0] == "0":
            return None
        if not in_digits:
            units += "".join(unit for unit in _SMALL if unit in written)
        value += section * worth
    whole = round(value)
    if whole <= 0 or whole >= _GREATEST or abs(value - whole) > 1e-6:
        return None
    return _Figure(whole, match.end(), units)


def _section(match: re.Match[str], name: str, written: str) -> float | None:
    parts = [(unit, match[f"{name}_{unit}"]) for unit in "천백십일"]
    if not any(part for _, part in parts):
        return float(written.replace(",", ""))
    value = 0
    room = 10_000
    for unit, part in parts:
        if not part:
            continue
        if unit == "일":
            rest = _DIGIT[part] if part in _DIGIT else int(part)
            if rest >= room:
                return None
            value += rest
        else:
            value += _DIGIT.get(part[:-1], 1) * _SMALL[unit]
            room = _SMALL[unit]
    return value


def _forms(value: int, *, keep_digits: bool) -> Iterator[str]:
    """A figure as papers print it, the commonest way first: 3만5000, 3만5천, 35000, 3.5만; 1000만, 천만; 2백50만."""
    if keep_digits and value < 10_000:
        yield str(value)
        return
    sections: list[tuple[int, str]] = []
    rest = value
    for unit, worth in _GREAT:
        count, rest = divmod(rest, worth)
        if count:
            sections.append((count, unit))
    if rest:
        sections.append((rest, ""))
    yield "".join(f"{count}{unit}" for count, unit in sections)
    yield "".join(_thousands(count) + unit for count, unit in sections)
    if value < _PLAIN_BELOW:
        yield str(value)
    count, unit = sections[0]
    if len(sections) == 1 and unit and count in (10, 100, 1000):
        yield {10: "십", 100: "백", 1000: "천"}[count] + unit
    if len(sections) == 2 and unit and sections[1][0] % 1000 == 0 and sections[1][1] == _UNIT_BELOW[unit]:
        yield f"{count}.{sections[1][0] // 1000}{unit}"
    yield "".join(_hundreds(count) + unit for count, unit in sections)


_UNIT_BELOW: Final = {"조": "억", "억": "만", "만": ""}


def _thousands(count: int) -> str:
    """2500 → 2천500, as the news agencies print it."""
    return f"{count // 1000}천{count % 1000 or ''}" if count >= 1000 else str(count)


def _hundreds(count: int) -> str:
    """2550 → 2천5백50, as papers printed it until the 1990s."""
    text = f"{count // 1000}천" if count >= 1000 else ""
    text += f"{count % 1000 // 100}백" if count % 1000 >= 100 else ""
    return text + (str(count % 100) if count % 100 else "")


def _day_of_year(word: str) -> Iterator[Variant]:
    """Rule 4."""
    match = _MONTH_DAY.match(word)
    if match is not None:
        month, day, rest = int(match["month"]), int(match["day"]), match["rest"]
        named = (month, day) in _NAMED
        event = _EVENT_NEXT.match(rest) is not None
        alone = ends_noun(rest) and (not rest or "가" <= rest[0] <= "힣")
        listing = match["mark"] == "." or day == month + 1
        if day > _DAYS_IN[month] or not (event or (alone and (named or not listing))):
            return
        written, end = f"{month}·{day}", match.start("rest")
        for said_with in ("", "절", "운동", "만세", "독립"):
            if rest.startswith(said_with) and (said := _SPOKEN_OF.get(written + said_with)):
                yield replaced(VariantKind.NUMBER, word, 0, end + len(said_with), reading=said)
        if not rest.startswith("절"):
            yield replaced(VariantKind.NUMBER, word, 0, end, reading=f"{month}월{day}일")
        return
    match = _MONTH_AND_DAY.match(word)
    if match is not None:
        month, day, rest = int(match["month"]), int(match["day"]), match["rest"]
        named = (month, day) in _NAMED and ends_noun(rest)
        if day <= _DAYS_IN[month] and (named or _EVENT_NEXT.match(rest.lstrip())):
            yield replaced(VariantKind.NUMBER, word, 0, match.start("rest"), reading=f"{month}·{day}")


def _spoken_day(word: str) -> Iterator[Variant]:
    match = _SPOKEN_RE.match(word)
    if match is not None and (ends_noun(match["rest"]) or _EVENT_NEXT.match(match["rest"])):
        yield replaced(VariantKind.NUMBER, word, 0, match.end("said"), reading=_SPOKEN[match["said"]])


def _measured(word: str) -> Iterator[Variant]:
    """Rule 5."""
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
                            VariantKind.NUMBER, word, match.start(), end, reading=word[match.start() : start] + name
                        )


def _great(word: str) -> Iterator[Variant]:
    """오십억 is 50억, with no counter: 억 after any numeral, 만 after two or more (만 after one is oftener a particle)."""
    match = _GREAT_HANGUL.match(word)
    if match is not None and ends_noun(match["rest"]):
        figure = _read(match["figure"], 0, hangul=True)
        if figure is not None and figure.end == len(match["figure"]):
            for form in _forms(figure.value, keep_digits=False):
                yield replaced(VariantKind.NUMBER, word, 0, figure.end, reading=form)


def _round(word: str) -> Iterator[Variant]:
    """천명 is 1000명, where the word is no other: a unit alone before a counter."""
    match = _ROUND.match(word)
    if match is not None and ends_noun(match["rest"]) and match["unit"] + match["counter"] not in _NOT_ROUND:
        value = _ROUND_UNITS[match["unit"]]
        for form in _forms(value, keep_digits=False):
            yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), reading=form + match["counter"])


def _year(word: str) -> Iterator[Variant]:
    """2026년 is said 이천이십육년, 1919년 천구백십구년: a 일 is said at the end only."""
    match = _YEAR.match(word)
    if match is None or not ends_noun(match["rest"]):
        return
    said = ""
    for digit, unit in zip(match["year"], (*_SMALL, ""), strict=True):
        if digit > "1" or (digit == "1" and not unit):
            said += _SAID[int(digit) - 1]
        if digit > "0":
            said += unit
    yield replaced(VariantKind.NUMBER, word, 0, match.end("year") + 1, reading=f"{said}년")


def _ordinal(word: str) -> Iterator[Variant]:
    """Rule 6."""
    match = _ORDINAL.match(word)
    if match is None:
        return
    number, counter = match["number"], match["counter"]
    if not number.isdigit():
        figure = _read(number, 0, hangul=True)
        if figure is None or figure.end != len(number):
            return
        number = str(figure.value)
        yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), reading=f"제{number}{counter}")
    elif (
        counter == "대"
        and number in ("10", "20", "30", "40", "50", "60", "70", "80", "90")
        and ends_noun(match["rest"])
    ):
        return  # 제20대 alone: without 제 it is an age
    yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), reading=f"{number}{counter}")
