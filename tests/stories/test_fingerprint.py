"""Whether two articles tell the same story: floors over the labelled pairs, and the rules one by one."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gisa.model import Article
from gisa.stories.fingerprint import Fingerprint, fingerprint
from gisa.stories.following import WINDOW_S
from tests.stories.labelled import Pair, pairs

STORY = (
    "나루시가 낡은 나루대교를 헐고 2028년까지 새 다리를 놓는다. 새 다리는 길이 640m의 왕복 6차로로, 자전거길을 양쪽에 둔다. "
    "공사가 이어지는 동안 차량은 하류 쪽 임시 교량으로 다닌다."
)
HEADLINE = "나루대교 새로 놓는다"


@lru_cache
def made(title: str, body: str) -> Fingerprint | None:
    return fingerprint(title, body)


def is_told_same(one: Article, other: Article) -> bool:
    first, second = made(one.title, one.body), made(other.title, other.body)
    near = abs(one.published_at_s - other.published_at_s) <= WINDOW_S
    return first is not None and second is not None and near and first.tells_same_story(second)


def of(title: str, body: str) -> Fingerprint:
    found = fingerprint(title, body)
    assert found is not None
    return found


def test_the_labelled_pairs() -> None:
    """Of 330 pairs labelled by hand at least 98 % that are told to be one story are, and 90 % of those that are one are told."""
    labelled: list[Pair] = list(pairs())
    told = [pair for pair in labelled if is_told_same(pair.one, pair.other)]
    right = [pair for pair in told if pair.is_same]

    assert len(labelled) >= 300
    assert len(right) >= 0.98 * len(told)
    assert len(right) >= 0.9 * sum(pair.is_same for pair in labelled)


@pytest.mark.parametrize(
    ("title", "body", "is_same"),
    [
        pytest.param(HEADLINE, STORY, True, id="posted twice"),
        pytest.param(
            "나루시, 나루대교 헐기로", STORY.replace("낡은", "오래된"), True, id="another headline, a word changed"
        ),
        pytest.param("새로 놓는 나루대교", STORY.replace(" ", ""), True, id="without spaces"),
        pytest.param("도서관 사서 모집 안내", STORY, False, id="headlines without two letters in common"),
        pytest.param(HEADLINE, STORY.replace("2028", "2031").replace("640", "410"), False, id="other figures"),
        pytest.param(
            "[알림] 나루대교 새로 놓는다", STORY.replace("낡은", "오래된"), False, id="a notice that is not the same"
        ),
        pytest.param("[알림] 나루대교 새로 놓는다", STORY, True, id="a notice posted twice"),
        pytest.param(
            HEADLINE,
            "바다군이 갯벌을 지키고 알리는 사람 네 명을 뽑는다. 원서는 이달 말까지 해양수산과에서 받으며 면접을 거쳐 다음 달 알린다. 뽑힌 사람은 봄부터 가을까지 일한다.",
            False,
            id="another text",
        ),
    ],
)
def test_what_makes_one_story(title: str, body: str, is_same: bool) -> None:
    """Text, headline and figures all have to agree; a list or a notice has to be the same."""
    assert of(HEADLINE, STORY).tells_same_story(of(title, body)) is is_same


@pytest.mark.parametrize(
    "body", ["", "나루대교를 놓는다.", "1 2 3 4 5\n" * 200], ids=["none", "a sentence", "a table that repeats"]
)
def test_too_little_text_has_no_fingerprint(body: str) -> None:
    """An article with too little text is alone in its story."""
    assert fingerprint(HEADLINE, body) is None


@settings(max_examples=30)
@given(st.text(max_size=300), st.text(max_size=40))
def test_what_is_kept_reads_back(body: str, title: str) -> None:
    """Any text has a fingerprint or none; what is kept of it reads back, and is the same as itself."""
    found = fingerprint(title, body)

    if found is not None:
        again = Fingerprint.from_bytes(found.to_bytes())
        assert again == found
        assert found.share(again) == 1.0
        assert len(found.to_bytes()) <= 500


def test_the_share_is_estimated() -> None:
    """The estimate is near Jaccard's coefficient of the shingles."""
    one, other = STORY * 1 + "가나다라마바사" * 3, STORY

    def shingles(text: str) -> set[str]:
        letters = "".join(filter(str.isalnum, HEADLINE + text))
        return {letters[at : at + 5] for at in range(len(letters) - 4)}

    exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))

    assert of(HEADLINE, one).share(of(HEADLINE, other)) == pytest.approx(exact, abs=0.12)
