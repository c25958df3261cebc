"""A paper's own words on a data folder: they take effect for just the articles concerned, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gisa
from gisa.errors import ConfigError, SearchIndexError
from gisa.index.tantivy_index import TantivyWriter
from gisa.library import Library
from gisa.model import SearchPage
from gisa.reports import Example
from gisa.search.service import SearchService
from tests.said import refused


def add(library: Library, *titles: str, body: str = "본문", day: str = "2025-06-05") -> None:
    """Articles with these headlines, numbered from ``t1``."""
    library.add(
        {"id": f"t{number}", "title": title, "body": body, "published_at": f"{day}T00:{number:02}:00Z"}
        for number, title in enumerate(titles, 1)
    )


def found(library: Library, query: str) -> set[str]:
    """The headlines that a query finds; nothing when it had to be relaxed."""
    page = library.search(query, limit=100)
    return set() if page.relaxed else {hit.article.title for hit in page.hits}


def write(library: Library, text: str, name: str = "words.txt") -> None:
    """Write one of the paper's own files."""
    (library.settings.data_dir / name).write_text(text, encoding="utf-8")


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The headlines that are analysed from now on."""
    from gisa.ingest import analysis, workers

    titles: list[str] = []
    views_of = analysis.views_of

    def noting(texts: Sequence[analysis.Text], *rest: Any) -> list[dict[str, str]]:
        titles.extend(text.title for text in texts)
        return views_of(texts, *rest)

    monkeypatch.setattr(workers, "views_of", noting)
    return titles


def test_a_word_takes_effect_for_the_articles_concerned(library: Library, analysed: list[str]) -> None:
    """우정 finds 고우정 until the paper lists the name; only the articles that hold it are analysed again."""
    add(library, "고우정은 말했다", "우정 어린 손길", "나루시 예산", "전고우정 검사")
    before = found(library, "우정")
    write(library, "고우정\n")
    waiting = library.words()
    analysed.clear()
    count = library.apply_words()

    assert before == {"고우정은 말했다", "우정 어린 손길", "전고우정 검사"}
    assert waiting.words_waiting == ("고우정",)
    assert found(library, "우정") == {"우정 어린 손길"}
    assert found(library, "고우정") == {"고우정은 말했다", "전고우정 검사"}
    assert count == 2
    assert sorted(analysed) == ["고우정은 말했다", "전고우정 검사"]
    assert library.words().waiting == 0


def test_taking_a_word_away_brings_the_old_state_back(library: Library) -> None:
    """A word that is no longer listed is forgotten by the articles concerned."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    write(library, "고우정\n")
    library.apply_words()
    (library.settings.data_dir / "words.txt").unlink()
    left = library.words().words_leaving
    count = library.apply_words()

    assert (left, count) == (("고우정",), 1)
    assert found(library, "우정") == {"고우정은 말했다", "우정 어린 손길"}


def test_whatever_writes_applies_the_words(library: Library) -> None:
    """Adding, revising and removing let a changed file take effect first."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    write(library, "고우정\n")
    library.add([{"id": "n", "title": "고우정 취임", "body": "본문", "published_at": "2025-06-06T00:00:00Z"}])

    assert found(library, "우정") == {"우정 어린 손길"}
    assert library.words().waiting == 0


def test_a_search_during_which_words_are_applied_is_asked_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query is never read by other words than the articles that it finds."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    search, asked = SearchService.search, []

    def applying(self: SearchService, *args: Any, **keywords: Any) -> SearchPage:
        asked.append(args)
        page = search(self, *args, **keywords)
        if len(asked) == 1:
            write(library, "고우정\n")
            library.apply_words()
        return page

    monkeypatch.setattr(SearchService, "search", applying)

    assert found(library, "우정") == {"우정 어린 손길"}
    assert len(asked) == 2


def test_suggestions_go_by_the_papers_words(library: Library) -> None:
    """새별이 is offered, and not 새별, which the paper never printed; without the word it is as it was."""
    add(library, "새별이 축제 연다", "새별이 축제에 시민 몰려")
    before = [each.text for each in library.suggest("새별")]
    write(library, "새별이\n")
    library.apply_words()
    after = [each.text for each in library.suggest("새별")]
    library.add([{"id": "t3", "title": "새별이 동상", "body": "본문", "published_at": "2025-06-05T09:00:00+09:00"}])
    held = {each.text: each.articles for each in library.suggest("새별")}
    write(library, "")
    library.apply_words()

    assert "새별" in before
    assert "새별이" in after
    assert "새별" not in after
    assert held["새별이"] == 3
    assert "새별" in [each.text for each in library.suggest("새별")]
    assert library.verify().is_whole


def test_a_takedown_without_an_index_keeps_the_words_of_the_suggestions(library: Library) -> None:
    """Where no index says which words are in effect, the suggestions go on with those they were built by."""
    add(library, "새별이 축제", "새별이 공원")
    write(library, "새별이\n")
    library.apply_words()
    library.close()
    (library.settings.index_dir / "CURRENT").write_text("g999999")
    with Library(library.settings) as other:
        with pytest.raises(SearchIndexError, match="1 removed"):
            other.remove(["t1"])
        offered = {each.text: each.articles for each in other.suggest("새별")}

    assert offered["새별이"] == 1
    assert "새별" not in offered


def test_readers_go_by_the_words_of_the_index(library: Library) -> None:
    """A newer file changes nothing for readers; a library that was open before goes by new words once they are applied."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    write(library, "고우정\n")
    meanwhile = found(library, "우정")
    with gisa.open(library.settings.data_dir) as other:
        opened = found(other, "우정")
        other.apply_words()

    assert meanwhile == opened == {"고우정은 말했다", "우정 어린 손길"}
    assert found(library, "우정") == {"우정 어린 손길"}
    assert library.search("고우정").hits[0].title_highlights


def test_a_crash_leaves_all_or_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the commit fails, query and articles still agree, and the next writer does it again."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    write(library, "고우정\n")

    def fail(self: TantivyWriter, *, change_seq: int, vocabulary: str = "") -> None:
        raise SearchIndexError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(TantivyWriter, "commit", fail)
        with pytest.raises(SearchIndexError):
            library.apply_words()
    after_crash = found(library, "우정"), library.words().words_waiting

    assert after_crash == ({"고우정은 말했다", "우정 어린 손길"}, ("고우정",))
    assert library.apply_words() == 1
    assert found(library, "우정") == {"우정 어린 손길"}


def test_reindex_uses_the_file(library: Library) -> None:
    """A rebuilt index knows the words of the file as it is, in worker processes too."""
    add(library, *["고우정은 말했다", "우정 어린 손길"])
    write(library, "고우정\n")
    library.reindex(workers=1)

    assert found(library, "우정") == {"우정 어린 손길"}
    assert library.words().waiting == 0


def test_workers_know_the_words(library: Library) -> None:
    """Articles that are analysed in processes beside this one are cut by the paper's words."""
    write(library, "고우정\n")
    library.add(
        (
            {"id": f"m{number}", "title": f"고우정 {number}", "body": "본문", "published_at": "2025-06-05T00:00:00Z"}
            for number in range(2_300)
        ),
        workers=1,
    )

    assert library.search("고우정").total == 2_300
    assert library.search("우정").total == 0


def test_a_file_that_cannot_be_read_changes_nothing(library: Library) -> None:
    """A list saved in EUC-KR is named with how to convert it, and the words in effect stay."""
    add(library, "고우정은 말했다", "우정 어린 손길")
    write(library, "고우정\n")
    library.apply_words()
    (library.settings.data_dir / "words.txt").write_bytes("나루호\n".encode("euc-kr"))
    state = library.words()

    assert library.apply_words() == 0
    assert found(library, "우정") == {"우정 어린 손길"}
    assert (state.words, state.waiting) == (1, 0)
    assert "EUC-KR" in str(state.rejects[0])
    assert "iconv -f CP949 -t UTF-8" in str(state.rejects[0])


def test_a_word_in_what_shorthand_stands_for(library: Library) -> None:
    """An own word inside the word that 漢字 shorthand stands for concerns the articles with the shorthand."""
    add(library, "李대통령 취임", "우정 어린 손길")
    write(library, "재명\n이재명\t이 재명\n")

    assert library.apply_words() == 1
    assert found(library, "이재명") == {"李대통령 취임"}


def test_own_office_holders(tmp_path: Path) -> None:
    """holders.txt says who is meant from a day on; only the articles that read otherwise are analysed again."""
    with gisa.open(tmp_path, clock=lambda: datetime(2031, 2, 1, tzinfo=UTC)) as library:
        _check_own_office_holders(library)


def _check_own_office_holders(library: Library) -> None:
    add(library, "李대통령 방문", "나루시 예산", "金총리 방문", day="2031-01-05")
    before = found(library, "이재명")
    write(library, "李\t대통령\t이하나\t2030-06-04\t\n틀린 줄\n", "holders.txt")
    count = library.apply_words()

    assert before == {"李대통령 방문"}
    assert count == 1
    assert found(library, "이하나") == {"李대통령 방문"}
    assert found(library, "이재명") == set()
    assert [reject.place.rpartition("/")[2] for reject in library.words().rejects] == ["holders.txt:2"]


def test_synonyms_take_effect_while_open(library: Library) -> None:
    """A changed synonyms.txt counts from the next search; one that became unreadable leaves the last one in effect."""
    add(library, "고래군단 5연승")
    before = found(library, "돌핀스")
    write(library, "돌핀스\t고래군단\n", "synonyms.txt")
    after = found(library, "돌핀스")
    (library.settings.data_dir / "synonyms.txt").write_bytes("돌핀스\t고래\n".encode("euc-kr"))

    assert (before, after) == (set(), {"고래군단 5연승"})
    assert found(library, "돌핀스") == {"고래군단 5연승"}
    assert "EUC-KR" in str(library.words().rejects[0])


WORDS = [
    "고우정",
    "우정",
    "나루호",
    "나루호대교",
    "호대",
    "재명",
    "이재명\t이 재명",
    "미국",
    "연준",
    "에어팟\t에 어팟",
    "대교건설",
    "놀봄",
    "우정청",
]
TITLES = [
    "고우정은 우정청장", "나루호대교건설 착공", "李대통령 나루호 방문", "美연준 동결", "에어팟(AirPods) 나루호가", "놀봄학교 초등놀봄",
    "전고우정 이재명대통령", "나루 호대교 놀 봄", "미국연준의 에어팟은",
]  # fmt: skip
QUERIES = [
    "우정",
    "고우정",
    "나루호",
    "나루",
    "대교",
    "호대",
    "재명",
    "이재명",
    "미국",
    "연준",
    "에어팟",
    "놀봄",
    "우정청",
    "나루호대교",
    "어팟",
]


@settings(max_examples=12)
@given(edits=st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=3))
def test_applying_is_as_good_as_rebuilding(tmp_path_factory: pytest.TempPathFactory, edits: list[list[str]]) -> None:
    """After any sequence of edits and applications, every query finds what it finds in a freshly built index."""
    with gisa.open(tmp_path_factory.mktemp("w"), clock=lambda: datetime(2025, 6, 10, tzinfo=UTC)) as library:
        add(library, *TITLES)
        for words in edits:
            write(library, "\n".join(words))
            library.apply_words()
        applied = [found(library, query) for query in QUERIES]
        library.reindex()

        assert applied == [found(library, query) for query in QUERIES]


def test_preview_says_what_a_list_would_change(library: Library, tmp_path: Path) -> None:
    """For each changed word and its parts: how many articles before and after, and which; nothing is changed."""
    add(library, "고우정은 말했다", "우정 어린 손길", "나루시 예산")
    draft = tmp_path / "draft.txt"
    draft.write_text("고우정\n서울\n심\n", encoding="utf-8")
    preview = library.preview_words(draft)
    changes = {change.line: {query.query: query for query in change.queries} for change in preview.changes}

    assert preview.kind == "words"
    assert preview.concerned == 1
    assert [reject.place.endswith("draft.txt:3") for reject in preview.rejects] == [True]
    lost = changes["고우정"]["우정"]
    assert (lost.before, lost.after, lost.gained, lost.lost) == (2, 1, 0, 1)
    assert lost.lost_examples == (Example("t1", "고우정은 말했다"),)
    assert changes["고우정"]["고우정"].after == changes["고우정"]["고우정"].before == 1
    assert (changes["서울"]["서울"].gained, changes["서울"]["서울"].lost) == (0, 0)
    assert found(library, "우정") == {"고우정은 말했다", "우정 어린 손길"}
    assert library.words().waiting == 0


def test_preview_of_synonyms(library: Library, tmp_path: Path) -> None:
    """A group that is new gains, one that is left out loses; both are told from what is in effect."""
    add(library, "고래군단 5연승", "돌핀스 패배", "해온바이오 상장", "해바 특집")
    write(library, "해온바이오\t해바\n", "synonyms.txt")
    draft = tmp_path / "draft.txt"
    draft.write_text("돌핀스\t고래군단\n혼자\n", encoding="utf-8")
    preview = library.preview_words(draft, kind="synonyms")
    changes = {change.line: change for change in preview.changes}

    assert [change.added for change in changes.values()] == [True, False]
    gained = changes["돌핀스\t고래군단"].queries[0]
    assert (gained.before, gained.after, gained.gained_examples) == (1, 2, (Example("t1", "고래군단 5연승"),))
    lost = changes["해온바이오\t해바"].queries[1]
    assert (lost.query, lost.before, lost.after, lost.lost) == ("해바", 2, 1, 1)
    assert len(preview.rejects) == 1
    assert library.preview_words(draft).kind == "synonyms"


def test_preview_agrees_with_what_applying_does(library: Library, tmp_path: Path) -> None:
    """What a preview says of a query is what the query finds once the list is in effect."""
    add(library, *TITLES)
    write(library, "고우정\n나루호\n")
    library.apply_words()
    draft = tmp_path / "draft.txt"
    draft.write_text("나루호대교\n재명\n놀봄\n에어팟\t에 어팟\n우정청\n", encoding="utf-8")
    preview = library.preview_words(draft, kind="words")
    queries = {query.query: query for change in preview.changes for query in change.queries}
    before = {query: library.search(query) for query in queries}
    write(library, draft.read_text(encoding="utf-8"))
    library.apply_words()

    for query, change in queries.items():
        after = library.search(query)
        assert (change.before, change.after) == (before[query].total, after.total), query
        gained = {hit.article.id for hit in after.hits} - {hit.article.id for hit in before[query].hits}
        assert change.gained == len(gained), query


def test_preview_of_no_file(library: Library, tmp_path: Path) -> None:
    """A file that is not there is an error, not an empty list."""
    with refused(ConfigError, "no such file"):
        library.preview_words(tmp_path / "nowhere.txt")


def test_synonyms_in_a_ring_are_one_group(library: Library) -> None:
    """a = b, b = c and c = a are one group, whatever the order."""
    add(library, "가람로 축제", "나람로 축제", "다람로 축제")
    write(library, "가람로\t나람로\n나람로\t다람로\n다람로\t가람로\n", "synonyms.txt")

    assert found(library, "나람로") == {"가람로 축제", "나람로 축제", "다람로 축제"}
