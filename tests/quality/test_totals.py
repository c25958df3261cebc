"""Totals and pages, of all results and of those about the query, against a look at every article of the sample newspaper."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import gisa
from gisa.clause import EVERYTHING, all_of
from gisa.ingest.analysis import entry, make_builder, text_of, views_of
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.lexicon.vocabulary import EMPTY
from gisa.library import Library
from gisa.query.expansion import WordExpander
from gisa.query.matching import ArticleTokens
from gisa.query.parse import parse
from gisa.query.plan import Plan, compile_query
from gisa.sample import open_articles

_QUERIES = 100
"""Of one word and of two; 500 were compared once, on 2026-11-27."""
_WORD = re.compile("[가-힣A-Za-z0-9]{2,}")


class Newspaper:
    """The sample newspaper, its articles' tokens, and queries drawn from their texts."""

    def __init__(self, library: Library) -> None:
        self.library = library
        archived = [each for batch in library._archive.each(batch=100) for each in batch]
        views = views_of([text_of(each) for each in archived], make_builder(EMPTY))
        now = datetime.now(UTC)
        self.tokens = {}
        for each, made in zip(archived, views, strict=True):
            kept = entry(each, made, now=now)
            self.tokens[each.article.id] = ArticleTokens(
                kept.views, seq=kept.seq, published_at_s=kept.published_at_s, opens_at_s=kept.opens_at_s
            )
        self._expander = WordExpander(EMPTY.analyser(), packaged_lexicon(), on=now.date())
        self._texts = [f"{each.article.title} {each.article.body}" for each in archived]

    def queries(self, count: int) -> Iterator[str]:
        draw = random.Random(12)
        for number in range(count):
            words = _WORD.findall(draw.choice(self._texts))
            yield " ".join(draw.sample(words, 1 + number % 2))

    def plan(self, query: str) -> Plan:
        root = parse(query).root
        assert root is not None
        plan = compile_query(root, self._expander, typed=query)
        assert plan is not None
        return plan

    def found(self, query: str, *, about: bool) -> list[str]:
        """The ids on all pages, in order."""
        ids: list[str] = []
        while True:
            page = self.library.search(query, about=about, as_typed=True, limit=7, offset=len(ids))
            if page.relaxed or page.about is not about:
                return []
            assert page.total >= len(ids)
            if not page.hits:
                return ids
            ids += [hit.article.id for hit in page.hits]


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    with gisa.open(tmp_path_factory.mktemp("paper")) as library:
        library.add(open_articles())
        yield Newspaper(library)


def test_totals_and_pages_agree_with_a_look_at_every_article(newspaper: Newspaper) -> None:
    """What satisfies the plan is found once each, and no more, among all and among those about the query; counts agree."""
    for query in newspaper.queries(_QUERIES):
        plan = newspaper.plan(query)
        match, about = plan.match, all_of((plan.match, plan.about))
        expected = {id_ for id_, tokens in newspaper.tokens.items() if tokens.holds(match)}
        among = {id_ for id_, tokens in newspaper.tokens.items() if tokens.holds(about)}
        found = newspaper.found(query, about=False)
        scopes = newspaper.library.search(query, about=False, as_typed=True).scopes

        assert (len(found), set(found)) == (len(expected), expected), query
        if plan.about != EVERYTHING and expected:
            assert scopes is not None
            assert (scopes.all, scopes.about) == (len(expected), len(among)), query
        if among and plan.about != EVERYTHING:
            found = newspaper.found(query, about=True)
            assert (len(found), set(found)) == (len(among), among), query
