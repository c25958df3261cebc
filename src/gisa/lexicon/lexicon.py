"""Other ways to write a word: variants of a query's words, and shorthand in an article's text.

Query side: figures, spelling, synonyms and the shorthand in the query itself. Article side: 美연준 and 李대통령 are indexed
with what they stand for on the article's day (``expand``), and a query for 미국 or 이재명 may look there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from gisa.lexicon.variants.holders import HolderTable, packaged_holders
from gisa.lexicon.variants.keyboard import keyboard_variants
from gisa.lexicon.variants.marks import mark_phrases, mark_variants
from gisa.lexicon.variants.measures import money_variants
from gisa.lexicon.variants.numbers import number_phrases, number_variants, read_variants
from gisa.lexicon.variants.shorthand import expansions, shorthand_variants, shorthand_words
from gisa.lexicon.variants.spelling import spaced_names, spelling_variants
from gisa.lexicon.variants.synonyms import SynonymTable, parse_synonyms
from gisa.lexicon.variants.variant import Variant, distinct, replaced, table_lines
from gisa.model import Reject, VariantKind
from gisa.text.analyser import Analyser
from gisa.text.normal import normalise
from gisa.text.runs import cut_with_spans, other_han_readings

_HANGUL: Final = re.compile("[가-힣]+")


class Lexicon:
    """The tables that variants come from: those that ship with Gisa, and a paper's own. Immutable; thread-safe."""

    def __init__(self, synonyms: SynonymTable, holders: HolderTable, *, shown: Mapping[str, str] | None = None) -> None:
        """``shown``: how names in normal form are written where people see them (``ai`` → ``AI``)."""
        self._synonyms = synonyms
        self._holders = holders
        self._shown = dict(shown or {})
        self._written: dict[str, Variant] = {}
        for word, character in shorthand_words():
            self._written.setdefault(word, Variant(VariantKind.SHORTHAND, word, word, character))
        for (surname, _), holdings in holders.holdings.items():
            for holding in holdings:
                self._written.setdefault(holding.name, Variant(VariantKind.HOLDER, holding.name, holding.name, surname))

    def variants(self, typed: str, analyser: Analyser, *, on: date) -> list[Variant]:
        """The other ways to write a query word, most likely first; ``on`` is the day of the search."""
        word = normalise(typed)
        plain = _HANGUL.fullmatch(word) is not None  # most words: nothing in them is shorthand
        found: list[Variant] = []
        if not plain:
            found += [
                replaced(VariantKind.HANJA, word, start, end, by=reading)
                for start, end, reading in other_han_readings(word)
            ]
            found += read_variants(word)
        found += number_variants(word)
        if not plain:
            found += money_variants(word)
        found += spelling_variants(word)
        found += mark_variants(word)
        found += self._synonyms.variants(word, boundaries=_boundaries(word, analyser))
        if not plain:
            found += shorthand_variants(word, on=on, holders=self._holders)
        return list(distinct(word, found))

    def phrases(self, words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
        """Names and figures of several words: ``words[first:end]`` and what they may be replaced by (세계 보건 기구 = WHO)."""
        normal = [normalise(word) for word in words]
        yield from self._synonyms.phrases(normal)
        yield from number_phrases(normal)
        yield from spaced_names(normal)
        yield from mark_phrases(normal)

    def written_as(self, terms: Iterable[str | None]) -> Variant | None:
        """How headlines may abbreviate one of these terms: 미국 as 美, 이재명 as 李; None when they do not."""
        for term in terms:
            if term in self._written:
                return self._written[term]
        return None

    @property
    def read_as(self) -> Iterable[str]:
        """Every word that shorthand in an article may stand for: 미국, 이재명."""
        return self._written.keys()

    def shown(self, text: str) -> str:
        """A name as it is written where people see it."""
        return self._shown.get(text, text)

    def typed_otherwise(self, typed: str) -> list[Variant]:
        """What the keys give on the other keyboard: ``tjdnf`` → 서울. The caller keeps what is a known word."""
        return list(keyboard_variants(typed))

    def expand(self, text: str, published: date | None) -> Iterator[tuple[int, int, str]]:
        """Where an article's text in normal form uses shorthand, and for what on its day."""
        for start, end, word, _ in expansions(text, published=published, holders=self._holders):
            yield start, end, normalise(word)


def build_lexicon(
    own_synonyms: Iterable[str] = (), *, source: str = "synonyms.txt", holders: HolderTable | None = None
) -> tuple[Lexicon, list[Reject]]:
    """The packaged tables, with a paper's own groups of synonyms first. Lines that cannot be used are skipped.

    ``holders`` is the packaged table unless a paper has its own.
    """
    own = list(own_synonyms)
    people = packaged_holders() if holders is None else holders
    if not own and people is packaged_holders():
        return packaged_lexicon(), []
    table, rejects = parse_synonyms([*own, *table_lines("synonyms.tsv")], source=source)
    return Lexicon(table, people, shown=_as_written([*table_lines("synonyms.tsv"), *own])), rejects


@lru_cache(maxsize=1)
def packaged_lexicon() -> Lexicon:
    """The tables that ship with Gisa."""
    table, rejects = parse_synonyms(table_lines("synonyms.tsv"), source="synonyms.tsv")
    assert not rejects, rejects
    return Lexicon(table, packaged_holders(), shown=_as_written(table_lines("synonyms.tsv")))


def _as_written(lines: Iterable[str]) -> dict[str, str]:
    """Names of a table of synonyms whose normal form is another: ``{"who": "WHO"}``."""
    names = (name.strip() for line in lines if not line.startswith("#") for name in line.split("\t"))
    return {normal: name for name in names if (normal := normalise(name)) != name}


def _boundaries(word: str, analyser: Analyser) -> set[int]:
    """Where a morpheme begins or ends in a word (characters)."""
    edges: set[int] = set()
    for run, start, _ in cut_with_spans(word):
        for term in analyser.analyse(run).terms:
            edges.update((start + term.start, start + term.end))
    return edges
