"""``python -m bench floods``: hits of single words that only cross a boundary, by an analyser other than Gisa's, for reading.

The queries are the single words of 한글 of the trending log and 500 nouns that Kiwi finds in the texts, drawn by a fixed seed.
A hit is a *flood* if no place of the letters in the article begins and ends where one of Kiwi's morphemes of whole sentences
does. What holds the letters as a plain substring and is no hit is a miss; it is offered under “단어 안에서”, and counted there.
Needs ``kiwipiepy``, which only development has.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

import gisa
from gisa.library import Library

CORPORA: Final = ("gov_press/corpus.jsonl.gz", "petitions/corpus.jsonl.gz")
LOG: Final = "queries/trending.jsonl"
_NOUNS: Final = 500
_SEED: Final = 11
_PAGE: Final = 100
_WORD: Final = re.compile("[가-힣]{2,}")
_SHOWN: Final = 60


class Places(NamedTuple):
    """Where another analyser's morphemes of an article begin and end (characters of ``text``)."""

    text: str
    begins: frozenset[int]
    ends: frozenset[int]

    def holds(self, word: str) -> bool:
        """Whether the letters stand between boundaries, whatever spaces and marks are between them."""
        pattern = re.compile(r"\W{0,3}".join(word))
        return any(match.start() in self.begins and match.end() in self.ends for match in pattern.finditer(self.text))


class Flood(NamedTuple):
    word: str
    article: str
    context: str


def main(arguments: Sequence[str], *, data: Path, out: Path) -> int:
    """Print the table and the floods; 0, or 1 where something is missing."""
    del out
    parser = argparse.ArgumentParser(prog="python -m bench floods", description=__doc__)
    parser.add_argument("--data", type=Path, default=data, metavar="PATH", help="default: $GISA_TEST_DATA")
    parser.add_argument("--articles", type=int, metavar="N", help="of each corpus only the first N")
    asked = parser.parse_args(arguments)
    try:
        from kiwipiepy import Kiwi
    except ImportError:
        print("kiwipiepy is not installed")
        return 1
    kiwi: Any = Kiwi()
    articles = list(_articles(asked.data, asked.articles))
    nouns: Counter[str] = Counter()
    places = {row["id"]: _places(kiwi, f"{row['title']}\n{row['body']}", nouns) for row in articles}
    words = dict.fromkeys(_logged(asked.data / LOG))
    drawn = random.Random(_SEED).sample(sorted(noun for noun in nouns if len(noun) > 1), _NOUNS)
    words |= dict.fromkeys(drawn)
    hits = misses = offered = 0
    floods: list[Flood] = []
    flooded: list[str] = []
    with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
        library.add(articles)
        for word in words:
            found = _found_by(library, word)
            wrong = [id_ for id_ in found if not places[id_].holds(word)]
            held = {id_ for id_, place in places.items() if word in place.text}
            hits += len(found)
            misses += len(held - found)
            offered += library.search(word, limit=1).inside or 0
            floods += [Flood(word, id_, _context(places[id_].text, word)) for id_ in wrong]
            if found and len(wrong) == len(found):
                flooded.append(word)
    print(f"{len(words)} words, {len(articles):,} articles, {hits:,} hits\n")
    print(
        f"floods: {len(floods)} ({len(floods) / max(hits, 1):.2%}); nothing but floods: {', '.join(flooded) or 'none'}"
    )
    print(f"held as a substring and no hit: {misses:,}; offered inside words: {offered:,}\n")
    for flood in random.Random(_SEED).sample(floods, min(_SHOWN, len(floods))):
        print(f"{flood.word}: {flood.context}")
    return 0


def _articles(data: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    for name in CORPORA:
        with gzip.open(data / name) as lines:
            rows = [row for row in map(orjson.loads, lines) if row["body"].strip()]
        yield from rows[:limit]


def _logged(path: Path) -> Iterator[str]:
    for line in path.read_bytes().splitlines():
        yield from (word for word in orjson.loads(line)["text"].split() if _WORD.fullmatch(word))


def _places(kiwi: Any, text: str, nouns: Counter[str]) -> Places:
    begins, ends = set(), set()
    for token in kiwi.tokenize(text):
        begins.add(token.start)
        ends.add(token.start + token.len)
        if token.tag in ("NNG", "NNP"):
            nouns[token.form] += 1
    return Places(text, frozenset(begins), frozenset(ends))


def _found_by(library: Library, word: str) -> set[str]:
    """The ids of every hit of the word itself, without its variants."""
    keys = [variant.key for variant in library.search(word, limit=1).variants]
    found: set[str] = set()
    offset = 0
    while (page := library.search(word, limit=_PAGE, offset=offset, without=keys)).hits:
        found.update(hit.article.id for hit in page.hits)
        offset += len(page.hits)
    return found


def _context(text: str, word: str) -> str:
    match = re.search(r"\W{0,3}".join(word), text)
    if match is None:
        return "(its letters stand nowhere: another form)"
    return " ".join(text[max(0, match.start() - 12) : match.end() + 12].split())
