"""Judged queries: reading them, their classes, and the figures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import gisa
from gisa.errors import ConfigError, SourceError
from gisa.evaluate.evaluation import evaluate
from gisa.evaluate.judged import JudgedQuery, read_judgements, read_queries
from gisa.evaluate.kinds import QueryKind, kind_of
from gisa.evaluate.measures import measure
from gisa.library import Library
from gisa.model import Match
from tests.said import reason_of, refused
from tests.stories.labelled import families


def written(path: Path, *lines: str) -> Path:
    """A file of lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"text": "나루"}', "id is missing"),
        ('{"id": "b", "text": " "}', "text is missing"),
        ('{"id": "b", "text": "나루", "class": 3}', "class 3 is not a name"),
        ('{"id": "b", "text": "나루", "class": "all"}', "class 'all' is not a name"),
        ('{"id": "a", "text": "나루"}', "taken by an earlier line"),
    ],
)
def test_a_bad_query_is_named_and_the_rest_counts(tmp_path: Path, line: str, reason: str) -> None:
    """A line that is no query is a reject with its place; the others are read."""
    path = written(tmp_path / "q.jsonl", '{"id": "a", "text": "나루시장"}', "", line, '{"id": "c", "text": "해온도"}')

    queries, [reject] = read_queries(path)

    assert [query.id for query in queries] == ["a", "c"]
    assert reject.place == "q.jsonl:3"
    assert reason in reason_of(reject)


def test_a_class_of_the_file_wins(tmp_path: Path) -> None:
    """A query's class is the file's where it has one, else that of its shape."""
    path = written(tmp_path / "q.jsonl", '{"id": "a", "text": "나루", "class": "지명"}', '{"id": "b", "text": "나루"}')

    queries, _ = read_queries(path)

    assert [query.kind for query in queries] == ["지명", QueryKind.WORD]


@pytest.mark.parametrize("line", ["q1\ta 1\t1", "q1 0 b 1", "q1\t0\tb\t1", "q1 b 1"])
def test_judgements_as_tsv_or_trec(tmp_path: Path, line: str) -> None:
    """Three columns or TREC's four, by tabs or spaces; an id between tabs may hold a space."""
    judgements, rejects = read_judgements(written(tmp_path / "r.tsv", line))

    assert judgements == {"q1": {"a 1" if "a 1" in line else "b": 1}}
    assert rejects == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("q1 a", "not a judgement"),
        ("q1\t\t1", "not a judgement"),
        ("query-id\tcorpus-id\tscore", "'score' is not a whole number"),
        ("q1\ta\t0", "judges this article otherwise"),
    ],
)
def test_a_bad_judgement_is_named_and_the_rest_counts(tmp_path: Path, line: str, reason: str) -> None:
    """A line that is no judgement is a reject with its place; the others are read."""
    judgements, [reject] = read_judgements(written(tmp_path / "r.tsv", "q1\ta\t1", line, "q2\tb\t-1"))

    assert judgements == {"q1": {"a": 1}, "q2": {"b": -1}}
    assert reject.place == "r.tsv:2"
    assert reason in reason_of(reject)


def test_a_file_that_does_not_open_is_an_error(tmp_path: Path) -> None:
    """A missing file raises, with its name."""
    with refused(SourceError, r"none\.tsv"):
        read_judgements(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("나루산의 높이는?", QueryKind.QUESTION),
        ("나루시 시장은 누구인가요", QueryKind.QUESTION),
        ("2배인가요", QueryKind.QUESTION),
        ("어느 나라 사람", QueryKind.QUESTION),
        ("왜곡 보도", QueryKind.WORDS),
        ("평가", QueryKind.WORD),
        ("2025 예산안", QueryKind.NUMBER),
        ("심우정", QueryKind.WORD),
        ("한라장사 결승", QueryKind.WORDS),
    ],
)
def test_class_by_shape(text: str, kind: QueryKind) -> None:
    """A query's class follows from how it is written."""
    assert kind_of(text) is kind


def test_figures_of_a_ranking() -> None:
    """The measures are trec_eval's, in the order given; a query without hits scores nothing."""
    figures = measure({"q": ["b", "a"], "none": []}, {"q": {"a": 1, "b": 0}, "none": {"a": 1}})

    assert figures["q"] == pytest.approx({"nDCG@10": 0.6309, "RR@10": 0.5, "R@100": 1.0}, abs=1e-4)
    assert figures["none"] == {"nDCG@10": 0.0, "RR@10": 0.0, "R@100": 0.0}


def test_without_the_library_of_measures_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ir_measures is missing, the error names what to install."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with refused(ConfigError, r"pip install 'gisa\[evaluate\]'"):
        measure({}, {})


def test_an_archive_is_measured(library: Library) -> None:
    """Classes have their own means; what nothing can be said about is left out and named; missing articles count as missed."""
    row = {"body": "소식을 전한다.", "published_at": "2025-06-01T09:00:00+09:00"}
    library.add([{**row, "id": "bridge", "title": "나루대교 개통"}, {**row, "id": "port", "title": "해온항 재개장"}])
    queries = [
        JudgedQuery("q1", "나루대교", "word"),
        JudgedQuery("q2", "해온항 재개장", "words"),
        JudgedQuery("q3", "도서관", "word"),
        JudgedQuery("q4", "나루", "word"),
    ]
    judgements = {"q1": {"bridge": 1}, "q2": {"port": 1, "lost": 1}, "q3": {"bridge": 1}, "q4": {"bridge": 0}}

    evaluation = evaluate(library, queries, judgements, match=Match.ALL)

    assert {name: kind.queries for name, kind in evaluation.kinds.items()} == {"all": 3, "word": 2, "words": 1}
    assert evaluation.kinds["word"].means["RR@10"] == 0.5
    assert evaluation.kinds["words"].means["R@100"] == 0.5
    assert (evaluation.unjudged, evaluation.missing) == (("q4",), ("lost",))


def test_articles_are_measured_also_where_a_paper_groups_them(tmp_path: Path) -> None:
    """Judgements are of articles: one that tells the same story as another counts as found."""
    (tmp_path / "gisa.toml").write_text("[search]\ngroup = true\n", "utf-8")
    bridge = [article for article, _ in next(families())][:4]
    with gisa.open(tmp_path) as library:
        library.add(bridge)
        grouped = library.search("나루대교").results
        judgements = {"q": {article.id: 1 for article in bridge}}
        evaluation = evaluate(library, [JudgedQuery("q", "나루대교", "word")], judgements)

    assert grouped == 1
    assert evaluation.figures["q"]["R@100"] == 1.0
