"""Whether a sentence stands in the archive: to the letter, but for spacing, nearly, or not at all. Never by guess.

The articles that hold the sentence's rarest terms are read, and the sentence is held against each of theirs. What is found is
the archive's own sentence with its place; for what is not, how many articles were searched.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Final, NamedTuple

from gisa.clause import EVERYTHING, Clause, Token, Worth, any_of
from gisa.errors import SearchInvalid
from gisa.model import ArchivedArticle, Sort
from gisa.ports import ArchiveView, IndexQuery, IndexView
from gisa.quotes.citing import cited
from gisa.quotes.comparing import Difference, differences, is_same, places_of
from gisa.quotes.marks import quoted_stretches
from gisa.quotes.noun_phrases import looks_like_a_name
from gisa.text.analyser import Analyser
from gisa.text.dictionary import Dictionary
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, JOIN, cut_closed
from gisa.text.sentences import NEAR, letters_of, likeness, pairs_of, sentences
from gisa.text.views import BODY_TERMS, TITLE_TERMS

LONGEST: Final = 1_000
"""Characters of a sentence that is checked."""
_SHORTEST: Final = 4
"""Letters: anything shorter stands anywhere."""
_TERMS: Final = 16
"""The rarest terms of a sentence, by which articles are looked for."""
_READ: Final = 40
"""Articles that are read: those that hold most of these terms, the rarest first."""
_HINTS: Final = 8
"""Of the rarest terms, some of which a sentence must hold to be compared."""
_WORD: Final = re.compile("[가-힣]+")
RULES: Final = f"{_READ} articles by {_TERMS} terms, near from {NEAR}"
"""By what a sentence was looked for; it changes with the rules."""
_EDGE: Final = 20
"""Characters beside a printed sentence that are looked at for its marks."""
_LOOSE: Final = frozenset(".,“”‘’\"'「」『』")
"""Marks at the ends of a sentence that a draft may leave out."""
_EDGES: Final = " \n\t“”‘’\"'「」『』"


class Standing(StrEnum):
    """How a sentence stands in the archive."""

    EXACT = "exact"
    SPACING = "spacing"
    """The letters are the same; spaces or marks differ."""
    NEAR = "near"
    NONE = "none"


class Printing(NamedTuple):
    """A place where it is printed."""

    archived: ArchivedArticle
    in_title: bool
    start: int
    """In characters of the headline or the body."""
    end: int

    @property
    def text(self) -> str:
        """The archive's own sentence."""
        article = self.archived.article
        return (article.title if self.in_title else article.body)[self.start : self.end]

    def as_dict(self) -> dict[str, object]:
        return {
            "text": self.text,
            "field": "title" if self.in_title else "body",
            "start": self.start,
            "end": self.end,
            "article": cited(self.archived.article),
        }


def quotations_in(draft: str, *, at_most: int) -> list[str]:
    """What of a draft is to be checked: each quotation that is long enough, or all of it if it holds none."""
    found = [
        draft[each.start : each.end]
        for each in quoted_stretches(draft)
        if len(letters_of(draft[each.start : each.end])) >= _SHORTEST and each.end - each.start <= LONGEST
    ]
    return found[:at_most] if found else [draft]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What is known of a sentence."""

    given: str
    standing: Standing
    printings: tuple[Printing, ...]
    """Where it stands so, oldest first; of ``NEAR`` the likest one; none for ``NONE``."""
    differences: tuple[Difference, ...]
    """Of ``NEAR``: word by word."""
    articles: int
    """How many articles were searched."""
    excerpts: int
    """Of how many of them only a part was there to be searched."""
    checked_at: datetime
    change_seq: int
    """The state of the archive that was searched."""

    def as_dict(self) -> dict[str, object]:
        """What the API and ``gisa verify-quote --json`` say of it. Not ``change_seq``, which counts what is withheld, too."""
        return {
            "given": self.given,
            "standing": self.standing.value,
            "printings": [each.as_dict() for each in self.printings],
            "differences": [
                {"kind": kind.value, "given": given, "printed": printed} for kind, given, printed in self.differences
            ],
            "articles": self.articles,
            "excerpts": self.excerpts,
            "rules": RULES,
            "checked_at": self.checked_at.isoformat(),
        }


def verify_quote(
    text: str, *, index: IndexView, texts: ArchiveView, analyser: Analyser, partly: Clause, at: datetime
) -> QuoteCheck:
    """Hold a sentence against the archive, ``at`` this moment. ``partly``: the articles of which only a part is there to be read.

    Raises ``SearchInvalid`` for one that is too short or too long."""
    given = " ".join(text.split()).strip(_EDGES)
    letters = letters_of(given)
    if len(letters) < _SHORTEST:
        raise SearchInvalid(f"a sentence of fewer than {_SHORTEST} letters stands anywhere — give more of it")
    if len(given) > LONGEST:
        raise SearchInvalid(f"the sentence has {len(given):,} characters, the limit is {LONGEST:,} — check it in parts")
    change_seq, articles = index.change_seq, index.count(EVERYTHING)
    searched = (articles, index.count(partly), at, change_seq)
    terms = _rarest(_terms(given, analyser), index, articles)
    read = list(_candidates(terms, index, texts, articles))
    same = [printing for each in read for printing in _places(each, letters)]
    exact = [each for each in same if _is_exact(given, each)]
    for standing, printings in ((Standing.EXACT, exact), (Standing.SPACING, same)):
        if printings:
            printings.sort(key=lambda each: (each.archived.article.published_at, each.archived.seq))
            return QuoteCheck(given, standing, tuple(printings), (), *searched)
    near = _nearest(given, read, [term for term, _ in terms[:_HINTS]])
    if near is None:
        return QuoteCheck(given, Standing.NONE, (), (), *searched)
    found = differences(given, near.text, names=_names(given, near.text))
    return QuoteCheck(given, Standing.NEAR, (near,), found, *searched)


def _terms(text: str, analyser: Analyser) -> list[str]:
    runs = (run for run in cut_closed(normalise(text)) if run not in (BARRIER, JOIN))
    return list(dict.fromkeys(term.text for run in runs for term in analyser.analyse(run).terms))


def _rarest(terms: Sequence[str], index: IndexView, articles: int) -> list[tuple[str, float]]:
    """The terms that any article holds, the rarest first, each with its weight: the logarithm of its rarity.

    An index far away does not say how rare a term is: the longest ones stand for the rarest, each as heavy as the others.
    """
    held = [(term, index.frequency(BODY_TERMS, term) + index.frequency(TITLE_TERMS, term)) for term in terms]
    if not any(frequency for _, frequency in held):
        return [(term, 1.0) for term in sorted(terms, key=len, reverse=True)[:_TERMS]]
    weighed = [(term, math.log1p(articles / frequency)) for term, frequency in held if frequency]
    return sorted(weighed, key=lambda each: -each[1])[:_TERMS]


def _candidates(
    terms: Sequence[tuple[str, float]], index: IndexView, texts: ArchiveView, articles: int
) -> Iterator[ArchivedArticle]:
    """The articles that hold the most of the terms."""
    if not terms or not articles:
        return
    clauses: list[Clause] = [
        Worth(any_of((Token(BODY_TERMS, term), Token(TITLE_TERMS, term))), weight) for term, weight in terms
    ]
    found = index.search(
        IndexQuery(match=any_of(clauses), score=any_of(clauses), sort=Sort.RELEVANCE, limit=_READ, offset=0)
    )
    seqs = [hit.seq for hit in found.hits]
    fetched = texts.fetch(seqs)
    yield from (fetched[seq] for seq in seqs if seq in fetched)


def _places(archived: ArchivedArticle, letters: str) -> Iterator[Printing]:
    """Where these letters stand in headline and body."""
    for in_title, text in _texts(archived):
        for start, end in places_of(letters, text):
            yield Printing(archived, in_title, start, end)


def _is_exact(given: str, printing: Printing) -> bool:
    """Whether it is printed so, with the marks before its first letter and behind its last (▲ …, … 40%)."""
    letters = [at for at, character in enumerate(given) if character.isalnum()]
    first, last = letters[0], letters[-1] + 1
    if not is_same(given[first:last], printing.text):
        return False
    article = printing.archived.article
    text = article.title if printing.in_title else article.body
    before, behind = text[max(0, printing.start - _EDGE) : printing.start], text[printing.end : printing.end + _EDGE]
    lead, tail = _plain_marks(given[:first]), _plain_marks(given[last:])
    return _plain_marks(before).endswith(lead) and _plain_marks(behind).startswith(tail)


def _plain_marks(marks: str) -> str:
    return "".join(mark for mark in marks if not mark.isspace() and mark not in _LOOSE)


def _texts(archived: ArchivedArticle) -> tuple[tuple[bool, str], tuple[bool, str]]:
    return (True, archived.article.title), (False, archived.article.body)


def _nearest(given: str, read: Iterable[ArchivedArticle], hints: Sequence[str]) -> Printing | None:
    """The likest sentence of the articles, or what one of them quotes, if it is like enough."""
    wanted = pairs_of(given)
    # of a verb's dictionary form only its beginning stands in a text
    hint = re.compile("|".join(re.escape(term[: max(1, len(term) - 1)]) for term in hints if term) or "$^")
    best, best_likeness = None, NEAR
    for archived in read:
        for in_title, text in _texts(archived):
            for start, end in chain(sentences(text), quoted_stretches(text)):
                sentence = text[start:end]
                if len(set(hint.findall(sentence.lower()))) * 4 < len(hints):
                    continue
                found = likeness(wanted, sentence)
                if found > best_likeness:
                    best, best_likeness = Printing(archived, in_title, start, end), found
    return best


def _names(given: str, printed: str) -> frozenset[str]:
    """The names among the words that only one of the two sentences holds."""
    dictionary = Dictionary()
    words = set(_WORD.findall(given)) ^ set(_WORD.findall(printed))
    firsts = (dictionary.parse(word)[0] for word in words)
    named = {first.text for first in firsts if first.tag == "NNP" and first.length > 1}
    return frozenset(named | {word[:3] for word in words if looks_like_a_name(word[:3])})
