"""``python -m eval.folds``: the weights chosen on four fifths of the questions, measured on the fifth that is left out.

A score is a sum of parts, each times its weight, so every part is asked of the index once for every question, and a choice of
weights is then an addition. Two weights stay as they ship: that of variants, which multiplies others, and that of a query which
stands in a headline, which no question does. Choosing begins anywhere but with what ships, which was chosen on all questions.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import numpy
import numpy.typing as npt

import gisa
from eval.gate import FLOORS, Gate, load, measure_gate, read_gates
from gisa.archive import open_archive, sqlite_url
from gisa.evaluate.judged import JudgedQuery, Judgements, read_judgements, read_queries
from gisa.evaluate.measures import DEPTH, MEASURES, NDCG, measure
from gisa.index.tantivy_index import TantivyReader
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.model import SEOUL, Match, Sort
from gisa.ports import IndexQuery
from gisa.query.expansion import WordExpander
from gisa.query.parse import parse
from gisa.query.plan import compile_query
from gisa.query.scoring import SHIPPED, Weights
from gisa.text.analyser import MecabAnalyser

FOLDS: Final = 5
TRIED: Final[Mapping[str, Sequence[float]]] = {
    "stream": (0.0, 0.5, 1.0, 2.0, 3.0, 4.0),
    "title": (0.0, 0.2, 0.4, 0.7, 1.0, 1.5),
    "named": (0.0, 2.0, 5.0, 8.0),
    "neighbours": (0.0, 0.25, 0.5, 1.0),
}
"""In this order, and round again until nothing is gained."""
_NOTHING: Final = Weights(title=0, stream=0, neighbours=0, named=0)
_STARTS: Final = 12
"""Each at random among the values, the same ones in every run: one climb alone often ends on a lower hill."""
_EVERY: Final = 20_000
"""More articles than a gate's corpus holds."""

Floats = npt.NDArray[numpy.float64]
Figures = dict[str, dict[str, float]]


class Parts(NamedTuple):
    """What each part gives the articles that match a question."""

    ids: tuple[str, ...]
    base: Floats
    """By article: the terms of the body, which every weight stands beside."""
    by_weight: Floats
    """By weight in the order of ``TRIED``, by article."""


def parts_of(queries: Sequence[JudgedQuery], index: TantivyReader, ids: Mapping[int, str]) -> dict[str, Parts]:
    """Ask the index for every part, for every question."""
    expander = WordExpander(MecabAnalyser(), packaged_lexicon(), on=datetime.now(SEOUL).date())
    found: dict[str, Parts] = {}
    for query in queries:
        rows = [_scores(query.text, expander, index, weights) for weights in _one_by_one()]
        order = list(rows[0])
        values = numpy.array([[row[seq] for seq in order] for row in rows])
        found[query.id] = Parts(tuple(ids[seq] for seq in order), values[0], values[1:] - values[0])
    return found


def _one_by_one() -> Iterator[Weights]:
    """No weight, then each alone."""
    yield _NOTHING
    for name in TRIED:
        yield replace(_NOTHING, **{name: 1.0})


def _scores(text: str, expander: WordExpander, index: TantivyReader, weights: Weights) -> dict[int, float]:
    """The score of every article that holds one of the words, newest first of equals."""
    parsed = parse(text)
    plan = parsed.root and compile_query(parsed.root, expander, match=Match.ANY, typed=parsed.text, weights=weights)
    if not plan:
        return {}
    asked = IndexQuery(match=plan.match, score=plan.score, sort=Sort.RELEVANCE, limit=_EVERY, offset=0)
    return {hit.seq: hit.score or 0.0 for hit in index.search(asked).hits}


def figures_of(parts: Mapping[str, Parts], judgements: Judgements, weights: Weights) -> Figures:
    """Each question's own figures with these weights."""
    factors = numpy.array([getattr(weights, name) for name in TRIED])
    rankings: dict[str, list[str]] = {}
    for query, (ids, base, by_weight) in parts.items():
        score = base + factors @ by_weight
        best = numpy.argsort(-score, kind="stable")[:DEPTH]
        rankings[query] = [ids[place] for place in best]
    return measure(rankings, judgements)


def mean(figures: Figures, queries: Sequence[str], name: str = NDCG) -> float:
    return sum(figures[query][name] for query in queries) / len(queries)


class Chooser:
    """Chooses weights on some of the questions; remembers what each choice gives."""

    def __init__(self, parts: Mapping[str, Parts], judgements: Judgements) -> None:
        self._parts, self._judgements = parts, judgements
        self._known: dict[Weights, Figures] = {}

    def figures(self, weights: Weights) -> Figures:
        if weights not in self._known:
            self._known[weights] = figures_of(self._parts, self._judgements, weights)
        return self._known[weights]

    def choose(self, queries: Sequence[str]) -> Weights:
        """The best weights for these questions, of several climbs."""
        random = Random(0)
        starts = [
            replace(_NOTHING, **{name: random.choice(values) for name, values in TRIED.items()}) for _ in range(_STARTS)
        ]
        return max(
            (self._climb(start, queries) for start in starts), key=lambda each: mean(self.figures(each), queries)
        )

    def _climb(self, start: Weights, queries: Sequence[str]) -> Weights:
        """Coordinate ascent: one weight after the other, until nothing is gained."""
        best, reached = start, mean(self.figures(start), queries)
        before = None
        while best != before:
            before = best
            for name, values in TRIED.items():
                for weights in [replace(best, **{name: value}) for value in values]:
                    figure = mean(self.figures(weights), queries)
                    if figure > reached:
                        best, reached = weights, figure
        return best


def main() -> int:
    """0, or 1 when the data is not here."""
    default = Path(__file__).parent.parent.parent / "shared" / "data"
    data_dir = Path(os.environ.get("GISA_TEST_DATA") or default)
    for gate in read_gates(FLOORS.read_text(encoding="utf-8")):
        if not (data_dir / gate.corpus).exists():
            print(f"{gate.name}: {data_dir / gate.corpus} is not here (set GISA_TEST_DATA)", file=sys.stderr)
            return 1
        with tempfile.TemporaryDirectory() as folder:
            _report(gate, data_dir, Path(folder))
    return 0


def _report(gate: Gate, data_dir: Path, folder: Path) -> None:
    """Print one gate's figures, as they ship and by folds."""
    judgements, _ = read_judgements(data_dir / gate.qrels)
    with gisa.open(folder) as library:
        load(gate, data_dir, library)
        shipped = measure_gate(gate, data_dir, library).figures
        settings = library.settings
    queries = [query for query in read_queries(data_dir / gate.queries)[0] if query.id in shipped]
    with closing(open_archive(sqlite_url(settings.archive_path))) as archive:
        ids = {each.seq: each.article.id for batch in archive.each(batch=500) for each in batch}
    with closing(TantivyReader(settings.index_dir)) as index:
        chooser = Chooser(parts_of(queries, index, ids), judgements)
    asked = [query.id for query in queries]
    print(f"{gate.name}: {len(asked)} questions, {len(ids):,} articles\n")
    _print("as it ships, by searching", shipped, asked)
    _print("as it ships, added up here", chooser.figures(SHIPPED), asked)
    held_out: Figures = {}
    for fold in range(FOLDS):
        left_out = asked[fold::FOLDS]
        weights = chooser.choose([query for query in asked if query not in left_out])
        held_out |= {query: chooser.figures(weights)[query] for query in left_out}
        _print(f"fold {fold + 1}: {_changed(weights)}", held_out, left_out)
    _print("held-out, all folds", held_out, asked)
    best = chooser.choose(asked)
    _print(f"chosen on all: {_changed(best)}", chooser.figures(best), asked)


def _print(label: str, figures: Figures, queries: Sequence[str]) -> None:
    print("  ".join(f"{name} {mean(figures, queries, name):.4f}" for name in MEASURES), label, flush=True)


def _changed(weights: Weights) -> str:
    """The weights that are not as they ship."""
    changed = [f"{name} {value:g}" for name, value in asdict(weights).items() if value != getattr(SHIPPED, name)]
    return ", ".join(changed) or "as it ships"


if __name__ == "__main__":
    sys.exit(main())
