"""What of a headline somebody would search for: its words and names, and two or three words that stand together. Pure.

``나루시, 해온도 반도체 공장을 ‘빛의 정원’으로`` gives 나루시, 해온도, 반도체, 공장, 해온도 반도체, 반도체 공장, 해온도 반도체 공장 and
빛의 정원. Verbs, figures by themselves and single syllables are no search; particles and endings are left out. What words
are made of (센터 of AI센터) counts too, so that a word is ranked by every headline that holds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from gisa.model import Headline
from gisa.text.analyser import Analyser
from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import cut

PHRASES_VERSION: Final = 2
"""Raise it when a headline would give other phrases: every store of suggestions built before then is outdated."""

_MAX_CHARACTERS: Final = 40
_NAME_WORDS: Final = 4
_WORD: Final = re.compile(
    r"[^\W_]+(?:(?:[-&+]|(?<=\d)[.,·](?=\d))[^\W_]+)*(?:(?<=[A-Za-z0-9])(?:\+{1,2}|#)(?![\w+#]))?"
)
"""A word with the marks inside it, and those at its end that make it: C++, C#, S24+."""
_QUOTED: Final = re.compile(r"[‘『「《〈“]([^‘’“”『』「」《》〈〉]{2,40})[’』」》〉”]")
_LAST_RUN: Final = re.compile("[가-힣]+$")
_BYLINE: Final = re.compile(
    r"\s*(?:[\w.+-]+@[\w.-]+|(?:선임|수습|객원|전문|인턴|사진)?기자|특파원|논설위원|편집위원|앵커|PD)?\s*\Z"
)
_EMPTY_WORDS: Final = frozenset(
    "대한 위한 위해 통해 따른 따라 관련 대해 관한 의한 이번 지난 올해 내년 작년 오늘 내일 어제 우리 모두 모든 가장 매우 "
    "다시 계속 함께 바로 이상 이하 미만 이후 이전 그리고 하지만 그러나 또는 어떤 무슨 이런 그런 저런 여러 각종 때문 "
    "사진 속보 단독 종합 영상 포토 인사 부고".split()
)
"""Words that a headline leans on and nobody searches for by themselves; they part phrases, too."""


class Phrases(NamedTuple):
    """The phrases of one headline, in the paper's own spelling; none stands on both sides."""

    names: frozenset[str]
    """Words and names: worth offering when one article holds them."""
    plain: frozenset[str]
    """Parts of words and words side by side: worth offering when several articles hold them."""


class _Word(NamedTuple):
    text: str
    """Without particles and endings; empty for what is no search."""
    parts: tuple[str, ...]
    is_whole: bool
    """Nothing was left out at its end, so that what follows belongs to it."""
    start: int
    end: int


def phrases_of(headline: Headline, analyser: Analyser) -> Phrases:
    """The phrases of one headline with its bylines and keywords."""
    title = unicodedata.normalize("NFC", headline.title)
    words = [_word(match, analyser) for match in _WORD.finditer(title)]
    names = {word.text for word in words if _is_search(word.text)}
    plain = {part for word in words for part in word.parts if _is_search(part)}
    for chain in _chains(title, words):
        texts = [word.text for word in chain]
        plain.update(f"{one} {two}" for one, two in pairwise(texts))
        plain.update(f"{one} {two} {three}" for one, two, three in zip(texts, texts[1:], texts[2:], strict=False))
    names.update(_whole(title, words))
    names.update(_quoted(title, words))
    names.update(_tidy(headline.keywords))
    names.update(_tidy(_BYLINE.sub("", name) for name in headline.byline))
    names = {name for name in names if len(name) <= _MAX_CHARACTERS}
    return Phrases(frozenset(names), frozenset(text for text in plain - names if len(text) <= _MAX_CHARACTERS))


def searched_words(text: str, analyser: Analyser) -> Iterator[str]:
    """The words of any text that somebody would search for, without particles and endings."""
    text = unicodedata.normalize("NFC", text)
    words = (_word(match, analyser).text for match in _WORD.finditer(text))
    return (word for word in words if len(word) > 1 and word not in _EMPTY_WORDS)


def _word(match: re.Match[str], analyser: Analyser) -> _Word:
    text, start, end = match[0], *match.span()
    last = _LAST_RUN.search(text)
    if last is None:
        return _Word(text, (), True, start, end)
    run = last[0]
    terms = analyser.analyse(run).terms
    for term in terms:
        if run[term.start : term.end] != term.text:
            return _Word("", (), False, start, end)  # a verb
    kept = terms[-1].end
    parts = tuple([term.text for term in terms if len(term.text) > 1]) if len(terms) > 1 else ()
    if last.start():
        parts += (run[:kept],)
    return _Word(text[: last.start() + kept], parts, kept == len(run), start, end)


_NAMED_FIGURE: Final = re.compile(r"\d{4}년|\d+[A-Za-z]+\w*|\d+[·.]\d+[가-힣]+")
"""Figures that are names: 2025년, 5G, 6·25전쟁; not 3조 and 12명."""


def _is_search(text: str) -> bool:
    is_figure = text[:1].isdigit() and not _NAMED_FIGURE.fullmatch(text)
    return len(text) > 1 and not is_figure and text not in _EMPTY_WORDS


def _chains(title: str, words: list[_Word]) -> Iterator[list[_Word]]:
    """Words that stand side by side with nothing but a space between them."""
    chain: list[_Word] = []
    for word in words:
        fits = len(word.text) > 1 and word.text not in _EMPTY_WORDS
        joined = chain and chain[-1].is_whole and title[chain[-1].end : word.start].isspace()
        if not (fits and joined):
            if len(chain) > 1:
                yield chain
            chain = []
        # a figure may begin a phrase (2026 월드컵), but not stand inside one (예산 3조)
        if fits and not (chain and word.text[0].isdigit()):
            chain.append(word)
        elif chain:
            yield chain
            chain = [word] if fits else []
    if len(chain) > 1:
        yield chain


def _whole(title: str, words: list[_Word]) -> Iterator[str]:
    """The headline itself where it is a name: 나루 도서관, 누리 (위성)."""
    end = title.find("(") if "(" in title else len(title)
    inside = [word for word in words if word.end <= end]
    name = title[:end].strip()
    are_all = 1 < len(inside) <= _NAME_WORDS and name == " ".join(title[word.start : word.end] for word in inside)
    if are_all and all(word.text for word in inside) and _is_search(name):
        yield name


def _quoted(title: str, words: list[_Word]) -> Iterator[str]:
    """What stands in quotes and reads as a name: it does not end in a verb or a particle."""
    for match in _QUOTED.finditer(title):
        start, end = match.span(1)
        inside = [word for word in words if start <= word.start and word.end <= end]
        if 1 < len(inside) <= _NAME_WORDS and inside[-1].text and inside[-1].is_whole and inside[-1].end == end:
            yield from _tidy([match[1]])


def _tidy(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        text = " ".join(unicodedata.normalize("NFC", name).split())
        if (
            len(text) > 1
            and text.isprintable()
            and any(is_hangul(run[0]) or run[0].isalpha() for run in cut(normalise(text)))
        ):
            yield text
