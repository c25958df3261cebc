"""Where a verb stands although the analyser, which sees words out of context, takes it for another. Pure; asks the analyser.

걸었다 is of 걷다 and of 걸다, and is read as 걷다; 도운 is read as a noun. An article holds one reading of each word, so a query
has to ask for the others: 걸다 for what begins 걸었, 돕다 for 도운, 열다 for 여는, and 걸었다 for 걸다 as well. Only forms of two
syllables: of stems of one, where nearly all such verbs are, and of stems of two the form before a noun (이끈 for 이끌다).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gisa.text.analyser import Analyser
from gisa.text.hangul import decompose, final_of, is_hangul, with_final

_BRIGHT: Final = "ㅏㅗ"
"""Vowels that take 았 and 아; all others take 었 and 어."""
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
    possible = len(run) > 1 and written != verb and (final_of(run[0]) == "ㄹ" or run[1] == "는")
    also = (written,) if possible and _read_as(written, analyser) == written else ()
    return OtherPlaces((*also, *pairs), tuple(pairs))


def _with_n(stem: str) -> str:
    """A stem of two syllables as it stands before its noun: 이끌 → 이끈, 숨지 → 숨진. Empty where that takes a third."""
    return stem[0] + with_final(stem[-1], "ㄴ") if final_of(stem[-1]) in ("", "ㄹ") else ""


def _forms(stem: str, analyser: Analyser) -> list[str]:
    """The forms of two syllables which are written like another word's."""
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
