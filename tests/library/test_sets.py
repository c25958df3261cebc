"""Cited result sets: an id says what it was made of, and the change log what has become of it since."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gisa
from gisa.access import Asker
from gisa.errors import SetInvalid
from gisa.library import Library, searches, set_changes
from gisa.model import ArchivedArticle, Period, Sort
from gisa.search.request import SearchRequest
from gisa.search.sets import KEY_BYTES, read_set, set_of, words_digest, write_set

KEY = bytes(range(KEY_BYTES))
BEGAN = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)


class Clock:
    """Time that goes on when it is told to."""

    now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def article(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "title": f"나루항 소식 {number}",
        "body": f"등대 {number}번째 이야기.",
        "published_at": (BEGAN - timedelta(days=1, minutes=number)).isoformat(),
        **fields,
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with gisa.open(tmp_path, clock=clock) as opened:
        opened.add([article(number) for number in range(5)])
        opened.add([article(9, title="시장 소식"), article(8, visible_from="2026-11-17T00:00:00+09:00")])
        yield opened


def cite(library: Library, query: str = "나루항", **more: Any) -> str:
    request = SearchRequest(query, **more)
    cited = library.set_id(request, library.search(request))
    assert cited is not None
    return cited


def test_a_set_tells_what_came_was_corrected_and_is_gone(library: Library, clock: Clock) -> None:
    """Ten articles come, two are corrected, one is taken down: exactly that is told, and nothing of the removed one's text."""
    cited = cite(library)
    clock.now += timedelta(minutes=5)
    library.add([article(number) for number in range(20, 30)])
    library.add([article(number, body=f"등대 {number}번째 이야기. 바로잡음.") for number in (1, 2)])
    library.remove(["a3"], public_reason="당사자 요청", reason="속사정")

    told = library.set_changes(cited)

    assert (told.found.total, told.total) == (5, 14)
    assert told.counts == {"added": 10, "corrected": 2, "removed": 1, "left": 0, "hidden": 0}
    assert {each.id for each in told.corrected} == {"a1", "a2"}
    assert [(each.id, each.public_reason) for each in told.removed] == [("a3", "당사자 요청")]
    assert "소식 3" not in repr(told)
    assert (told.is_exact, told.same_words) == (True, True)


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        pytest.param(lambda library: library.add([article(9, title="나루항 시장")]), {"added": 1}, id="edited into it"),
        pytest.param(lambda library: library.add([article(1, title="시장")]), {"left": 1}, id="edited out of it"),
        pytest.param(lambda library: library.withhold(["a1"]), {"hidden": 1}, id="withheld"),
        pytest.param(lambda library: library.add([article(9, title="시장 새 소식")]), {}, id="another one edited"),
        pytest.param(lambda library: library.remove(["a9"]), {}, id="another one removed"),
        pytest.param(
            lambda library: (library.remove(["a1"]), library.add([article(1)])), {"corrected": 1}, id="removed and back"
        ),
        pytest.param(
            lambda library: (library.add([article(30)]), library.remove(["a30"])), {}, id="came and went in between"
        ),
        pytest.param(
            lambda library: (library.withhold(["a1"]), library.publish(["a1"])),
            {"corrected": 1},
            id="withheld for a while",
        ),
        pytest.param(
            lambda library: library.purge(["a1"], by="편집국"), {"removed": 0}, id="erased: nobody knows whether"
        ),
    ],
)
def test_each_kind_of_change(library: Library, clock: Clock, change: Any, counts: dict[str, int]) -> None:
    """What was a result then is decided by the revision of then, what is one now by the index."""
    cited = cite(library)
    clock.now += timedelta(minutes=5)
    change(library)

    told = library.set_changes(cited)

    assert {name: count for name, count in told.counts.items() if count} == {n: c for n, c in counts.items() if c}


def test_what_is_gone_is_read_in_batches(library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are gone, each is of its kind, and the archive is asked once a batch."""
    monkeypatch.setattr(set_changes, "_READ_AT_ONCE", 4)
    cited = cite(library)
    clock.now += timedelta(minutes=5)
    library.add([article(number, title="시장") for number in (0, 1, 2)])
    library.withhold(["a3"])
    library.remove(["a4"], public_reason="당사자 요청")
    asked: list[list[int]] = []
    fetch = library._archive.fetch

    def noted(seqs: Sequence[int]) -> dict[int, ArchivedArticle]:
        asked.append(list(seqs))
        return fetch(seqs)

    monkeypatch.setattr(library._archive, "fetch", noted)

    told = library.set_changes(cited)

    assert told.counts == {"added": 0, "corrected": 0, "removed": 1, "left": 3, "hidden": 1}
    assert {each.id for each in told.left} == {"a0", "a1", "a2"}
    assert [each.id for each in told.removed] == ["a4"]
    assert [len(each) for each in asked if each] == [4, 1, 3]


def test_too_many_changes_are_not_told(library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is looked at the total is right, and nothing is said to have come or gone."""
    monkeypatch.setattr(set_changes, "MOST_LOOKED_AT", 1)
    cited = cite(library)
    clock.now += timedelta(minutes=5)
    library.add([article(30), article(0, title="시장"), article(1, title="시장")])

    told = library.set_changes(cited)

    assert (told.is_exact, told.total) == (False, 4)
    assert told.counts == {"added": 0, "corrected": 0, "removed": 0, "left": 0, "hidden": 0}
    assert (told.added, told.corrected, told.removed, told.left) == ((), (), (), ())


def test_what_opens_by_itself_has_come(library: Library, clock: Clock) -> None:
    """An embargo that ends adds an article without any change."""
    cited = cite(library)
    clock.now += timedelta(days=1)

    assert library.set_changes(cited).counts["added"] == 1


def test_a_period_is_cited_by_its_days(library: Library, clock: Clock) -> None:
    """한 주 means the week before the citation, also a year later."""
    cited = cite(library, period=Period.WEEK)
    clock.now += timedelta(days=365)

    told = library.set_changes(cited)

    assert told.found.request.since is not None
    assert (told.found.request.period, told.total) == (None, 6)


def test_a_relaxed_search_has_no_set(library: Library) -> None:
    """What holds the most words depends on the other articles."""
    request = SearchRequest("나루항 없는말", as_typed=True)

    assert library.set_id(request, library.search(request)) is None


def test_what_the_desk_finds_is_not_cited(library: Library) -> None:
    """Others would be told of articles that they cannot see; a subscriber's results are everybody's."""
    request = SearchRequest("나루항")
    ids = {asker: library.set_id(request, library.search(request, asker=asker), asker=asker) for asker in Asker}

    assert ids[Asker.DESK] is None
    assert ids[Asker.PUBLIC] == ids[Asker.SUBSCRIBER] is not None
    assert library.results(request, asker=Asker.DESK).cite() is None


def test_other_words_are_told(library: Library, clock: Clock, tmp_path: Path) -> None:
    """A changed synonyms.txt may change what is found; the set says that the words are others now."""
    cited = cite(library)
    (tmp_path / "synonyms.txt").write_text("나루항\t나루포\n", "utf-8")

    assert not library.set_changes(cited).same_words


def test_the_key_is_made_once_and_kept_from_others(library: Library, tmp_path: Path) -> None:
    """Every process signs with the same key, which a backup holds, and not everybody may read."""
    cited = cite(library)
    library.backup(tmp_path.parent / f"{tmp_path.name}-backup")
    gisa.restore(tmp_path.parent / f"{tmp_path.name}-backup", tmp_path.parent / f"{tmp_path.name}-restored")

    assert (tmp_path / "sets.key").stat().st_mode & 0o007 == 0
    with gisa.open(tmp_path.parent / f"{tmp_path.name}-restored") as restored:
        assert restored.set_changes(cited).found.total == 5
    with pytest.raises(SetInvalid):
        library.set_changes(cited[:-1] + ("A" if cited[-1] != "A" else "B"))


@given(
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.sampled_from(Sort),
    st.integers(0, 2**40),
    st.integers(0, 2**31),
    st.booleans(),
)
def test_an_id_says_what_it_was_made_of(query: str, sort: Sort, change_seq: int, total: int, about: bool) -> None:
    """Written and read again it is the same set; with any letter changed, or another key, it is none."""
    found = set_of(
        SearchRequest(query, sort=sort),
        about=about,
        change_seq=change_seq,
        at=BEGAN,
        total=total,
        words=words_digest(""),
        today=BEGAN.date(),
    )
    text = write_set(found, key=KEY)

    assert read_set(text, key=KEY) == found
    assert len(text) < 400 + 9 * len(query)
    for broken in (text[:-3], "A" + text[1:] if text[0] != "A" else "B" + text[1:], "", "한글", text + "!"):
        with pytest.raises(SetInvalid):
            read_set(broken, key=KEY)
    with pytest.raises(SetInvalid):
        read_set(text, key=bytes(KEY_BYTES))


def test_the_papers_words_are_hashed_once(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for every page that is cited: again only if the words or the synonyms are others."""
    hashed: list[str] = []

    def noted(words: str) -> bytes:
        hashed.append(words)
        return words_digest(words)

    monkeypatch.setattr(searches, "words_digest", noted)
    library._searches._made = None
    for _ in range(3):
        cite(library)
    before = len(hashed)
    (tmp_path / "synonyms.txt").write_text("나루항\t나루포\n", "utf-8")
    for _ in range(3):
        cite(library)

    assert (before, len(hashed)) == (1, 2)


def test_an_id_hides_how_much_has_changed() -> None:
    """The change's number counts what is not published: the bytes it stands in are others for every set, though it is the same."""
    found = [
        set_of(
            SearchRequest("나루항"),
            about=False,
            change_seq=7,
            at=BEGAN,
            total=total,
            words=words_digest(""),
            today=BEGAN.date(),
        )
        for total in range(50)
    ]
    hidden = {base64.urlsafe_b64decode(write_set(each, key=KEY) + "==")[13:21] for each in found}

    assert len(hidden) == 50
    assert (7).to_bytes(8) not in hidden
