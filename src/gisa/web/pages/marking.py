"""Texts with their highlights as HTML: escaped, marked, cut into paragraphs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from gisa.model import Span
from gisa.text.corrections import is_correction
from gisa.web.pages.line_breaks import keep_together
from gisa.web.pages.safe import safe


class Paragraph(NamedTuple):
    text: Markup
    correction: bool
    """True for a correction notice, which the page sets apart."""


def mark(text: str, spans: Sequence[Span]) -> Markup:
    """The text escaped, with ``<mark>`` around the spans; spans may be unsorted, overlap, or run past the end.

    >>> mark("AI & 센터", (Span(0, 2),))
    Markup('<mark>AI</mark> &amp; 센터')
    """
    return Markup(keep_together(marked_html(text, spans)))  # noqa: S704 - escaped by marked_html


def marked_html(text: str, spans: Sequence[Span]) -> str:
    """``mark`` as a plain string, for whoever adds to it before it becomes ``Markup``."""
    if not spans:
        return safe(text)
    plain = safe(text) is text  # most texts hold nothing to escape: then their parts do not either
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start = max(start, done)
        end = min(end, len(text))
        if start >= end:
            continue
        if start > done or not parts:
            parts += (text[done:start] if plain else safe(text[done:start]), "<mark>")
        else:
            parts.pop()  # touches the one before: one mark for both
        parts += (text[start:end] if plain else safe(text[start:end]), "</mark>")
        done = end
    parts.append(text[done:] if plain else safe(text[done:]))
    return "".join(parts)


def paragraphs(body: str, spans: Sequence[Span]) -> list[Paragraph]:
    """The body's lines as marked paragraphs, empty lines left out; a span over a line's end marks both lines."""
    found: list[Paragraph] = []
    cuts = [-1, *(position for position, char in enumerate(body) if char == "\n"), len(body)]
    ordered = sorted(spans)
    first = 0
    for before, end in pairwise(cuts):
        start = before + 1
        line = body[start:end]
        while first < len(ordered) and ordered[first].end <= start:
            first += 1
        if not line.strip():
            continue
        here = []
        for span in ordered[first:]:
            if span.start >= end:
                break
            here.append(Span(span.start - start, span.end - start))
        found.append(Paragraph(mark(line, [Span(max(0, a), b) for a, b in here]), is_correction(line)))
    return found
