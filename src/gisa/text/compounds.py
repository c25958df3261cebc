"""Compounds of nouns that the tagger cuts in the wrong place, cut again. Asks the dictionary; knows no other kind of word.

The tagger weighs readings by costs learnt from sentences, and out of context takes frequent short words for parts of long
ones: 분양가상한제 as 분양 + 가상 + 한제, 미래도시기획단 as 미래 + 도 + 시기 + 획단, 동네가게 as 동네 + 가게 (you go). Such a reading
gives itself away (``_is_doubtful``): a syllable is left over between nouns, a particle or a verb stands inside a compound, or a
part is a word that hardly anybody writes. Then every way to cover the run with nouns of the dictionary is weighed, and one is
taken that is clearly lighter: fewer nouns first, then no rare ones, no names, no single syllables.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gisa.text.dictionary import Dictionary
from gisa.text.entries import NounEntry
from gisa.text.morphemes import PLAIN_NOUNS, TAILS, VERBS, Morpheme, morpheme

_NOUNS: Final = PLAIN_NOUNS | {"NR"}
_RARE: Final = 2_787
"""Cost in the dictionary from which a noun was not seen where its costs were learnt (most of those have 2,788)."""
_FIRST_MAY_BE_RARE: Final = 1_300
"""By how much: places, which begin so many compounds, cost about 3,000."""
_MAKING_ADJECTIVES: Final = frozenset("적화")
_RARE_NAME: Final = 5_000
_PREFIXES: Final = frozenset("미주시도군구당신구재차대총초고저전항반비무부최친탈")
SUFFIXES: Final = frozenset(
    "장처배실단부과팀법제사원회관비시군구도동청국성력률율권인자계급상점증액세료식전집론학형용별층행"
)
_TAILS_TRIED: Final = (
    "",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "과",
    "와",
    "도",
    "만",
    "로",
    "인",
    "들",
    "으로",
    "에서",
    "이다",
)
_NOUN: Final = 1.0
_RARE_NOUN: Final = 0.15
_NAME: Final = 0.3
_RARE_PLACE: Final = 3_600
_PLACE: Final = -0.1
"""Of names of two syllables that the dictionary's costs were learnt of, which are places: 전남 + 도, not 전 + 남도."""
_LONG_NAME: Final = 0.7
"""Of three syllables, which most persons have."""
_AFFIX: Final = 1.2
_AFFIX_INSIDE: Final = 0.15
"""More, for a suffix after which the compound goes on."""
_LEFT_OVER: Final = 1.6
_TAIL: Final = 0.3
_ENDING_INSIDE: Final = 1.8
_OF_INSIDE: Final = 0.9
"""Of the particle 의, behind which a space is often forgotten: 공동체의협력."""
_VERB: Final = 1.5
_CLEARLY: Final = 0.05
"""How much lighter another reading must be."""
_LIKE_A_PARTICLE: Final = 0.5
"""More, for a last noun of two syllables that ends as a particle does: 부가 in 주정부가, 장은 in 남평읍장은."""
_PARTICLE_LIKE: Final = frozenset("은는을를이가의도과와로만")
_LONGEST: Final = 16


class _Cover(NamedTuple):
    """A way to cover a run, or its beginning, with nouns."""

    weight: float
    nouns: tuple[NounEntry, ...]
    tail: str


def recut(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> list[Morpheme]:
    """The reading, or a clearly better one as nouns of the dictionary."""
    if not 3 <= len(run) <= _LONGEST or not _is_doubtful(morphemes, dictionary):
        return morphemes
    given = _weight(morphemes, dictionary)
    best = min(_covers(run, dictionary), key=lambda cover: cover.weight, default=None)
    if best is None or best.weight + _CLEARLY >= given:
        return morphemes
    _, nouns, tail = best
    found = [
        dictionary.morpheme(each) if len(each.text) > 1 else morpheme(each.text, "XSN" if place else "XPN")
        for place, each in enumerate(nouns)
    ]
    return [*found, morpheme(tail, "JX")] if tail else found


def _is_doubtful(morphemes: list[Morpheme], dictionary: Dictionary) -> bool:
    """Whether the reading is one that gives itself away, of a run that begins with a noun."""
    first = morphemes[0]
    if len(morphemes) < 2 or first.first_tag in VERBS:
        return False
    end = _head(morphemes)
    tags = [each.first_tag for each in morphemes]
    if tags[0] in ("MM", "NP"):
        return end > 1 and first.length == 1 and all(tag in _NOUNS for tag in tags[1:end])
    if len(morphemes) > 2 and tags[-1] in TAILS and tags[-2] in VERBS and tags[-3] in _NOUNS:
        return morphemes[-1].length == morphemes[-2].length == 1
    if end < 2:
        return False
    inner = zip(morphemes[1 : end - 1], tags[1:], strict=False)
    if any(each.length == 1 and tag not in VERBS and each.text not in _MAKING_ADJECTIVES for each, tag in inner):
        return True
    last = morphemes[end - 1]
    if (first.length == 1 and tags[0] not in ("XPN", "IC")) or (last.length == 1 and morphemes[end - 2].tag == "NNP"):
        return True
    plain = [each for each in morphemes[:end] if each.tag in _NOUNS and 1 < each.length < 4 and not each.kind]
    return len(plain) > 1 and any(
        dictionary.cost(each.text) > (_RARE if place else _RARE + _FIRST_MAY_BE_RARE)
        for place, each in enumerate(plain)
    )


def _head(morphemes: list[Morpheme]) -> int:
    """How many morphemes come before the particles and endings."""
    end = len(morphemes)
    while end > 1 and (morphemes[end - 1].is_tail or morphemes[end - 1].first_tag in TAILS):
        end -= 1
    return end


def _weight(morphemes: list[Morpheme], dictionary: Dictionary) -> float:
    """What a reading of the tagger weighs."""
    end = _head(morphemes)
    weight = _TAIL * (end < len(morphemes))
    for place, each in enumerate(morphemes[:end]):
        tag = each.first_tag
        if tag in VERBS:
            weight += _VERB
        elif tag in TAILS:
            weight += _OF_INSIDE if each.text == "의" else _ENDING_INSIDE
        elif each.length > 1:
            weight += _weight_of(each.tag, each.length, dictionary.cost(each.text), is_compound=bool(each.kind))
        else:
            weight += _AFFIX if _is_affix(each.text, first=place == 0) else _LEFT_OVER
    return weight


def _weight_of(tag: str, length: int, cost: int, *, is_compound: bool) -> float:
    """What a noun of two syllables or more weighs."""
    if is_compound:
        return _NOUN
    if tag != "NNP":
        return _NOUN + (_RARE_NOUN if cost > _RARE else 0)
    if length == 3:
        return _NOUN + _LONG_NAME
    return _NOUN + (_PLACE if cost < _RARE_PLACE else _NAME + (_RARE_NOUN if cost > _RARE_NAME else 0))


def _is_affix(text: str, *, first: bool) -> bool:
    return text in (_PREFIXES if first else SUFFIXES)


def _covers(run: str, dictionary: Dictionary) -> list[_Cover]:
    """For each tail that the run may have, its lightest cover by nouns."""
    best: list[_Cover | None] = [None] * (len(run) + 1)
    best[0] = _Cover(0.0, (), "")
    letters = run.encode()
    at = 0
    for start, letter in enumerate(run):
        before = best[start]
        for noun in dictionary.nouns_at(letters, at) if before else ():
            assert before is not None
            length = len(noun.text)
            end = start + length
            there = best[end]
            if length > 1:
                weight = before.weight + _weight_of(noun.tag, length, noun.cost, is_compound=noun.is_compound)
                if len(before.nouns) > 1 and len(before.nouns[-1].text) == 1:
                    weight += _AFFIX_INSIDE
                if end == len(run) and noun.text[1:] in _PARTICLE_LIKE:
                    weight += _LIKE_A_PARTICLE
            elif _is_affix(noun.text, first=start == 0) and not (before.nouns and len(before.nouns[-1].text) == 1):
                weight = before.weight + _AFFIX
            else:
                continue
            if there is None or weight < there.weight:
                best[end] = _Cover(weight, (*before.nouns, noun), "")
        at += len(letter.encode())
    covers = []
    for tail in _TAILS_TRIED:
        cover = best[len(run) - len(tail)] if run.endswith(tail) else None
        if cover is not None and sum(len(noun.text) for noun in cover.nouns) > 1:
            covers.append(_Cover(cover.weight + (_TAIL if tail else 0.0), cover.nouns, tail))
    return covers
