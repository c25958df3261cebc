"""Articles about the same things as one, that do not tell the same story. Asks the index once; renders nothing.

They are found by the words that are rare in the archive and stand in the headline or the lede: what an article is about stands
there. A word of the headline counts twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from gisa.clause import EVERYTHING, AtLeast, Clause, Not, Numbered, Token, Worth, all_of, any_of
from gisa.model import ArchivedArticle, Article, Sort
from gisa.ports import ArchiveView, IndexQuery, IndexView
from gisa.text.analyser import Analyser
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, JOIN, cut_closed
from gisa.text.views import BODY_TERMS, BULLETIN, FORM, TITLE_TERMS

RELATED: Final = 5
_LEDE: Final = 200
"""Characters of the body that count as its lede."""
_HEADLINE_COUNTS: Final = 2.0
_LOOKED_UP: Final = 12
"""Words whose rarity is asked for, those of the headline first."""
_TERMS: Final = 8
"""The most words by which articles are looked for."""
_ENTRIES: Final = 20_000
"""Entries of the index that these words may have together: reading them takes some 2 ms."""
_HELD: Final = 3
"""Words of these that a related article holds at least; two of five or fewer."""
_SPARE: Final = 3
"""How many times more are found than shown, since some tell one story."""


def related(
    archived: ArchivedArticle,
    *,
    index: IndexView,
    texts: ArchiveView,
    analyser: Analyser,
    same: Sequence[int],
    stories: Mapping[int, int],
    limit: int = RELATED,
) -> list[Article]:
    """At most ``limit`` articles, best first; each of a story of its own.

    ``same``: the numbers of the articles of its own story; ``stories``: the story of each article that is not alone in it.
    """
    others = all_of((Not(Numbered(tuple(same))), Not(Token(FORM, BULLETIN))))
    weights = _weights(archived.article, others, index, analyser)
    if len(weights) < 2:
        return []
    clauses = [Worth(_holding(term), weight) for term, weight in weights.items()]
    match: Clause = AtLeast(_HELD if len(clauses) > 5 else 2, tuple(clauses))
    asked = IndexQuery(
        match=all_of((match, others)),
        score=any_of(clauses),
        sort=Sort.RELEVANCE,
        limit=limit * _SPARE,
        offset=0,
    )
    told: set[int] = set()
    seqs = []
    for hit in index.search(asked).hits:
        story = stories.get(hit.seq)
        if story is None or story not in told:
            seqs.append(hit.seq)
        if story is not None:
            told.add(story)
    fetched = texts.fetch(seqs[:limit])
    return [fetched[seq].article for seq in seqs[:limit] if seq in fetched]


def _weights(article: Article, others: Clause, index: IndexView, analyser: Analyser) -> dict[str, float]:
    """The words to look for, the rarest first, each with its weight: the logarithm of its rarity, twice in the headline.

    Counted among ``others``, within the gate: an index's own frequencies count what may not be seen, too.
    """
    in_title = dict.fromkeys(_terms(article.title, analyser))
    terms = dict.fromkeys(chain(in_title, _terms(article.body[:_LEDE], analyser)))
    looked_up = [term for term in terms if len(term) > 1][:_LOOKED_UP]  # a single letter says little
    articles = index.count(EVERYTHING)
    counts = index.count_each(all_of((_holding(term), others)) for term in looked_up)
    held = dict(zip(looked_up, counts, strict=True))
    weights: dict[str, float] = {}
    entries = 0
    for term, frequency in sorted(held.items(), key=lambda each: (each[1], each[0])):
        if not frequency:
            continue
        entries += frequency
        if entries > _ENTRIES or len(weights) == _TERMS:
            break
        weights[term] = math.log1p(articles / frequency) * (_HEADLINE_COUNTS if term in in_title else 1.0)
    return weights


def _holding(term: str) -> Clause:
    return any_of((Token(TITLE_TERMS, term), Token(BODY_TERMS, term)))


def _terms(text: str, analyser: Analyser) -> Iterator[str]:
    runs = (run for run in cut_closed(normalise(text)) if run not in (BARRIER, JOIN))
    return (term.text for run in runs for term in analyser.analyse(run).terms)
