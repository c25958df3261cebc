"""Words that are a noun and a form of a verb: which of the two one is between its neighbours. A table and one rule.

하자 is a defect and “let us do”. By itself such a word is the noun, as somebody types it into a search box. In a text it is the
verb if what stands before it goes on to a verb: 영화를 보고, 그렇게 하자; and the noun otherwise: 구조적 하자, 가자 지구.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from gisa.text.runs import BARRIER

TAKING: Final = "타는"
"""The verb 타다 among the terms. By its dictionary form it would be one term with the noun, a service to hail cars."""
TERM_OF_VERB: Final = {"타다": TAKING}
"""The dictionary forms that are nouns, too, each with the form by which the verb stands among the terms."""

VERB_OF: Final = {
    "가면": "가다",
    "가야": "가다",
    "가자": "가다",
    "남해": "",
    "보고": "보다",
    "보어": "",
    "보은": "",
    "심해": "심하다",
    "유다": "",
    "인가": "",
    "타구": "",
    "타다": TAKING,
    "판다": "팔다",
    "피고": "피다",
    "하구": "",
    "하야": "",
    "하자": "하다",
    "홍해": "",
    "흑해": "",
}
"""The nouns, each with the verb that it is a form of; empty if hardly anybody writes that form. From 160,000 articles: what the
analyser reads as a verb by itself, but that stands before particles of nouns (하자를, 가면의) ten times or more."""

_COMPANIONS: Final = {
    "가자": tuple("지구 주민 봉쇄 항구 북부 남부 중부 전쟁 휴전 사태 공습 보건부 전역".split()),
    "하자": tuple("처리 보수 발생 담보 소송 판정 점검 접수 보증 진단 감정 문제".split()),
    "보고": tuple("되 된 됐 하 했 한 받 드 올 의무 체계 회의 누락 자료 내용 절차".split()),
    "피고": tuple("측 명의 대한민국 회사 소송".split()),
    "가면": tuple("라이더 무도회 축제 놀이 쓴 쓰 속".split()),
    "타다": tuple("의 를 와 측 금지 서비스 베이직 드라이버 기사 대표 논란 운영".split()),
}
"""How what follows the noun only begins: 가자 지구, 보고 받았다."""
_AFTER_VERB: Final = {"가야": "하한할했합해될된되돼지"}
"""How what follows the verb always begins: 가야 한다. Without it the word is the noun, whatever stands before."""
_GOING_ON: Final = frozenset("을를에로서도고려지러어아해와워라면다게록히며")
"""Last syllables of what goes on to a verb: 영화를 보고, 있다고 보고, 따르려 하자, 소홀히 하자."""
_SUBJECTS: Final = frozenset("이가은는")
_ADVERBS: Final = frozenset(
    "같이 함께 못 안 더 잘 다 또 너무 계속 그리 이리 빨리 많이 가까이 정도 그만 이제 먼저 그냥 데리".split()
)


def begins_with_noun(run: str) -> bool:
    """Whether a longer run begins with such a noun by what follows it: 보고받았다, 피고측."""
    return len(run) > 2 and _is_noun_before(run[:2], run[2:])


def in_context(runs: Sequence[str], contribution: Callable[[str], str]) -> list[str]:
    """The runs with each that is a verb's form there replaced by its verb: 영화를 보고 → 영화를 보다.

    ``contribution`` gives a run's terms, which end in a barrier if it ends in a particle.
    """
    read = list(runs)
    for place, run in enumerate(runs):
        if verb := VERB_OF.get(run):
            before = runs[place - 1] if place else BARRIER
            after = runs[place + 1] if place + 1 < len(runs) else BARRIER
            if not _is_noun_before(run, after) and _goes_on(before, contribution):
                read[place] = verb
    return read


def _is_noun_before(word: str, after: str) -> bool:
    """Whether a word is the noun for sure by what stands after it."""
    if word in _AFTER_VERB:
        return after[0] not in _AFTER_VERB[word]
    return after.startswith(_COMPANIONS.get(word, ()))


def _goes_on(before: str, contribution: Callable[[str], str]) -> bool:
    """Whether a verb is likelier than a noun behind ``before``."""
    if len(before) < 2 or before in _ADVERBS:
        return before in _ADVERBS
    return before[-1] in _GOING_ON or (before[-1] in _SUBJECTS and contribution(before).endswith(BARRIER))
