"""Relevance: what each way of cutting Korean gives on the same judged questions, and what Gisa gives. BM25 is tantivy's throughout.

Every baseline is a pair of fields, headline and body, of one helper index; a query is any of its tokens in either. The
whole-sentence one does as Elasticsearch's nori does: sentences are analysed in context, compounds and inflected forms taken
apart, and the parts of speech of nori's default stop list left out. Pairs are those of Lucene's CJK analyser: within a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import tantivy
from eval.gate import FLOORS, Gate, articles_of, load, measure_gate, read_gates
from tantivy import Document, Occur, Query, Schema, SchemaBuilder

import gisa
from bench.table import Row
from bench.workplace import Workplace, say
from gisa.evaluate.judged import JudgedQuery, read_judgements, read_queries
from gisa.evaluate.measures import DEPTH, MEASURES, measure
from gisa.text.dictionary import Dictionary
from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut
from gisa.text.views import ViewBuilder

_GATE: Final = "wiki-dev"
_STOPPED: Final = frozenset(
    "EP EF EC ETN ETM IC JKS JKC JKG JKO JKB JKV JKQ JX JC MAG MAJ MM XPN XSA XSN XSV UNA NA VSV"
    " SP SSC SSO SC SE SF SY".split()  # the last line: marks, which nori's tokenizer drops before
)
"""Nori's default stop tags."""
_HEAP_BYTES: Final = 64 * 1024 * 1024


class System(NamedTuple):
    """A baseline: what its fields weigh, by the way they are cut (headline and body alike)."""

    name: str
    weights: Mapping[str, float]


SYSTEMS: Final = (
    System("syllable pairs within words (as Lucene's CJK)", {"pairs": 1.0}),
    System("whole-sentence analysis by mecab-ko (as nori)", {"sentences": 1.0}),
    System("Gisa's terms alone", {"terms": 1.0}),
    System("Gisa's stream alone", {"stream": 1.0}),
    System("Gisa's terms and 0.3 of the stream, untuned", {"terms": 1.0, "stream": 0.3}),
)
_CUTS: Final = ("pairs", "sentences", "terms", "stream")


def measure_quality(place: Workplace) -> list[Row]:
    """The rows of this part."""
    [gate] = [gate for gate in read_gates(FLOORS.read_text(encoding="utf-8")) if gate.name == _GATE]
    if not (place.data_dir / gate.corpus).exists():
        return [Row("not measured", f"{place.data_dir / gate.corpus} is not here")]
    queries, _ = read_queries(place.data_dir / gate.queries)
    judgements, _ = read_judgements(place.data_dir / gate.qrels)
    say("a helper index of the judged articles, cut in every way")
    baselines = Baselines(gate, place)
    rows = [Row(f"{len(queries):,} questions of {_GATE}, any word", " · ".join(MEASURES))]
    for system in SYSTEMS:
        rankings = {query.id: baselines.ranking(query, system) for query in queries}
        rows.append(_row(system.name, measure(rankings, judgements)))
    say("the same articles in Gisa")
    with gisa.open(place.folder / "quality") as library:
        load(gate, place.data_dir, library)
        rows.append(_row("Gisa as it ships", measure_gate(gate, place.data_dir, library).figures))
    return rows


class Cutter:
    """Cuts texts in every way that is compared."""

    def __init__(self) -> None:
        self._views = ViewBuilder()
        self._dictionary = Dictionary()

    def cut(self, text: str) -> dict[str, list[str]]:
        """The tokens of a headline, a body or a query, by the way of cutting."""
        normal = normalise(text)
        views = self._views.text(text)
        return {
            "pairs": list(_pairs(normal)),
            "sentences": [token for line in normal.split("\n") for token in self._morphemes(line)],
            "terms": _without_barriers(views.terms),
            "stream": _without_barriers(views.stream),
        }

    def _morphemes(self, line: str) -> Iterator[str]:
        for morpheme in self._dictionary.parse(line):
            if morpheme.pieces:
                yield from (text for text, tag in morpheme.pieces if text and tag not in _STOPPED)
            elif morpheme.tag.split("+")[0] not in _STOPPED:
                yield morpheme.text


def _pairs(normal: str) -> Iterator[str]:
    for run in cut(normal):
        if is_hangul(run[0]) and len(run) > 1:
            yield from (first + second for first, second in pairwise(run))
        elif run != BARRIER:
            yield run


def _without_barriers(view: str) -> list[str]:
    return [token for token in view.split() if token != BARRIER]


class Baselines:
    """One index of the gate's articles, each way of cutting a field of its own for headline and body."""

    def __init__(self, gate: Gate, place: Workplace) -> None:
        self._cutter = Cutter()
        self._schema = _schema()
        folder = place.folder / "baselines"
        folder.mkdir()
        self._index = tantivy.Index(self._schema, path=str(folder))
        writer = self._index.writer(_HEAP_BYTES, 1)
        for fields in articles_of(gate, place.data_dir):
            document = Document()
            document.add_text("id", fields["id"])
            for part in ("title", "body"):
                for way, tokens in self._cutter.cut(fields[part]).items():
                    document.add_text(f"{part}_{way}", " ".join(tokens))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ranking(self, query: JudgedQuery, system: System) -> list[str]:
        """The ids of the best articles of one baseline."""
        tokens = self._cutter.cut(query.text)
        wanted = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, f"{part}_{way}", token), weight))
            for way, weight in system.weights.items()
            for token in dict.fromkeys(tokens[way])
            for part in ("title", "body")
        ]
        searcher = self._index.searcher()
        hits = searcher.search(Query.boolean_query(wanted), limit=DEPTH).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]


def _schema() -> Schema:
    builder = SchemaBuilder()
    for way in _CUTS:
        for part in ("title", "body"):
            builder.add_text_field(f"{part}_{way}", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    return builder.build()


def _row(name: str, figures: Mapping[str, Mapping[str, float]]) -> Row:
    means = [sum(each[measured] for each in figures.values()) / len(figures) for measured in MEASURES]
    return Row(name, " · ".join(f"{value:.3f}" for value in means))
