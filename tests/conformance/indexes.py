"""Every index that the conformance suite runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from gisa.index.engine import open_engine
from gisa.index.generations import Generations
from gisa.index.tantivy_index import TantivyReader, TantivyWriter, create_generation
from gisa.ports import IndexReader, IndexWriter
from tests.conformance.oracle import OracleIndex
from tests.servers import OPENSEARCH_KEPT, new_opensearch_url


class Opened(NamedTuple):
    """An index to test."""

    reader: IndexReader
    writer: IndexWriter


@contextmanager
def open_tantivy(folder: Path) -> Iterator[Opened]:
    """An empty tantivy index."""
    generations = Generations(folder)
    generation = create_generation(generations)
    generations.make_current(generation)
    with (
        closing(TantivyReader(folder)) as reader,
        closing(TantivyWriter(generation, committed=reader.look_again)) as writer,
    ):
        yield Opened(reader, writer)


@contextmanager
def open_oracle(_: Path) -> Iterator[Opened]:
    """The oracle itself must pass what it judges by."""
    oracle = OracleIndex()
    yield Opened(oracle, oracle)


@contextmanager
def open_opensearch(folder: Path) -> Iterator[Opened]:
    """An empty index on OpenSearch."""
    with new_opensearch_url() as url, closing(open_engine(url, folder=folder, remote=OPENSEARCH_KEPT)) as engine:
        with engine.building() as writer:
            writer.commit(change_seq=0)
        with engine.writing() as writer:
            yield Opened(engine.reader(), writer)


INDEXES: Final[dict[str, Callable[[Path], AbstractContextManager[Opened]]]] = {
    "tantivy": open_tantivy,
    "opensearch": open_opensearch,
    "oracle": open_oracle,
}
