"""Finds forms of a verb that the analyser assigns to another word. Pure; asks the analyser.

걸었다 is a form of 걷다 and of 걸다; the analyser says 걷다. 도운 is a form of 돕다; the analyser says it is a noun. An article is
indexed under one answer for each word, so the query asks for the others too: 걸다 also matches what begins 걸었, 돕다 matches
도운, 열다 matches 여는. Longer stems are only misread before a noun and in the joined form: 이끈, 채운, 세울, 사라진, 잠가.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gisa.text.analyser import Analyser
from gisa.text.hangul import compose, decompose, final_of, is_hangul, with_final

_BRIGHT: Final = "ㅏㅗ"
"""Vowels that take 았 and 아; all others take 었 and 어."""
_LOSING_S: Final = frozenset("긋낫붓잇잣젓짓")
"""Every verb of one syllable whose ㅅ falls out before a vowel; 웃다 벗다 씻다 솟다 빗다 keep it."""
_JOINED: Final = {"ㅣ": "ㅕ", "ㅜ": "ㅝ", "ㅡ": "ㅓ"}
"""What a stem's last vowel and 어 make together."""
_OTHER_WORDS: Final = frozenset(("나는", "이는", "가는", "다는"))
"""Forms of 날다, 일다, 갈다 and 달다, and words of every page."""


class OtherPlaces(NamedTuple):
    """What a query for a verb asks for beside its own term: other verbs' terms, and syllable pairs that begin a run."""

    terms: tuple[str, ...]
    pairs: tuple[str, ...]


NOWHERE: Final = OtherPlaces((), ())


def other_places(run: str, verb: str, analyser: Analyser) -> OtherPlaces:
    """What else a query word asks for if the analyser says it is ``verb`` (걷다)."""
    stem = verb[:-1]
    if not stem or verb[-1] != "다" or not is_hangul(stem[-1]):
        return NOWHERE
    if len(stem) > 1:
        return _longer_stem(stem, verb, analyser)
    pairs = [form for form in _forms(stem, analyser) if _read_as(_whole(form), analyser) != verb]
    written = run[0] + "다"  # 걸었다 may be of 걸다, 쓰는 of 쓰다
    possible = len(run) > 1 and written != verb and (final_of(run[0]) == "ㄹ" or run[1] == "는")
    also = (written,) if possible and _read_as(written, analyser) == written else ()
    return OtherPlaces((*also, *pairs), tuple(pairs))


_RATHER_NOUNS: Final = frozenset(
    "권한 제한 기한 시한 유한 무한 국한 관할 분할 역할 그린 마린 다른 어린 지난 이른 모든 바른 다를 서른 여린 어른 피해 이해 방해 "
    "공해 오해 손해 전해 따라 올라 우리 아래 미래 나라 사라 가려 주려 고려 배려 우려 격려 독려 염려".split()
)
"""Forms of verbs that are oftener words of their own."""


def _longer_stem(stem: str, verb: str, analyser: Analyser) -> OtherPlaces:
    """The forms of a stem of two or more syllables that the analyser takes for nouns or cuts in two."""
    terms: list[str] = []
    pairs: list[str] = []
    for form in _before_nouns_and_joined(stem):
        read = [term.text for term in analyser.analyse(form).terms]
        if read == [verb] or form in _RATHER_NOUNS:
            continue
        if read == [form] or (len(read) == 1 and len(form) > 2):  # 채운, 잠가서
            terms.append(read[0])
        if len(form) == 2 and read != [form]:  # 오를 as 오 + 를
            pairs.append(form)
    return OtherPlaces(tuple(dict.fromkeys(terms)), tuple(pairs))


def _before_nouns_and_joined(stem: str) -> list[str]:
    """채우: 채운, 채울, 채워, 채워서. None for a stem that ends in a consonant other than ㄹ: its endings are a syllable of their own."""
    initial, vowel, final = decompose(stem[-1])
    if final not in ("", "ㄹ"):
        return []
    forms = [stem[:-1] + with_final(stem[-1], "ㄴ"), stem[:-1] + with_final(stem[-1], "ㄹ")]
    if final or vowel not in _JOINED:
        return forms
    joined = stem[:-1] + compose(initial, _JOINED[vowel])
    if vowel == "ㅡ" and decompose(stem[-2])[1] in _BRIGHT:
        joined = stem[:-1] + compose(initial, "ㅏ")
    return [*forms, joined, joined + "서"]


def _forms(stem: str, analyser: Analyser) -> list[str]:
    """The forms of two syllables that are spelled like another word."""
    _, vowel, final = decompose(stem)
    past, joined = ("았", "아") if vowel in _BRIGHT else ("었", "어")
    if not final:
        return [stem + "는"]
    if final == "ㄹ":
        here = with_final(stem, "") + "는"
        now = with_final(stem, "ㄴ") + "다"
        forms = [stem + past, stem + joined]
        forms += [here] if here not in _OTHER_WORDS else []
        return forms + ([now] if _read_as(now, analyser) != now else [])  # else a noun: 판다
    if final == "ㄷ":
        changed = with_final(stem, "ㄹ")
        forms = [changed + past, changed + joined, changed + "은"]
    elif final == "ㅅ":
        changed = with_final(stem, "")
        forms = [changed + past, changed + joined, changed + "은"]
        return forms if stem in _LOSING_S else []
    elif final == "ㅂ":
        changed = with_final(stem, "")
        forms = [changed + ("왔" if past == "았" else "웠"), changed + "운"]
    else:
        return []
    return forms if _read_as(_whole(forms[0]), analyser) == stem + "다" else []  # else it is regular: 잡다, 믿다


def _whole(form: str) -> str:
    return form + "다" if final_of(form[-1]) == "ㅆ" else form


def _read_as(run: str, analyser: Analyser) -> str:
    return analyser.analyse(run).terms[0].text
