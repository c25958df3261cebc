"""Asks an archive every judged query, by relevance, and averages the measures over each class of queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gisa.errors import ArticleNotFound
from gisa.evaluate.judged import JudgedQuery, Judgements
from gisa.evaluate.kinds import QueryKind
from gisa.evaluate.measures import DEPTH, MEASURES, measure
from gisa.library import Library
from gisa.model import Match, Sort


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The means over one class of queries."""

    queries: int
    means: dict[str, float]
    """By measure."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a run over judged queries gave."""

    match: Match
    kinds: dict[str, KindFigures]
    """By class, ``all`` first; empty when no query could be measured."""
    figures: dict[str, dict[str, float]]
    """Each query's own figures by measure."""
    unjudged: tuple[str, ...]
    """Ids of queries without a relevant article among the judgements: nothing can be measured on them, so they are left out."""
    missing: tuple[str, ...]
    """Ids of relevant articles that the archive does not hold; they count as not found."""


def evaluate(
    library: Library,
    queries: Sequence[JudgedQuery],
    judgements: Judgements,
    *,
    match: Match = Match.ANY,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """Measure an open archive. Raises ``ConfigError`` where the library of measures is missing."""
    wanted = {
        query: {article for article, relevance in judged.items() if relevance > 0}
        for query, judged in judgements.items()
    }
    asked = [query for query in queries if wanted.get(query.id)]
    measure({}, {})  # the library is missing, or is not: say so before minutes of searching
    rankings: dict[str, list[str]] = {}
    for done, query in enumerate(asked, start=1):
        page = library.search(query.text, sort=Sort.RELEVANCE, match=match, group=False, limit=DEPTH)
        rankings[query.id] = [hit.article.id for hit in page.hits]
        if progress is not None:
            progress(done)
    figures = measure(rankings, judgements)
    found = {article for ranking in rankings.values() for article in ranking}
    sought = sorted({article for query in asked for article in wanted[query.id]} - found)
    return Evaluation(
        match=match,
        kinds=by_kind(asked, figures),
        figures=figures,
        unjudged=tuple(query.id for query in queries if not wanted.get(query.id)),
        missing=tuple(article for article in sought if not _holds(library, article)),
    )


def by_kind(queries: Sequence[JudgedQuery], figures: dict[str, dict[str, float]]) -> dict[str, KindFigures]:
    """The means over each class, the largest class first after ``all``."""
    members: dict[str, list[str]] = {}
    for query in queries:
        members.setdefault(query.kind, []).append(query.id)
    ranked = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    everything = [(str(QueryKind.ALL), [query.id for query in queries])] if queries else []
    return {
        str(kind): KindFigures(len(ids), {name: sum(figures[one][name] for one in ids) / len(ids) for name in MEASURES})
        for kind, ids in [*everything, *ranked]
    }


def _holds(library: Library, article_id: str) -> bool:
    try:
        library.article(article_id)
    except ArticleNotFound:
        return False
    return True
