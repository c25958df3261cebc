"""What a question for a mistyped query costs: nothing is looked up or searched for where no other word can help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.slips import slips
from gisa.model import Suggestion
from gisa.query.parse import parse
from gisa.search.did_you_mean import Corrector


class Asked:
    """Three words like any other, an archive that holds some words and finds some queries, and what was asked of them."""

    def __init__(self, *, held: str = "", found: str = "") -> None:
        self.held, self.found = held.split(), found.split()
        self.words: list[str] = []
        self.looked_up: list[str] = []
        self.searches: list[str] = []
        self.counted: list[str] = []
        self.counts: dict[str, int] = {}
        self.bounds: dict[str, int] = {}

    def like(self, word: str, *, limit: int) -> list[Suggestion]:
        self.looked_up.append(word)
        return [Suggestion(word + syllable, 2) for syllable in "갂낪닶"[:limit]]

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        del typed, limit
        return []

    def close(self) -> None:
        """Holds nothing."""

    def are_somewhere(self, words: Iterable[str]) -> Iterator[bool]:
        for word in words:
            self.words.append(word)
            yield word in self.held

    def count_letters(self, words: Iterable[str]) -> Iterator[int]:
        for word in words:
            self.counted.append(word)
            yield self.counts.get(word, 0)

    def most_with_letters(self, word: str) -> int:
        return self.bounds.get(word, 0)

    def find(self, queries: Iterable[str]) -> Iterator[bool]:
        for query in queries:
            self.searches.append(query)
            yield bool(self.found) and (
                set(query.split()) <= set(self.found) or all(map(query.__contains__, self.found))
            )

    def meant(self, query: str, *, missing: int = 1, seen: str = "") -> str | None:
        corrector = Corrector(
            self,
            are_somewhere=self.are_somewhere,
            count_letters=self.count_letters,
            most_with_letters=self.most_with_letters,
            find=self.find,
            find_in_headlines=self.find,
        )
        return corrector.corrected(parse(query), seen=seen.split(), missing=missing)


def test_no_like_word_is_looked_up_where_fewer_are_nowhere_than_are_missing() -> None:
    """나루 and 시장 stand in no article together: whatever 섬거 might be, nothing would hold all three."""
    asked = Asked(held="나루 시장")

    assert asked.meant("나루 시장 섬거", missing=2) is None
    assert (asked.words, asked.looked_up) == (["나루", "시장"], [])


def test_a_word_seen_in_a_hit_is_not_asked_for() -> None:
    """It is somewhere."""
    asked = Asked(found="나루 섬거낪")

    assert asked.meant("나루 섬거", seen="나루") == "나루 섬거낪"
    assert asked.words == ["섬거"]


def test_a_word_that_stands_twice_is_missing_twice() -> None:
    """Both of the query's parts are replaced."""
    asked = Asked(found="섬거갂 섬거갂")

    assert asked.meant("섬거 섬거", missing=2) == "섬거갂 섬거갂"


def test_whether_any_choice_finds_something_is_one_search() -> None:
    """Most mistyped queries are of nothing that the archive holds."""
    asked = Asked()

    assert asked.meant("섬거 나르") is None
    assert asked.searches == ["(섬거갂 | 섬거낪 | 섬거닶) (나르갂 | 나르낪 | 나르닶)"]


@pytest.mark.parametrize(
    ("query", "looked_up"),
    [("섬거 나르 다르", 3), ("섬거 나르 다르 라르", 0), (" ".join(f"섬거{n}" for n in range(13)), 0)],
    ids=["three words", "four", "a pasted text"],
)
def test_a_query_of_many_words_that_are_nowhere_is_left_alone(query: str, looked_up: int) -> None:
    """It is of another archive; of three, each is replaced."""
    asked = Asked()

    asked.meant(query)

    assert len(asked.looked_up) == looked_up


@pytest.mark.parametrize("query", ["제목:섬거", '섬거 "나루 시장"', "-나루 섬거"])
def test_in_a_query_with_marks_each_choice_is_searched_for(query: str) -> None:
    """There a group may not stand where a word does."""
    asked = Asked()

    assert asked.meant(query, missing=1) is None
    assert asked.searches == [query.replace("섬거", f"섬거{syllable}") for syllable in "갂낪닶"]


def test_no_slip_is_made_where_the_other_words_find_nothing() -> None:
    """Whatever 섬거 might be, 나루 and 시장 would have to stand beside it: one search instead of sixty."""
    asked = Asked(held="나루 시장")

    assert asked.meant("나루 섬거 시장") is None
    assert (asked.searches, asked.counted, asked.looked_up) == (["나루 시장"], [], [])


COUNTS = st.dictionaries(st.sampled_from([each.text for each in slips("섬거")]), st.integers(1, 9), max_size=30)


@given(COUNTS, st.integers(0, 3), st.booleans())
def test_the_most_held_slips_are_found_without_counting_all(counts: dict[str, int], more: int, knows: bool) -> None:
    """They are the same, in the same order, as if every slip had been counted; also if the index knows no bounds."""
    asked = Asked()
    asked.counts = counts
    asked.bounds = {word: count + more for word, count in counts.items()} if knows else {}
    worth = {each.text: counts.get(each.text, 0) * (4 if each.is_near else 1) for each in slips("섬거")}
    held = [word for word in worth if counts.get(word, 0) >= 2]

    asked.meant("섬거")

    assert asked.words[1:] == sorted(held, key=lambda word: -worth[word])[:3]


def test_slips_that_cannot_come_first_are_not_counted() -> None:
    """Three that ten articles hold leave nothing to those that at most two can hold."""
    asked = Asked()
    near = [each.text for each in slips("섬거") if each.is_near]
    asked.counts = asked.bounds = {word: 10 if place < 3 else 2 for place, word in enumerate(near)}

    asked.meant("섬거")

    assert asked.counted == near[:3]
