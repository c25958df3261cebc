"""Morphemes and their parts: what can be said of one piece of a run whatever stands beside it. Knows no analyser.

A few ten thousand morphemes make up nearly all runs, so this is worked out once for each of them and kept. Hence plain
classes with slots: a frozen dataclass takes four times as long to make, a named tuple three times as long to read.
"""

from __future__ import annotations

from typing import Final

from gisa.text.homographs import TERM_OF_VERB

VERBS: Final = frozenset(("VV", "VA", "VX", "VCN"))
PLAIN_NOUNS: Final = frozenset(("NNG", "NNP"))
PARTICLES: Final = frozenset("JKS JKC JKG JKO JKB JKV JKQ JX JC".split())
TAILS: Final = PARTICLES | frozenset("EP EF EC ETN ETM VCP XSV XSA SF SE SSO SSC SC SY".split())
"""Particles, endings, copula, verb suffixes, marks: what carries no meaning of its own at the end of a word."""


def _term_of_verb(stem: str) -> str:
    form = stem + "다"
    return TERM_OF_VERB.get(form, form)


class Part:
    """A stretch of a run that may be a term. Nobody changes one."""

    __slots__ = ("first_tag", "is_particle", "is_tail", "length", "tag", "term", "text")

    def __init__(self, text: str, tag: str, length: int) -> None:
        self.text: Final = text
        """As it is written; of a verb or an adjective the stem."""
        self.tag: Final = tag
        self.first_tag: Final = tag.partition("+")[0] if "+" in tag else tag
        """VV of VV+EP."""
        self.length: Final = length
        """Characters of the run."""
        self.term: Final = _term_of_verb(text) if tag in VERBS else text
        """The text; of a verb or an adjective the dictionary form: 늘리 is 늘리다."""
        self.is_particle: Final = tag in PARTICLES
        self.is_tail: Final = tag in TAILS or (tag == "XSN" and text == "들")
        """It carries no meaning of its own at the end of a word."""


class Morpheme(Part):
    """One piece of a run as the analyser sees it. Most are their own and only part."""

    __slots__ = ()

    kind: str = ""
    """``Compound``, ``Inflect`` or another reason for ``pieces``; empty for most."""
    pieces: tuple[tuple[str, str], ...] = ()
    """Text and tag of what it is made of: ``(("늘리", "VV"), ("었", "EP"))``; empty for most."""
    parts: tuple[Part, ...] = ()
    """Compounds split, inflected forms reduced to what carries meaning; empty where it is its own part."""
    is_changed_verb: bool = False
    """A verb whose stem is written otherwise, before some endings only: its part depends on what follows."""


class _Composed(Morpheme):
    """A morpheme that the dictionary takes apart."""

    __slots__ = ("is_changed_verb", "kind", "parts", "pieces")

    def __init__(self, text: str, tag: str, kind: str, expression: str) -> None:
        super().__init__(text, tag, len(text))
        self.kind = kind
        self.pieces = _pieces(expression) if kind else ()
        self.parts = _parts(text, tag, self.pieces)
        [first, *_] = self.parts
        self.is_changed_verb = len(self.pieces) == 1 and first.tag in VERBS and first.text != text


def morpheme(text: str, tag: str, kind: str = "", expression: str = "") -> Morpheme:
    """A morpheme as a dictionary writes it down: ``morpheme("늘렸", "VV+EP", "Inflect", "늘리/VV/*+었/EP/*")``."""
    if kind or "+" in tag:
        return _Composed(text, tag, kind, expression)
    return Morpheme(text, tag, len(text))


def _pieces(expression: str) -> tuple[tuple[str, str], ...]:
    pieces = [piece.split("/") for piece in expression.split("+") if "/" in piece]
    return tuple([(piece[0], piece[1]) for piece in pieces])


def _parts(text: str, tag: str, pieces: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    first_tag = tag.partition("+")[0]
    if not pieces:
        return (Part(text, first_tag, len(text)),)
    if "".join([piece for piece, _ in pieces]) == text:
        parts = [Part(piece, piece_tag, len(piece)) for piece, piece_tag in pieces]
        last = parts[-1]
        if last.length == 1 and last.tag == "NNG" and len(parts) > 1:
            parts[-1] = Part(last.text, "XSN", 1)  # 생 in 대학생
        return tuple(parts)
    if first_tag in PARTICLES:
        return (Part(text, pieces[0][1], len(text)),)
    stem, stem_tag = next((piece for piece in pieces if piece[1] not in TAILS), (text, pieces[0][1]))
    return (Part(stem if stem_tag in VERBS else text, stem_tag, len(text)),)
