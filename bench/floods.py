"""``python -m bench floods``: hits of single words that only cross a boundary, by an analyser other than Gisa's, for reading.

The queries are the single words of 한글 of the trending log and 500 nouns that Kiwi finds in the texts, drawn by a fixed seed.
A hit is a *flood* if its letters stand in the article and every place of them crosses an end of Kiwi's morphemes of whole
sentences without beginning and ending at one. It is none if Kiwi reads a form of the same verb somewhere in the article. Places
within one longer morpheme cross nothing and are told apart. What holds the letters as a plain substring and is no hit is a miss;
it is offered under “단어 안에서”, and counted there. Needs ``kiwipiepy`` (``requirements/bench.txt``).
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum, auto
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
_EOJEOL: Final = re.compile(r"\w+")
_VERBS: Final = ("VV", "VA", "VX", "VCN", "XR")
_SHOWN: Final = 60


class Judgement(Enum):
    STANDS = auto()
    """It begins and ends where morphemes do, or is a form of a verb that stands there."""
    WITHIN = auto()
    """A place within one longer morpheme."""
    CROSSES = auto()
    """Only places that cross the end of a morpheme."""
    NOWHERE = auto()
    """Its letters are not there: found as a figure, an ending or in another spelling."""


class Places(NamedTuple):
    """Where another analyser's morphemes of an article begin and end (characters of ``text``)."""

    text: str
    begins: frozenset[int]
    ends: frozenset[int]
    verbs: frozenset[str]
    """Stems of the verbs and adjectives."""

    def judge(self, word: str, stem: str) -> Judgement:
        """How the word stands here, whatever spaces and marks are between its letters. ``stem``: see ``_stem``."""
        if stem and stem in self.verbs:
            return Judgement.STANDS
        found = Judgement.NOWHERE
        for match in re.finditer(r"\W{0,3}".join(word), self.text):
            start, end = match.span()
            if start in self.begins and end in self.ends:
                return Judgement.STANDS
            crosses = any(place in self.begins for place in range(start + 1, end))
            found = Judgement.CROSSES if crosses and found is not Judgement.WITHIN else Judgement.WITHIN
        return found


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
    judged: Counter[Judgement] = Counter()
    floods: list[Flood] = []
    flooded: list[str] = []
    with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
        library.add(articles)
        for word in words:
            found = _found_by(library, word)
            stem = _stem(kiwi, word)
            judgements = {id_: places[id_].judge(word, stem) for id_ in found}
            judged.update(judgements.values())
            wrong = [id_ for id_, each in judgements.items() if each is Judgement.CROSSES]
            held = {id_ for id_, place in places.items() if word in place.text}
            hits += len(found)
            misses += len(held - found)
            offered += library.search(word, limit=1, as_typed=True).inside or 0
            floods += [Flood(word, id_, _context(places[id_].text, word)) for id_ in wrong]
            if found and len(wrong) == len(found):
                flooded.append(word)
    print(f"{len(words)} words, {len(articles):,} articles, {hits:,} hits\n")
    print(
        f"floods: {len(floods)} ({len(floods) / max(hits, 1):.2%}); nothing but floods: {', '.join(flooded) or 'none'}"
    )
    within, nowhere = judged[Judgement.WITHIN], judged[Judgement.NOWHERE]
    print(f"within one longer morpheme: {within:,}; in other letters: {nowhere:,}")
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
    begins, ends, verbs = set(), set(), set()
    for token in kiwi.tokenize(text):
        begins.add(token.start)
        ends.add(token.start + token.len)
        if token.tag in ("NNG", "NNP"):
            nouns[token.form] += 1
        elif token.tag.startswith(_VERBS):
            verbs.add(token.form)
    for match in _EOJEOL.finditer(text):
        begins.add(match.start())
        ends.add(match.end())
    return Places(text, frozenset(begins), frozenset(ends), frozenset(verbs))


def _stem(kiwi: Any, word: str) -> str:
    """The stem of a word that Kiwi reads as a verb by itself: 늘리 for 늘렸다; empty for any other."""
    first = kiwi.tokenize(word)[0]
    return str(first.form) if first.tag.startswith(_VERBS) else ""


def _found_by(library: Library, word: str) -> set[str]:
    """The ids of every hit of the word itself, without its variants and never those of a correction."""
    keys = [variant.key for variant in library.search(word, limit=1, as_typed=True).variants]
    found: set[str] = set()
    offset = 0
    while (page := library.search(word, limit=_PAGE, offset=offset, without=keys, as_typed=True)).hits:
        found.update(hit.article.id for hit in page.hits)
        offset += len(page.hits)
    return found


def _context(text: str, word: str) -> str:
    match = re.search(r"\W{0,3}".join(word), text)
    if match is None:
        return "(its letters stand nowhere: another form)"
    return " ".join(text[max(0, match.start() - 12) : match.end() + 12].split())
