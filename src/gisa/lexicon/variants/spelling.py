"""Spellings that readers and papers mix up: 전세값 = 전셋값, 성공율 = 성공률, 쥬스 = 주스, 류승민 = 유승민. No dictionary.

Where the mistake is regular there is a rule, which need not know the word; what it makes of a word that nobody writes so
finds nothing and does no harm. The rest is in ``tables/spelling.tsv``, read both ways.

1. 사이시옷 (한글 맞춤법 제30항): before 값 길 빛 잎 after a vowel ㅅ is put, and taken away: 최대값 = 최댓값, 등굣길 = 등교길.
   Before 집 국 물 날 일 밥 속, which are also Sino-Korean (수집, 미국, 건조물, 휴일), only after nouns that take it.
2. 렬·률 (제11항): 률 is 율 after a vowel or ㄴ, and 률 else, whatever was written: 합격율 → 합격률, 비률 → 비율. At the
   word's end the wrong one is found too.
3. Loan words: ㅈ ㅊ with ㅑ ㅕ ㅛ ㅠ are written plainly (외래어 표기법: 쥬 → 주, 젼 → 전, 챠 → 차, 쵸 → 초); 져 and 죠, which
   Korean verbs have, only at the beginning. Double consonants become plain or aspirated where another syllable shows that
   the word is borrowed (싸이트 → 사이트, 까페 → 카페; not 쌀값).
4. 두음법칙 in names: a word of three syllables that looks like surname and given name (류승민 = 유승민, 리영희 = 이영희); at a
   name's end 렬, 률 and 룡 are also written 열, 율 and 용, whatever stands before them (선동렬 = 선동열).
5. Spaced names: a common surname and one or two syllables that look like a given name are sought as one word, too: 김 현철 = 김현철.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.variant import Variant, VariantKind, distinct, replaced, table_lines
from gisa.text.hangul import final_of, initial_of, is_hangul, with_final, with_initial

_ALWAYS: Final = frozenset("값길빛잎")
_AFTER_NOUNS: Final = {
    "집": "외가 처가 종가 부자 초가 기와 고기 국수 만두 소주 맥주 상가 잔치 판자 이사 과부 회 차 가게 고모 이모 아래 뒤 위 주막",
    "국": "만두 북어 순대 김치 감자 시래기 우거지 고기 소고기 쇠고기 선지 조개 무 배추 근대 황태 명태 동태 대구 콩비지",
    "물": "수도 바다 비 시내 세수 코 아래 위 뒤 허드레 빨래 이사 차",
    "날": "제사 잔치 이사 후 훗 가을배추 장례 혼례 회의",
    "일": "예사 후 뒤 제사 잔치 가외 나무 가사",
    "밥": "제사 고사 차례 후 아래",
    "속": "머리 배 바다 코 귀 뼈 피 이불 가사",
}
_NOUNS: Final = {element: frozenset(nouns.split()) for element, nouns in _AFTER_NOUNS.items()}
_SHORT: Final = frozenset("차배피재해비뒤위깨코회")
"""Nouns of one syllable that take ㅅ before 값 길 빛 잎 (찻값, 뱃길, 잿빛, 깻잎); others are prefixes and endings (제값, 이길)."""
_OWN_SIOT: Final = frozenset("옷못맛멋붓첫옛엿젓굿것곳릇낫풋")
"""Syllables whose ㅅ is their own: 옷값 is no 오값."""

_RATE: Final = re.compile("[률율]")

_PLAIN: Final = dict(
    zip("쟈쟝쥬쥴쥰쥼젼졈졀챠챤챰챵쵸쵼츄츙쳔쳅죤죵", "자장주줄준줌전점절차찬참창초촌추충천쳅존종", strict=True)
)
_PLAIN_AT_START: Final = {"져": "저", "죠": "조"}
_BORROWED: Final = frozenset(
    "트스즈크프드브츠페케켓벤비이우루러렌로라르티피타토테터퍼포파카코커쿠키캐패팩캠팬튜뮤뷰듀쇼샵숍센쎈넥넬인언지니"
)
_DOUBLE: Final = {"ㄲ": "ㅋㄱ", "ㄸ": "ㅌㄷ", "ㅃ": "ㅍㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
_LOAN_MARKS: Final = frozenset("트스즈크프드브츠페케켓쎈센쓰티피튜뮤뷰듀쇼쎄쏘")

_SURNAMES: Final = {
    a: b
    for pair in "류유 리이 림임 로노 라나 량양 려여 렴염 륙육".split()
    for a, b in (tuple(pair), tuple(reversed(pair)))
}
_COMMON_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송나류유홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_NO_NAMES: Final = frozenset("리무진 리서치 라운지 로하우".split())
"""What rule 4 makes of 이무진, and of 노하우, is a word or begins one (로하우스)."""
_NAME_ENDS: Final = dict(zip("렬열률율룡용", "열렬율률용룡", strict=True))
_GIVEN_FIRST: Final = frozenset(
    "가강건경계고관광교구국권규근금기길나남노다대덕도동두라란래만명무문미민병보복봉부빈상새서석선설성세소솔수순승시신아애양여연"
    "영예오옥완용우욱운웅원유윤은의인일자장재정제종주준중지진찬창채천철초춘충치태택하한해향헌혁현형혜호홍화환효훈휘흥희"
)
_GIVEN_LAST: Final = frozenset(
    "가경곤관광교국권규균근금기길나남녀년덕돈동라란람래련령록룡림만명모목묵문미민배백범병복봉빈산삼상서석선설섭성솔수숙순식신심아안애"
    "언연열엽영예옥완용우욱운웅원윤율은의인일임재정제조종주준중지진찬창채천철춘치태택필하학한해향헌혁현형혜호홍화환효훈휘흥희"
)


def spelling_variants(word: str) -> Iterator[Variant]:
    """The word as others spell it, the standard spelling first: 컨텐츠산업 → 콘텐츠산업, 전셋값 → 전세값."""
    return distinct(word, _found(word))


def _found(word: str) -> Iterator[Variant]:
    to_standard, from_standard = _listed(word)
    yield from to_standard
    yield from _rate(word)
    yield from _between(word)
    yield from _borrowed(word)
    yield from _surname(word)
    yield from from_standard


def _variant(word: str, start: int, end: int, by: str) -> Variant:
    return replaced(VariantKind.SPELLING, word, start, end, by=by)


class _Spelling(NamedTuple):
    text: str
    others: tuple[str, ...]
    """The standard one first."""
    standard: bool
    whole: bool


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[_Spelling, ...]]:
    """Spellings by their first two syllables, longest first."""
    groups: dict[str, list[str]] = {}
    whole: set[str] = set()
    for line in table_lines("spelling.tsv"):
        if not line or line.startswith("#"):
            continue
        other, standard, condition = [*line.split("\t"), ""][:3]
        groups.setdefault(standard, [standard]).append(other)
        if condition:
            whole.update((other, standard))
    by_start: dict[str, list[_Spelling]] = {}
    for group in groups.values():
        for text in group:
            others = tuple(other for other in group if other != text)
            by_start.setdefault(text[:2], []).append(_Spelling(text, others, text == group[0], text in whole))
    return {start: tuple(sorted(found, key=lambda each: -len(each.text))) for start, found in by_start.items()}


def _listed(word: str) -> tuple[list[Variant], list[Variant]]:
    """The table's variants: those of other spellings, and those of standard ones."""
    table = _spellings()
    to_standard: list[Variant] = []
    from_standard: list[Variant] = []
    past = 0
    for start in range(len(word) - 1):
        if start < past:
            continue
        for spelling in table.get(word[start : start + 2], ()):
            text = spelling.text
            end = start + len(text)
            if not word.startswith(text, start):
                continue
            if spelling.whole:
                fits = start == 0 and ends_noun(word[end:])
            else:
                fits = len(text) > 2 or start == 0 or not is_hangul(word[start - 1]) or ends_noun(word[end:])
            past = end  # a longer spelling hides the shorter in it: 윈도우 is not 윈도 and 우
            if fits:
                found = from_standard if spelling.standard else to_standard
                found += [_variant(word, start, end, other) for other in spelling.others]
            break
    return to_standard, from_standard


def _rate(word: str) -> Iterator[Variant]:
    """Rule 2."""
    for match in _RATE.finditer(word):
        at = match.start()
        if at == 0 or not is_hangul(word[at - 1]):
            continue
        right = "율" if final_of(word[at - 1]) in ("", "ㄴ") else "률"
        if word[at] != right:
            yield _variant(word, 0, at + 1, word[:at] + right)
        elif at > 1 and ends_noun(word[at + 1 :]):
            yield _variant(word, 0, at + 1, word[:at] + ("률" if right == "율" else "율"))


def _between(word: str) -> Iterator[Variant]:
    """Rule 1."""
    for at in range(1, len(word)):
        element = word[at]
        if element not in _ALWAYS and element not in _NOUNS:
            continue
        before = word[at - 1]
        if not is_hangul(before) or not (element == "값" or ends_noun(word[at + 1 :])):
            continue
        final = final_of(before)
        if final not in ("", "ㅅ") or (final and before in _OWN_SIOT):
            continue
        other = with_final(before, "" if final else "ㅅ")
        noun = word[: at - 1] + with_final(before, "")
        if element in _NOUNS:
            if not _ends_with_noun(noun, _NOUNS[element]):
                continue
        elif at == 1 and noun not in _SHORT:
            continue
        yield _variant(word, 0, at + 1, word[: at - 1] + other + element)


def _ends_with_noun(text: str, nouns: frozenset[str]) -> bool:
    """Whether one of the nouns ends the text; one of a single syllable must be all of it."""
    return text in nouns or any(text[-length:] in nouns for length in (2, 3) if length < len(text))


def _borrowed(word: str) -> Iterator[Variant]:
    """Rule 3."""
    plain = "".join(_PLAIN.get(syllable, syllable) for syllable in word)
    if len(word) > 1:
        plain = _PLAIN_AT_START.get(plain[0], plain[0]) + plain[1:] if _BORROWED.intersection(word[1:]) else plain
    if plain != word:
        yield _changed(word, plain)
    if not is_hangul(word[:1] or " ") or len(word) < 2:
        return
    initial = initial_of(word[0])
    if initial in _DOUBLE and not _LOAN_MARKS.isdisjoint(word[1:]):
        for letter in _DOUBLE[initial]:
            yield _changed(word, with_initial(word[0], letter) + plain[1:])


def _changed(word: str, other: str) -> Variant:
    """The variant of equal length that differs from the first changed syllable to the last."""
    places = [place for place, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    return _variant(word, 0, places[-1] + 1, other[: places[-1] + 1])


def _surname(word: str) -> Iterator[Variant]:
    """Rule 4."""
    if len(word) == 3 and word[0] in _SURNAMES and word[1] in _GIVEN_FIRST and word[2] in _GIVEN_LAST:
        other = _SURNAMES[word[0]] + word[1:]
        if other not in _NO_NAMES:
            yield _variant(word, 0, 3, other)
    if len(word) == 3 and word[0] in _COMMON_SURNAMES and word[1] in _GIVEN_FIRST and word[2] in _NAME_ENDS:
        yield _variant(word, 0, 3, word[:2] + _NAME_ENDS[word[2]])


def spaced_names(words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
    """Rule 5: a surname and a given name side by side, and the name they make: ``words[first:end]`` and 김현철."""
    for first, (surname, given) in enumerate(pairwise(words)):
        if surname not in _COMMON_SURNAMES or not 1 <= len(given) <= 2:
            continue
        if given[-1] in _GIVEN_LAST or (len(given) == 2 and given[0] in _GIVEN_FIRST):
            name = surname + given
            yield first, first + 2, Variant(VariantKind.SPELLING, name, f"{surname} {given}", name)
