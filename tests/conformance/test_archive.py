"""What every archive promises (``gisa.ports.Archive``), on every kind of database."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, text

from gisa.archive import SqlArchive, open_archive, sqlite_url
from gisa.errors import ArchiveError, ArticleNotFound, ArticleRemoved, SchemaError
from gisa.model import (
    SEOUL,
    Access,
    ArchivedArticle,
    Article,
    ChangeKind,
    CorrectionKind,
    Outcome,
    Picture,
    Purge,
    Removal,
    WithheldAs,
)

from .archives import KINDS, new_archive_url

NOW = datetime(2025, 12, 24, 0, 0, tzinfo=UTC)
NOON = datetime(2025, 12, 24, 12, 0, tzinfo=SEOUL)
NUMBERS = itertools.count()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with new_archive_url(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def archive(url: str) -> Iterator[SqlArchive]:
    with closing(open_archive(url, clock=lambda: NOW)) as opened:
        yield opened


def article(article_id: str = "a1", **fields: Any) -> Article:
    usual = Article(id=article_id, title="AI센터 문 연다", body="나루시가 AI센터를 연다.", published_at=NOON)
    return replace(usual, **fields)


def full_article() -> Article:
    return article(
        modified_at=NOON + timedelta(hours=1, microseconds=7),
        section="지역",
        byline=("김하늘", "이바다"),
        publisher="나루일보",
        url="https://naru.example/a1",
        pictures=(Picture(url="https://naru.example/a1.jpg", caption="나루대교", credit="홍예담 기자"),),
        subtitle="시청 앞에서",
        visible_from=NOON,
        keywords=("AI센터", "나루시"),
        lang="ko",
        correction="나루시가 아니라 해온시입니다.",
        corrected_at=NOON + timedelta(days=1),
        extra={"원고료": 3, "place": {"name": "나루", "at": [1.5, None, True]}},
    )


# --- adding ---------------------------------------------------------------------------------------------------


def test_new_article_is_added_as_first_revision(archive: SqlArchive) -> None:
    """A new article is ADDED, logged as change 1, and comes back under its id with every field."""
    (addition,) = archive.add([full_article()])

    assert addition.outcome is Outcome.ADDED
    assert addition.change is not None
    assert (addition.change.change_seq, addition.change.kind, addition.change.revision) == (1, ChangeKind.ADD, 1)
    assert addition.change.changed_at == NOW
    assert archive.get("a1") == ArchivedArticle(addition.change.article_seq, 1, full_article())


def test_adding_the_same_again_writes_nothing(archive: SqlArchive) -> None:
    """The same id and content is UNCHANGED: no revision, no line in the log."""
    archive.add([full_article()])

    (addition,) = archive.add([full_article()])

    assert (addition.outcome, addition.change) == (Outcome.UNCHANGED, None)
    assert archive.last_change_seq() == 1
    assert len(archive.revisions("a1")) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"title": "다른 제목"}, id="title"),
        pytest.param({"body": "다른 본문"}, id="body"),
        pytest.param({"published_at": NOON + timedelta(microseconds=1)}, id="published"),
        pytest.param({"modified_at": None}, id="modified"),
        pytest.param({"section": ""}, id="section"),
        pytest.param({"byline": ("이바다", "김하늘")}, id="byline"),
        pytest.param({"publisher": None}, id="publisher"),
        pytest.param({"url": "https://naru.example/a2"}, id="url"),
        pytest.param({"pictures": ()}, id="pictures"),
        pytest.param({"subtitle": None}, id="subtitle"),
        pytest.param({"visible_from": None}, id="visible from"),
        pytest.param({"withheld_as": WithheldAs.DRAFT}, id="withheld"),
        pytest.param({"access": Access.SUBSCRIBER}, id="access"),
        pytest.param({"date_only": True}, id="date only"),
        pytest.param({"excerpt": True}, id="excerpt"),
        pytest.param({"correction_kind": CorrectionKind.REPLY}, id="kind of correction"),
        pytest.param({"keywords": ()}, id="keywords"),
        pytest.param({"lang": "en"}, id="lang"),
        pytest.param({"correction": None}, id="correction"),
        pytest.param({"corrected_at": None}, id="corrected"),
        pytest.param({"extra": {}}, id="extra"),
    ],
)
def test_any_other_content_is_a_new_revision(archive: SqlArchive, fields: dict[str, Any]) -> None:
    """Whatever field differs, the article is UPDATED under its number, and the old revision is kept."""
    archive.add([full_article()])
    changed = replace(full_article(), **fields)

    (addition,) = archive.add([changed])

    assert addition.outcome is Outcome.UPDATED
    assert addition.change is not None
    assert (addition.change.kind, addition.change.revision) == (ChangeKind.UPDATE, 2)
    assert [kept.article for kept in archive.revisions("a1")] == [full_article(), changed]
    assert archive.get("a1").article == changed
    assert archive.count() == 1


def test_same_moment_in_another_zone_is_the_same_content(archive: SqlArchive) -> None:
    """A feed that starts to write its times in UTC does not revise every article."""
    archive.add([article()])

    (addition,) = archive.add([article(published_at=NOON.astimezone(UTC))])

    assert addition.outcome is Outcome.UNCHANGED


def test_id_twice_in_one_batch_is_handled_in_order(archive: SqlArchive) -> None:
    """Added, unchanged, updated, updated back: each as if given alone."""
    first, second = article(), article(title="고친 제목")

    additions = archive.add([first, first, second, first, article("a2")])

    assert [addition.outcome for addition in additions] == [
        Outcome.ADDED,
        Outcome.UNCHANGED,
        Outcome.UPDATED,
        Outcome.UPDATED,
        Outcome.ADDED,
    ]
    assert [kept.article for kept in archive.revisions("a1")] == [first, second, first]
    assert archive.count() == 2


def test_adding_nothing_is_allowed(archive: SqlArchive) -> None:
    """An empty batch answers with an empty list and leaves no trace."""
    assert archive.add([]) == []
    assert archive.remove([]) == []
    assert archive.last_change_seq() == 0


def test_large_batch_is_one_transaction(archive: SqlArchive) -> None:
    """A batch beyond every internal limit is added, found again and fetched whole."""
    articles = [article(f"a{n}", title=f"제목 {n}") for n in range(1203)]
    archive.add(articles)

    again = archive.add(articles)
    seqs = [change.article_seq for change in archive.changes(after=0, limit=2000)]

    found = archive.fetch(seqs)

    assert {addition.outcome for addition in again} == {Outcome.UNCHANGED}
    assert [found[seq].article for seq in seqs] == articles


def test_error_in_a_batch_leaves_nothing_behind(archive: SqlArchive) -> None:
    """When one article of a batch cannot be written, none of the batch is."""
    with pytest.raises(TypeError):
        archive.add([article("a1"), article("a2", extra={"when": NOON})])

    assert archive.count() == 0
    assert archive.last_change_seq() == 0


# --- removing -------------------------------------------------------------------------------------------------


def test_removed_article_leaves_a_tombstone(archive: SqlArchive) -> None:
    """A removed article is gone from every reading, its revisions and the log stay, and ``get`` says when."""
    archive.add([article("a1"), article("a2")])

    (change,) = archive.remove([Removal("a1"), Removal("missing"), Removal("a1")])

    assert (change.change_seq, change.article_id, change.kind, change.revision) == (3, "a1", ChangeKind.REMOVE, 1)
    assert archive.fetch([change.article_seq]) == {}
    assert [archived.article.id for batch in archive.each(batch=10) for archived in batch] == ["a2"]
    assert archive.count() == 1
    assert len(archive.revisions("a1")) == 1
    assert archive.changes(after=2, limit=10) == [change]
    with pytest.raises(ArticleRemoved) as raised:
        archive.get("a1")
    assert raised.value.removed_at == NOW


def test_a_tombstone_says_why(archive: SqlArchive) -> None:
    """Both reasons stay in the log, of each removal its own; whoever asks for the article is told the public one."""
    archive.add([article("a1"), article("a2")])
    archive.remove([Removal("a1", reason="법원 결정 2026카합1", public_reason="당사자의 요청"), Removal("a2", "오보")])
    archive.add([article("a1")])
    archive.remove([Removal("a1", public_reason="두 번째 요청")])

    log = archive.changes(after=2, limit=10)

    assert [(change.reason, change.public_reason) for change in log] == [
        ("법원 결정 2026카합1", "당사자의 요청"),
        ("오보", None),
        (None, None),
        (None, "두 번째 요청"),
    ]
    with pytest.raises(ArticleRemoved, match="두 번째 요청") as raised:
        archive.get("a1")
    assert raised.value.public_reason == "두 번째 요청"
    with pytest.raises(ArticleRemoved) as raised:
        archive.get("a2")
    assert raised.value.public_reason is None
    assert "오보" not in str(raised.value)


def test_what_happened_to_an_article_is_told(archive: SqlArchive) -> None:
    """Its changes alone, in order; as states without texts, and from one change to another with the revision that each made."""
    draft = article("a1", title="가제", withheld_as=WithheldAs.DRAFT)
    printed = article("a1", visible_from=NOON)
    for each in (draft, article("a2"), printed):
        archive.add([each])
    archive.remove([Removal("a1")])
    archive.add([printed])

    states = archive.states("a1")
    numbers = [state.change.change_seq for state in states]
    told = [state.headline and (state.headline.title, state.headline.opens_at) for state in states]
    opens = max(NOON, printed.published_at)

    assert numbers == [1, 3, 4, 5]
    assert told == [("가제", None), (printed.title, opens), None, (printed.title, opens)]
    history = archive.history("a1", first=1, last=5)
    assert [(entry.change, entry.article) for entry in history] == [
        (state.change, made) for state, made in zip(states, (draft, printed, None, printed), strict=True)
    ]
    assert archive.history("a1", first=2, last=4) == history[1:3]
    assert (archive.states("a9"), archive.history("a9", first=1, last=5)) == ([], [])


def test_removing_again_is_passed_over(archive: SqlArchive) -> None:
    """What is removed already is not there to remove."""
    archive.add([article()])
    archive.remove([Removal("a1")])

    assert archive.remove([Removal("a1")]) == []
    assert archive.last_change_seq() == 2


def test_removed_article_comes_back_under_its_number(archive: SqlArchive) -> None:
    """Re-adding, even the same content, is ADDED as the next revision under the old seq."""
    (added,) = archive.add([article()])
    archive.remove([Removal("a1")])

    (again,) = archive.add([article()])

    assert added.change is not None
    assert again.change is not None
    assert (again.outcome, again.change.kind, again.change.revision) == (Outcome.ADDED, ChangeKind.ADD, 2)
    assert again.change.article_seq == added.change.article_seq
    assert archive.get("a1") == ArchivedArticle(added.change.article_seq, 2, article())
    assert archive.count() == 1


@pytest.mark.parametrize("restored", [True, False], ids=["from a backup", "blank"])
def test_one_revision_is_put_back(archive: SqlArchive, *, restored: bool) -> None:
    """The revision that a change made is overwritten, by what it was or by a blank one; every other one stays."""
    archive.add([article("a1"), article("a2")])
    archive.add([article("a1", title="고친 제목")])
    first = archive.changes(after=0, limit=1)[0]

    archive.put_back(first, article("a1", title="처음 제목") if restored else None)

    titles = [each.article.title for each in archive.revisions("a1")]
    assert titles == ["처음 제목" if restored else "", "고친 제목"]
    assert archive.get("a2").article == article("a2")


# --- reading --------------------------------------------------------------------------------------------------


KEPT = "https://naru.example/news/articleView.html?idxno=1001"
ELSEWHERE = "https://naru.example/news/articleView.html?idxno=1002"
ANOTHER_DAY = NOON + timedelta(days=40)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"id": "a1"}, "a1", id="by its id"),
        pytest.param({"id": "u-made", "url": KEPT}, "a1", id="by its address, under another id"),
        pytest.param({"id": "u-made", "url": KEPT, "title": "고친 제목"}, "a1", id="by its address, of the same day"),
        pytest.param({"id": "u-made", "url": ELSEWHERE}, None, id="nowhere"),
        pytest.param({"id": "u-made"}, None, id="without an address"),
        pytest.param(
            {"id": "u-made", "url": KEPT, "title": "딴 기사", "published_at": ANOTHER_DAY}, None, id="another at its address"
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_removed", [False, True], ids=["there", "removed"])
def test_an_article_is_known_by_id_or_address(
    archive: SqlArchive, asked: dict[str, Any], found: str | None, *, is_removed: bool
) -> None:
    """The id that the archive keeps an article under is found, never one that was derived; nothing is written."""
    archive.add([article("a1", url=KEPT)])
    if is_removed:
        archive.remove([Removal("a1")])
    before = archive.last_change_seq()

    assert (
        archive.id_of(article(**{"article_id": asked["id"], **{k: v for k, v in asked.items() if k != "id"}})) == found
    )
    assert archive.last_change_seq() == before


@pytest.mark.parametrize("article_id", ["missing", "a\0b", "\ud800", "", "가" * 5000])
def test_unknown_id_is_not_found(archive: SqlArchive, article_id: str) -> None:
    """An id nobody gave, even one no database can hold, is not found: never a driver's error."""
    with pytest.raises(ArticleNotFound):
        archive.get(article_id)
    assert archive.revisions(article_id) == []
    assert archive.remove([Removal(article_id)]) == []


def test_fetch_leaves_out_unknown_numbers(archive: SqlArchive) -> None:
    """Numbers not given out are absent, numbers given twice are answered once, none is fine."""
    archive.add([article("a1"), article("a2")])
    seqs = [change.article_seq for change in archive.changes(after=0, limit=10)]

    found = archive.fetch([seqs[0], 999_999, seqs[0]])

    assert found == {seqs[0]: archive.get("a1")}
    assert archive.fetch([]) == {}


def test_fetch_gives_the_current_revision(archive: SqlArchive) -> None:
    """After an update only the new content is fetched."""
    archive.add([article(), article(title="고친 제목")])

    (archived,) = archive.fetch([archive.get("a1").seq]).values()

    assert (archived.revision, archived.article.title) == (2, "고친 제목")


def test_changes_come_in_order_and_limited(archive: SqlArchive) -> None:
    """The log is read on from any number, in pieces, without a gap."""
    archive.add([article(f"a{n}") for n in range(5)])

    assert [change.change_seq for change in archive.changes(after=0, limit=2)] == [1, 2]
    assert [change.change_seq for change in archive.changes(after=2, limit=10)] == [3, 4, 5]
    assert archive.changes(after=5, limit=10) == []


def test_change_numbers_are_never_given_again(url: str) -> None:
    """Numbers go on growing after everything was removed and the archive reopened."""
    with closing(open_archive(url)) as archive:
        archive.add([article("a1")])
        archive.remove([Removal("a1")])
    with closing(open_archive(url)) as archive:
        (addition,) = archive.add([article("a2")])

    assert addition.change is not None
    assert (addition.change.change_seq, addition.change.article_seq) == (3, 2)


def test_each_gives_everything_in_order(archive: SqlArchive) -> None:
    """Every article that is there, by number, in lists of at most the size asked for."""
    archive.add([article(f"a{n}") for n in range(7)])
    archive.remove([Removal("a3")])

    batches = list(archive.each(batch=2))

    assert [len(batch) for batch in batches] == [2, 2, 2]
    assert [archived.article.id for batch in batches for archived in batch] == ["a0", "a1", "a2", "a4", "a5", "a6"]


def test_each_holds_nothing_open(archive: SqlArchive) -> None:
    """While someone walks through the archive, writing goes on, and what comes later is seen."""
    archive.add([article("a1"), article("a2")])
    walk = archive.each(batch=1)
    next(walk)

    archive.add([article("a2", title="고친 제목"), article("a3")])

    assert [(batch[0].article.id, batch[0].revision) for batch in walk] == [("a2", 2), ("a3", 1)]


def test_each_refuses_impossible_batches(archive: SqlArchive) -> None:
    """A batch of nothing is a caller's mistake, told at once rather than an endless walk."""
    with pytest.raises(ValueError, match="batch"):
        next(archive.each(batch=0))


def test_size_grows_with_the_archive(archive: SqlArchive) -> None:
    """The size on disk is known and counts what was just written."""
    before = archive.size_bytes()

    archive.add([article(f"a{n}", body=f"{n}" + "".join(map(chr, range(0xAC00, 0xBC00)))) for n in range(50)])

    assert archive.size_bytes() > before > 0


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
OFFSETS = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))
TIMES = st.datetimes(timezones=st.one_of(st.just(UTC), st.just(SEOUL), OFFSETS, st.timezones())).filter(
    # In an hour that a clock change repeats or skips, Python holds a time equal to none of another zone (PEP 495).
    lambda time: time.utcoffset() == time.replace(fold=1 - time.fold).utcoffset()
)
ANY_TEXT = st.text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
SOME_TEXT = TEXT.filter(bool)
PICTURES = st.builds(Picture, url=TEXT, caption=st.none() | TEXT, credit=st.none() | TEXT, alt=st.none() | TEXT)
CONTENT = st.fixed_dictionaries(
    {"title": SOME_TEXT, "body": TEXT, "published_at": TIMES},
    optional={
        "modified_at": st.none() | TIMES,
        "section": st.none() | TEXT,
        "byline": st.lists(TEXT, max_size=3).map(tuple),
        "publisher": st.none() | TEXT,
        "url": st.none() | TEXT,
        "pictures": st.lists(PICTURES, max_size=3).map(tuple),
        "subtitle": st.none() | SOME_TEXT,
        "edition": st.none() | SOME_TEXT,
        "page": st.none() | SOME_TEXT,
        "date_only": st.booleans(),
        "excerpt": st.booleans(),
        "withheld_as": st.none() | st.sampled_from(WithheldAs),
        "visible_from": st.none() | TIMES,
        "access": st.sampled_from(Access),
        "correction_kind": st.none() | st.sampled_from(CorrectionKind),
        "keywords": st.lists(TEXT, max_size=3).map(tuple),
        "lang": TEXT,
        "correction": st.none() | TEXT,
        "corrected_at": st.none() | TIMES,
        "extra": st.dictionaries(ANY_TEXT, JSON, max_size=3),
    },
)
ON_ONE_ARCHIVE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=60
)


@ON_ONE_ARCHIVE
@given(content=CONTENT, ending=TEXT)
def test_any_article_comes_back_as_it_was(archive: SqlArchive, content: dict[str, Any], ending: str) -> None:
    """Every text, time (to the microsecond, with its offset) and unknown field round-trips exactly."""
    given_article = Article(id=f"{next(NUMBERS)}{ending}", **content)

    archive.add([given_article])
    kept = archive.get(given_article.id).article

    assert kept == given_article
    assert kept.published_at.utcoffset() == given_article.published_at.utcoffset()
    assert kept.published_at.replace(tzinfo=None) == given_article.published_at.replace(tzinfo=None)
    assert archive.add([given_article])[0].outcome is Outcome.UNCHANGED


IDS = st.sampled_from(["a", "b", "c", "d"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.tuples(IDS, st.sampled_from(["하나", "둘"])), max_size=4)),
        st.tuples(st.just("remove"), st.lists(IDS, max_size=3)),
    ),
    max_size=12,
)


@ON_ONE_ARCHIVE
@given(steps=STEPS)
def test_archive_agrees_with_a_dictionary(archive: SqlArchive, steps: list[tuple[str, list[Any]]]) -> None:
    """Whatever is added, revised, removed and brought back, every reading says what a dictionary would."""
    run = next(NUMBERS)
    before, log_start = archive.count(), archive.last_change_seq()
    there: dict[str, str] = {}
    history: dict[str, list[str]] = {}
    log: list[tuple[str, str, int]] = []

    for verb, items in steps:
        if verb == "add":
            archive.add([article(f"{run}-{name}", title=title) for name, title in items])
            for name, title in items:
                if there.get(name) != title:
                    history.setdefault(name, []).append(title)
                    log.append((name, "update" if name in there else "add", len(history[name])))
                    there[name] = title
        else:
            archive.remove([Removal(f"{run}-{name}") for name in items])
            gone = [name for name in dict.fromkeys(items) if there.pop(name, None) is not None]
            log.extend((name, "remove", len(history[name])) for name in gone)

    assert archive.count() - before == len(there)
    changes = archive.changes(after=log_start, limit=1000)
    assert [(c.article_id, c.kind.value, c.revision) for c in changes] == [(f"{run}-{n}", k, r) for n, k, r in log]
    assert [c.change_seq for c in changes] == list(range(log_start + 1, log_start + 1 + len(log)))
    seqs = {c.article_id: c.article_seq for c in changes}
    assert {a.article.id: a.article.title for a in archive.fetch(list(seqs.values())).values()} == {
        f"{run}-{name}": title for name, title in there.items()
    }
    assert (
        dict(archive.revisions_between(1, 1_000_000)).items()
        >= {seqs[f"{run}-{name}"]: len(history[name]) for name in there}.items()
    )
    assert list(archive.problems()) == []
    for name in "abcd":
        kept = archive.revisions(f"{run}-{name}")
        assert [k.article.title for k in kept] == history.get(name, [])
        assert [k.revision for k in kept] == list(range(1, len(kept) + 1))
        assert {k.seq for k in kept} <= {seqs.get(f"{run}-{name}")}


# --- copying ----------------------------------------------------------------------------------------------------


@pytest.fixture
def new_copy(tmp_path: Path) -> Callable[[], SqlArchive]:
    """Makes an empty archive. It is copied, since migrating a new one takes 0.3 s."""
    empty = tmp_path / "empty.sqlite"
    open_archive(sqlite_url(empty)).close()

    def make() -> SqlArchive:
        path = tmp_path / f"copy-{next(NUMBERS)}.sqlite"
        shutil.copy(empty, path)
        return open_archive(sqlite_url(path))

    return make


@ON_ONE_ARCHIVE
@given(steps=STEPS)
def test_a_replayed_log_is_the_same_archive(
    archive: SqlArchive, new_copy: Callable[[], SqlArchive], steps: Any
) -> None:
    """Any log, replayed in any pieces into an empty archive, gives the same log, articles and counters."""
    run = next(NUMBERS)
    for verb, items in steps:
        if verb == "add":
            archive.add([article(f"{run}-{name}", title=title) for name, title in items])
        else:
            archive.remove([Removal(f"{run}-{name}", reason="까닭") for name in items])
    log = archive.log(after=0, limit=100_000)

    with closing(new_copy()) as copy:
        for start in range(0, len(log), 7):
            copy.replay(log[start : start + 7])

        assert copy.log(after=0, limit=100_000) == log
        assert [entry.change for entry in log] == archive.changes(after=0, limit=100_000)
        assert list(copy.each(batch=1000)) == list(archive.each(batch=1000))
        assert (copy.count(), copy.last_change_seq()) == (archive.count(), archive.last_change_seq())
        assert list(copy.problems()) == []


def test_a_log_with_a_gap_is_not_replayed(archive: SqlArchive, tmp_path: Path) -> None:
    """Entries that do not follow what is there are refused whole."""
    archive.add([article("a1"), article("a2"), article("a3")])
    log = archive.log(after=0, limit=10)

    with closing(open_archive(sqlite_url(tmp_path / "copy.sqlite"))) as copy:
        with pytest.raises(ArchiveError, match="change 3 does not follow change 1"):
            copy.replay([log[0], log[2]])
        assert copy.count() == 0


# --- many readers, crashes --------------------------------------------------------------------------------------


def test_second_connection_sees_commits_at_once(url: str) -> None:
    """A reader opened before the commit sees it with its next reading, without being reopened."""
    with closing(open_archive(url)) as writer, closing(open_archive(url, read_only=True)) as reader:
        assert reader.count() == 0

        writer.add([article()])

        assert reader.count() == 1
        assert reader.get("a1").article == article()


def test_threads_read_while_another_writes(archive: SqlArchive) -> None:
    """Readers in many threads see whole batches only, and never an error."""
    batch = 5

    def read() -> set[int]:
        return {archive.count() % batch for _ in range(100)} | {
            len(archive.fetch(range(1, batch + 1))) % batch for _ in range(100)
        }

    with ThreadPoolExecutor(4) as threads:
        readings = [threads.submit(read) for _ in range(4)]
        for start in range(0, 20 * batch, batch):
            archive.add([article(f"a{start + n}") for n in range(batch)])

    assert [reading.result() for reading in readings] == [{0}] * 4


def test_writers_in_many_threads_take_turns(archive: SqlArchive) -> None:
    """Nothing is lost and no number is given twice when threads write at the same time."""
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: archive.add([article(f"a{n}"), article("shared", title=f"{n}")]), range(20)))

    changes = archive.changes(after=0, limit=100)
    assert [change.change_seq for change in changes] == list(range(1, 41))
    assert archive.count() == 21
    assert len(archive.revisions("shared")) == 20


def test_archive_may_be_made_by_many_at_once(url: str) -> None:
    """Several openers of a new archive all succeed, and make one."""

    def count(_: int) -> int:
        with closing(open_archive(url)) as opened:
            return opened.count()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(count, range(4))) == [0, 0, 0, 0]


WRITE_FOR_EVER = """
import itertools, sys
from datetime import datetime, UTC
from gisa.archive import open_archive
from gisa.model import Article
archive = open_archive(sys.argv[1])
for n in itertools.count():
    fields = {"title": "제목", "body": "본문 " * 200, "published_at": datetime.now(UTC)}
    archive.add([Article(id=f"{n}-{k}", **fields) for k in range(20)])
    print(n, flush=True)
"""


def test_acknowledged_batches_survive_a_killed_writer(url: str) -> None:
    """After kill -9 every batch whose adding had returned is there, and every batch is whole."""
    writer = subprocess.Popen([sys.executable, "-c", WRITE_FOR_EVER, url], stdout=subprocess.PIPE, text=True)
    with writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 15:
                break
        writer.kill()
        acknowledged = max([15, *map(int, writer.stdout.read().split())])

    with closing(open_archive(url, read_only=True)) as archive:
        ids = {archived.article.id for batch in archive.each(batch=500) for archived in batch}
        assert {f"{n}-{k}" for n in range(acknowledged + 1) for k in range(20)} <= ids
        assert len(ids) == archive.count() == archive.last_change_seq()
        assert len(ids) % 20 == 0


# --- opening ----------------------------------------------------------------------------------------------------


def test_what_was_added_is_there_after_reopening(url: str) -> None:
    """Opening a second time finds everything as it was left."""
    with closing(open_archive(url)) as archive:
        archive.add([full_article()])

    with closing(open_archive(url, create=False)) as archive:
        assert archive.get("a1").article == full_article()


def test_read_only_archive_refuses_to_write(url: str) -> None:
    """Adding or removing through a read-only archive is an ArchiveError that says so."""
    open_archive(url).close()

    with closing(open_archive(url, read_only=True)) as archive:
        with pytest.raises(ArchiveError, match="reading only"):
            archive.add([article()])
        with pytest.raises(ArchiveError, match="reading only"):
            archive.remove([Removal("a1")])
        assert archive.count() == 0


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}], ids=["create=False", "read_only"])
def test_missing_archive_is_not_made_unasked(url: str, options: dict[str, Any]) -> None:
    """Where there is no archive, the error names the command that makes one."""
    with pytest.raises(ArchiveError, match="gisa add"):
        open_archive(url, **options)


@pytest.mark.parametrize("options", [{}, {"read_only": True}], ids=["write", "read_only"])
def test_newer_schema_is_refused(url: str, options: dict[str, Any]) -> None:
    """An archive of a newer Gisa is left alone; the error says to update."""
    open_archive(url).close()
    with _engine(url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version_num = '9999'"))

    with pytest.raises(SchemaError, match=r"schema_newer \(found=.9999"):
        open_archive(url, **options)


def test_foreign_tables_are_left_alone(url: str) -> None:
    """A database with somebody else's ``articles`` is refused and not touched."""
    with _engine(url) as engine, engine.begin() as connection:
        connection.execute(text("CREATE TABLE articles (headline TEXT)"))

    with pytest.raises(ArchiveError, match="not Gisa's"):
        open_archive(url)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    """A plain engine on the archive's database, closed at the end."""
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def test_every_purge_changes_the_mark(archive: SqlArchive) -> None:
    """Also of an article that came back and is purged again, on a machine whose clock is behind."""
    marks = [archive.purge_mark()]
    for article_id, at in (("a1", NOW), ("a2", NOW), ("a1", NOW - timedelta(hours=1))):
        archive.add([article("a1"), article("a2", title="다른 기사", url="https://www.naru.example/2")])
        archive.remove([Removal(article_id)])
        archive.purge([Purge(article_id, at, "편집국")])
        marks.append(archive.purge_mark())

    assert marks[0] == ""
    assert len(set(marks)) == 4
