"""Whether a sentence stands in the archive: every sentence of it does, no changed one does, and what changed is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gisa
from gisa.access import Asker
from gisa.errors import SearchInvalid
from gisa.index.tantivy_index import TantivyReader
from gisa.language import Language
from gisa.library import Library
from gisa.quotes.comparing import DifferenceKind, differences, places_of
from gisa.quotes.verifying import LONGEST, QuoteCheck, Standing, quotations_in
from gisa.sample import open_articles
from gisa.saying.quoting import say_standing
from gisa.saying.speaker import Speaker
from gisa.text.sentences import letters_of, sentences

SENTENCE = "김하늘 시장은 나루대교를 2028년까지 새로 놓겠다고 밝혔다"


def row(number: int, body: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "title": f"나루시 소식 {number}",
        "body": body,
        "published_at": f"2026-01-{number:02}T09:00:00+09:00",
        **fields,
    }


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample newspaper, and three articles of our own."""
    with gisa.open(tmp_path_factory.mktemp("verify")) as opened:
        opened.add(open_articles())
        opened.add(
            [
                row(1, f"첫 문단이다.\n{SENTENCE}. 예산은 300억 원이다."),
                row(2, f"다시 실은 글이다. {SENTENCE}."),
                row(3, "비밀 문장은 아무도 볼 수 없어야 한다.", status="draft"),
            ]
        )
        yield opened


def test_every_sentence_of_the_archive_is_exact(paper: Library) -> None:
    """To the letter, with its place; of several printings the first comes first."""
    checked = 0
    for article in paper.results(gisa.SearchRequest("나루")):
        for start, end in sentences(article.body)[:3]:
            sentence = article.body[start:end]
            if len(letters_of(sentence)) < 10 or len(sentence) > LONGEST:
                continue
            check = paper.verify_quote(sentence)
            checked += 1
            assert check.standing in (Standing.EXACT, Standing.SPACING), sentence
            assert letters_of(check.given) == letters_of(check.printings[0].text)
    twice = paper.verify_quote(SENTENCE)

    assert checked > 100
    assert [each.archived.article.id for each in twice.printings] == ["a1", "a2"]
    assert twice.printings[0].text == SENTENCE
    assert twice.standing is Standing.EXACT


CHANGED = {
    "a digit": ("2028년", "2027년", DifferenceKind.NUMBER),
    "a name": ("김하늘", "박준서", DifferenceKind.NAME),
    "a negation": ("놓겠다고", "놓지 않겠다고", DifferenceKind.NEGATION),
    "a word": ("새로", "높이", DifferenceKind.WORD),
    "a word more": ("새로 놓겠다고", "새로 크게 놓겠다고", DifferenceKind.WORD),
    "a word less": ("새로 ", "", DifferenceKind.WORD),
    "an ending": ("밝혔다", "밝혔습니다", DifferenceKind.WORD),
    "two words in each other's place": (
        "나루대교를 2028년까지 새로 놓겠다고",
        "새로 2028년까지 나루대교를 놓겠다고",
        DifferenceKind.ORDER,
    ),
    "another order": ("나루대교를 2028년까지", "2028년까지 나루대교를", DifferenceKind.ORDER),
}


@pytest.mark.parametrize(("printed", "said", "kind"), CHANGED.values(), ids=CHANGED.keys())
def test_a_changed_sentence_is_near_and_the_change_is_named(
    paper: Library, printed: str, said: str, kind: DifferenceKind
) -> None:
    """Never exact; the right sentence is found."""
    check = paper.verify_quote(SENTENCE.replace(printed, said))

    assert check.standing is Standing.NEAR
    assert letters_of(SENTENCE) in letters_of(check.printings[0].text)
    assert {each.kind for each in check.differences} == {kind}


def test_spacing_and_marks_alone(paper: Library) -> None:
    """나루대교 를 is the same words; so is a sentence with other marks."""
    for said in (
        SENTENCE.replace("나루대교를", "나루 대교를"),
        SENTENCE.replace(" ", ""),
        SENTENCE.replace("까지", "까지,"),
    ):
        assert paper.verify_quote(said).standing is Standing.SPACING


MARKED = {
    "as printed": ("▲ 나루대교 통행량이 40% 늘었다.", Standing.EXACT),
    "without the last mark": ("▲ 나루대교 통행량이 40% 늘었다", Standing.EXACT),
    "without the first mark": ("나루대교 통행량이 40% 늘었다.", Standing.EXACT),
    "another first mark": ("■ 나루대교 통행량이 40% 늘었다.", Standing.SPACING),
    "a question": ("나루대교 통행량이 40% 늘었다?", Standing.SPACING),
}


@pytest.mark.parametrize(("said", "standing"), MARKED.values(), ids=MARKED.keys())
def test_marks_at_the_ends_of_a_sentence(tmp_path: Path, said: str, standing: Standing) -> None:
    """What a sentence begins and ends with belongs to it, but for the stop and quotation marks."""
    body = "소식이다. ▲ 나루대교 통행량이 40% 늘었다."
    with gisa.open(tmp_path) as library:
        library.add([{"id": "a1", "title": "다리", "body": body, "published_at": "2025-01-01T09:00:00Z"}])

        assert library.verify_quote(said).standing is standing


INVENTED = (
    "외계인이 한강에 착륙해 시민들과 기념사진을 찍었다",
    "The quick brown fox jumps over the lazy dog",
    "시장은 밝혔다고 했다는 것으로 알려졌다",
    "없는 낱말 쀍뛟괡 하나로 된 문장이다",
)


@pytest.mark.parametrize("sentence", INVENTED)
def test_an_invented_sentence_is_not_there(paper: Library, sentence: str) -> None:
    """And it is said how many articles were searched."""
    check = paper.verify_quote(sentence)

    assert check.standing is Standing.NONE
    assert check.printings == ()
    assert check.articles == paper.status().articles


def test_an_index_that_knows_no_frequencies_finds_the_sentence(paper: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """One on another machine: it said of every sentence that it stands nowhere."""
    monkeypatch.setattr(TantivyReader, "frequency", lambda *_: 0)

    assert paper.verify_quote(SENTENCE).standing is Standing.EXACT
    assert paper.verify_quote("달나라에 세운 도서관이 문을 닫았다고 한다").standing is Standing.NONE


def test_what_is_not_published_is_not_there(paper: Library) -> None:
    """A draft's sentence is as unknown as an invented one."""
    assert paper.verify_quote("비밀 문장은 아무도 볼 수 없어야 한다").standing is Standing.NONE


@pytest.mark.parametrize("text", ["", " ", "가나다", "“”", "가" * (LONGEST + 1)], ids=lambda text: f"{len(text)}")
def test_what_cannot_be_checked_is_told(paper: Library, text: str) -> None:
    """Too short says nothing, too long is no sentence."""
    with pytest.raises(SearchInvalid):
        paper.verify_quote(text)


def test_the_quotations_of_a_draft() -> None:
    """Each in quotation marks; without any, the draft itself."""
    assert quotations_in("그는 “새로 놓겠다”고, 또 “응”이라고 했다.", at_most=5) == ["새로 놓겠다"]
    assert quotations_in("따옴표가 없다", at_most=5) == ["따옴표가 없다"]


@given(st.text(alphabet="가나 1.,\n“”A\u1100\u1161", max_size=40), st.text(alphabet="가나 1.,A", max_size=8))
def test_places_are_where_the_letters_stand(text: str, sought: str) -> None:
    """By brute force: each place holds the letters, none is left out that does not overlap another."""
    letters = letters_of(sought)
    if not letters:
        return
    found = list(places_of(letters, text))

    assert all(letters_of(text[start:end]) == letters for start, end in found)
    assert len(found) == letters_of(text).count(letters)


@given(st.lists(st.sampled_from("가나 다라 2028년 않다 밝혔다".split()), max_size=6))
def test_the_same_words_do_not_differ(words: list[str]) -> None:
    """Whatever stands in a sentence, it is no other than itself."""
    sentence = " ".join(words)

    assert differences(sentence, sentence) == ()


def test_as_data(paper: Library) -> None:
    """What the API and the command say of it."""
    check: QuoteCheck = paper.verify_quote(SENTENCE.replace("2028", "2027"))
    told = check.as_dict()

    assert told["standing"] == "near"
    assert told["differences"] == [{"kind": "number", "given": "2027년까지", "printed": "2028년까지"}]


def test_what_was_searched_is_said_honestly(tmp_path: Path) -> None:
    """Of a source's excerpts and of subscribers' articles only a part was there; subscribers are told of the excerpts alone."""
    kinds: list[dict[str, object]] = [
        {},
        {"excerpt": True},
        {"access": "subscriber"},
        {"status": "draft", "excerpt": True},
    ]
    articles = [
        {"id": f"a{n}", "title": f"소식 {n}", "body": SENTENCE, "published_at": "2025-01-01T09:00:00Z", **fields}
        for n, fields in enumerate(kinds)
    ]
    with gisa.open(tmp_path) as library:
        library.add(articles)
        public = library.verify_quote("아무도 말하지 않은 문장이다")
        subscriber = library.verify_quote("아무도 말하지 않은 문장이다", asker=Asker.SUBSCRIBER)

    assert (public.articles, public.excerpts) == (3, 2)
    assert (subscriber.articles, subscriber.excerpts) == (3, 1)
    assert say_standing(public, Speaker(Language.KOREAN)).endswith("전문을 찾아본 기사 1건, 일부만 찾아본 기사 2건.")


WORDS = {
    "a name that holds numerals": ("공영민 군수", "박준서 군수", DifferenceKind.NAME),
    "a name that begins with 안": ("안현수 교수", "박준서 교수", DifferenceKind.NAME),
    "a number in words": ("이백만 명", "삼백만 명", DifferenceKind.NUMBER),
    "안 before a verb": ("참여를 안했다", "참여를 했다", DifferenceKind.NEGATION),
    "안내 is no negation": ("참여를 안내했다", "참여를 안내하지 않았다", DifferenceKind.NEGATION),
}


@pytest.mark.parametrize(("given", "printed", "kind"), WORDS.values(), ids=WORDS.keys())
def test_what_kind_a_difference_is(given: str, printed: str, kind: DifferenceKind) -> None:
    """Numbers, negations and names are told by what they are, not by letters in them."""
    [found] = differences(given, printed, names=frozenset({"공영민", "안현수", "박준서"}))

    assert found.kind is kind
