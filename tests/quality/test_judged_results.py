"""What stands among the first ten: floors on results of 66 queries, judged by hand.

``judged_results.tsv`` holds query, article and label alone: 2 what a reader of that query wants, 1 an aside, 0 neither. 1,053 were
judged before; 96 that came up since are judged like them, and results nobody judged count as not wanted.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

import gisa
from gisa.library import Library
from gisa.sample import open_articles
from tests.conftest import DATA

_WANTED = "2"
_CORPORA = ("gov_press", "petitions")

FLOORS = [
    pytest.param("exact", {"sort": "newest"}, 0.31, id="newest, all"),
    pytest.param("exact", {"sort": "newest", "about": True}, 0.71, id="newest, about"),
    pytest.param("exact", {"sort": "recommended"}, 0.64, id="recommended, all"),
    pytest.param("exact", {"sort": "recommended", "about": True}, 0.79, id="recommended, about"),
    pytest.param("relaxed", {"sort": "newest"}, 0.34, id="relaxed"),
    pytest.param("question", {"sort": "newest"}, 0.45, id="questions"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    for corpus in _CORPORA:
        if not (DATA / corpus).exists():
            pytest.skip(f"{DATA / corpus} is not here (set GISA_TEST_DATA)")
    with gisa.open(tmp_path_factory.mktemp("judged")) as library:
        for corpus in _CORPORA:
            with gzip.open(DATA / corpus / "corpus.jsonl.gz") as lines:
                library.add(map(orjson.loads, lines))
        library.add(open_articles())
        yield library


@pytest.fixture(scope="module")
def judged() -> dict[str, dict[str, dict[str, str]]]:
    """Kind of query → query → article → label."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    path = Path(__file__).with_name("judged_results.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["kind"]][row["query"]][row["article"]] = row["label"]
    return found


@pytest.mark.parametrize(("kind", "asked", "floor"), FLOORS)
def test_wanted_results_among_the_first_ten(
    library: Library, judged: dict[str, dict[str, dict[str, str]]], kind: str, asked: dict[str, Any], floor: float
) -> None:
    """The mean share of wanted results among a page's first ten does not fall."""
    shares = []
    for query, labels in judged[kind].items():
        hits = library.search(query, limit=10, **asked).hits
        wanted = sum(labels.get(hit.article.id) == _WANTED for hit in hits)
        shares.append(wanted / max(len(hits), 1))

    assert sum(shares) / len(shares) >= floor


def test_what_is_about_a_query_is_wanted(library: Library, judged: dict[str, dict[str, dict[str, str]]]) -> None:
    """Of judged results that are kept as about the query three in four are wanted, and nine in ten wanted ones are kept."""
    kept = right = wanted = 0
    for query, labels in judged["exact"].items():
        every = {hit.article.id for hit in library.search(query, limit=100).hits}
        page = library.search(query, limit=100, about=True)
        about = {hit.article.id for hit in page.hits} if page.about else set()
        for article in every & labels.keys():
            wanted += labels[article] == _WANTED
            kept += article in about
            right += article in about and labels[article] == _WANTED

    assert right / kept >= 0.77
    assert right / wanted >= 0.90
