"""What the dictionary's analyser misreads in every word of a kind, read again. General rules; one list, of two syllables.

The analyser weighs a run's readings by costs that were learnt from whole sentences. Out of context they are systematically
wrong for some kinds of runs, which are common:

* 미국의 is read as 미 + 국의, 교육과정의 as 교육 과 정의, 방안과 as 방 안과: the particle is taken for the end of a noun;
* 대회의실 is read as 대회 + 의 + 실: here it is the other way round;
* 정기회의 is read as 정기회 + 의 by that rule, and stays a meeting;
* 간호학과 is read as 간호학 + 과, and is a department;
* 홍보관 is read as 홍 + 보관, 추진단 as 추 + 진단: likewise the suffix;
* 잡히다 is read as a form of 잡다, 밝히다 of 밝다: the dictionary form as one of another verb;
* 법의, 배가 and 명이 are read as nouns of two syllables which hardly anybody writes (法衣, 倍加, 명이나물), not as 법 + 의;
* 늘립니다 is read as 늘 + 립니 + 다, 압니다 as 압 + 니다: the polite form as nouns;
* 이르렀다 is read as 이르 and an unknown word;
* 말했다 is read as 말 + 했다 and 전했다 as 전하다: a verb that 하 makes of one syllable is one verb, always;
* 높아졌다 is read as 높다 and an ending, 켜지다 as 켜다 + 지다: with 지 it is a verb of its own (the first verb stays beside it);
* 이끈다 is read as 이 + 끈다, 다친다 as 다 + 친다, 다쳐서 as 다 + 쳐서: the verb's present and its joined form as two words;
* 걸고 is read as 걷 + 고, 쓰고 as 쓸 + 고, 주는 as 줏 + 는: a stem as the changed stem of another verb, which never stands
  before such an ending;
* 전남대 is read as 전 + 남대: a place's university;
* 은행이자 and 설립인가 are read as 은행 and 설립 with an ending, which they are behind most nouns (가수이자, 무엇인가);
* 연합회의 and 부녀회의 are read as 연합 + 회의: a body and its particle, where the dictionary has the body;
* 화순만의 and 팸투어의 are read as 화순 + 만의, 팸 + 투 + 어의, 정부와의 as 정부 + 와의, 러시아로의 as 러시아 + 로 + 의 (義): nouns
  that nobody writes there, where the particle is meant;
* 직고소하였다 is read as 직고 + 소하 + 였다, 영유아들 as 영유 + 아들, 대기자 as 대 + 기자, 조회수 as
  조 + 회수: 하다, the plural, a person, a number;
* 산업재해 is read as 산업재 + 해: the end of a compound as a form of 하다;
* 하자보수 is read as 하 + 자 + 보수: a noun that is a form of a verb, too, before another noun.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Final

from gisa.text.dictionary import Dictionary
from gisa.text.hangul import compose, decompose, final_of, initial_of, is_hangul, with_final
from gisa.text.homographs import VERB_OF, begins_with_noun
from gisa.text.morphemes import PLAIN_NOUNS, TAILS, VERBS, Morpheme, morpheme

_PARTICLES: Final = {"의": "JKG", "과": "JC"}
_SUFFIXES: Final = frozenset("식실금단관자비서")
"""Suffixes which the analyser takes for the end of a noun more often than the other way round (counted in 480,000 runs
of press releases, petitions and Wikipedia; not so 장 원 회 사 국 대: 시의원, 당대회, 세월호참사)."""
_PREFIXED: Final = frozenset(("XPN", "MM"))
"""Before these a noun of two syllables is what it seems: 이 사실, 재 정비."""

_NOUN_AND_PARTICLE: Final = frozenset(
    "명이 명은 명만 명과 법의 법과 당은 당의 당과 책의 돈의 산의 달의 강과 칼의 발이 발도 약이 약의 빵이 술의 신이 신과 금이 금의 금과 철의 문은 "
    "방이 방의 별의 별과 일의 글의 벽도 섬도 뱀의 곳도 번은 번도 월은 월도 군은 형의 형과 상은 간의 맛의 왕은 왕의 왕과 님의 남의 목이 등이 등은 "
    "등의 등도 등과 배가 배도 배의 개가 개도 개와 소가 소도 소의 소와 새의 비와 비도 비의 해의 표가 표의 초의 나의 옷의 말의 집의 집도".split()
)
"""Whole runs. From 2,000 of a common noun of one syllable and a particle, those that the analyser reads as another word and
that are not that word oftener (as 강도, 문의, 시도, 귀가 and 물의 are)."""
_NOT_BEFORE_A_PARTICLE: Final = frozenset("심편")
"""Last syllables of compounds that are likelier the first of another noun: 사후 + 심의, 교통 + 편의."""
_MEETINGS: Final = frozenset(("정기회의", "임시회의", "최고위원회의"))
"""회의 and not 회 + 의. 위원회의, 협의회의 and 30 more of the press releases are the other way round."""
_NO_VERBS: Final = PLAIN_NOUNS | {"MAG", "MM"}

_DROP_L: Final = "ㄴㅂㅅㅇ"
"""Initials before which a stem loses its ㄹ, as in 는 ㅂ니다 시 오."""


def reread(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme]:
    """The reading, or a better one of the whole run."""
    if len(run) == 2 and run in _NOUN_AND_PARTICLE:
        return [morpheme(run[0], "NNG"), morpheme(run[1], "JX")]
    if len(run) > 2 and run[:2] in VERB_OF and morphemes[0].tag not in PLAIN_NOUNS:
        rest = dictionary.parse(run[2:])
        is_cut = 2 in accumulate(each.length for each in morphemes)  # not so 하자마자
        if begins_with_noun(run) or (is_cut and rest[0].length > 1 and rest[0].tag in PLAIN_NOUNS):
            return [morpheme(run[:2], "NNG"), *rest]
    if len(morphemes) > 1 or "VX" in morphemes[0].tag:
        verb = (
            (_made_with_ha(morphemes) if run[1:2] in _HA else None)
            or (None if _JI.isdisjoint(run) else _made_with_ji(run, morphemes, dictionary))
            or (_as_one_verb(run, morphemes, dictionary) if run[-1] in _ONE_VERB_ENDS else None)
        )
        if verb:
            return verb
    if run[2:3] == "대" and len(morphemes) > 1 and _is_university(run, morphemes, dictionary):
        return [morpheme(run[:2], "NNP"), morpheme("대", "XSN"), *morphemes[2:]]
    last = morphemes[-1]
    if len(run) > 3 and len(morphemes) > 1 and (noun_last := _ending_in_a_noun(run, morphemes, dictionary)):
        return noun_last
    if last.text[0] == "렀" and len(morphemes) > 1 and morphemes[-2].text[-1] == "르":
        return [*morphemes[:-1], morpheme(last.text, "EF")]
    if last.text[-1] == "다":
        if run.endswith("니다") and (morphemes[0].tag in _NO_VERBS or morphemes[0].length < len(run) - 2):
            return _as_polite_form(run, morphemes, dictionary)
        if last.tag not in PLAIN_NOUNS:
            return _as_dictionary_form(run, morphemes, dictionary)
    if run.endswith("회의") and (body := _as_body(run, morphemes, dictionary)):
        return body
    if len(morphemes) == 1:
        return morphemes
    if last.text in _NEVER_LAST and last.tag == "NNG":
        return [*dictionary.parse(run[:-1]), morpheme("의", "JKG")]
    if ("였" in run or "아들" in run) and (whole := _noun_and_tail(run, morphemes, dictionary)):
        return whole
    if morphemes[0].length == 1 and (suffixed := _person_or_number(run, morphemes, dictionary)):
        return suffixed
    if last.text == "과" and last.tag == "JC" and run[-2] == "학" and morphemes[-2].kind:
        return _as_department(morphemes)
    if last.text[-1] in _PARTICLES and _is_short_noun(last):
        return _with_particle(run, morphemes, dictionary)
    end = len(morphemes)
    while end > 1 and morphemes[end - 1].tag in TAILS:
        end -= 1
    if end > 2 and morphemes[end - 2].tag == "JKG" and morphemes[end - 1].length == 1:
        return _without_particle(morphemes, end, dictionary)
    if end > 1 and morphemes[end - 1].text[-1] in _SUFFIXES and _is_short_noun(morphemes[end - 1]):
        return _with_suffix(morphemes, end, dictionary)
    return morphemes


_BEHIND: Final = {
    "이자": tuple(
        "은행 예금 적금 저축 대출 연체 사채 국채 채권 회사채 카드 융자 대부 신용 담보 전세 차입 외채 부채 원금 보증금 할부 월".split()
    ),
    "인가": tuple("설립 변경 신설 시행 폐지 개설 처분 증설 매립".split()),
}
"""Nouns that look like an ending, and what they stand behind as nouns."""


def _ending_in_a_noun(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """은행 + 이자, 설립 + 인가; 산업 + 재해, where the reading takes the noun for an ending."""
    head, last = run[:-2], run[-2:]
    if head.endswith(_BEHIND.get(last, ())):
        return [*dictionary.parse(head), morpheme(last, "NNG")]
    verb, compound = morphemes[-1], morphemes[-2]
    if verb.text == "해" and verb.tag.startswith("XSV") and compound.kind and compound.parts[-1].length == 1:
        nouns = (compound.text[:-1], last)
        if compound.length > 2 and all(map(dictionary.is_noun, nouns)):
            return [*morphemes[:-2], *dictionary.parse(nouns[0]), morpheme(last, "NNG")]
    return None


_NEVER_LAST: Final = frozenset(("만의", "어의", "와의", "서의", "의"))
"""Nouns of the dictionary that end no compound: 화순만의, 투어의, 정부와의, 국회에서의, 러시아로의."""


def _as_body(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """연합 + 회의 → 연합회 + 의, where the reading ends so and the dictionary has the body."""
    last = morphemes[-1]
    if run in _MEETINGS or last.tag not in PLAIN_NOUNS or not last.text.endswith("회의"):
        return None
    whole = last.text if last.length > 2 else morphemes[-2].text + last.text if len(morphemes) > 1 else ""
    body = whole[:-1]
    if len(body) < 3 or whole in _MEETINGS or not dictionary.is_noun(body):
        return None
    return [*morphemes[: -1 if last.length > 2 else -2], *dictionary.parse(body), morpheme("의", "JKG")]


def _noun_and_tail(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """소하 + 였 → 소 + 하 + 였, 당하 + 였 → 당하다; 영유 + 아들 → 영 + 유아 + 들."""
    at = 0
    for place, (noun, following) in enumerate(pairwise(morphemes)):
        at += noun.length
        if following.text[0] == "였" and following.first_tag == "VCP" and noun.tag == "NNG" and noun.text[-1] == "하":
            ending = morphemes[place + 1 :]
            if at == 2:
                return [morpheme(noun.text, "VV"), *ending]
            return [*dictionary.parse(run[: at - 1]), morpheme("하", "XSV"), *ending]
        if following.text == "아들" and noun.length > 1 and dictionary.is_common_noun(noun.text[-1] + "아"):
            nouns = dictionary.parse(noun.text + "아")
            return [*morphemes[:place], *nouns, morpheme("들", "XSN"), *morphemes[place + 2 :]]
    return None


def _person_or_number(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """대 + 기자 → 대기 + 자, 조 + 회수 → 조회 + 수, where the first two syllables are a noun; not so 남 + 가수."""
    first, second = morphemes[0], morphemes[1]
    if second.length != 2 or second.tag != "NNG":
        return None
    suffix = second.text[1]
    is_person = suffix == "자" and first.tag == "XPN" and dictionary.is_common_noun(run[:2])
    is_number = suffix == "수" and dictionary.is_noun(run[:2]) and not dictionary.is_common_noun(second.text)
    if not is_person and not is_number:
        return None
    return [morpheme(run[:2], "NNG"), morpheme(suffix, "XSN"), *morphemes[2:]]


def _is_university(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> bool:
    """Whether 전 + 남대 is 전남 + 대: not so 한 + 세대, whose second part is a word of its own."""
    first, second = morphemes[0], morphemes[1]
    is_cut_there = first.length == 1 and second.length == 2
    return is_cut_there and dictionary.is_noun(run[:2]) and not dictionary.is_common_noun(second.text)


def _with_particle(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme]:
    """미 + 국의 → 미국 + 의, where that makes fewer nouns, or as many without any of a single syllable."""
    nouns = dictionary.parse(run[:-1])
    if len(nouns) > len(morphemes) or not _are_whole_nouns(nouns) or run in _MEETINGS:
        return morphemes
    if nouns[-1].text[-1] in _NOT_BEFORE_A_PARTICLE and nouns[-1].kind:
        return morphemes
    if len(nouns) == len(morphemes) and morphemes[-2].length < 3:
        return morphemes
    return [*nouns, morpheme(run[-1], _PARTICLES[run[-1]])]


def _as_department(morphemes: list[Morpheme]) -> list[Morpheme]:
    """간호학 + 과 → 간호 + 학과: departments are named far oftener than two subjects in a row."""
    *others, subject, _ = morphemes
    return [*others, morpheme(subject.text[:-1], "NNG"), morpheme("학과", "NNG")]


def _with_suffix(morphemes: list[Morpheme], end: int, dictionary: Dictionary) -> list[Morpheme]:
    """홍 + 보관 → 홍보 + 관, where a syllable was left over before the noun and none is left over now."""
    before = morphemes[end - 2]
    if before.length > 1 or before.tag in _PREFIXED or before.text in "도부":
        return morphemes
    head = "".join([each.text for each in morphemes[:end]])
    nouns = dictionary.parse(head[:-1])
    if len(nouns) >= end or not _are_whole_nouns(nouns):
        return morphemes
    return [*nouns, morpheme(head[-1], "XSN"), *morphemes[end:]]


def _without_particle(morphemes: list[Morpheme], end: int, dictionary: Dictionary) -> list[Morpheme]:
    """대회 + 의 + 실 → 대 + 회의실: nobody writes the particle and one more syllable without a space."""
    noun, particle, last = morphemes[end - 3 : end]
    joined = dictionary.parse(noun.text[-1] + particle.text + last.text)
    if noun.length < 2 or len(joined) > 1 or joined[0].tag not in PLAIN_NOUNS:
        return morphemes
    return [*morphemes[: end - 3], *dictionary.parse(noun.text[:-1]), *joined, *morphemes[end:]]


_HA: Final = frozenset("하했한해할합함")
_JI: Final = frozenset("지져졌진질집짐")
_AFTER_JOINED: Final = frozenset("서도야")
_ONE_VERB_ENDS: Final = _AFTER_JOINED | {"다"}


def _made_with_ha(morphemes: list[Morpheme]) -> list[Morpheme] | None:
    """말 + 했 → 말하: one syllable and 하 are a verb, whatever the dictionary says of 말하, 전하 and 급하."""
    noun, verb = morphemes[0], morphemes[1] if len(morphemes) > 1 else morphemes[0]
    if noun.length != 1 or verb.first_tag not in ("XSV", "XSA") or verb.text[0] not in _HA:
        return None
    stem = noun.text + "하"
    if verb.text == "하":
        return [morpheme(stem, "VV"), *morphemes[2:]]
    return [morpheme(noun.text + verb.text, "VV", "Inflect", f"{stem}/VV/*+었/EP/*"), *morphemes[2:]]


def _made_with_ji(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """높 + 아졌 → 높다, 높아지다; 숨 + 져서 → 숨지다, where the dictionary has it."""
    at = 0
    for morpheme_there in morphemes:
        pieces = morpheme_there.pieces or ((morpheme_there.text, morpheme_there.tag),)
        if ("지", "VX") in pieces:
            break
        at += morpheme_there.length
    else:
        return None
    place = next((place for place in range(max(at, 1), len(run)) if run[place] in _JI), 0)
    if not place or morphemes[0].first_tag not in ("VV", "VA"):
        return None
    joined, rest = run[:place] + "지", run[place + 1 :]
    endings = [morpheme(rest, "EF")] if rest else []
    known = dictionary.parse(run[:place] + "졌다")[0]
    if place == 1 or (known.pieces and known.pieces[0] == (joined, "VV")) or _is_stem(joined, dictionary):
        return [morpheme(run[: place + 1], "VV", "Inflect", f"{joined}/VV/*+었/EP/*"), *endings]
    [first, *_] = morphemes[0].parts or (morphemes[0],)
    return [
        morpheme(run[: place - 1], "VV", "Inflect", f"{first.text}/VV/*+어/EC/*"),
        morpheme(run[place - 1 : place + 1], "VV", "Inflect", f"{joined}/VV/*+었/EP/*"),
        *endings,
    ]


def _as_one_verb(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme] | None:
    """이 + 끈다 → 이끌다, 다 + 쳐서 → 다치다: a whole stem before ㄴ다 or joined to 서, where the reading has cut it."""
    if not 3 <= len(run) <= 5 or not is_hangul(run[-2]):  # a 漢字 without a reading may stand in a run
        return None
    before = run[-2]
    stems: tuple[str, ...] = ()
    if run[-1] == "다" and final_of(before) == "ㄴ":
        bare = with_final(before, "")
        stems = (run[:-2] + bare, run[:-2] + with_final(before, "ㄹ"))
        ending = "ㄴ다"
    elif run[-1] in _AFTER_JOINED:
        initial, vowel, final = decompose(before)
        if final or vowel not in "ㅕㅝ":
            return None
        stems = (run[:-2] + compose(initial, "ㅣ" if vowel == "ㅕ" else "ㅜ"),)
        ending = "어서"
    for stem in stems:
        if morphemes[0].length < len(stem) and _is_stem(stem, dictionary):
            return [morpheme(run, "VV", "Inflect", f"{stem}/VV/*+{ending}/EF/*")]
    return None


def _is_stem(text: str, dictionary: Dictionary) -> bool:
    """Whether the text is a verb's stem by one of two endings: 줄이겠다 is read as 줄 + 이, 줄이다 is not."""
    for ending in ("겠다", "다"):
        first = dictionary.parse(text + ending)[0]
        if first.text == text and first.tag in VERBS and not first.is_changed_verb:
            return True
    return False


def _as_dictionary_form(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme]:
    """잡 + 히다 → 잡히다, where what stands before 다 is a stem."""
    first = morphemes[0]
    if len(morphemes) == 1:  # 산다 is of 사다
        return morphemes
    if first.first_tag not in VERBS or first.text == run[:-1] or not dictionary.is_verb_stem(run[:-1]):
        return morphemes
    return [morpheme(run[:-1], "VV"), morpheme("다", "EF")]


def _as_polite_form(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme]:
    """늘 + 립니 + 다 → 늘리 + ㅂ니다, 압 + 니다 → 알 + ㅂ니다 (ㅂ drives a ㄹ out), where there is such a stem."""
    last = run[-3]
    if final_of(last) != "ㅂ" or last == "습":
        return morphemes
    for stem in (run[:-3] + with_final(last, "ㄹ"), run[:-3] + with_final(last, "")):
        if _is_stem(stem, dictionary):
            return [morpheme(run[:-2], "VV", "Inflect", f"{stem}/VV/*+ㅂ/EF/*"), morpheme("니다", "EF")]
    return morphemes


def is_changed_stem(stem: str, written: str, ending: str) -> bool:
    """Whether a verb's stem may be ``written`` so before an ``ending``: 걷 as 걸 before 었, but not before 고.

    Only for the three changes that leave another verb's stem: ㄷ → ㄹ (걷다, 걸다), ㅅ dropped (짓다, 지다), ㄹ dropped (갈다,
    가다). Every other written form is taken as possible.
    """
    if stem[:-1] != written[:-1] or not ending:
        return True
    change = final_of(stem[-1]), final_of(written[-1])
    if change in (("ㄷ", "ㄹ"), ("ㅅ", "")):
        return initial_of(ending[0]) == "ㅇ"
    if change == ("ㄹ", ""):
        return initial_of(ending[0]) in _DROP_L
    return change not in (("ㄹ", "ㄷ"), ("", "ㄹ"))


def _is_short_noun(noun: Morpheme) -> bool:
    return noun.length == 2 and noun.tag in PLAIN_NOUNS and not noun.kind


def _are_whole_nouns(morphemes: list[Morpheme]) -> bool:
    return all(each.tag in PLAIN_NOUNS and each.length > 1 for each in morphemes)
