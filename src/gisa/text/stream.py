"""The stream: the literal text as overlapping syllable pairs, which finds any string whatever its spacing.

``글로벌 AI 센터 유치, 아·태 AI센터`` → ``글로 로벌 ai 센 센터 터유 유치 | 아태 ai 센 센터``. Hangul is cut into pairs over
spaces and marks; Latin and digit runs stay whole. Where Hangul follows one of those, its first syllable stands alone
before its first pair, so that a string which ends there (``AI칩`` in ``AI칩을``) is found too.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from gisa.text.runs import BARRIER


def stream_tokens(runs: Iterable[str]) -> list[str]:
    """The stream of a text cut into runs (``gisa.text.runs.cut``). At the same place the same token, always."""
    out: list[str] = []
    hangul = ""
    after_token = False
    for run in runs:
        if "가" <= run[0] <= "힣":
            hangul += run
            continue
        if hangul:
            _pairs(out, hangul, lead=after_token)
            hangul = ""
        out.append(run)
        after_token = run != BARRIER
    if hangul:
        _pairs(out, hangul, lead=after_token)
    return out


def _pairs(out: list[str], hangul: str, *, lead: bool) -> None:
    if len(hangul) == 1:
        out.append(hangul)
        return
    if lead:
        out.append(hangul[0])
    out += map(add, hangul, hangul[1:])
