"""The signs and marks of a name, written otherwise: A+ = A플러스, e-mail = email, Play Station = PlayStation. Knows no names.

1. *Plus*: the sign after a name is said 플러스, and the other way (디즈니+, 갤럭시S24플러스).
2. *Latin marks*: a hyphen, an apostrophe, a slash or a full stop between letters is left out (S-Oil, AC/DC, McDonald's). The
   other way needs no variant: texts are read with such words as one (``gisa.text.joins``).
3. *Latin words side by side* are tried as one: Galaxy Book = GalaxyBook.
4. *Parentheses* inside a name are left out: 수유(강북구청)역 = 수유역.
5. *Parts of a name* with a hyphen, a dot or a slash between them, or with a number at the end, may stand with any other mark:
   스파이더맨-홈커밍 = 스파이더맨: 홈커밍, 유럽·미국 = 유럽, 미국. The comma in such a variant stands for any mark or particle.
6. *Letters by their names*: H&M = 에이치앤엠, 에스케이 = SK; Greek ones, too: α = 알파.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.variant import Variant, VariantKind, replaced
from gisa.text.glosses import without_parentheses
from gisa.text.joins import LEAST_LETTERS, MARKS, without_marks

_PLUS: Final = re.compile(r"(?<=[a-z0-9가-힣])(?P<plus>\+|플러스)(?P<rest>.*)$")
_MARKED: Final = re.compile(rf"[a-z]+(?:[{MARKS}][a-z]+)+")
_LATIN: Final = re.compile(r"[a-z]+")
_PARTED: Final = re.compile(r"(?P<first>[가-힣a-z0-9]{2,20})[-·/:→](?P<second>[가-힣a-z0-9]{2,20})")
_NUMBERED: Final = re.compile(r"(?P<first>[가-힣]{3,20})(?P<number>\d{1,2})")

_LETTERS: Final = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz&",
        "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트 앤".split(),
        strict=True,
    )
)
_SAID: Final = {said: letter for letter, said in _LETTERS.items()} | {"시": "c", "아르": "r", "지": "g"}
_LETTERS_SAID: Final = re.compile("|".join(sorted(_SAID, key=len, reverse=True)))
_SPELT: Final = re.compile(r"(?P<letters>(?:[a-z]&?){1,3}[a-z])(?![a-z0-9&'’/.-])")
_CLEAR: Final = frozenset("에이 에프 에이치 아이 제이 케이 엘 엠 엔 큐 에스 브이 더블유 엑스 와이 제트 앤".split())
"""Names of letters that are hardly syllables of words: at least two of a name's must be (비디오 is no BDO)."""

_GREEK: Final = {
    "α": "알파",
    "β": "베타",
    "γ": "감마",
    "δ": "델타",
    "θ": "세타",
    "λ": "람다",
    "σ": "시그마",
    "ω": "오메가",
}
"""Not π: 파이 is a pie first."""
_GREEK_SAID: Final = {said: letter for letter, said in _GREEK.items()}
_GREEK_LETTER: Final = re.compile(f"[{''.join(_GREEK)}]|{'|'.join(_GREEK_SAID)}")


def mark_variants(word: str) -> Iterator[Variant]:
    """The word in normal form with its signs and marks written otherwise, likeliest first."""
    yield from _plus(word)
    for match in _MARKED.finditer(word):
        yield replaced(VariantKind.SPELLING, word, match.start(), match.end(), by=without_marks(match[0]))
    if "(" in word:
        yield Variant(VariantKind.SPELLING, without_parentheses(word), word, without_parentheses(word))
    yield from _parted(word)
    yield from _letters(word)


def mark_phrases(words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
    """Latin words side by side as one: ``words[first:end]`` and the variant."""
    for first, (word, following) in enumerate(pairwise(words)):
        if _LATIN.fullmatch(word) and _LATIN.fullmatch(following) and len(word + following) >= LEAST_LETTERS:
            yield (
                first,
                first + 2,
                Variant(VariantKind.SPELLING, word + following, f"{word} {following}", word + following),
            )


def _plus(word: str) -> Iterator[Variant]:
    match = _PLUS.search(word)
    if match is not None and ends_noun(match["rest"]):
        other = "+" if match["plus"] == "플러스" else "플러스"
        yield replaced(VariantKind.SPELLING, word, *match.span("plus"), by=other)


def _parted(word: str) -> Iterator[Variant]:
    match = _PARTED.fullmatch(word)
    if match is not None and not match["first"].isdigit() and not match["second"].isdigit() and not word.isascii():
        apart = f"{match['first']}, {match['second']}"
        yield Variant(VariantKind.SPELLING, apart, word, apart)
    match = _NUMBERED.fullmatch(word)
    if match is not None:
        apart = f"{match['first']}, {match['number']}"
        yield Variant(VariantKind.SPELLING, apart, word, apart)


def _letters(word: str) -> Iterator[Variant]:
    greek = _GREEK_LETTER.match(word)
    if greek is not None and ends_noun(word[greek.end() :]):
        other = _GREEK.get(greek[0]) or _GREEK_SAID[greek[0]]
        yield replaced(VariantKind.SPELLING, word, 0, greek.end(), by=other)
    match = _SPELT.match(word)
    if match is not None:
        said = "".join(_LETTERS[letter] for letter in match["letters"])
        yield replaced(VariantKind.SPELLING, word, 0, match.end(), by=said)
        return
    at, letters, clear = 0, "", 0
    while said_there := _LETTERS_SAID.match(word, at):
        letters += _SAID[said_there[0]]
        clear += said_there[0] in _CLEAR
        at = said_there.end()
    if 2 <= len(letters) <= 5 and clear > 1 and (at == len(word) or ends_noun(word[at:])):
        yield replaced(VariantKind.SPELLING, word, 0, at, by=letters)
