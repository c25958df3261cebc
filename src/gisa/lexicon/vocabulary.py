"""The paper's own words and office holders, which decide how its articles are analysed. An index records them.

Query and article must be analysed alike, so readers take this from the index that they search, never from a newer file.
Synonyms are not part of it: they are looked up when a query is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gisa.lexicon.variants.holders import HolderTable, holders_with, own_holders
from gisa.model import Reject
from gisa.text.analyser import Analyser, MecabAnalyser
from gisa.text.own_words import OwnWord, OwnWordsAnalyser, parse_own_words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A paper's own words and office holders. Equal ones analyse alike."""

    words: tuple[OwnWord, ...] = ()
    """In order of their letters."""
    holders: tuple[str, ...] = ()
    """Lines of ``holders.txt`` in normal form, in order of their letters."""

    def analyser(self) -> Analyser:
        """A new analyser that knows the words; not thread-safe."""
        return OwnWordsAnalyser(self.words, MecabAnalyser()) if self.words else MecabAnalyser()

    @property
    def holder_table(self) -> HolderTable:
        """The packaged office holders and the paper's own; the paper's own come first."""
        return holders_with(self.holders)

    def to_text(self) -> str:
        """As an index keeps it; empty for none."""
        if self == EMPTY:
            return ""
        return json.dumps({"words": [word.line for word in self.words], "holders": self.holders}, ensure_ascii=False)


EMPTY = Vocabulary()


@lru_cache(maxsize=4)
def vocabulary_from_text(text: str) -> Vocabulary:
    """The vocabulary that ``to_text`` wrote."""
    if not text:
        return EMPTY
    kept = json.loads(text)
    words, _ = parse_own_words(kept["words"])
    return Vocabulary(words, tuple(kept["holders"]))


def vocabulary_of(
    words: Iterable[str], holders: Iterable[str], *, words_source: str, holders_source: str
) -> tuple[Vocabulary, list[Reject]]:
    """The vocabulary of a paper's files, and a reject for each line that cannot be used."""
    own_words, rejects = parse_own_words(words, source=words_source)
    lines, more = own_holders(holders, source=holders_source)
    return Vocabulary(tuple(sorted(own_words)), tuple(sorted(lines))), rejects + more
