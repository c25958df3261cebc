"""Where a verb stands although the analyser, which sees words out of context, takes it for another. Pure; asks the analyser.

걸었다 is of 걷다 and of 걸다, and is read as 걷다; 도운 is read as a noun. An article holds one reading of each word, so a query
has to ask for the others: 걸다 for what begins 걸었, 돕다 for 도운, 열다 for 여는, and 걸었다 for 걸다 as well. Only forms of two
syllables: of stems of one, where nearly all such verbs are, and of stems of two the form before a noun (이끈 for 이끌다).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gisa.text.analyser import Analyser, is_noun
from gisa.text.runs import is_hangul

_FIRST: Final = ord("가")
_FINALS: Final = 28
_MEDIALS: Final = 21
_N, _D, _L, _B, _S = 4, 7, 8, 17, 19  # finals ㄴ ㄷ ㄹ ㅂ ㅅ
_BRIGHT: Final = (0, 8)  # medials ㅏ ㅗ, which take 았 and 아

_LOSING_S: Final = frozenset("긋낫붓잇잣젓짓")
"""Every verb of one syllable whose ㅅ falls out before a vowel; 웃다 벗다 씻다 솟다 빗다 keep it."""
_OTHER_WORDS: Final = frozenset(("나는", "이는", "가는", "다는"))
"""Forms of 날다, 일다, 갈다 and 달다, and words of every page."""


class OtherPlaces(NamedTuple):
    """Where else a verb may stand: other verbs' terms, and pairs that begin a run."""

    terms: tuple[str, ...]
    pairs: tuple[str, ...]


NOWHERE: Final = OtherPlaces((), ())


def other_places(run: str, verb: str, analyser: Analyser) -> OtherPlaces:
    """For a query word that is read as ``verb`` (걷다): what else to look for, beside that term."""
    stem = verb[:-1]
    if not 1 <= len(stem) <= 2 or verb[-1] != "다" or not is_hangul(stem[-1]):
        return NOWHERE
    if len(stem) == 2:
        form = _with_n(stem)
        return OtherPlaces((), (form,) if form and _read_as(form, analyser) not in (verb, form) else ())
    pairs = [form for form in _forms(stem, analyser) if _read_as(_whole(form), analyser) != verb]
    written = run[0] + "다"  # 걸었다 may be of 걸다, 쓰는 of 쓰다
    possible = len(run) > 1 and written != verb and (_final(run[0]) == _L or run[1] == "는")
    also = (written,) if possible and _read_as(written, analyser) == written else ()
    nouns = [pair for pair in pairs if is_noun(pair, analyser)]  # which articles' starts leave out
    return OtherPlaces((*also, *nouns), tuple(pairs))


def _with_n(stem: str) -> str:
    """A stem of two syllables as it stands before its noun: 이끌 → 이끈, 숨지 → 숨진. Empty where that takes a third."""
    final = _final(stem[-1])
    return stem[0] + chr(ord(stem[-1]) - final + _N) if final in (0, _L) else ""


def _forms(stem: str, analyser: Analyser) -> list[str]:
    """The forms of two syllables which are written like another word's."""
    final = _final(stem)
    past, joined = ("았", "아") if (ord(stem) - _FIRST) // _FINALS % _MEDIALS in _BRIGHT else ("었", "어")
    if not final:
        return [stem + "는"]
    if final == _L:
        bare = chr(ord(stem) - _L)
        here = bare + "는"
        now = chr(ord(bare) + _N) + "다"
        forms = [stem + past, stem + joined]
        forms += [here] if here not in _OTHER_WORDS else []
        return forms + ([now] if _read_as(now, analyser) != now else [])  # else a noun: 판다
    if final == _D:
        changed = chr(ord(stem) - _D + _L)
        forms = [changed + past, changed + joined, changed + "은"]
    elif final == _S:
        changed = chr(ord(stem) - _S)
        forms = [changed + past, changed + joined, changed + "은"]
        return forms if stem in _LOSING_S else []
    elif final == _B:
        changed = chr(ord(stem) - _B)
        forms = [changed + ("왔" if past == "았" else "웠"), changed + "운"]
    else:
        return []
    return forms if _read_as(_whole(forms[0]), analyser) == stem + "다" else []  # else it is regular: 잡다, 믿다


def _whole(form: str) -> str:
    return form + "다" if _final(form[-1]) == _final("었") else form


def _read_as(run: str, analyser: Analyser) -> str:
    return analyser.analyse(run).terms[0].text


def _final(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _FINALS
