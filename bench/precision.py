"""``python -m bench.precision``: are the hits of two-syllable nouns the noun, and is every place of it found?

228 nouns of the press releases, 30 of each of five bands of frequency and 78 that stand inside other words more often than
half as often as they begin one, drawn by a fixed seed; forms that are no noun there (에게, 정이) left out. Each of their
8,975 host words (runs that hold the two syllables) was judged by hand by this rule: the noun stands there as a word of its
own, with particles and endings, or as a part that keeps its meaning (서울 in 서울시장, 회장 in 체육회장); not where the syllables
cross a boundary (의회 in 협의회), belong to a name (이동 in 이동희) or are negated (이익 in 불이익). ``precision.tsv`` holds
the words in which it is not the noun, and those about which one may differ (라인 in 온라인), which count for neither side;
in every other word it is. An article counts by the best of its words. Substring search is what a site does that knows no words.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

import gisa
from gisa.library import Library
from gisa.text.normal import normalise
from gisa.text.runs import cut

CORPUS: Final = "gov_press/corpus.jsonl.gz"
TABLE: Final = Path(__file__).with_suffix(".tsv")
_PAGE: Final = 100


class Judged(NamedTuple):
    """A noun and the words in which it is not the noun, or may be."""

    noun: str
    wrong: frozenset[str]
    debatable: frozenset[str]

    def stands_in(self, runs: frozenset[str]) -> bool | None:
        """Whether one of an article's words is or holds the noun; None where one may differ."""
        hosts = {run for run in runs if self.noun in run} - self.wrong
        return None if hosts and hosts <= self.debatable else bool(hosts)


def read_table(path: Path = TABLE) -> list[Judged]:
    """The judgements, in the order in which the nouns were drawn."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Judged(row["noun"], frozenset(row["not_the_noun"].split()), frozenset(row["debatable"].split()))
            for row in rows
        ]


def found_by(library: Library, noun: str) -> set[str]:
    """The ids of every hit of the noun itself, without its variants."""
    keys = [variant.key for variant in library.search(noun, limit=1).variants]
    ids: set[str] = set()
    offset = 0
    while True:
        page = library.search(noun, limit=_PAGE, offset=offset, without=keys)
        ids.update(hit.article.id for hit in page.hits)
        offset += _PAGE
        if offset >= page.total:
            return ids


def main() -> None:
    default = Path(os.environ.get("GISA_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
    parser = argparse.ArgumentParser(prog="python -m bench.precision", description="Precision of two-syllable nouns.")
    parser.add_argument("--data", type=Path, default=default, metavar="PATH", help="default: $GISA_TEST_DATA")
    with gzip.open(parser.parse_args().data / CORPUS) as lines:
        articles: list[dict[str, Any]] = [row for row in map(orjson.loads, lines) if row["body"].strip()]
    runs = {row["id"]: frozenset(cut(normalise(f"{row['title']}\n{row['body']}"))) for row in articles}
    judged = read_table()
    counts: Counter[tuple[str, bool]] = Counter()
    missed = 0
    with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
        library.add(articles)
        for each in judged:
            found = found_by(library, each.noun)
            for article, words in runs.items():
                holds = any(each.noun in run for run in words)
                right = each.stands_in(words)
                if right is None:
                    continue
                counts["Gisa", right] += article in found
                counts["substring", right] += holds
                missed += right and article not in found
    print(f"{len(judged)} nouns of two syllables, {len(articles):,} press releases\n")
    print("| | hits | precision | recall |\n|---|---|---|---|")
    for name, recall in (("Gisa", 1 - missed / counts["substring", True]), ("substring", 1.0)):
        hits = counts[name, True] + counts[name, False]
        print(f"| {name} | {hits:,} | {counts[name, True] / hits:.2%} | {recall:.2%} |")


if __name__ == "__main__":
    main()
