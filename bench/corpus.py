"""What is measured on: articles and queries. The load-test data where it is, the sample newspaper repeated where not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

import orjson

from gisa.sample import open_articles

ARTICLES: Final = "scale/wiki-60k.jsonl.gz"
QUERIES: Final = "queries/trending.jsonl"
_SAMPLE_ARTICLES: Final = 10_000
"""How many articles the repeated sample makes unless told otherwise."""


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
        with _open(self.path) as lines:
            yield from map(orjson.loads, lines)


def prepare_corpus(data_dir: Path, folder: Path, *, limit: int | None) -> Corpus:
    """The corpus of ``data_dir``, at most ``limit`` articles; what has to be written for it goes into ``folder``."""
    source, wanted = data_dir / ARTICLES, limit
    if source.exists():
        name, path = ARTICLES, source
        if wanted is not None:
            path = folder / "articles.jsonl.gz"
            with _open(source) as lines:
                _write(path, islice(lines, wanted))
    else:
        name, path = (
            "the sample newspaper, repeated (its words soon all known: too kind to analysis)",
            folder / "a.jsonl.gz",
        )
        _write(path, _repeated_sample(wanted or _SAMPLE_ARTICLES))
    articles = characters = size_bytes = 0
    with _open(path) as lines:
        for line in lines:
            fields = orjson.loads(line)
            articles += 1
            characters += len(fields["title"]) + len(fields["body"])
            size_bytes += len(fields["title"].encode()) + len(fields["body"].encode())
    queries_name, queries = _queries(data_dir)
    return Corpus(
        name=name,
        path=path,
        articles=articles,
        characters=characters,
        size_bytes=size_bytes,
        queries_name=queries_name,
        queries=queries,
    )


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
