"""Bulletins, told by their form: lists of names, schedules and notices that a paper prints every day. Reads no meaning.

[인사], [부고], 오늘의 날씨, 주요 일정, 게시판: they hold thousands of words that they are not about. Told by how the headline begins
or ends, or by a body of short lines none of which is a sentence.
"""

from __future__ import annotations

import re
from typing import Final

KINDS: Final = frozenset(
    "인사 부고 부음 궂긴소식 동정 결혼 화촉 게시판 알림 일정 주요일정 당첨번호 운세 띠별운세 날씨 편성표 명단 증시일정 공시 시황표".split()
)
"""What such a headline calls itself, without spaces. A query that holds one of these asks for bulletins."""
_KIND: Final = "|".join(" ?".join(kind) for kind in sorted(KINDS, key=len, reverse=True))
_HEADLINE: Final = re.compile(
    rf"\s*(?:[\[<【〈《(〔■▲◆●※◇○△□]\s*(?:\w+ )?(?:{_KIND})\s*(?:[\]>】〉》)〕:：·]|$)"  # [인사] 나루시
    rf"|(?:{_KIND})\s*(?:[:：|]|[\[<(【]|$)"  # 부고: …
    rf"|(?:오늘|내일|이번 ?주|이주|금주|주간)의? (?:주요 ?)?(?:{_KIND}|경기|증시|역사|말씀|신문|TV)\b"  # 오늘의 운세
    rf"|.{{0,30}}(?:주요 ?일정|당첨 ?번호|인사 ?명단|합격자 ?명단|수상자 ?명단|편성표)(?:\s*[\[(<].*)?\s*$)"
)
_FEWEST_LINES: Final = 8
_SHORT_LINE: Final = 40
"""Characters of a line that is an entry of a list."""
_SENTENCE: Final = re.compile(r"[다요까음함됨임][.!?]?[”’\"')\]]*\s*$")
_READ: Final = 4_000
"""Characters of a body that are looked at."""


def is_bulletin(title: str, body: str) -> bool:
    """Whether an article is a list or a notice by its form, and not a text about something."""
    return _HEADLINE.match(title) is not None or _is_list(body[:_READ])


def _is_list(body: str) -> bool:
    """Whether nine lines of ten, and the first three, are short and no sentence."""
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) < _FEWEST_LINES or not all(map(_is_entry, lines[:3])):
        return False
    return sum(map(_is_entry, lines)) * 10 >= len(lines) * 9


def _is_entry(line: str) -> bool:
    return len(line) <= _SHORT_LINE and not _SENTENCE.search(line)
