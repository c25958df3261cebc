"""The views of an article that an index keeps: terms, stream and words of headline and body, byline and section.

Each view is one string of space-separated tokens, so that every engine indexes the same thing. ``|`` is the barrier: it
takes a position and is not indexed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from gisa.text.analyser import MecabAnalyser
from gisa.text.bulletins import is_bulletin
from gisa.text.contributions import RunMemo, TermsAndWords, parted, words_over_joins
from gisa.text.figures import read_figures
from gisa.text.glosses import glossed
from gisa.text.homographs import VERB_OF, in_context
from gisa.text.joins import latin_joins
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, JOIN, cut, cut_closed, holds_han, other_han_readings
from gisa.text.stream import stream_of
from gisa.text.stretches import cut_stretches
from gisa.text.unseen import without_unseen

VIEWS_VERSION: Final = 12
"""Raise it when the same article would give other views: every index built before then is outdated."""


class ViewField(NamedTuple):
    """How one view is indexed."""

    name: str
    positions: bool
    """True: frequencies and positions, so that phrases match; False: which articles hold the token, no more."""
    counted: bool = False
    """True: an index can also count how many of some articles hold each token."""


TITLE_TERMS: Final = "title_terms"
BODY_TERMS: Final = "body_terms"
TITLE_STREAM: Final = "title_stream"
BODY_STREAM: Final = "body_stream"
TITLE_WORDS: Final = "title_words"
BODY_WORDS: Final = "body_words"
TITLE_VARIANTS: Final = "title_variants"
BODY_VARIANTS: Final = "body_variants"
BYLINE: Final = "byline"
BYLINE_NAMES: Final = "byline_names"
SECTION_KEY: Final = "section_key"
TITLE_KEY: Final = "title_key"
GATE: Final = "gate"
"""Whether readers may see the article, and whether all of it; see ``gisa.access``. It holds nothing of the text."""
TOPICS: Final = "topics"
"""What an article dwells on: the terms and words of its beginning that it says again."""
FORM: Final = "form"
"""``BULLETIN`` for a list or a notice."""
BULLETIN: Final = "bulletin"

FIELDS: Final = (
    ViewField(TITLE_TERMS, positions=True),
    ViewField(BODY_TERMS, positions=True),
    ViewField(TITLE_STREAM, positions=True),
    ViewField(BODY_STREAM, positions=True),
    ViewField(TITLE_WORDS, positions=False),
    ViewField(BODY_WORDS, positions=False),
    ViewField(TITLE_VARIANTS, positions=True),
    ViewField(BODY_VARIANTS, positions=True),
    ViewField(BYLINE, positions=True),
    ViewField(BYLINE_NAMES, positions=False, counted=True),
    ViewField(SECTION_KEY, positions=False),
    ViewField(GATE, positions=False),
    ViewField(TITLE_KEY, positions=False),
    ViewField(TOPICS, positions=False),
    ViewField(FORM, positions=False),
)

LEAD_LETTERS: Final = 200
"""Of a body's beginning, to the end of a run: some 260 characters. Judged in ``docs/relevance.md``: of the results that a
reader wants it keeps more than 100 or 150 do, and as few of the others."""


_WORD_BEFORE: Final = re.compile(r"\w+\s?\Z")
_WORD_AFTER: Final = re.compile(r"\s?\w+")
_JOINED_KEPT: Final = 50_000
"""Sequences of joined runs whose words are remembered: 10 MB."""


class TextViews(NamedTuple):
    """The views of one text."""

    terms: str
    stream: str
    words: str
    """What stands from the beginning of a word or morpheme to the end of one, unless the terms say it."""
    variants: str
    """Terms of what shorthand in the text stands for, each between its neighbours: ``미국 연준`` for 美연준."""
    topics: str
    """The terms and words of its beginning that it says again, each once."""


Expand = Callable[[str, date | None], Iterable[tuple[int, int, str]]]
"""Where a text in normal form uses shorthand on a day, and the word it stands for there (spans in characters)."""


def no_expansions(text: str, published: date | None) -> Iterable[tuple[int, int, str]]:
    """No shorthand is known."""
    del text, published
    return ()


class ViewBuilder:
    """Builds views, remembering runs. Not thread-safe: one for each thread or process."""

    def __init__(self, memo: RunMemo | None = None, *, expand: Expand = no_expansions) -> None:
        self._memo = memo if memo is not None else RunMemo(MecabAnalyser())
        self._expand = expand
        self._joined: dict[str, list[str]] = {}

    def text(self, text: str, *, published: date | None = None) -> TextViews:
        """The views of a headline or a body as the paper wrote it, published on this day of Asia/Seoul."""
        whole, normal = cut_stretches(normalise(text))
        closed = cut_closed(normal)
        end = _end_of_lead(closed)
        lead_terms, lead_words = self._terms_and_words(closed[:end])
        terms, words = self._terms_and_words(closed[end:])
        topics = _said_again([*lead_terms.split(), *lead_words], terms.split(), words)
        terms, words = f"{lead_terms} {terms}".rstrip(), lead_words | words
        ascii_only = normal.encode("ascii", "ignore").decode()
        joins = latin_joins(normal, ascii_only)
        words |= dict.fromkeys(joins.pairs)
        said_otherwise = [*glossed(normal), *joins.glosses, *read_figures(normal, ascii_only)]
        for start, end, reading in other_han_readings(normal) if holds_han(normal) else ():
            said_otherwise.append(
                f"{normal[_word_before(normal, start) : start]}{reading}{normal[end : _word_after(normal, end)]}"
            )
        if len(whole) != len(normal):
            closed = cut_closed(whole)
        more = [run for variant in said_otherwise for run in (BARRIER, *cut_closed(variant))]
        if more:
            other_terms, other_words = self._terms_and_words(more)
            terms = f"{terms} {other_terms}"
            words |= other_words
            closed += more
        stream, variants = stream_of(closed), self._variants(normal, published)
        return TextViews(terms, stream, " ".join(words), variants, " ".join(topics))

    def _terms_and_words(self, closed: list[str]) -> tuple[str, dict[str, None]]:
        """What runs with the joins between them contribute: terms, and words in order, each once."""
        runs = [run for run in closed if run != JOIN] if JOIN in closed else closed
        is_plain = VERB_OF.keys().isdisjoint(runs)
        terms, found = self._contributed(runs if is_plain else in_context(runs, self._memo.__getitem__))
        words = dict.fromkeys(found)
        if runs is not closed:
            words |= dict.fromkeys(self._over_joins(closed))
        return terms, words

    def _over_joins(self, closed: list[str]) -> Iterator[str]:
        """The words that go over marks without a space, or from 漢字 to 한글: 아태 in 아·태, 미군 in 美군."""
        for joined in _joined(closed):
            words = self._joined.get(joined)
            if words is None:
                if len(self._joined) >= _JOINED_KEPT:
                    self._joined.clear()
                words = words_over_joins(joined.split(f" {JOIN} "), self._memo)
                self._joined[joined] = words
            yield from words

    def _variants(self, normal: str, published: date | None) -> str:
        """Terms of what shorthand stands for, each between its neighbours."""
        return f" {BARRIER} ".join(
            self._contributed(
                cut(f"{normal[_word_before(normal, start) : start]} {word} {normal[end : _word_after(normal, end)]}")
            ).terms
            for start, end, word in self._expand(normal, published)
        )

    def _contributed(self, runs: list[str]) -> TermsAndWords:
        return parted(map(self._memo.__getitem__, runs))

    def article(
        self,
        *,
        title: str,
        body: str,
        byline: Iterable[str],
        section: str | None,
        published: date | None = None,
    ) -> dict[str, str]:
        """Every view of an article, by field name. ``published`` is its day in Asia/Seoul, which shorthand may need."""
        headline, text = self.text(title, published=published), self.text(body, published=published)
        names = tuple(byline)
        return {
            TITLE_TERMS: headline.terms,
            TITLE_STREAM: headline.stream,
            TITLE_WORDS: headline.words,
            BODY_TERMS: text.terms,
            BODY_STREAM: text.stream,
            BODY_WORDS: text.words,
            TITLE_VARIANTS: headline.variants,
            BODY_VARIANTS: text.variants,
            BYLINE: f" {BARRIER} ".join(" ".join(byline_tokens(name)) for name in names),
            BYLINE_NAMES: " ".join(filter(None, map(byline_key, names))),
            SECTION_KEY: section_key(section or ""),
            TITLE_KEY: " ".join(title_keys(title)),
            TOPICS: text.topics,
            FORM: BULLETIN if is_bulletin(title, body) else "",
        }


def _joined(closed: list[str]) -> Iterator[str]:
    """The sequences of runs that joins tie together: ``아 JOIN 태``. A pattern over the whole text takes eight times as long."""
    left, at = closed.count(JOIN), 0
    while left:
        start = closed.index(JOIN, at) - 1
        at = start + 1
        while closed[at : at + 1] == [JOIN]:
            at += 2
            left -= 1
        if start and len(closed[start]) == 1 and closed[start - 1].isdigit():  # a counter: 300장·난방유 holds no 장난
            start += 2
        if start + 1 < at:
            yield " ".join(closed[start:at])


def _end_of_lead(closed: Sequence[str]) -> int:
    """After how many runs and joins a text's lead ends; never at a join."""
    end = bisect_left(list(accumulate(map(len, closed[:LEAD_LETTERS]))), LEAD_LETTERS) + 1
    while JOIN in closed[end - 1 : end + 1]:
        end += 1
    return end


def _said_again(lead: Sequence[str], *rest: Iterable[str]) -> Iterable[str]:
    """The terms and words of a beginning, each once, that are said again in it or in the ``rest``."""
    once = frozenset(lead)
    said = set().union(*map(once.intersection, rest))  # a third of the cost of a set of all that is said
    again: dict[str, None] = {}
    for token in lead:
        if token in said:
            again[token] = None
        said.add(token)
    again.pop(BARRIER, None)
    return again


_REACH: Final = 24
"""Characters on either side of shorthand in which its neighbouring word is looked for."""


def _word_before(text: str, at: int) -> int:
    """Where the word before ``at`` begins."""
    words = _WORD_BEFORE.search(text, max(0, at - _REACH), at)
    return words.start() if words else at


def _word_after(text: str, at: int) -> int:
    """Where the word after ``at`` ends."""
    words = _WORD_AFTER.match(text, at, at + _REACH)
    return words.end() if words else at


def byline_tokens(name: str) -> list[str]:
    """A reporter's name as tokens, without the word for the job: ``홍예담 기자`` → ``["홍예담"]``."""
    runs = [run for run in cut(normalise(name)) if run != BARRIER]
    return [run for run in runs if run != "기자"] or runs


def byline_key(name: str) -> str:
    """A reporter's name as one token: ``홍예담 기자`` → ``홍예담``, ``Jane Doe`` → ``jane_doe``."""
    return "_".join(byline_tokens(name))


def name_of_key(key: str) -> str:
    """A name's token as it is shown."""
    return key.replace("_", " ")


def section_key(section: str) -> str:
    """What makes two spellings one section: ``IT·과학``, ``it‧과학`` and ``IT 과학`` are ``it과학``."""
    return _letters(normalise(section))


class TitleKeys(NamedTuple):
    """A whole headline as two tokens, so that a query can be asked whether it is one. Either may be empty."""

    marked: str
    """With its marks, without its spaces: ``[단독]"北핵"…3자회담`` . A ``-`` that would exclude a word is told from any other."""
    letters: str
    """Its letters and figures alone, as the stream joins them: ``단독북핵3자회담``."""


_KEY_CHARACTERS: Final = 200
"""Where a key ends, so that the beginning of a headline which is too long for a query is still that headline's key: a
query of 500 characters with single spaces holds 250 others."""
_LEADING_DASH: Final = re.compile(r"(?<!\S)-(?=[^\s\-)|])")


def title_keys(title: str) -> TitleKeys:
    """The keys of a headline, and of a query that may be one."""
    normal = without_unseen(normalise(title))
    shown = _LEADING_DASH.sub("\N{MINUS SIGN}", normal)  # which the normal form itself never holds
    marked = "".join(filter(str.isprintable, "".join(shown.split())))
    return TitleKeys(marked[:_KEY_CHARACTERS], _letters(normal)[:_KEY_CHARACTERS])


def _letters(normal: str) -> str:
    return "".join(run for run in cut(normal) if run != BARRIER)
