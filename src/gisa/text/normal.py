"""The normal form of a text: what is compared when Gisa compares two texts. Does not cut words or read 漢字.

In this order: without what nobody sees (zero-width characters, soft hyphens, joiners) → middle dots to ``·`` → NFC → a
table for full-width and square forms, accents and foreign forms of 漢字 → lower case; without a closing quotation mark before
이란, 이자 and 인가, which are particles there and not Iran. Never NFKC: it turns ㆍ (U+318D) and the compatibility jamo into conjoining jamo.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from gisa.model import Span
from gisa.text.unseen import holds_unshown, places_shown, without_unshown

MIDDLE_DOTS: Final = "\u318d\u2027\u30fb\u2022\u2219\u22c5\uff65\u119e\u2e31\u16eb"
"""Marks that keyboards and converters put where Korean writes ``·`` (U+00B7)."""


def _plain_letters() -> dict[int, str]:
    """Latin letters that carry an accent, each with the plain one: é → e. Other alphabets keep theirs (й is no и)."""
    plain = {ord(letter): other for letter, other in zip("ØøĐđŁłĦħıŦŧ", "OoDdLlHhiTt", strict=True)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            plain[code] = base
    return plain


def _han_forms() -> dict[int, str]:
    """Japanese and simplified forms of 漢字, each with the form that Korean writes: 読 → 讀."""
    table = files("gisa.text").joinpath("tables/hanja_forms.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {ord(form): korean for korean, forms in lines for form in forms}


_SAME_LENGTH: Final = {
    **_plain_letters(),
    **_han_forms(),
    **dict.fromkeys(map(ord, MIDDLE_DOTS), "·"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    **dict(zip((0xFFE0, 0xFFE1, 0xFFE5, 0xFFE6), "¢£¥₩", strict=True)),  # full-width money
    0x3000: " ",
    0xA0: " ",
    0x2007: " ",
    0x202F: " ",
    0x0130: "i",  # İ: its lower case is two characters
    **dict(zip(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"), "01234567890123456789", strict=True)),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
_LONGER: Final = {
    "㈜": "(주)", "㎞": "km", "㎝": "cm", "㎜": "mm", "㎛": "um", "㎚": "nm", "㎏": "kg", "㎎": "mg", "㎍": "ug",
    "㎢": "km2", "㎡": "m2", "㎠": "cm2", "㎥": "m3", "㏊": "ha", "ℓ": "l", "㎖": "ml", "㎘": "kl", "㏄": "cc",
    "㎾": "kw", "㎿": "mw", "㎐": "hz", "㎑": "khz", "㎒": "mhz", "㎓": "ghz", "㏈": "db", "㎧": "m/s",
    "℃": "°c", "㏘": "pm", "㏂": "am", "№": "no", "℡": "tel", "™": "tm", "ﬁ": "fi", "ﬂ": "fl",
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4",
    **{chr(first + place): roman for first in (0x2160, 0x2170) for place, roman in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii".split())},
    **{chr(first + place): f" {place + 1} " for first, last in ((0x2460, 20), (0x2776, 10)) for place in range(last)},  # ①, ❶
}  # fmt: skip
_ODD: Final = re.compile("[" + "".join(map(chr, _SAME_LENGTH)) + "]")
_LONGER_RE: Final = re.compile("[" + "".join(_LONGER) + "]")
_FOLDED_LETTER: Final = re.compile("[" + "".join(filter(str.isalnum, map(chr, _SAME_LENGTH))) + "".join(_LONGER) + "]")
_LIKE_NOUNS: Final = ("이란", "이자", "인가")
"""Particles and endings behind a quotation that are nouns elsewhere: ‘협력’이란. Of 100 places of 이란 85 are such."""
_BEFORE_PARTICLE: Final = re.compile(rf"(?<=[가-힣])[’”'\"」』》〉]+(?=(?:{'|'.join(_LIKE_NOUNS)})(?![가-힣]))")
_SEGMENT: Final = re.compile(
    # a character with what may compose onto it: combining marks, vowel and final jamo, variation selectors
    "(?s:.)[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u09bc-\u09d7\u0b3c-\u0b57"
    "\u0bbe-\u0bd7\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3e-\u0d57\u0dca-\u0ddf\u0f71-\u0fbc\u102b-\u103e\u1160-\u11ff"
    "\u1ab0-\u1aff\u1b34-\u1b44\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ud7b0-\ud7ff\ufe00-\ufe0f\ufe20-\ufe2f]*"
)


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form that knows where each of its characters came from."""

    text: str
    starts: tuple[int, ...] | None
    """Original offset of each character's origin; None where offsets are the same as the original's."""
    ends: tuple[int, ...] | None

    def original(self, span: Span) -> Span:
        """The span of the original text that a non-empty span of the normal form came from, in characters."""
        if self.starts is None or self.ends is None:
            return span
        return Span(self.starts[span.start], self.ends[span.end - 1])


def normalise(text: str) -> str:
    """The normal form of ``text``: ``Ａ·태 ＡＩ센터`` → ``a·태 ai센터``."""
    if holds_unshown(text):
        text = without_unshown(text)
    if _quotes_particles(text):
        text = _BEFORE_PARTICLE.sub("", text)
    if text.isascii():
        return text.lower()
    text = _same_length(text)
    if not unicodedata.is_normalized("NFC", text):
        text = "".join(unicodedata.normalize("NFC", match[0]) for match in _SEGMENT.finditer(text))
        text = _same_length(text)
    return _LONGER_RE.sub(_longer, text).lower()


def normalise_with_map(text: str) -> NormalText:
    """The normal form with the way back to the original's offsets.

    Marks may stay as the text has them (``–`` for ``-``): who looks for words passes over marks, and a text without any
    letter to fold is the common case, at a third of the cost (10 µs for an article of 1,200 characters).
    """
    if holds_unshown(text):
        return _mapped_back(normalise_with_map(without_unshown(text)), places_shown(text))
    if _quotes_particles(text) and (marks := [match.span() for match in _BEFORE_PARTICLE.finditer(text)]):
        left_out = {place for span in marks for place in range(*span)}
        places = [place for place in range(len(text)) if place not in left_out]
        return _mapped_back(normalise_with_map(_BEFORE_PARTICLE.sub("", text)), places)
    if _has_plain_letters(text):
        return NormalText(text.lower(), None, None)
    same_length = _same_length(text)
    if unicodedata.is_normalized("NFC", same_length):
        if not _LONGER_RE.search(same_length):
            return NormalText(same_length.lower(), None, None)
        pieces = [(match.start(), match.end(), len(_longer(match))) for match in _LONGER_RE.finditer(same_length)]
    else:
        pieces = [
            (match.start(), match.end(), len(normalise(match[0])))
            for match in _SEGMENT.finditer(same_length)
            if match.end() - match.start() > 1 or not match[0].isalnum() or len(normalise(match[0])) > 1
        ]
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, length in pieces:  # between the pieces every character stands for itself
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        starts += [start] * length
        ends += [end] * length
        at = end
    starts += range(at, len(same_length))
    ends += range(at + 1, len(same_length) + 1)
    return NormalText(normalise(text), tuple(starts), tuple(ends))


def _mapped_back(normal: NormalText, places: list[int]) -> NormalText:
    """The normal form of a text without some characters, with the way back to that text's own offsets."""
    starts = range(len(normal.text)) if normal.starts is None else normal.starts
    ends = range(1, len(normal.text) + 1) if normal.ends is None else normal.ends
    return NormalText(
        normal.text, tuple([places[start] for start in starts]), tuple([places[end - 1] + 1 for end in ends])
    )


def is_folded(text: str) -> bool:
    """Whether the letters of the text are those of its normal form, upper case aside."""
    return not holds_unshown(text) and not _quotes_particles(text) and _has_plain_letters(text)


def _has_plain_letters(text: str) -> bool:
    """Whether each letter stays one letter and itself, upper case aside."""
    return unicodedata.is_normalized("NFC", text) and not _FOLDED_LETTER.search(text)


def _quotes_particles(text: str) -> bool:
    """Whether one of the particles that look like nouns may stand in the text: a quick look."""
    return any(particle in text for particle in _LIKE_NOUNS)


def _same_length(text: str) -> str:
    for odd in set(_ODD.findall(text)):  # few of them: 9 µs a text where str.translate took 185
        text = text.replace(odd, _SAME_LENGTH[ord(odd)])
    return text


def _longer(match: re.Match[str]) -> str:
    return _LONGER[match[0]]
