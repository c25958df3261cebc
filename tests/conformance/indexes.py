"""Every index that the conformance suite runs on."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from gisa.index.engine import open_engine
from gisa.index.generations import Generations
from gisa.index.opensearch_connection import access_from_url
from gisa.index.opensearch_engine import OpenSearchEngine
from gisa.index.tantivy_index import TantivyReader, TantivyWriter, create_generation
from gisa.ports import IndexReader, IndexWriter
from tests.conformance.oracle import OracleIndex

OPENSEARCH_URL: Final = os.environ.get("GISA_TEST_OPENSEARCH_URL")
"""A cluster to test on; ``tools/start-opensearch`` starts one and prints its address."""

NEEDS_OPENSEARCH: Final = "GISA_TEST_OPENSEARCH_URL names no OpenSearch to test on (tools/start-opensearch starts one)"


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
def new_opensearch_url() -> Iterator[str]:
    """The address of an index that does not exist yet; what stands there afterwards is deleted. Skips without a cluster."""
    if OPENSEARCH_URL is None:
        pytest.skip(NEEDS_OPENSEARCH)
    url = f"{OPENSEARCH_URL}/gisa-test-{uuid.uuid4().hex[:10]}"
    yield url
    with closing(OpenSearchEngine(access_from_url(url, env=os.environ))) as engine:
        engine.delete()


@contextmanager
def open_opensearch(folder: Path) -> Iterator[Opened]:
    """An empty index on OpenSearch."""
    with new_opensearch_url() as url, closing(open_engine(url, folder=folder)) as engine:
        with engine.building() as writer:
            writer.commit(change_seq=0)
        with engine.writing() as writer:
            yield Opened(engine.reader(), writer)


INDEXES: Final[dict[str, Callable[[Path], AbstractContextManager[Opened]]]] = {
    "tantivy": open_tantivy,
    "opensearch": open_opensearch,
    "oracle": open_oracle,
}
