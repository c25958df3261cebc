"""Where a verb stands although the analyser, which sees words out of context, takes it for another. Pure; asks the analyser.

걸었다 is of 걷다 and of 걸다, and is read as 걷다; 도운 is read as a noun. An article holds one reading of each word, so a query
has to ask for the others: 걸다 for what begins 걸었, 돕다 for 도운, and 걸었다 for 걸다 as well. Only stems of one syllable, where
nearly all such verbs are, and only forms of two.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from gisa.text.analyser import Analyser
from gisa.text.runs import is_hangul

_FIRST: Final = ord("가")
_FINALS: Final = 28
_MEDIALS: Final = 21
_D, _L, _B, _S = 7, 8, 17, 19  # finals ㄷ ㄹ ㅂ ㅅ
_BRIGHT: Final = (0, 8)  # medials ㅏ ㅗ, which take 았 and 아


class OtherPlaces(NamedTuple):
    """Where else a verb may stand: other verbs' terms, and pairs that begin a run."""

    terms: tuple[str, ...]
    pairs: tuple[str, ...]


NOWHERE: Final = OtherPlaces((), ())


def other_places(run: str, verb: str, analyser: Analyser) -> OtherPlaces:
    """For a query word that is read as ``verb`` (걷다): what else to look for, beside that term."""
    if len(verb) != 2 or verb[1] != "다" or not is_hangul(verb[0]):
        return NOWHERE
    pairs = [form for form in _forms(verb[0], analyser) if _read_as(_whole(form), analyser) != verb]
    written = run[0] + "다"  # 걸었다 may be of 걸다, 쓰는 of 쓰다
    possible = len(run) > 1 and written != verb and (_final(run[0]) == _L or run[1] == "는")
    also = (written,) if possible and _read_as(written, analyser) == written else ()
    return OtherPlaces(also, tuple(pairs))


def _forms(stem: str, analyser: Analyser) -> list[str]:
    """The forms of two syllables which are written like another word's."""
    final = _final(stem)
    past, joined = ("았", "아") if (ord(stem) - _FIRST) // _FINALS % _MEDIALS in _BRIGHT else ("었", "어")
    if not final:
        return [stem + "는"]
    if final == _L:
        return [stem + past, stem + joined]
    if final == _D:
        changed = chr(ord(stem) - _D + _L)
        forms = [changed + past, changed + joined, changed + "은"]
    elif final == _S:
        changed = chr(ord(stem) - _S)
        forms = [changed + past, changed + joined, changed + "은"]
    elif final == _B:
        changed = chr(ord(stem) - _B)
        forms = [changed + ("왔" if past == "았" else "웠"), changed + "운"]
    else:
        return []
    return forms if _read_as(_whole(forms[0]), analyser) == stem + "다" else []  # else it is regular: 잡다, 웃다, 믿다


def _whole(form: str) -> str:
    return form + "다" if _final(form[-1]) == _final("었") else form


def _read_as(run: str, analyser: Analyser) -> str:
    return analyser.analyse(run).terms[0].text


def _final(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _FINALS
