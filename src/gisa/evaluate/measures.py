"""The measures, by ``ir_measures``: the one door to that library, which comes with ``pip install 'gisa[evaluate]'``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message

NDCG: Final = "nDCG@10"
"""How well the first ten are ordered by relevance; 1 is as well as possible."""
RR: Final = "RR@10"
"""One over the rank of the first relevant article among ten; 0 for none. Its mean is the MRR."""
RECALL: Final = "R@100"
"""The share of the relevant articles that is among the first hundred."""
MEASURES: Final = (NDCG, RR, RECALL)
DEPTH: Final = 100
"""Hits that the measures look at."""


def measure(
    rankings: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Each query's figures by measure. Raises ``ConfigError`` where the library is missing.

    Ranks become falling scores, because trec_eval orders equal scores by id, backwards.
    """
    try:
        import ir_measures  # takes numpy and scipy along, which nothing else here needs
    except ImportError as error:
        raise ConfigError(Message(ConfigCode.MEASURES_MISSING, error=str(error))) from error
    run = {
        query: {article: float(-rank) for rank, article in enumerate(ranking)} for query, ranking in rankings.items()
    }
    figures: dict[str, dict[str, float]] = {query: dict.fromkeys(MEASURES, 0.0) for query in rankings}
    asked = [ir_measures.parse_measure(name) for name in MEASURES]
    qrels = {query: dict(judgements[query]) for query in rankings}
    for figure in ir_measures.iter_calc(asked, qrels, run):
        figures[figure.query_id][str(figure.measure)] = float(figure.value)
    return figures
