"""Where quotation marks open and close in a text. Does not ask whether anybody spoke the words between them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LONGEST: Final = 3_000
"""Characters within one pair of marks. A mark that is left open quotes nothing."""
_MARK: Final = re.compile('[“”„‟"「」＂]')
_OPENING: Final = {"“": '”"', "„": "”“", "‟": "”", "「": "」", '"': '"”', "＂": "＂"}
"""Each opening mark and those that may close it: some systems turn only one of a pair into a curly mark."""


class Quoted(NamedTuple):
    """A stretch within quotation marks, in characters of the text."""

    start: int
    """Of the first character behind the opening mark."""
    end: int
    """Of the closing mark."""

    @property
    def outer(self) -> tuple[int, int]:
        """With the marks."""
        return self.start - 1, self.end + 1


def quoted_stretches(text: str) -> list[Quoted]:
    """What stands within double quotation marks or 「」, in order; marks within a stretch belong to it.

    A stretch goes over several paragraphs if each of them opens with a mark again, or if none opens until it closes. A
    straight mark closes in its own paragraph.
    """
    found: list[Quoted] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened is None:
            if mark[0] in _OPENING:
                opened = mark
            continue
        start, between = opened.end(), text[opened.end() : mark.start()]
        is_over = len(between) > LONGEST or ("\n" in between and opened[0] in '"＂')
        if mark[0] in _OPENING[opened[0]] and not is_over:
            if between.strip():
                found.append(Quoted(start, mark.start()))
            opened = None
        elif is_over or (mark[0] in _OPENING and not between.endswith("\n")):
            opened = mark if mark[0] in _OPENING else None
    return found
