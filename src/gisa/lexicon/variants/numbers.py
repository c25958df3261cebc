"""The same figure as papers print it: 2천만원 = 2000만원 = 20000000원, 이천이십육년 = 2026년, 12·3 = 12월3일. Knows no words.

Which figures are written another way (everything else is left alone); ``figures`` reads and writes them:

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
4. 제3차 is 3차 for ordinals that are unmistakable without 제. The other way is no variant: 제3차 holds 3차.
5. Figures over several words (3만 5천원, 12월 3일 비상계엄) are read as one: ``number_phrases``.

What is no figure of these is elsewhere: days of the year (12·3) in ``year_days``, units of measure (3km) in ``measures``.
Native numerals (열두, 스물) and fractions are not read: 1/3 stands in an index as 1·3 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.figures import GREAT, GREATEST, SMALL, Figure, read_figure, said, ways_to_write
from gisa.lexicon.variants.measures import measure_variants
from gisa.lexicon.variants.variant import Variant, VariantKind, distinct, replaced
from gisa.lexicon.variants.year_days import day_before_event, day_variants, spoken_day_variants
from gisa.text.figures import full_year, read_figures

_NUMERALS: Final = re.compile("[일이삼사오육칠팔구십백천만억조]{2,24}")
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

_ORDINAL: Final = re.compile(
    r"제(?P<number>\d{1,4}|[일이삼사오육칠팔구십]{1,3}(?=차))(?P<counter>차|회|대|기|호|권|집)(?P<rest>.*)$"
)

_ROUND: Final = re.compile("(?P<unit>[백천만])(?P<counter>명|건|달러|가구|톤|원|개)(?P<rest>.*)$")
_ROUND_UNITS: Final = {unit: worth for unit, worth in (*SMALL.items(), *GREAT) if 100 <= worth <= 10_000}
_YEAR: Final = re.compile(r"(?P<year>[12]\d{3})년(?P<rest>.*)$")
_NOT_ROUND: Final = frozenset(("만원", "만개", "백건"))
"""Words that are more often no figure: 滿員, 滿開, 백건우."""
_GREAT_HANGUL: Final = re.compile(
    "(?P<figure>[일이삼사오육칠팔구십백천]{1,6}억|(?!이천|사천)[일이삼사오육칠팔구][십백천]+만)(?P<rest>.*)$"
)
_FRACTION: Final = re.compile(r"(?P<part>\d)/(?P<whole>\d{1,2})(?P<rest>[가-힣]*)")
_PLAIN_DAY: Final = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
_SHORT_DAY: Final = re.compile(r"['’‘`]?(?P<year>\d\d)\.(?P<month>0?[1-9]|1[0-2])\.(?P<day>0?[1-9]|[12]\d|3[01])\.?")
_JOINED: Final = re.compile(r"\d[\d,.]*[조억만천백]")


def number_variants(word: str) -> Iterator[Variant]:
    """The word with its figure written another way, what national dailies print first.

    >>> [variant.text for variant in number_variants("3만5천원")]
    ['3만5000원', '35000원', '3.5만원']
    """
    return distinct(word, _found(word))


def read_variants(word: str) -> Iterator[Variant]:
    """The word as texts with such figures are read, too (``gisa.text.figures``): 2025.11.1 = 2025년 11월 1일, 第九條 = 제9조.

    Roman numerals only where something stands before them: 수학Ⅱ = 수학2, but Xi is a name.
    """
    day = _PLAIN_DAY.fullmatch(word) or _SHORT_DAY.fullmatch(word)
    if day is not None:
        year = full_year(day["year"]) if len(day["year"]) == 2 else int(day["year"])
        text = f"{year}년 {int(day['month'])}월 {int(day['day'])}일"
        yield Variant(VariantKind.NUMBER, text, word, text)
    if word.isalpha() and word.isascii():
        return
    for text in read_figures(word, word.encode("ascii", "ignore").decode()):
        yield Variant(VariantKind.NUMBER, text, word, text)


def number_phrases(words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
    """Figures that are written over several words: ``words[first:end]`` and their other forms (3만 5천원 = 35000원)."""
    for first, word in enumerate(words[:-1]):
        is_unit = word in _ROUND_UNITS
        if not is_unit and not word[:1].isdigit():
            continue
        following = words[first + 1]
        typed = f"{word} {following}"
        if is_unit or _JOINED.fullmatch(word):
            for variant in number_variants(word + following):
                yield first, first + 2, Variant(VariantKind.NUMBER, variant.text, typed, variant.text)
        elif word.endswith("월"):
            day = day_before_event(typed, words[first + 2] if first + 2 < len(words) else "")
            if day is not None:
                yield first, first + 2, Variant(VariantKind.NUMBER, day, typed, day)


def _found(word: str) -> Iterator[Variant]:
    first = word[:1]
    if not first:
        return
    if any("0" <= character <= "9" for character in word):
        if first.isdigit():
            yield from day_variants(word)
            yield from _year(word)
        elif first == "제":
            yield from _ordinal(word)
        yield from _with_digits(word)
        yield from measure_variants(word)
        yield from _fraction(word)
    elif first in "일이삼사오육칠팔구십백천만약총서제":
        yield from spoken_day_variants(word)
        yield from _ordinal(word)
        yield from _without_digits(word)
        yield from _great(word)
        yield from _round(word)


def _fraction(word: str) -> Iterator[Variant]:
    """1/3 is said 3분의 1. Not the other way: in an index 1/3 stands as 1·3 does."""
    match = _FRACTION.fullmatch(word)
    if match is not None and int(match["part"]) < int(match["whole"]):
        yield replaced(VariantKind.NUMBER, word, 0, match.start("rest"), by=f"{match['whole']}분의{match['part']}")


def _with_digits(word: str) -> Iterator[Variant]:
    at = 0
    while start := _FIGURE_START.search(word, at):
        figure = read_figure(word, start.start())
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
        for form in ways_to_write(figure.value, keep_digits=name in _KEEP_DIGITS):
            yield replaced(VariantKind.NUMBER, word, start.start(), end, by=form + word[at:end])


def _counts(word: str, start: int, figure: Figure, counter: re.Match[str] | None) -> bool:
    """Rules 1 and 3: True if what follows a figure with digits lets it count as one."""
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
        figure = read_figure(word[:end], start, hangul=True)
        text, counter = word[start:end], after["counter"]
        if figure is None or figure.end != end or _is_rather_a_word(text, counter):
            continue
        if figure.value > _HIGHEST.get(counter, GREATEST) or (text in _CITIES and counter not in _CITY_COUNTERS):
            continue
        for form in ways_to_write(figure.value, keep_digits=counter in _KEEP_DIGITS):
            yield replaced(VariantKind.NUMBER, word, start, after.end("counter"), by=form + counter)
        return


def _is_rather_a_word(numerals: str, counter: str) -> bool:
    """백일 and 천사 before 장 or 원, 이조 and 구조 before 대 or 인."""
    if len(numerals) != 2:
        return len(numerals) < 2
    if numerals[1] == "조":
        return counter not in ("원", "달러")
    return numerals[0] in "백천만" and numerals[1] in "일이삼사오육칠팔구"


def _great(word: str) -> Iterator[Variant]:
    """오십억 is 50억, with no counter: 억 after any numeral, 만 after two or more (만 after one is oftener a particle)."""
    match = _GREAT_HANGUL.match(word)
    if match is not None and ends_noun(match["rest"]):
        figure = read_figure(match["figure"], 0, hangul=True)
        if figure is not None and figure.end == len(match["figure"]):
            for form in ways_to_write(figure.value, keep_digits=False):
                yield replaced(VariantKind.NUMBER, word, 0, figure.end, by=form)


def _round(word: str) -> Iterator[Variant]:
    """천명 is 1000명, where the word is no other: a unit alone before a counter."""
    match = _ROUND.match(word)
    if match is not None and ends_noun(match["rest"]) and match["unit"] + match["counter"] not in _NOT_ROUND:
        value = _ROUND_UNITS[match["unit"]]
        for form in ways_to_write(value, keep_digits=False):
            yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), by=form + match["counter"])


def _year(word: str) -> Iterator[Variant]:
    """2026년 is said 이천이십육년, 1919년 천구백십구년: a 일 is said at the end only."""
    match = _YEAR.match(word)
    if match is None or not ends_noun(match["rest"]):
        return
    yield replaced(VariantKind.NUMBER, word, 0, match.end("year") + 1, by=said(match["year"]) + "년")


def _ordinal(word: str) -> Iterator[Variant]:
    """Rule 4."""
    match = _ORDINAL.match(word)
    if match is None:
        return
    number, counter = match["number"], match["counter"]
    if not number.isdigit():
        figure = read_figure(number, 0, hangul=True)
        if figure is None or figure.end != len(number):
            return
        number = str(figure.value)
        yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), by=f"제{number}{counter}")
    elif (
        counter == "대"
        and number in ("10", "20", "30", "40", "50", "60", "70", "80", "90")
        and ends_noun(match["rest"])
    ):
        return  # 제20대 alone: without 제 it is an age
    yield replaced(VariantKind.NUMBER, word, 0, match.end("counter"), by=f"{number}{counter}")
