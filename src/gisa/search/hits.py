"""Builds the hits of a page: snippets and the spans of the query's words. Runs no query and fetches nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from gisa.model import ArchivedArticle, Hit
from gisa.ports import IndexHit
from gisa.query.highlighting import Finder
from gisa.search.budget import Budget
from gisa.text.snippet import best_snippet, merge

SIMILAR_SHOWN: Final = 5
"""Articles that are named under a hit that tells the same story; the rest stand on a page of their own."""


class FinderMaker(Protocol):
    """Makes the query's finder."""

    def __call__(self, *, reach: int) -> Finder: ...


def build_hits(
    results: Sequence[IndexHit],
    articles: Mapping[int, ArchivedArticle],
    make_finder: FinderMaker,
    *,
    mentions: Collection[int],
    under: Mapping[int, Sequence[int]],
    reach: int,
    budget: Budget,
) -> tuple[tuple[Hit, ...], set[int]]:
    """The hits (those among ``mentions`` only mention the query), and the numbers of the words that stand in one of them. What ``articles`` lacks is left out.

    ``under``: the numbers of those that stand under a hit, by its number; the first of them are among ``articles``.
    ``reach`` is how many characters of an article may be analysed; once the budget is spent none are, and only letters
    are looked for.
    """
    finder = make_finder(reach=reach)
    found: set[int] = set()
    hits: list[Hit] = []
    for result in results:
        if result.seq not in articles:
            continue
        if reach and not budget.allows_more():
            reach = 0
            finder = make_finder(reach=reach)
        hit = _hit(articles[result.seq], finder, result.score, found)
        if others := under.get(result.seq, ()):
            shown = tuple(articles[seq].article for seq in others[:SIMILAR_SHOWN] if seq in articles)
            hit = replace(hit, similar=shown, similar_total=len(others))
        hits.append(replace(hit, is_mention=True) if result.seq in mentions else hit)
    return tuple(hits), found


def _hit(archived: ArchivedArticle, finder: Finder, score: float | None, found: set[int]) -> Hit:
    article = archived.article
    in_title, in_body = finder.glance(article.title, article.body)
    found.update([word for _, word in in_title], [word for _, word in in_body])
    snippet = best_snippet(article.body, in_body)
    marked = merge([*snippet.highlights, *(span for span, _ in finder.letters(snippet.text))])
    return Hit(
        article=article,
        title_highlights=merge([span for span, _ in in_title]),
        snippet=replace(snippet, highlights=marked),
        score=score,
    )
