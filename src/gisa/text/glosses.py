"""Glosses: ``인공지능(AI)`` says one thing twice, so a text may be read with either. Does not know any abbreviation.

Where a word is followed by another script in parentheses, readers also search for the phrase with one of the two:
``국가 인공지능(AI) 컴퓨팅센터`` is found by ``국가AI컴퓨팅센터`` and by ``국가인공지능컴퓨팅센터``.

Where both are 한글 and the word goes on behind the parenthesis, what stands in it may be left out: 수유(강북구청)역 is 수유역.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gisa.text.hangul import is_hangul

_WORD: Final = r"[가-힣a-z0-9&·\-]"
_LATIN: Final = r"[a-z][a-z0-9&·\-]{1,15}"
_PARENTHESES: Final = re.compile(rf"\((?P<inner>[가-힣]{{2,20}}|{_LATIN})\)(?P<after>\s?{_WORD}+)")
_BEFORE: Final = re.compile(rf"(?P<before>(?:{_WORD}+\s)?)(?P<outer>[가-힣]{{2,20}}|{_LATIN})$")
_LEFT_OUT: Final = re.compile(r"\([가-힣·]{2,20}\)(?P<after>[가-힣]+)")
_OUTSIDE: Final = re.compile(r"[가-힣]{2,20}\Z")
_LONGEST_OUTSIDE: Final = 20
_PARTICLE: Final = re.compile("(?:은|는|이|가|을|를|의|에|에서|와|과|로|으로|도|만|께서|에게|이다|입니다)")
_REACH: Final = 60
"""Characters before the parenthesis that are looked at."""


def glossed(normal: str) -> Iterator[str]:
    """Each gloss of a text in normal form, read with either side alone, between its neighbours.

    ``국가 인공지능(ai) 컴퓨팅센터`` gives ``국가 인공지능 컴퓨팅센터`` and ``국가 ai 컴퓨팅센터``.
    """
    if "(" not in normal:
        return
    for match in _LEFT_OUT.finditer(normal):
        place, after = match.start(), match["after"]
        outside = _OUTSIDE.search(normal, max(0, place - _LONGEST_OUTSIDE), place)
        if outside is not None and not _PARTICLE.fullmatch(after):
            yield outside[0] + after
    for match in _PARENTHESES.finditer(normal):
        place, inner, after = match.start(), match["inner"], match["after"]
        outside = _BEFORE.search(normal[max(0, place - _REACH) : place])
        if outside is None or is_hangul(outside["outer"][0]) == is_hangul(inner[0]):
            continue
        for side in (outside["outer"], inner):
            yield f"{outside['before']}{side}{after}"


def without_parentheses(word: str) -> str:
    """The word without what it says in parentheses: 수유(강북구청)역 → 수유역; as it is where there is none."""
    return _LEFT_OUT.sub(_after, word)


def _after(match: re.Match[str]) -> str:
    return match["after"]
