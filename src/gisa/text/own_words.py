"""A paper's own words: cut where the paper says, whatever the dictionary thinks. Reads lines, opens no files.

The format: one word a line, ``#`` begins a comment. A word alone is kept whole; parts after a tab say where it is split.

    고우정
    에어팟프로⇥에어팟 프로

A word holds wherever its letters stand within one run (``고우정`` in ``고우정은``, ``전고우정검사``); where two words overlap, the
one that begins first, of those the longest. Two syllables are too few for that: such a word holds where the run or, by the
dictionary, a morpheme begins. What stands before and behind a word is analysed as if a common noun stood in its place,
so that particles are still particles. A word that the dictionary has as it is changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from gisa.errors import LineInvalid
from gisa.messages import ListCode, Message
from gisa.model import Reject
from gisa.text.analyser import Analyser, RunAnalysis, analysis_of
from gisa.text.dictionary import Dictionary
from gisa.text.hangul import final_of, is_hangul
from gisa.text.listing import entries
from gisa.text.morphemes import Morpheme, morpheme
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut

MAX_OWN_WORDS: Final = 100_000
"""More than any paper's list of names; 100,000 take 0.6 s of processor time and 42 MB."""
MAX_WORD_CHARACTERS: Final = 30

_STAND_INS: Final = {"": "회사", "ㄹ": "건물"}
_STAND_IN: Final = "은행"
"""Common nouns that end in a vowel, in ㄹ and in another consonant, which decides 는 or 은, 로 or 으로. With these in place of
17,697 common nouns of Wikipedia's runs, what stands behind was read as before in all; with place names in 93 %, because
they have connections of their own. (As a word unknown to the dictionary, 나루호가 would be 나루호 and the verb 갈다.)"""
_TAILS: Final = ("", "의", "에서")


class OwnWord(NamedTuple):
    """A word in normal form, and what it is made of: itself alone when it is kept whole."""

    text: str
    parts: tuple[str, ...]

    @property
    def line(self) -> str:
        """The word as a line of the file: ``에어팟프로⇥에어팟 프로``."""
        return self.text if self.parts == (self.text,) else f"{self.text}\t{' '.join(self.parts)}"


class _Place(NamedTuple):
    """Where a word stands in a run (characters)."""

    start: int
    end: int
    word: OwnWord


class OwnWordsAnalyser:
    """An analyser that knows a paper's own words; asks ``analyser`` where there is none. Not thread-safe."""

    def __init__(self, words: Iterable[OwnWord], analyser: Analyser) -> None:
        self._analyser = analyser
        self._dictionary = Dictionary()
        self._by_start: dict[str, list[OwnWord]] = {}
        for word in words:
            self._by_start.setdefault(word.text[:2], []).append(word)
        for found in self._by_start.values():
            found.sort(key=lambda word: -len(word.text))
        self._changes: dict[OwnWord, bool] = {}

    def analyse(self, run: str) -> RunAnalysis:
        """Take a run apart. One that holds none of the words costs a look-up for each of its syllables."""
        places = list(self._places(run)) if is_hangul(run[0]) else []
        if not any(self.changes(place.word) for place in places):
            return self._analyser.analyse(run)
        return analysis_of(run, self._morphemes(run, places), self._dictionary)

    def changes(self, word: OwnWord) -> bool:
        """Whether the word is analysed differently for being listed; False for one that the dictionary has as it is."""
        known = self._changes.get(word)
        if known is None:
            answers = (self._analyser.analyse(word.text + tail).terms for tail in _TAILS)
            known = self._changes[word] = any(tuple(term.text for term in terms) != word.parts for terms in answers)
        return known

    def _places(self, run: str) -> Iterator[_Place]:
        at = 0
        begins: tuple[int, ...] | None = None
        while at < len(run) - 1:
            for word in self._by_start.get(run[at : at + 2], ()):
                if not run.startswith(word.text, at):
                    continue
                if len(word.text) == 2 and at:
                    begins = self._analyser.analyse(run).begins if begins is None else begins
                    if at not in begins:
                        continue
                yield _Place(at, at + len(word.text), word)
                at += len(word.text) - 1
                break
            at += 1

    def _morphemes(self, run: str, places: list[_Place]) -> list[Morpheme]:
        """The run's morphemes: its words as they are, the rest as the tagger sees it around nouns in their places."""
        lines: list[str] = []
        words: dict[int, OwnWord] = {}
        at = length = 0
        for start, end, word in places:
            if at < start:
                lines.append(run[at:start])
                length += start - at
            stand_in = _stand_in(word.text)
            lines.append(f"{stand_in}\t*")  # in partial parsing: one morpheme from here to there
            words[length] = word
            length += len(stand_in)
            at = end
        if at < len(run):
            lines.append(run[at:])
        morphemes: list[Morpheme] = []
        at = 0
        for found in self._dictionary.parse_around(lines):
            if at in words:
                morphemes += [morpheme(part, "NNP") for part in words[at].parts]
            else:
                morphemes.append(found)
            at += found.length
        return morphemes


def _stand_in(word: str) -> str:
    final = final_of(word[-1])
    return _STAND_INS.get(final if final in ("", "ㄹ") else "other", _STAND_IN)


def parse_own_words(lines: Iterable[str], *, source: str = "words.txt") -> tuple[tuple[OwnWord, ...], list[Reject]]:
    """The words of these lines in order, and the lines that could not be used, each with its reason: the rest counts.

    A word given twice alike counts once. Lines beyond ``MAX_OWN_WORDS`` words are not read.
    """
    words: dict[str, OwnWord] = {}
    first_at: dict[str, int] = {}
    rejects: list[Reject] = []
    for number, text in entries(lines):
        try:
            word = _word(text)
            if words.get(word.text, word) != word:
                raise LineInvalid(Message(ListCode.WORD_TWICE, word=word.text, line=first_at[word.text]))
        except LineInvalid as error:
            rejects.append(Reject(f"{source}:{number}", error.reason))
            continue
        if len(words) >= MAX_OWN_WORDS and word.text not in words:
            rejects.append(Reject(f"{source}:{number}", Message(ListCode.WORDS_TOO_MANY, limit=MAX_OWN_WORDS)))
            break
        words.setdefault(word.text, word)
        first_at.setdefault(word.text, number)
    return tuple(words.values()), rejects


def _word(line: str) -> OwnWord:
    """The word of a line; raises ``ValueError`` with what to do about it."""
    fields = [field.strip() for field in line.split("\t")]
    fields = fields[:1] + [field for field in fields[1:] if field]
    if len(fields) > 2:
        raise LineInvalid(Message(ListCode.WORD_COLUMNS, count=len(fields)))
    shown = fields[0] if len(fields[0]) <= MAX_WORD_CHARACTERS else f"{fields[0][:20]}…"
    if len(fields[0]) > MAX_WORD_CHARACTERS:
        raise LineInvalid(Message(ListCode.WORD_TOO_LONG, word=shown, limit=MAX_WORD_CHARACTERS))
    runs = cut(normalise(fields[0]))
    if not [run for run in runs if run != BARRIER]:
        raise LineInvalid(Message(ListCode.WORD_NO_LETTERS, word=shown))
    if len(runs) > 1:
        raise LineInvalid(Message(ListCode.WORD_CUT, word=shown))
    [text] = runs
    if not is_hangul(text[0]):
        raise LineInvalid(Message(ListCode.WORD_NOT_HANGUL, word=shown))
    if len(text) == 1:
        raise LineInvalid(Message(ListCode.WORD_SYLLABLE, word=shown))
    parts = tuple(cut(normalise(fields[1]))) if len(fields) == 2 else (text,)
    if "".join(parts) != text:
        raise LineInvalid(Message(ListCode.WORD_PARTS, parts=fields[1][:60], word=shown))
    return OwnWord(text, parts)
