"""The suggestion store: in step with the archive whatever happens, and answers at once."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gisa.archive import SqlArchive, open_archive, sqlite_url
from gisa.errors import SearchIndexError
from gisa.library import followers
from gisa.library.followers import Followers
from gisa.model import Article, Headline, Removal
from gisa.suggest import following
from gisa.suggest.counts import weight_of
from gisa.suggest.following import SuggestionsFollower
from gisa.suggest.lookup import StoredSuggestions
from gisa.text.analyser import MecabAnalyser
from gisa.text.dictionary import Dictionary
from gisa.text.own_words import parse_own_words
from gisa.text.phrases import phrases_of

DAY = datetime(2026, 1, 1, tzinfo=UTC)
TITLES = (
    "나루시장 예산 심의",
    "나루시장 선거",
    "AI센터 개소",
    "ai센터 개소식",
    "예산 심의 시작",
    "‘빛의 정원’ 열다",
    "",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    opened = open_archive(sqlite_url(tmp_path / "archive.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "suggestions.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[StoredSuggestions]:
    opened = StoredSuggestions(path)
    yield opened
    opened.close()


def follower(path: Path, archive: SqlArchive, *, words: str = "") -> SuggestionsFollower:
    own, _ = parse_own_words(words.splitlines())
    return SuggestionsFollower(path, archive, words=lambda: own)


def follow(path: Path, archive: SqlArchive, *, anew: bool = False) -> None:
    run = Followers(archive, [follower(path, archive)])
    if anew:
        run.rebuild()
    else:
        run.follow()


def article(number: int, title: str, *, day: datetime = DAY, keywords: tuple[str, ...] = ()) -> Article:
    return Article(id=f"a{number}", title=title, body="본문", published_at=day, keywords=keywords)


def offered(store: StoredSuggestions, text: str, limit: int = 10) -> list[str]:
    return [each.text for each in store.suggest(text, limit=limit)]


def rows(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = ("phrases", "by_strokes", "by_initials", "by_ending")
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for name in tables}


def counted(archive: SqlArchive) -> list[tuple[int, int, int]]:
    """Articles, names and weight of every phrase, counted from the articles that are there; sorted."""
    analyser, dictionary = MecabAnalyser(), Dictionary()
    articles, names, weights = Counter[str](), Counter[str](), Counter[str]()
    for batch in archive.each(batch=100):
        for each in (archived.article for archived in batch):
            found = phrases_of(
                Headline(each.title, each.byline, each.keywords, each.published_at, each.published_at), analyser
            )
            for text in found.names | found.plain:
                articles[text] += 1
                is_common = text in found.names and dictionary.is_common_noun(text)
                weights[text] += weight_of(each.published_at) // (4 if is_common else 1)
            names.update(found.names)
    return sorted((articles[text], names[text], weights[text]) for text in articles)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("add", "remove", "follow", "crash")),
        st.integers(0, 4),
        st.sampled_from(TITLES),
        st.integers(0, 3_000),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(changes=CHANGES, batch=st.integers(1, 5))
def test_any_sequence_of_changes_ends_as_a_rebuild_would(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, str, int]], batch: int
) -> None:
    """Adding, revising, removing, bringing back, following by bits, being killed at a commit: the rows are the same."""
    folder = tmp_path_factory.mktemp("store")
    path, anew = folder / "s.sqlite", folder / "anew.sqlite"
    with closing(open_archive(sqlite_url(folder / "a.sqlite"))) as archive, pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "_CHANGES_AT_ONCE", batch)
        patch.setattr(followers, "_CHANGES_AT_ONCE", batch)
        for kind, number, title, days in changes:
            if kind == "add" and title:
                archive.add([article(number, title, day=DAY - timedelta(days=days))])
            elif kind == "remove":
                archive.remove([Removal(f"a{number}")])
            elif kind == "follow":
                follow(path, archive)
            elif kind == "crash":
                _follow_and_die(path, archive, after=days % 3)
        follow(path, archive)
        follow(anew, archive, anew=True)

        if archive.last_change_seq():
            assert rows(path) == rows(anew)
            assert sorted(row[1:4] for row in rows(path)["phrases"]) == counted(archive)
            assert follower(path, archive).change_seq == archive.last_change_seq()


def _follow_and_die(path: Path, archive: SqlArchive, *, after: int) -> None:
    """Follow, and be killed in the middle of a transaction after so many that were committed."""
    apply, left = following._apply, after

    def dying(*given: Any) -> None:
        nonlocal left
        apply(*given)
        left -= 1
        if left < 0:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "_apply", dying)
        with suppress(KeyboardInterrupt):
            follow(path, archive)


def test_a_phrase_goes_with_its_last_article(archive: SqlArchive, path: Path, store: StoredSuggestions) -> None:
    """A removal takes out what only that article held, and its spelling stands nowhere in the file."""
    archive.add([article(1, "나루시장 선거"), article(2, "나루시장 예산")])
    follow(path, archive)
    assert offered(store, "나루시") == ["나루시장", "나루시장 선거", "나루시장 예산"]

    archive.remove([Removal("a1")])
    follow(path, archive)

    assert offered(store, "나루시") == ["나루시장", "나루시장 예산"]
    assert offered(store, "선") == []
    assert "선거" not in str(rows(path))


def test_words_side_by_side_are_offered_once_two_articles_hold_them(
    archive: SqlArchive, path: Path, store: StoredSuggestions
) -> None:
    """What one headline happens to say is nobody's search; a word or a name by itself is offered from the first article."""
    archive.add([article(1, "나루시장 예산 심의를 다음 달로 미뤘다")])
    follow(path, archive)
    once = offered(store, "나루시장")
    archive.add([article(2, "나루시장 예산 통과에 시의회가 반발했다")])
    follow(path, archive)

    assert once == ["나루시장"]
    assert set(offered(store, "나루시장")) == {"나루시장", "나루시장 예산"}


def test_an_update_takes_the_old_headline_out(archive: SqlArchive, path: Path, store: StoredSuggestions) -> None:
    """What was corrected away is not offered any more."""
    archive.add([article(1, "한나루 구속")])
    follow(path, archive)
    archive.add([article(1, "한나루 석방")])
    follow(path, archive)

    assert offered(store, "구") == []
    assert offered(store, "석") == ["석방"]


def test_a_reader_sees_each_commit_and_a_replaced_file(
    archive: SqlArchive, path: Path, store: StoredSuggestions
) -> None:
    """No reader has to be opened again, whatever becomes of the file."""
    assert offered(store, "나") == []
    archive.add([article(1, "나루시")])
    follow(path, archive)
    assert offered(store, "나") == ["나루시"]
    archive.add([article(2, "나무")])
    follow(path, archive, anew=True)
    assert offered(store, "나") == ["나루시", "나무"]

    path.unlink()

    assert offered(store, "나") == []


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _scribble(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 20_000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("not a database " * 1_000)


def _other_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE about SET fingerprint = 'of another Gisa'")


@pytest.mark.parametrize("damage", [_truncate, _scribble, _empty, _text, _other_version, Path.unlink])
def test_a_store_that_cannot_be_used_is_silent_and_built_anew(
    archive: SqlArchive, path: Path, store: StoredSuggestions, damage: Any
) -> None:
    """Damaged, torn, missing or of another version: no suggestions, no error, until the next writer."""
    archive.add([article(number, f"나루{chr(0xAC00 + 28 * number)} 시장 선거") for number in range(300)])
    follow(path, archive)
    whole = rows(path)
    damage(path)
    with closing(StoredSuggestions(path)) as fresh:
        fresh.suggest("나", limit=10)
        fresh.like("나루시쟝", limit=3)

    archive.add([article(1_000, "나루시")])
    follow(path, archive)
    archive.remove([Removal("a1000")])
    follow(path, archive)

    assert rows(path) == whole
    assert offered(store, "선") == ["선거"]


def test_a_store_that_cannot_be_written_is_taken_away(
    archive: SqlArchive, path: Path, store: StoredSuggestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather no suggestions than one of an article that was taken down."""
    archive.add([article(1, "나루시")])
    follow(path, archive)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(following, "_apply", full)
    archive.remove([Removal("a1")])
    follow(path, archive)

    assert offered(store, "나") == []
    assert not path.exists()


def test_what_can_be_neither_written_nor_removed_is_an_error(archive: SqlArchive, tmp_path: Path) -> None:
    """The one case in which a person has to act."""
    path = tmp_path / "taken"
    path.mkdir()
    archive.add([article(1, "나루시")])

    with pytest.raises(SearchIndexError, match="remove it by hand"):
        follow(path, archive)


def test_an_older_archive_put_back_is_followed_too(archive: SqlArchive, path: Path, tmp_path: Path) -> None:
    """A store that is ahead of its archive is built anew."""
    archive.add([article(1, "나루시"), article(2, "해온도")])
    follow(path, archive)
    with (
        closing(open_archive(sqlite_url(tmp_path / "older.sqlite"))) as older,
        closing(StoredSuggestions(path)) as store,
    ):
        older.add([article(1, "나루시")])
        follow(path, older)

        assert offered(store, "해") == []
        assert offered(store, "나") == ["나루시"]


LOOKUPS = {
    "unfinished syllable": ("나루시ㅈ", "나루시장"),
    "final that is an initial": ("예사", "예산"),
    "initials": ("ㄴㄹㅅㅈ", "나루시장"),
    "initials after syllables": ("나루ㅅㅈ", "나루시장"),
    "the other keyboard": ("sk", "나루시장"),
    "Caps Lock": ("SKFN", "나루시장"),
    "the paper's spelling": ("ai센", "AI센터"),
    "full width": ("ＡＩ", "AI센터"),
    "Latin typed in Hangul": ("먀ㅔ", "aip"),
    "a phrase": ("나루시장 예", "나루시장 예산"),
    "without its space": ("나루시장예", "나루시장 예산"),
    "漢字": ("美", "美國"),
    "漢字 by reading": ("미구", "美國"),
}


@pytest.mark.parametrize(("text", "expected"), LOOKUPS.values(), ids=LOOKUPS)
def test_what_is_typed_finds_what_is_meant(
    archive: SqlArchive, path: Path, store: StoredSuggestions, text: str, expected: str
) -> None:
    """By jamo, by initials, by the other keyboard, in the paper's own spelling."""
    archive.add([article(n, "나루시장 예산 심의") for n in range(3)])
    archive.add([article(4, "AI센터 개소, 美國 방문"), article(5, "AI센터 착공"), article(6, "ai센터, aip 도입")])
    follow(path, archive)

    assert expected in offered(store, text)


def test_of_two_spellings_the_commoner_is_offered(archive: SqlArchive, path: Path, store: StoredSuggestions) -> None:
    """AI센터 and ai센터 are one suggestion."""
    archive.add([article(1, "AI센터"), article(2, "AI센터"), article(3, "ai센터")])
    follow(path, archive)

    assert offered(store, "ai") == ["AI센터"]


def test_most_held_first_and_of_equals_the_recent(archive: SqlArchive, path: Path, store: StoredSuggestions) -> None:
    """Five years count as much as a factor of two."""
    old = DAY - timedelta(days=6 * 365)
    archive.add([article(n, "나누마", day=old) for n in range(5)])
    archive.add([article(n + 10, "나가온", day=DAY) for n in range(3)])
    archive.add([article(20, "나도린", day=DAY), article(21, "나다솜", day=old)])
    follow(path, archive)

    assert offered(store, "나") == ["나가온", "나누마", "나도린", "나다솜"]


MISTAKES = {
    "another vowel": ("나류시장", "나루시장"),
    "another final": ("나루시잔", "나루시장"),
    "another initial": ("다루시장", "나루시장"),
    "one letter left out": ("나루시자", "나루시장"),
    "one too many": ("나루싯장", "나루시장"),
    "swapped": ("나르ㅜ시장", "나루시장"),
    "two in one half of a long word": ("나루시잰", "나루시장"),
}


@pytest.mark.parametrize(("word", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistyped_word_is_like_the_one_that_was_meant(
    archive: SqlArchive, path: Path, store: StoredSuggestions, word: str, expected: str
) -> None:
    """One stroke put in, left out, changed or swapped; two from nine strokes on."""
    archive.add([article(n, "나루시장") for n in range(2)])
    follow(path, archive)

    assert [each.text for each in store.like(word, limit=3)] == [expected]


@pytest.mark.parametrize("word", ["나루시장", "가", "강", "해오름", "", "…", "12"])
def test_nothing_is_like_a_right_or_a_short_word(
    archive: SqlArchive, path: Path, store: StoredSuggestions, word: str
) -> None:
    """A word that is right, too short, or far from all is not corrected."""
    archive.add([article(n, "나루시장 강") for n in range(2)])
    follow(path, archive)

    assert store.like(word, limit=3) == []


BAD = [
    "",
    " ",
    "\0",
    "나\0루",
    "😀",
    "\ud800",
    "ㅏㅎㅏㅁㅠㅠ",
    "%",
    "_",
    "나%",
    "*",
    "'",
    '"; DROP TABLE phrases',
    "[ㄱ-ㅎ",
    "나" * 10_000,
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_any_text_gets_a_clean_answer(archive: SqlArchive, path: Path, store: StoredSuggestions, text: str) -> None:
    """Nothing typed is a pattern, an error, or slow."""
    archive.add([article(n, "나루시장") for n in range(2)])
    follow(path, archive)

    assert offered(store, text) in ([], ["나루시장"])
    assert store.like(text, limit=3) == []


@given(st.text(max_size=20))
def test_suggestions_agree_with_a_scan(sample_store: StoredSuggestions, text: str) -> None:
    """Nothing is offered twice, nothing more than asked for."""
    found = offered(sample_store, text, limit=5)

    assert len(found) == len(set(found)) <= 5


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredSuggestions]:
    folder = tmp_path_factory.mktemp("sample")
    with (
        closing(open_archive(sqlite_url(folder / "a.sqlite"))) as archive,
        closing(StoredSuggestions(folder / "s.sqlite")) as store,
    ):
        archive.add([article(n, title) for n, title in enumerate(TITLES) if title])
        follow(folder / "s.sqlite", archive)
        yield store
