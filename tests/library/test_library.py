"""The Python API on a data folder: adding, finding, changing, removing, catching up."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.config import Database, load_settings
from gisa.errors import (
    ArticleNotFound,
    ArticleRemoved,
    ConfigError,
    DataFolderError,
    IndexDamaged,
    SearchInvalid,
    WriterLocked,
)
from gisa.index.generations import Generations
from gisa.library import Library
from gisa.library.lock import holder, writer_lock
from gisa.messages import Message, SourceCode
from gisa.model import SEOUL, Draft, Match, Reject, Removal
from gisa.reports import AddReport
from tests.conftest import ROOT
from tests.said import reason_of, refused


def article(number: int, title: str = "나루시 예산", body: str = "본문", **fields: Any) -> dict[str, Any]:
    """An acceptable article."""
    return {
        "id": f"a{number}",
        "title": title,
        "body": body,
        "published_at": datetime(2025, 1, 1, 0, number, tzinfo=UTC).isoformat(),
        **fields,
    }


def test_adding_twice_changes_nothing(library: Library) -> None:
    """Adding is idempotent; a changed article is a new revision, found by its new words only."""
    first = library.add([article(1), article(2)])
    again = library.add([article(1), article(2)])
    changed = library.add([article(1, title="나루시 추경")])

    assert (first.added, again.unchanged, changed.updated) == (2, 2, 1)
    assert library.search("예산").total == 1
    assert [hit.article.id for hit in library.search("추경").hits] == ["a1"]
    assert library.article("a1").revision == 2


def test_bad_records_do_not_stop_good_ones(library: Library) -> None:
    """Rejects are reported by place and reason; everything else goes in."""
    report = library.add(
        [
            article(1),
            {"title": "제목뿐"},
            Draft({"title": "", "body": "x"}, "b.csv:7"),
            Reject("c:1", Message(SourceCode.ITEM_NO_XML)),
            article(2),
        ]
    )

    assert report.added == 2
    assert report.rejected == 3
    assert [reject.place for reject in report.rejects] == ["article 2", "b.csv:7", "c:1"]
    assert "published_at" in reason_of(report.rejects[0])


def test_duplicate_ids_in_one_run(library: Library) -> None:
    """The same id twice is an article and its revision; the last one is found."""
    report = library.add([article(1, title="처음"), article(1, title="나중")])

    assert (report.added, report.updated) == (1, 1)
    assert library.search("처음").total == 0
    assert library.search("나중").total == 1


def test_removed_is_gone_everywhere(library: Library) -> None:
    """A removed article is not found, and reading it says that it was removed."""
    library.add([article(1), article(2)])

    assert library.remove(["a1", "nobody"]) == 1
    assert [hit.article.id for hit in library.search("예산").hits] == ["a2"]
    with pytest.raises(ArticleRemoved):
        library.article("a1")
    with pytest.raises(ArticleNotFound):
        library.article("nobody")


def test_a_source_takes_articles_down(library: Library) -> None:
    """A record that says ``removed`` removes, in the source's order, and one of nobody is nothing to complain about."""
    report = library.add(
        [
            article(1),
            article(2),
            {"id": "a1", "removed": True, "reason": "법원 결정", "public_reason": "당사자의 요청"},
            {"id": "nobody", "removed": "예"},
            article(3, removed=False),
            {"id": "a3", "removed": True},
            article(3, title="다시 실은 기사"),
            {"removed": True},
            {"id": "a2", "removed": "아마도"},
        ]
    )

    assert (report.added, report.removed, report.unchanged, report.rejected) == (4, 2, 1, 2)
    assert [hit.article.id for hit in library.search("예산").hits] == ["a2"]
    assert [hit.article.id for hit in library.search("다시").hits] == ["a3"]
    assert library.article("a3").article.extra == {}
    with pytest.raises(ArticleRemoved, match="당사자의 요청"):
        library.article("a1")


def test_an_article_without_an_id_is_taken_down_by_its_address(library: Library) -> None:
    """A removal that names the address finds the article whose id was derived from it."""
    library.add([article(1, id=None, url="http://naru.example/1?utm_source=x")])

    assert library.add([{"url": "https://naru.example/1", "removed": True}]).removed == 1
    assert library.search("예산").total == 0


def test_takedown_does_not_need_the_index(tmp_path: Path) -> None:
    """With a damaged index the article is gone from the archive all the same, and the error says what to run; a server forgets."""
    with gisa.open(tmp_path) as library:
        library.add([article(1)])
    generation = Generations(tmp_path / "index").current()
    assert generation is not None
    with gisa.open(tmp_path) as server, Library(load_settings(tmp_path)) as library:
        before = server.stamp
        (generation.path / "gisa.json").unlink()
        with pytest.raises(IndexDamaged, match=r"1 removed and shown no more, but .*gisa reindex"):
            library.remove(["a1"])
        with pytest.raises(ArticleRemoved):
            library.article("a1")
        assert server.search("예산").hits == ()
        assert server.stamp != before


def test_a_correction_is_kept_and_found_unchanged(library: Library) -> None:
    """The notice and its time belong to the article: giving either is a new revision, giving it again is not."""
    fields = {"correction": "예산은 3억이 아니라 3천만 원입니다.", "corrected_at": "2025-01-03 09:00"}
    library.add([article(1)])

    assert library.add([article(1, **fields)]).updated == 1
    assert library.add([article(1, **fields)]).unchanged == 1
    found = library.search("예산").hits[0].article
    assert found.is_corrected
    assert (found.correction, found.corrected_at) == (
        "예산은 3억이 아니라 3천만 원입니다.",
        datetime(2025, 1, 3, 9, tzinfo=SEOUL),
    )


def test_removed_may_come_back(library: Library) -> None:
    """Adding a removed article again brings it back."""
    library.add([article(1)])
    library.remove(["a1"])
    report = library.add([article(1)])

    assert report.added == 1
    assert library.search("예산").total == 1


def test_pages_neither_repeat_nor_skip(library: Library) -> None:
    """Walking all pages meets every article once, newest first, although many share a time."""
    same_time = "2025-05-05T09:00:00+09:00"
    library.add([{**article(number % 50), "id": f"n{number}", "published_at": same_time} for number in range(95)])
    walked = [hit.article.id for offset in range(0, 100, 20) for hit in library.search("예산", offset=offset).hits]

    assert walked == [f"n{number}" for number in reversed(range(95))]


def test_relaxed_shows_what_has_most(library: Library) -> None:
    """When no article has every word, those that have the most of them are shown, and the page says so."""
    library.add([article(1, title="포항 축제"), article(2, title="포항 과메기 축제"), article(3, title="울산 공단")])
    page = library.search("포항 과메기 축제 불꽃놀이")

    assert page.relaxed
    assert [hit.article.id for hit in page.hits] == ["a2"]
    assert [notice.code for notice in page.notices] == ["relaxed", "nowhere"]


def test_relaxing_keeps_exclusions(library: Library) -> None:
    """A relaxed search never shows what the reader excluded or filtered out."""
    library.add([article(1, title="포항 축제", section="문화"), article(2, title="포항 과메기", section="경제")])

    assert [hit.article.id for hit in library.search("포항 불꽃놀이 -과메기").hits] == ["a1"]
    assert [hit.article.id for hit in library.search("포항 불꽃놀이", section="경제").hits] == ["a2"]


def test_match_any(library: Library) -> None:
    """match="any" needs one word only, and that is not called relaxed."""
    library.add([article(1, title="포항"), article(2, title="울산"), article(3, title="부산")])
    page = library.search("포항 울산", match=Match.ANY)

    assert page.total == 2
    assert not page.relaxed


QUERIES = {
    "empty": "",
    "blank": "   ",
    "emoji": "😀🎉",
    "lone jamo": "ㅋㅋㅋ",
    "NUL": "예\x00산",
    "unbalanced quote": '"예산',
    "only operators": '- OR | () ""',
    "10,000 characters": "예산" * 5_000,
    "10,000 words": "예산 " * 10_000,
    "every script": "예산 budget 豫算 よさん бюджет 예산123 ㅇㅅ",
    "regular expression": ".*+?[](){}^$\\",
    "lone surrogate": "\ud800예산",
    "right to left": "\u202e예산",
    "many pairs of quotes": '""' * 2_000,
    "nested": "(" * 400,
    "SQL": "'; DROP TABLE articles; --",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_no_query_fails(library: Library, query: str) -> None:
    """Any query whatever is answered by a page, in bounded time."""
    library.add([article(1)])
    started = time.monotonic()
    for sort in ("newest", "relevance"):
        page = library.search(query, sort=sort, facets=True)
        assert page.total >= len(page.hits)
    library.article("a1", query=query)

    assert time.monotonic() - started < 5


INVALID: dict[str, dict[str, Any]] = {
    "limit": {"limit": 101},
    "negative offset": {"offset": -1},
    "sort": {"sort": "best"},
    "match": {"match": "some"},
    "period": {"period": "decade"},
}


@pytest.mark.parametrize("arguments", INVALID.values(), ids=INVALID.keys())
def test_impossible_arguments(library: Library, arguments: dict[str, Any]) -> None:
    """An impossible argument is an error that a caller can handle."""
    with pytest.raises(SearchInvalid):
        library.search("예산", **arguments)


def test_period_is_counted_from_today(tmp_path: Path) -> None:
    """A week reaches back seven days from today in Seoul; counts beside the filter say what it would give."""
    now = datetime(2025, 6, 30, 15, 30, tzinfo=UTC)  # already July in Seoul
    days = ["2025-07-01", "2025-06-24", "2025-06-23", "2025-01-01", "2020-01-01"]
    with gisa.open(tmp_path, clock=lambda: now) as library:
        library.add([{**article(number), "published_at": day} for number, day in enumerate(days)])
        page = library.search("예산", period="week", facets=True)

    assert [hit.article.id for hit in page.hits] == ["a0", "a1"]
    assert page.facets is not None
    assert [(choice.value, choice.count) for choice in page.facets["period"]] == [
        ("all", 5),
        ("today", 1),
        ("week", 2),
        ("month", 3),
        ("quarter", 3),
        ("year", 4),
    ]


def test_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """While one writes, another who does not wait is refused with the holder's name; reading goes on; then writing works."""
    with gisa.open(tmp_path, wait_s=0) as library:
        library.add([article(1)])
        path = library.settings.lock_path
        with writer_lock(path):
            named = holder(path)
            with pytest.raises(WriterLocked, match=r"process \d+"):
                library.add([article(2)])
            total = library.search("예산").total

        assert (total, library.add([article(2)]).added) == (1, 1)
    assert named is not None
    assert "process" in named


def test_index_catches_up_from_the_archive(tmp_path: Path) -> None:
    """Changes that only the archive holds, as after a crash, are found after the next opening."""
    with gisa.open(tmp_path) as library:
        library.add([article(number) for number in range(5)])
        library._archive.remove([Removal("a0")])
        library._archive.add([gisa.Article(id="late", title="늦은 기사", body="본문", published_at=datetime.now(UTC))])
        assert library.search("늦은").total == 0

    with gisa.open(tmp_path) as library:
        assert library.search("늦은").total == 1
        assert library.search("예산").total == 4
        status = library.status()
        assert status.change_seq == status.indexed_change_seq


def test_whoever_waits_for_an_index_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After a crash, or without the index, opening a large folder takes as long as adding did; a small one says nothing."""
    monkeypatch.setattr("gisa.library.upkeep._LONG", 2)
    with gisa.open(tmp_path) as library:
        library.add([article(1)])
        library._archive.add([gisa.Article(id="late", title="기사", body="본문", published_at=datetime.now(UTC))])
        folder = library.settings.index_dir
    gisa.open(tmp_path).close()
    small = list(caplog.messages)
    shutil.rmtree(folder)
    gisa.open(tmp_path).close()
    with gisa.open(tmp_path) as library:
        library._archive.remove([Removal("a1"), Removal("late")])
    gisa.open(tmp_path).close()

    assert small == []
    assert caplog.messages == [
        "there is no index: building it from the 2 articles of the archive",
        "indexing 2 changes that the archive holds beyond the index",
    ]


def test_deleted_index_is_rebuilt(tmp_path: Path) -> None:
    """Without its index a folder loses nothing: opening builds it anew from the archive."""
    with gisa.open(tmp_path) as library:
        library.add([article(number) for number in range(5)])
        folder = library.settings.index_dir
    shutil.rmtree(folder)

    with gisa.open(tmp_path) as library:
        assert library.search("예산").total == 5


def test_reindex_while_serving(library: Library) -> None:
    """Reindexing swaps a fresh generation under an open reader and loses nothing."""
    library.add([article(number) for number in range(30)])
    before = library.status().generation
    done = library.reindex()

    assert done == 30
    assert library.search("예산").total == 30
    assert library.status().generation != before


def test_damaged_index_names_the_remedy(tmp_path: Path) -> None:
    """A torn index is an error that says what to run, and running it helps."""
    with gisa.open(tmp_path) as library:
        library.add([article(1)])
    generation = Generations(tmp_path / "index").current()
    assert generation is not None
    (generation.path / "meta.json").write_text("{")

    with pytest.raises(IndexDamaged, match="gisa reindex"):
        gisa.open(tmp_path)
    with Library(load_settings(tmp_path)) as library:
        library.reindex()
    with gisa.open(tmp_path) as library:
        assert library.search("예산").total == 1


def test_many_readers_beside_a_writer(library: Library) -> None:
    """Ten readers searching while articles are added never fail, never see a total fall, and see the end at once."""
    stop = threading.Event()
    failures: list[str] = []

    def read() -> None:
        last = 0
        while not stop.is_set():
            try:
                page = library.search("예산", facets=True)
            except Exception as error:  # a test reports whatever happened
                failures.append(repr(error))
                return
            if page.total < last or len(page.hits) < min(page.total, 20):
                failures.append(f"{page.total} after {last}, {len(page.hits)} hits")
            last = page.total

    readers = [threading.Thread(target=read) for _ in range(10)]
    for reader in readers:
        reader.start()
    for start in range(0, 60, 10):
        library.add([article(number % 50, id=f"n{number}") for number in range(start, start + 10)])
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []
    assert library.search("예산").total == 60


def _watch(folder: str, wanted: int, found: Any) -> None:
    with gisa.open(folder) as library:
        found.put(library.search("예산").total)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if library.search("예산").total == wanted:
                found.put(wanted)
                return
        found.put(-1)


def test_other_process_sees_a_commit(tmp_path: Path) -> None:
    """A reader in another process finds an article within a second of its addition."""
    context = multiprocessing.get_context("spawn")
    found = context.Queue()
    with gisa.open(tmp_path) as library:
        library.add([article(1)])
        other = context.Process(target=_watch, args=(str(tmp_path), 2, found))
        other.start()
        assert found.get(timeout=30) == 1
        library.add([article(2)])
        added_at = time.monotonic()
        assert found.get(timeout=30) == 2
        assert time.monotonic() - added_at < 1
        other.join()


def test_workers_give_the_same_index(tmp_path: Path) -> None:
    """Analysis in worker processes finds what analysis in this process finds, and progress counts what is archived."""
    rows = [article(number % 50, title=f"포항 소식 {number}", id=f"n{number}") for number in range(2_600)]
    seen: list[AddReport] = []
    with gisa.open(tmp_path / "workers") as many, gisa.open(tmp_path / "one") as one:
        report = many.add(rows, workers=2, progress=seen.append)
        one.add(rows, workers=0)

        assert report.added == 2_600
        assert [each.added for each in seen] == sorted(each.added for each in seen)
        assert many.search("포항").total == one.search("포항").total == 2_600
        assert many.search("2599").total == 1


def test_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """A data folder that is a file is named in the error."""
    path = tmp_path / "file"
    path.write_text("x")

    with pytest.raises(DataFolderError, match="file"):
        gisa.open(path)


CONFIGS = {
    "not TOML": ("[paper", "cannot be read as TOML"),
    "unknown key": ('papers = "x"', "unknown setting 'papers'"),
    "wrong type": ("[paper]\nname = 3", "must be of type str"),
    "colour": ('[paper]\ncolour = "blue"', "#rrggbb"),
    "logo outside": ('[paper]\nlogo = "../../etc/passwd"', "logo"),
}


@pytest.mark.parametrize(("text", "message"), CONFIGS.values(), ids=CONFIGS.keys())
def test_bad_settings(tmp_path: Path, text: str, message: str) -> None:
    """A mistake in gisa.toml is named with its file and key."""
    (tmp_path / "gisa.toml").write_text(text)

    with refused(ConfigError, message) as caught:
        gisa.open(tmp_path)

    assert "gisa.toml" in str(caught.value)


def test_the_documented_settings_are_settings(tmp_path: Path) -> None:
    """The example in docs/settings.md loads, every table of it."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "gisa.toml").write_text(example[1], encoding="utf-8")

    assert load_settings(tmp_path).database == Database()


def test_a_day_of_single_additions_leaves_few_segments(library: Library) -> None:
    """Articles that come one at a time are merged into few files, and every one of them is found."""
    for number in range(40):
        library.add(
            [
                {
                    "id": f"one-{number}",
                    "title": f"등대 {number}",
                    "body": "바다",
                    "published_at": "2026-01-01T09:00:00+09:00",
                }
            ]
        )

    segments = len(list((library.settings.index_dir).glob("g*/*.fast")))

    assert library.search("등대").total == 40
    assert segments < 20
