"""What every index must do: one suite over all of them, and generated queries that must agree with the oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gisa.clause import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    AtLeast,
    Beyond,
    Boost,
    Clause,
    Not,
    Numbered,
    Phrase,
    PublishedBetween,
    SyllableIn,
    Token,
    Worth,
)
from gisa.errors import IndexDamaged, IndexOutdated
from gisa.index.generations import Generations
from gisa.index.tantivy_index import TantivyReader
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.model import Sort
from gisa.ports import IndexEntry, IndexQuery, IndexReader, IndexRemoval
from gisa.query.expansion import WordExpander
from gisa.query.parse import parse
from gisa.query.plan import compile_query
from gisa.text.analyser import MecabAnalyser
from gisa.text.views import BODY_STREAM, BODY_TERMS, BYLINE_NAMES, TITLE_TERMS, ViewBuilder
from tests.conformance.indexes import INDEXES, Opened, open_oracle, open_tantivy

ANALYSER = MecabAnalyser()
BUILDER = ViewBuilder()


@pytest.fixture(params=INDEXES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    with INDEXES[request.param](tmp_path / "index") as opened:
        yield opened


def entry(seq: int, title: str, body: str = "", *, at: int = 0, section: str = "", revision: int = 1) -> IndexEntry:
    """An article as an index takes it."""
    views = BUILDER.article(title=title, body=body, byline=("홍예담 기자",), section=section)
    return IndexEntry(seq=seq, revision=revision, published_at_s=at, section=section, views=views)


def seqs(
    reader: IndexReader, match: Clause, sort: Sort = Sort.NEWEST, *, limit: int = 100, offset: int = 0
) -> list[int]:
    """The numbers of the hits, in order."""
    query = IndexQuery(match=match, score=None, sort=sort, limit=limit, offset=offset)
    return [hit.seq for hit in reader.search(query).hits]


def clause_of(query: str) -> Clause:
    """A reader's query as a clause."""
    root = parse(query).root
    plan = (
        compile_query(root, WordExpander(ANALYSER, packaged_lexicon(), on=date(2025, 1, 1)))
        if root is not None
        else None
    )
    return NOTHING if plan is None else plan.match


def test_nothing_shows_before_commit(index: Opened) -> None:
    """What was put shows with the commit, and the commit says up to which change it goes."""
    index.writer.put([entry(1, "나루시 예산")])
    before = index.reader.count(EVERYTHING)
    index.writer.commit(change_seq=7)

    assert before == 0
    assert index.reader.count(EVERYTHING) == 1
    assert index.reader.change_seq == 7


def test_putting_twice_changes_nothing(index: Opened) -> None:
    """The same article again replaces itself, within a commit and across commits."""
    index.writer.put([entry(1, "나루시 예산"), entry(1, "나루시 예산")])
    index.writer.commit(change_seq=1)
    index.writer.put([entry(1, "나루시 추경")])
    index.writer.commit(change_seq=2)

    assert index.reader.count(EVERYTHING) == 1
    assert seqs(index.reader, clause_of("예산")) == []
    assert seqs(index.reader, clause_of("추경")) == [1]


def test_removed_is_gone(index: Opened) -> None:
    """A removed article is in no result and no count; removing what is not there is nothing."""
    index.writer.put([entry(1, "나루시"), entry(2, "나루시")])
    index.writer.commit(change_seq=2)
    index.writer.remove([IndexRemoval(1, 1), IndexRemoval(99, 1)])
    index.writer.commit(change_seq=3)

    assert seqs(index.reader, clause_of("나루시")) == [2]
    assert index.reader.count(EVERYTHING) == 1


def test_many_numbers_find_what_is_there(index: Opened) -> None:
    """A clause may name as many articles as share a story in a large archive; those that are not there are in no count."""
    index.writer.put([entry(1, "나루시"), entry(2, "나루시"), entry(70_000, "나루시")])
    index.writer.commit(change_seq=3)

    assert index.reader.count(Numbered(tuple(range(2, 70_001)))) == 2


def test_uncommitted_is_given_up(index: Opened) -> None:
    """Closing a writer forgets what it had not committed."""
    index.writer.put([entry(1, "나루시")])
    index.writer.close()

    assert index.reader.count(EVERYTHING) == 0


def test_order_is_total(index: Opened) -> None:
    """Newest first is by time, then by number; oldest first is the exact reverse; pages neither repeat nor skip."""
    times = [50, 10, 50, -5, 50, 10, 2_000_000_000, -4_000_000_000]
    index.writer.put([entry(number, "포항 소식", at=at) for number, at in enumerate(times, start=1)])
    index.writer.commit(change_seq=8)
    newest = seqs(index.reader, EVERYTHING)
    pages = [seq for offset in range(0, 9, 3) for seq in seqs(index.reader, EVERYTHING, limit=3, offset=offset)]

    assert newest == [7, 5, 3, 1, 6, 2, 4, 8]
    assert pages == newest
    assert seqs(index.reader, EVERYTHING, Sort.OLDEST) == newest[::-1]


def test_equal_scores_are_newest_first(index: Opened) -> None:
    """By relevance, articles of equal score are newest first, page by page, and totals are exact."""
    index.writer.put([entry(number, "포항 소식", at=number % 7) for number in range(1, 60)])
    index.writer.commit(change_seq=60)
    score = Token(TITLE_TERMS, "포항")
    found: list[int] = []
    for offset in range(0, 60, 7):
        result = index.reader.search(
            IndexQuery(match=EVERYTHING, score=score, sort=Sort.RELEVANCE, limit=7, offset=offset)
        )
        assert result.total == 59
        found += [hit.seq for hit in result.hits]

    assert found == sorted(range(1, 60), key=lambda number: (number % 7, number), reverse=True)


def test_sections_and_times_are_counted(index: Opened) -> None:
    """Facets count every matching article once; those without a section are in none."""
    index.writer.put(
        [
            entry(1, "포항", at=10, section="IT·과학"),
            entry(2, "포항", at=20, section="정치"),
            entry(3, "포항", at=30),
            entry(4, "울산", at=40, section="정치"),
        ]
    )
    index.writer.commit(change_seq=4)
    counts = index.reader.facet_counts(clause_of("포항"), since_s=[0, 20, 31], views=[BYLINE_NAMES])

    assert dict(counts.tokens[BYLINE_NAMES]) == {"홍예담": 3}
    assert dict(counts.sections) == {"IT·과학": 1, "정치": 1}
    assert counts.since == (3, 2, 0)
    assert seqs(index.reader, clause_of("분야:it과학")) == [1]


LONG_BODY = "구룡포 과메기 축제가 열렸다. " * 2_000


def test_large_article(index: Opened) -> None:
    """A very long article is found by its first and its last words."""
    index.writer.put([entry(1, "축제", "머리말 " + LONG_BODY + "꼬리말")])
    index.writer.commit(change_seq=1)

    assert seqs(index.reader, clause_of("머리말")) == [1]
    assert seqs(index.reader, clause_of('"꼬리말"')) == [1]


WORDS = st.sampled_from(
    ["국가", "AI", "센터", "센터장", "우정", "심우정", "포항", "포항시", "12", "·", ".", "北核", "유치", "장", "ai센터"]
)
TEXTS = st.lists(WORDS, max_size=8).flatmap(
    lambda words: st.lists(st.sampled_from(["", " "]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    )
)
TOKENS = st.sampled_from(["국가", "ai", "센터", "센", "우정", "포항", "12", "북핵", "장", "터장"])
FIELDS = st.sampled_from([TITLE_TERMS, BODY_TERMS, BODY_STREAM])
LEAVES: st.SearchStrategy[Clause] = st.one_of(
    st.builds(Token, FIELDS, TOKENS),
    st.builds(
        Phrase,
        FIELDS,
        st.lists(st.one_of(TOKENS, st.none()), min_size=2, max_size=4)
        .map(tuple)
        .filter(lambda tokens: tokens[0] is not None and tokens[-1] is not None),
    ),
    st.builds(SyllableIn, st.just(BODY_STREAM), st.sampled_from("센장북")),
    st.builds(Beyond, st.integers(-3, 3), st.integers(0, 7), st.booleans(), st.none() | st.integers(0, 3)),
    st.builds(Numbered, st.lists(st.integers(0, 7), max_size=3).map(tuple)),
    st.builds(PublishedBetween, st.none() | st.integers(-3, 3), st.none() | st.integers(-3, 3)),
)
CLAUSES: st.SearchStrategy[Clause] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AtLeast, st.integers(1, 3), st.lists(inner, max_size=4).map(tuple)),
        st.builds(Not, inner),
        st.builds(Boost, inner, st.just(2.0)),
        st.builds(Worth, inner, st.just(3.0)),
    ),
    max_leaves=6,
)
MOST_ARTICLES = 6


@pytest.fixture(scope="module", params=["tantivy", "opensearch"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Opened]]:
    """A real index and the oracle, to be filled alike."""
    with INDEXES[request.param](tmp_path_factory.mktemp("index")) as real, open_oracle(Path()) as oracle:
        yield real, oracle


REVISIONS = count(1)
"""An article that comes back is a later revision, as in an archive."""


def test_counts_of_one_call_are_of_one_commit(index: Opened) -> None:
    """What is committed between two counts of a call changes neither; the next call sees it."""
    index.writer.put([entry(1, "나루시 예산"), entry(2, "나루시 선거")])
    index.writer.commit(change_seq=2)
    clauses = [clause_of("나루시"), clause_of("예산"), EVERYTHING]

    counts = index.reader.count_each(clauses)
    first = next(counts)
    index.writer.put([entry(3, "나루시 예산")])
    index.writer.commit(change_seq=3)

    assert [first, *counts] == [2, 1, 2]
    assert list(index.reader.count_each(clauses)) == [3, 2, 3]
    assert list(index.reader.count_each([])) == []


@pytest.mark.parametrize("index", ["tantivy", "oracle"], indirect=True)
def test_a_count_that_is_not_asked_for_is_not_made(index: Opened) -> None:
    """An index in this process takes the next clause when its count is asked for."""
    index.writer.put([entry(1, "나루시 예산")])
    index.writer.commit(change_seq=1)
    taken: list[Clause] = []

    def clauses() -> Iterator[Clause]:
        for clause in (clause_of("나루시"), EVERYTHING):
            taken.append(clause)
            yield clause

    assert next(index.reader.count_each(clauses())) == 1
    assert len(taken) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    articles=st.lists(st.tuples(TEXTS, TEXTS, st.integers(-2, 2)), max_size=MOST_ARTICLES),
    clauses=st.lists(CLAUSES, min_size=3, max_size=6),
    queries=st.lists(TEXTS, min_size=2, max_size=4),
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST]),
)
def test_agrees_with_the_oracle(
    both: tuple[Opened, Opened],
    articles: list[tuple[str, str, int]],
    clauses: list[Clause],
    queries: list[str],
    sort: Sort,
) -> None:
    """For any articles and any query, the same articles in the same order, and the same counts, as by looking."""
    revision = next(REVISIONS)
    entries = [
        entry(number, title, body, at=at, section=title[:2], revision=revision)
        for number, (title, body, at) in enumerate(articles, 1)
    ]
    real, oracle = both
    for opened in both:
        opened.writer.remove([IndexRemoval(seq, revision - 1) for seq in range(1, MOST_ARTICLES + 1)])
        opened.writer.put(entries)
        opened.writer.commit(change_seq=1)

    for clause in [*clauses, *map(clause_of, queries)]:
        assert seqs(real.reader, clause, sort) == seqs(oracle.reader, clause, sort), clause
        assert real.reader.count(clause) == oracle.reader.count(clause)
        assert real.reader.facet_counts(clause, since_s=[0]) == oracle.reader.facet_counts(clause, since_s=[0])
    assert list(real.reader.count_each(clauses)) == list(map(oracle.reader.count, clauses))
    for within in (EVERYTHING, clauses[0]):
        for whole, at_most in ((NOTHING, MOST_ARTICLES), (clauses[-1], MOST_ARTICLES), (NOTHING, 1)):
            most = real.reader.most_held(clauses, within=within, whole=whole, at_most=at_most)
            assert most == oracle.reader.most_held(clauses, within=within, whole=whole, at_most=at_most)
            each = tuple(oracle.reader.count(AllOf((within, clause))) for clause in clauses)
            assert most.counts in (None, each)


def test_other_fingerprint_is_refused(tmp_path: Path) -> None:
    """An index of another version is named with its remedy."""
    generations = Generations(tmp_path / "index")
    generations.make_current(generations.create("0123456789abcdef"))

    with pytest.raises(IndexOutdated, match="gisa reindex"):
        TantivyReader(tmp_path / "index")


def _tear_meta(folder: Path) -> None:
    meta = folder / "meta.json"
    meta.write_bytes(meta.read_bytes()[:40])


def _name_nothing(folder: Path) -> None:
    (folder.parent / "CURRENT").write_text("g999999")


def _lose_label(folder: Path) -> None:
    (folder / "gisa.json").unlink()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no label": _lose_label,
    "torn meta": _tear_meta,
    "CURRENT names nothing": _name_nothing,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_named(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Index files that do not open are an error that names the remedy."""
    with open_tantivy(tmp_path / "index") as opened:
        opened.writer.put([entry(1, "나루시")])
        opened.writer.commit(change_seq=1)
    generation = Generations(tmp_path / "index").current()
    assert generation is not None
    damage(generation.path)

    with pytest.raises(IndexDamaged, match="gisa reindex"):
        TantivyReader(tmp_path / "index")


def test_times_before_1970() -> None:
    """Old newspapers sort before 1970 as they should."""
    from gisa.index.fields import sort_key

    old = int(datetime(1896, 4, 7, tzinfo=UTC).timestamp())

    assert sort_key(old, 1) < sort_key(0, 1) < sort_key(0, 2) < sort_key(1, 1) < 1 << 64
