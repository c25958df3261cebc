"""What every index engine must do beside searching and writing: open, build beside the live index, swap, find damage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from gisa.clause import EVERYTHING
from gisa.errors import ConfigError, IndexDamaged
from gisa.index.engine import open_engine
from gisa.ports import IndexEngine, IndexReader
from tests.conformance.test_index import entry
from tests.said import refused
from tests.servers import OPENSEARCH_KEPT, new_opensearch_url

OpenEngine = Callable[[], IndexEngine]
"""Opens one more engine over the same index, as another process would."""


@pytest.fixture(params=["embedded", "opensearch"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenEngine]:
    with ExitStack() as stack:
        url = None if request.param == "embedded" else stack.enter_context(new_opensearch_url())
        yield lambda: open_engine(url, folder=tmp_path / "index", remote=OPENSEARCH_KEPT)


@pytest.fixture
def engine(another: OpenEngine) -> Iterator[IndexEngine]:
    with closing(another()) as opened:
        yield opened


def build(engine: IndexEngine, *seqs: int) -> None:
    """An index anew, with these articles, as of the change with the last one's number."""
    with engine.building() as writer:
        writer.put([entry(seq, "나루시 예산") for seq in seqs])
        writer.commit(change_seq=max(seqs, default=0))


def _build_and_fail(engine: IndexEngine) -> None:
    with engine.building() as writer:
        writer.commit(change_seq=9)
        raise ZeroDivisionError


def count(reader: IndexReader) -> int:
    return reader.count(EVERYTHING)


def test_nothing_is_there_before_the_first_build(engine: IndexEngine) -> None:
    """Without a build there is no index, and neither reader nor writer: the error names the remedy."""
    assert not engine.is_built()
    with pytest.raises(IndexDamaged, match="gisa reindex"):
        engine.reader()
    with pytest.raises(IndexDamaged, match="gisa reindex"), engine.writing():
        pass


def test_an_index_can_be_built_without_articles(engine: IndexEngine) -> None:
    """An empty index is an index: it is searched, and holds no change."""
    build(engine)

    assert engine.is_built()
    assert count(engine.reader()) == engine.reader().change_seq == 0


def test_own_commit_is_seen_at_once(engine: IndexEngine) -> None:
    """A reader sees what its own engine has committed or built, however shortly it has looked before."""
    build(engine, 1)
    reader = engine.reader()
    before = count(reader), reader.change_seq
    with engine.writing() as writer:
        writer.put([entry(2, "나루시")])
        writer.commit(change_seq=2)
        after_commit = count(reader), reader.change_seq
    build(engine, 1, 2, 3)

    assert before == (1, 1)
    assert after_commit == (2, 2)
    assert (count(reader), reader.change_seq) == (3, 3)
    assert engine.reader() is reader


def test_another_process_sees_a_commit_in_time(engine: IndexEngine, another: OpenEngine) -> None:
    """A reader that is open elsewhere sees commits, swaps and forgotten answers once ``seen_within_s`` has passed."""
    build(engine, 1)
    with closing(another()) as other:
        reader = other.reader()
        seen = [(count(reader), reader.stamp)]
        with engine.writing() as writer:
            writer.put([entry(2, "나루시")])
            writer.commit(change_seq=2)
        time.sleep(engine.seen_within_s)
        seen.append((count(reader), reader.stamp))
        build(engine, 1, 2, 3)
        time.sleep(engine.seen_within_s)
        seen.append((count(reader), reader.stamp))
        engine.forget_answers()
        time.sleep(engine.seen_within_s)
        seen.append((count(reader), reader.stamp))

    assert engine.seen_within_s <= 1.0
    assert [number for number, _ in seen] == [1, 2, 3, 3]
    assert len({stamp for _, stamp in seen}) == 4


def test_what_was_not_committed_is_given_up(engine: IndexEngine) -> None:
    """Leaving ``writing`` without a commit changes nothing."""
    build(engine, 1)
    with engine.writing() as writer:
        writer.put([entry(2, "나루시")])

    assert count(engine.reader()) == 1


def test_the_live_index_serves_while_the_next_is_built(engine: IndexEngine) -> None:
    """Nothing of a build shows before it is whole; then all of it does, as another generation."""
    build(engine, 1)
    first = engine.generation
    with engine.building() as writer:
        writer.put([entry(1, "나루시"), entry(2, "나루시")])
        writer.commit(change_seq=2)
        meanwhile = count(engine.reader())

    assert meanwhile == 1
    assert count(engine.reader()) == 2
    assert engine.generation != first


def test_a_build_that_fails_leaves_the_live_index(engine: IndexEngine) -> None:
    """An exception discards the new index and gives its room back; the live one goes on."""
    build(engine, 1)
    first, size = engine.generation, engine.size_bytes()
    with pytest.raises(ZeroDivisionError):
        _build_and_fail(engine)

    assert (engine.generation, engine.size_bytes()) == (first, size)
    assert engine.reader().change_seq == 1


def test_a_temporary_index_touches_nothing(engine: IndexEngine) -> None:
    """An index apart is a whole engine of its own, and the live index does not notice."""
    build(engine, 1)
    stamp, size = engine.reader().stamp, engine.size_bytes()
    with engine.apart() as apart:
        built_before = apart.is_built()
        build(apart, 1, 2)
        found = count(apart.reader())

    assert (built_before, found) == (False, 2)
    assert (count(engine.reader()), engine.reader().stamp, engine.size_bytes()) == (1, stamp, size)


def test_a_whole_index_has_no_damage(engine: IndexEngine) -> None:
    """Nothing is wrong with what has just been written, nor where nothing has been written yet."""
    before = list(engine.damage())
    build(engine, 1)

    assert before == list(engine.damage()) == []


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    """A setting that names no engine of Gisa's says so before anything is opened."""
    with refused(ConfigError, "'solr'"):
        open_engine("solr://host", folder=tmp_path)


def test_builds_that_serve_no_more_can_be_discarded(engine: IndexEngine) -> None:
    """Nothing of them is left; what serves, and a build that is under way, stay."""
    build(engine, 1)
    build(engine, 2, 3)
    with engine.building() as writer:
        writer.put([entry(number, "나루시 예산") for number in (4, 5, 6)])
        engine.discard_old()
        before = count(engine.reader())
        writer.commit(change_seq=6)

    assert before == 2
    assert count(engine.reader()) == 3
