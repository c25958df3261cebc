"""The noun phrases of a stretch of a sentence, and the particle behind each. Knows no quotations and no persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from gisa.quotes.words import (
    DETERMINERS,
    HONORIFICS,
    NO_SUBJECTS,
    PLACES_OF_SUBJECTS,
    PRONOUNS,
    SHORT_BODIES,
    SURNAMES,
    title_of,
)
from gisa.text.dictionary import Dictionary
from gisa.text.hangul import final_of, is_hangul
from gisa.text.morphemes import Morpheme

QUOTED: Final = "\x01"
"""Stands for each character of a quotation, so that its words are nobody's."""
_ASIDE_MARK: Final = "\x02"
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APART: Final = re.compile(
    rf"((?<![가-힣])[가-힣ㄱ-ㅎA-Z]{{1,4}}{_ASIDE_MARK}*) (?=(?:씨|옹|군|양)(?:께서|에게|은|는|이|가|의|도|와|과|를|을)?(?:[\s,.\x01\x02]|$))"
)
"""A space between a name and 씨: 양재덕(63) 씨는."""
_TOKEN: Final = re.compile(r"\S+")
_EDGES: Final = "‘’'·…-–—▲△■□◆◇●○*=:<>《》〈〉"
_MOST_WORDS: Final = 7
"""Words of a noun phrase that are looked at: 이도현 나루대 공과대학 교통공학과 명예교수 has five."""
_REMEMBERED: Final = 50_000
"""Words of which it is remembered how they are read: 10 MB."""
_NOUN_TAGS: Final = frozenset("NNG NNP NNB NNBC NP NR SL SN SH XSN XPN UNK XR".split())
_PARTICLES: Final = frozenset(
    "에게 에서 에 을 를 과 와 로 으로 만 까지 부터 보다 처럼 마다 에게서 한테 께 이나 나 라도".split()
)
_DEPARTMENT: Final = "학과"
"""Of a university: the analyser takes its last syllable for a particle."""


class Role(Enum):
    """What the particle behind a noun phrase makes of it."""

    TOPIC = "은"
    SUBJECT = "이"
    OF = "의"
    OTHER = ""


_ROLES: Final = (
    ("께서는", Role.TOPIC),
    ("께서도", Role.TOPIC),
    ("께서", Role.SUBJECT),
    ("은", Role.TOPIC),
    ("는", Role.TOPIC),
    ("도", Role.TOPIC),
    ("의", Role.OF),
    ("이", Role.SUBJECT),
    ("가", Role.SUBJECT),
)


_OTHERS: Final = tuple((particle, Role.OTHER) for particle in ("에게", "을", "를", "과", "와"))


class NounPhrase(NamedTuple):
    """Nouns that stand side by side, without the particle behind them."""

    words: tuple[str, ...]
    role: Role


class _Word(NamedTuple):
    text: str
    """Without its particle; empty for what is no noun."""
    role: Role
    is_open: bool
    """It is a noun with nothing behind it, so that the phrase may go on."""


_NO_NOUN: Final = _Word("", Role.OTHER, is_open=False)


class NounPhraseReader:
    """Reads noun phrases, remembering words. Bounded; not thread-safe."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._words: dict[str, _Word] = {}

    def phrases(self, stretch: str) -> Iterator[NounPhrase]:
        """The noun phrases of a stretch in order. What stands in brackets (an age, 漢字, an office) is passed over."""
        words: list[str] = []
        shown = _ASIDE.sub(lambda aside: _ASIDE_MARK * len(aside[0]), stretch)
        tokens = _TOKEN.findall(_APART.sub(r"\1", shown))
        for written, following in zip(tokens, (*tokens[1:], ""), strict=False):
            token = written.replace(_ASIDE_MARK, "").strip(_EDGES)
            if not token or token[0] == QUOTED:
                words = []
                continue
            word = self._name_behind_title(token) if words and title_of(words[-1]) else _NO_NOUN
            if not word.text:
                word = self._word(token)
            has_aside = _ASIDE_MARK in written and word.role is Role.OTHER
            if token in DETERMINERS or (
                looks_like_a_name(token) and (has_aside or (not word.text and title_of(_without_particle(following))))
            ):
                word = _Word(token, Role.OTHER, is_open=True)  # whatever the analyser takes it for
            if word.text:
                words = [*words, word.text][-_MOST_WORDS:]
            if words and not (word.is_open and token[-1] not in ",;."):
                if word.text:
                    yield NounPhrase(tuple(words), word.role)
                words = []
        if words:
            yield NounPhrase(tuple(words), Role.OTHER)

    def _word(self, token: str) -> _Word:
        known = self._words.get(token)
        if known is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            known = self._words[token] = _read(token, self._dictionary)
        return known

    def _name_behind_title(self, token: str) -> _Word:
        """A name that the analyser takes for another word, behind a title: 활동가 민보라는."""
        for particle, role in (*_ROLES, *_OTHERS):
            name = token.removesuffix(particle)
            if name != token and looks_like_a_name(name) and fits(name, particle):
                return _NO_NOUN if self._dictionary.is_verb_stem(name) else _Word(name, role, is_open=False)
        return _NO_NOUN


def looks_like_a_name(word: str) -> bool:
    """Whether a word begins with a surname and is as long as a name; no more than that."""
    return 3 <= len(word) <= 4 and (word[0] in SURNAMES or word[:2] in SURNAMES) and all(map(is_hangul, word))


def fits(text: str, particle: str) -> bool:
    """Whether a particle has the form for the syllable before it: 은 이 을 과 if that is closed, 는 가 를 와 if it is open."""
    return particle not in "은이을과는가를와" or (final_of(text[-1]) != "") is (particle in "은이을과")


def _without_particle(token: str) -> str:
    bare = token.rstrip(",;." + _ASIDE_MARK)
    return next((bare[: -len(particle)] for particle, _ in _ROLES if bare.endswith(particle)), bare)


def _read(token: str, dictionary: Dictionary) -> _Word:
    bare = token.rstrip(",;.!?…" + QUOTED)
    if not bare:
        return _NO_NOUN
    if not is_hangul(bare[-1]):
        return _Word(bare, Role.OTHER, is_open=True) if bare[-1].isalnum() else _NO_NOUN
    if bare in SURNAMES:
        return _Word(bare, Role.OTHER, is_open=True)
    for particle, role in _ROLES:
        text = bare.removesuffix(particle)
        if text and text != bare and _is_behind_a_noun(text, particle, dictionary):
            is_nobody = text in NO_SUBJECTS or text.endswith(PLACES_OF_SUBJECTS)
            return _Word(text, Role.OTHER if is_nobody else role, is_open=False)
    if bare.endswith((_DEPARTMENT, *HONORIFICS)):
        return _Word(bare, Role.OTHER, is_open=True)
    morphemes = dictionary.parse(bare[_last_run(bare) :])
    if _last_tag(morphemes[-1]) in _NOUN_TAGS:
        return _Word(bare, Role.OTHER, is_open=True)
    end = len(bare)
    while len(morphemes) > 1 and morphemes[-1].text in _PARTICLES:
        last = morphemes.pop()
        end -= last.length
        if not fits(bare[:end], last.text):
            return _NO_NOUN
    if end < len(bare) and _last_tag(morphemes[-1]) in _NOUN_TAGS:
        return _Word(bare[:end], Role.OTHER, is_open=False)
    return _NO_NOUN


def _is_behind_a_noun(text: str, particle: str, dictionary: Dictionary) -> bool:
    """Whether the last syllables of a word are a particle there: of 시장은, not of 많은, 하는, 고가, 전문가."""
    if not is_hangul(text[-1]):
        return text[-1].isalnum()
    if not fits(text, particle):
        return False
    if len(text) == 1:
        return text in SHORT_BODIES or text in PRONOUNS
    if text.endswith(HONORIFICS) and (text[:-1] in SURNAMES or text[-2] == "모" or looks_like_a_name(text[:-1])):
        return True
    if title_of(text):
        return True
    run = text[_last_run(text) :]
    if dictionary.is_noun(run + particle):
        return False
    last = dictionary.parse(run)[-1]
    return _last_tag(last) in _NOUN_TAGS or last.tag == "JKS"  # 증권가는: no 는 stands behind a particle 가


def _last_tag(morpheme: Morpheme) -> str:
    return morpheme.tag.rpartition("+")[2]


def _last_run(text: str) -> int:
    """Where the last stretch of Hangul begins."""
    at = len(text)
    while at and is_hangul(text[at - 1]):
        at -= 1
    return at
