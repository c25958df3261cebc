"""What is measured on: articles and queries. The load-test data where it is, the sample newspaper repeated where not.

More articles than the data holds are made by splitting: each article's body is dealt into as many pieces of contiguous text as
are needed, cut at the ends of sentences; each piece is an article under the same headline with its number, in the same section, on
a day of its own out of thirty years. So 600,000 articles hold the text of 60,000, not ten times as much: what grows is their number.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import IO, Any, Final

import orjson

from gisa.model import SEOUL
from gisa.sample import open_articles

ARTICLES: Final = "scale/wiki-60k.jsonl.gz"
QUERIES: Final = "queries/trending.jsonl"
_SAMPLE_ARTICLES: Final = 10_000
"""How many articles the repeated sample makes unless told otherwise."""
_SEED: Final = 20251008
_LAST_DAY: Final = datetime(2025, 12, 31, 23, 59, 59, tzinfo=SEOUL)
_THIRTY_YEARS_S: Final = 30 * 365 * 86_400
_SENTENCE_END: Final = re.compile(r"[.!?…]\s+|\n+")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A JSON Lines file of articles, with its size counted, and the queries to ask of it."""

    name: str
    path: Path
    articles: int
    characters: int
    """Of headlines and bodies."""
    size_bytes: int
    """Of headlines and bodies in UTF-8: the raw text that sizes are compared with."""
    queries_name: str
    queries: tuple[str, ...]

    def each(self) -> Iterator[dict[str, Any]]:
        """The articles, in the file's order."""
        return articles_in(self.path)


def prepare_corpus(data_dir: Path, folder: Path, *, limit: int | None) -> Corpus:
    """The corpus of ``data_dir``, ``limit`` articles or (None) all; what has to be written for it goes into ``folder``."""
    source, wanted = data_dir / ARTICLES, limit
    if source.exists():
        name, path = ARTICLES, source
        if wanted is not None:
            path = folder / "articles.jsonl.gz"
            with _open(source) as lines:
                held = sum(1 for _ in lines)
            with _open(source) as lines:
                if wanted <= held:
                    _write(path, islice(lines, wanted))
                else:
                    parts = -(-wanted // held)
                    name += f", each split into {parts}"
                    made = split_articles(map(orjson.loads, lines), parts=parts)
                    _write(path, (orjson.dumps(fields) + b"\n" for fields in islice(made, wanted)))
    else:
        name, path = (
            "the sample newspaper, repeated (its words soon all known: too kind to analysis)",
            folder / "a.jsonl.gz",
        )
        _write(path, _repeated_sample(wanted or _SAMPLE_ARTICLES))
    queries_name, queries = _queries(data_dir)
    articles = characters = size_bytes = 0
    for fields in articles_in(path):
        articles += 1
        characters += len(fields["title"]) + len(fields["body"])
        size_bytes += len(fields["title"].encode()) + len(fields["body"].encode())
    return Corpus(
        name=name,
        path=path,
        articles=articles,
        characters=characters,
        size_bytes=size_bytes,
        queries_name=queries_name,
        queries=queries,
    )


def articles_in(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSON Lines file, read lazily."""
    with _open(path) as lines:
        yield from map(orjson.loads, lines)


def split_articles(articles: Iterable[dict[str, Any]], *, parts: int, seed: int = _SEED) -> Iterator[dict[str, Any]]:
    """Each article as ``parts`` short ones (see the top of this file); the same for the same seed, read lazily."""
    chance = random.Random(seed)
    for fields in articles:
        for number, piece in enumerate(pieces_of(fields["body"], parts), start=1):
            moment = _LAST_DAY - timedelta(seconds=chance.randrange(_THIRTY_YEARS_S))
            yield {
                **fields,
                "id": f"{fields['id']}-{number}",
                "title": f"{fields['title']} ({number})",
                "body": piece,
                "published_at": moment.isoformat(),
            }


def pieces_of(text: str, parts: int) -> list[str]:
    """The text in ``parts`` stretches of about one length that join to it again; fewer where one would be blank.

    A cut goes to the end of a sentence next to its place, else to a space, else where it falls, never further than half a part.
    """
    length = len(text) / parts
    cuts = [0]
    for number in range(1, parts):
        place = number * length
        first, last = int(place - length / 2) + 1, int(place + length / 2)
        ends = [match.end() for match in _SENTENCE_END.finditer(text, first, last)]
        ends = ends or [match.end() for match in _SPACE.finditer(text, first, last)] or [round(place)]
        cuts.append(min(ends, key=lambda end: abs(end - place)))
    pieces: list[str] = []
    for start, end in pairwise([*cuts, len(text)]):
        if pieces and (not pieces[-1].strip() or not text[start:end].strip()):
            pieces[-1] += text[start:end]
        else:
            pieces.append(text[start:end])
    return pieces


def _queries(data_dir: Path) -> tuple[str, tuple[str, ...]]:
    path = data_dir / QUERIES
    if path.exists():
        return QUERIES, tuple(orjson.loads(line)["text"] for line in path.read_bytes().splitlines())
    titles = (draft.fields["title"].split() for draft in open_articles())
    return "the first two words of the sample's headlines", tuple(" ".join(words[:2]) for words in titles)


def _repeated_sample(count: int) -> Iterator[bytes]:
    """The sample over and over, each time with other ids and a day earlier."""
    sample: Sequence[dict[str, Any]] = [dict(draft.fields) for draft in open_articles()]
    for number in range(count):
        fields, turn = sample[number % len(sample)], number // len(sample)
        moment = datetime.fromisoformat(fields["published_at"]) - timedelta(days=turn)
        yield orjson.dumps({**fields, "id": f"{fields['id']}-{turn}", "published_at": moment}) + b"\n"


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _write(path: Path, lines: Iterator[bytes]) -> None:
    with gzip.open(path, "wb", compresslevel=6) as file:
        file.writelines(lines)
