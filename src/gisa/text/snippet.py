"""Choosing the window of a text that shows best why it was found. Works on spans; does not search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gisa.model import Snippet, Span

WINDOW: Final = 160
"""Characters of a snippet, about: it begins and ends at a space where one is near."""
_LEAD: Final = 36
"""Characters of context before the first match."""
_SLACK: Final = 24
"""How far a window's ends may move to meet a space."""


def best_snippet(text: str, matches: Sequence[tuple[Span, int]], *, size: int = WINDOW) -> Snippet:
    """The window that holds the most different words, then the most matches, then comes first.

    ``matches`` are spans of ``text`` in order of their start, each with the number of the word that it is a match of.
    Without any, the window is the beginning of the text.
    """
    if len(text) <= size + _SLACK:
        return Snippet(text, merge([span for span, _ in matches]))
    start = _window_start(text, matches, size)
    start = _snap_forward(text, start)
    end = _snap_back(text, min(len(text), start + size))
    inside = [
        Span(max(span.start, start) - start, min(span.end, end) - start)
        for span, _ in matches
        if span.end > start and span.start < end
    ]
    return Snippet(text[start:end], merge(inside), cut_before=start > 0, cut_after=end < len(text))


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, with those that overlap or touch made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        elif span.end > span.start:
            out.append(span)
    return tuple(out)


def _window_start(text: str, matches: Sequence[tuple[Span, int]], size: int) -> int:
    if not matches:
        return 0
    reach = size - _LEAD
    best_start, best = matches[0][0].start, (0, 0)
    seen: dict[int, int] = {}  # word → how many of its matches are in the window
    last = 0
    for first, (span, word) in enumerate(matches):
        while last < len(matches) and matches[last][0].end <= span.start + reach:
            seen[matches[last][1]] = seen.get(matches[last][1], 0) + 1
            last += 1
        value = (len(seen), last - first)
        if value > best:
            best_start, best = span.start, value
        if last > first:
            seen[word] -= 1
            if not seen[word]:
                del seen[word]
        else:  # a match longer than the window
            last = first + 1
    start = max(0, best_start - _LEAD)
    if len(text) - start < size:
        start = max(0, len(text) - size)
    return start


def _snap_forward(text: str, start: int) -> int:
    """The start moved after the next space, or after a sentence's end, when one is near."""
    if start == 0:
        return 0
    lead = text[max(0, start - _SLACK // 2) : start + _SLACK]
    base = max(0, start - _SLACK // 2)
    for mark in (". ", "\n", "? ", "! ", "” "):
        place = lead.rfind(mark)
        if place >= 0:
            return base + place + len(mark)
    space = text.find(" ", start, start + _SLACK)
    return space + 1 if space >= 0 else start


def _snap_back(text: str, end: int) -> int:
    if end >= len(text) or text[end].isspace():
        return end
    space = text.rfind(" ", end - _SLACK, end)
    return space if space > 0 else end
