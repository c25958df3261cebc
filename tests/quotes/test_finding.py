"""Who said what in an article: the labelled set with its floors, and the rules one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.holders import packaged_holders
from gisa.quotes.finding import _SENTENCES, QuotationFinder
from gisa.quotes.marks import LONGEST, quoted_stretches
from gisa.quotes.noun_phrases import NounPhrase, NounPhraseReader
from gisa.quotes.speakers import People, no_holder
from tests.quotes.labelled import labelled

FINDER = QuotationFinder()


def said(text: str) -> list[tuple[str, str]]:
    """Each quotation's words with its speaker."""
    return [
        (text[found.start : found.end], found.speaker.name if found.speaker is not None else "")
        for found in FINDER.find(text)
    ]


class Figures(NamedTuple):
    """How many quotations a labelled file holds, and what became of them."""

    total: int
    found: int
    extra: int
    right: int
    wrong: int


def figures(name: str) -> Figures:
    """What the rules make of a labelled file."""
    found = right = wrong = extra = total = 0
    for article in labelled(name):
        holder_of = partial(packaged_holders().holder_by_name, on=article.day)
        by_end = {each.end: each for each in FINDER.find(article.text, holder_of=holder_of)}
        total += len(article.speakers)
        extra += len(by_end.keys() - article.speakers.keys())
        for end, speaker in article.speakers.items():
            if end not in by_end:
                continue
            found += 1
            named = by_end[end].speaker
            if named is None:
                continue
            known_as = named.name if named.is_person else named.name.split()[-1]
            right += known_as == speaker
            wrong += known_as != speaker
    return Figures(total, found, extra, right, wrong)


@pytest.mark.parametrize(
    ("name", "quotations", "named"), [("labelled.txt", 200, 0.9), ("blind.txt", 100, 0.8)], ids=["first", "blind"]
)
def test_the_labelled_sets(name: str, quotations: int, named: float) -> None:
    """At least 98 % are found, 97 % of what is found is a quotation, 95 % of named speakers are right; and how many are named."""
    total, found, extra, right, wrong = figures(name)

    assert total >= quotations
    assert found / total >= 0.98
    assert found / (found + extra) >= 0.97
    assert right / (right + wrong) >= 0.95
    assert right / total >= named


RULES = {
    "set apart": ("나루시는 “안전한 도시”를 내걸었다.", []),
    "a title": ("영화 “밀물”이 개봉한다.", []),
    "written on something": ("“금연”이라고 적힌 종이가 붙었다.", []),
    "a name for something": ("사람들은 그를 “나루의 별”이라고 부른다.", []),
    "a noun as topic": ("수상작 “물때표”는 어촌 이야기다.", []),
    "topic before": ("김하늘 시장은 “새로 짓겠다”고 말했다.", [("새로 짓겠다", "김하늘")]),
    "subject before": ("김하늘 시장이 “새로 짓겠다”고 약속했다.", [("새로 짓겠다", "김하늘")]),
    "speaker behind": ("“새로 짓겠다”고 김하늘 시장은 말했다.", [("새로 짓겠다", "김하늘")]),
    "speaker behind in a clause": ("“새로 짓겠다”고 말한 김하늘 시장은 웃었다.", [("새로 짓겠다", "김하늘")]),
    "two in a sentence": (
        "김하늘 시장은 “새로 짓겠다”며 “예산도 있다”고 말했다.",
        [("새로 짓겠다", "김하늘"), ("예산도 있다", "김하늘")],
    ),
    "side by side": (
        "김하늘 시장은 “짓겠다”, “고치겠다”고 말했다.",
        [("짓겠다", "김하늘"), ("고치겠다", "김하늘")],
    ),
    "in brackets": ("“바다가 죽어 간다”(한지우 어촌계장).", [("바다가 죽어 간다", "한지우")]),
    "with a colon": ("김하늘 시장: “짓겠습니다.”", [("짓겠습니다.", "김하늘")]),
    "nobody's": ("“너무 늦다”는 지적이 나온다.", [("너무 늦다", "")]),
    "somebody's view": ("교육부는 “문제없다”는 입장이다.", [("문제없다", "교육부")]),
    "whose view it is": ("“문제없다”는 게 교육부의 설명이다.", [("문제없다", "교육부")]),
    "a surname later": (
        "김하늘 시장은 늦게 왔다. 김 시장은 “미안하다”고 말했다.",
        [("미안하다", "김하늘")],
    ),
    "a space before 씨": ("밭을 가는 양재덕(63) 씨는 “얼었다”고 말했다.", [("얼었다", "양재덕")]),
    "words that look like names": (
        "김하늘 시장은 떠났다. 그는 은퇴식에서 “배웠다”고 말했다.",
        [("배웠다", "김하늘")],
    ),
    "a school is no name": ("“일자리가 먼저다”(엄도윤 두메초 교장).", [("일자리가 먼저다", "엄도윤")]),
    "a clause with another subject": (
        "나루시는 “끝났다”고 밝혔지만 박준서 의원은 “멀었다”고 했다.",
        [("끝났다", "나루시"), ("멀었다", "박준서")],
    ),
    "who answers is another": (
        "박준서 의원은 “늦다”고 했다. 이에 대해 관할 부서는 “아니다”라고 했다.",
        [("늦다", "박준서"), ("아니다", "")],
    ),
    "an unknown topic between": (
        "박준서 의원이 “늦다”고 하자 빗소리는 “아니다”라고 했다.",
        [("늦다", "박준서"), ("아니다", "")],
    ),
    "으로 전망": ("임채린 연구원은 “한 차례에 그칠 것”으로 전망했다.", [("한 차례에 그칠 것", "임채린")]),
    "a text that is written": ("조직은 “계좌가 쓰였습니다”라는 대본을 돌렸다.", []),
    "a pronoun": ("박준서 의원이 나왔다. 그는 “반대한다”고 했다.", [("반대한다", "박준서")]),
    "two of one surname": (
        "김하늘 시장과 김바다 의원이 만났다. 김 의원은 “반대한다”고 했다.",
        [("반대한다", "김바다")],
    ),
    "a market is no mayor": (
        "나루 수산시장 상인회는 국을 보냈다. 그는 “몰랐다”고 말했다.",
        [("몰랐다", "")],
    ),
    "a name that begins like a compound": (
        "여든두 살 건어물상 피말순 할머니는 “졸였다”고 말했다.",
        [("졸였다", "피말순")],
    ),
    "nobody of that name": ("김 시장은 “미안하다”고 말했다.", [("미안하다", "김 시장")]),
    "a hidden name": ("주민 유모(42)씨는 “무섭다”고 했다.", [("무섭다", "유모씨")]),
    "a foreign name": ("감독 카를로스 산체스는 “졌다”고 말했다.", [("졌다", "카를로스 산체스")]),
    "no place": ("나루시청에서는 “늦다”는 말이 돌았다.", [("늦다", "")]),
    "a thing is nobody": ("원인은 “낡은 배관”이라고 했다.", [("낡은 배관", "")]),
    "straight marks": ('김하늘 시장은 "짓겠다"고 말했다.', [("짓겠다", "김하늘")]),
    "corner brackets": ("김하늘 시장은 「짓겠다」고 말했다.", [("짓겠다", "김하늘")]),
    "words in words": ("김하늘 시장은 “‘안 된다’고 했다”고 말했다.", [("‘안 된다’고 했다", "김하늘")]),
    "over paragraphs": (
        "“첫째입니다.\n둘째입니다.”라고 김하늘 시장은 말했다.",
        [("첫째입니다.\n둘째입니다.", "김하늘")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), RULES.values(), ids=RULES.keys())
def test_rules(text: str, expected: list[tuple[str, str]]) -> None:
    """Each way in which an article tells, or does not tell, who said what."""
    assert said(text) == expected


def test_an_office_names_its_holder_on_the_day() -> None:
    """이 대통령 is a person only if the tables say who it was that day."""
    text = "이 대통령은 “서두르라”고 말했다."
    [found] = FINDER.find(text, holder_of=lambda surname, title: {("이", "대통령"): "이하늘"}.get((surname, title)))
    [unknown] = FINDER.find(text)

    assert found.speaker == ("이하늘", True)
    assert unknown.speaker == ("이 대통령", False)


def test_a_mark_left_open_quotes_nothing() -> None:
    """A system that loses a closing mark does not make the rest of the article a quotation."""
    text = "“열린 채로 끝난다. " + "가" * LONGEST + "”고 말했다. 김하늘 시장은 “짓겠다”고 말했다."

    assert [text[start:end] for start, end in quoted_stretches(text)] == ["짓겠다"]


LINES = {
    "quotations alone": "“가겠다.”\n",
    "on one line": "“가겠다”고 김 시장은 말했다 ",
    "without a space": "“가겠다”고말했다",
    "behind sentences": "그는 웃었다. “가겠다.” ",
    "behind a name": "김하늘 시장: “가겠다.”\n",
    "in a row": "“가겠다”, ",
}


class CountingReader(NounPhraseReader):
    """Counts the characters that it is given to read."""

    read = 0

    def phrases(self, stretch: str) -> Iterator[NounPhrase]:
        self.read += len(stretch)
        return super().phrases(stretch)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_reading_takes_time_linear_in_a_text(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten times the quotations not more than some ten times as much is read, wherever they stand."""
    read = []
    for times in (300, 3_000):
        finder = QuotationFinder()
        finder._reader = CountingReader(finder._dictionary)
        finder.find(line * times)
        read.append(finder._reader.read)

    assert read[1] <= 15 * read[0] + 1_000


def test_many_names_are_no_burden() -> None:
    """A short form is looked up by surname and title, not searched for among everybody who was named."""
    people = People(FINDER._dictionary, no_holder, lambda: None)
    for number in range(300):
        people.speaker((f"김{chr(0xAC00 + number)}하", "시장"))
    last = people.speaker(("김", "시장"))

    assert len(people._by_surname["김"]) == 1
    assert last == (f"김{chr(0xAC00 + 299)}하", True)


@given(st.text(alphabet='“”"「」‘’ 김하늘시장은고말했다라는의.,\n()1:', max_size=120))
def test_any_text_is_read(text: str) -> None:
    """Whatever stands in an article: quotations are in order, apart from each other, within their marks."""
    found = FINDER.find(text)
    edges = [edge for each in found for edge in (each.start, each.end)]

    assert edges == sorted(edges)
    assert all(text[each.start - 1] in '“"「' and text[each.end] in '”"“」' for each in found)


PLAIN_SENTENCES = re.compile(r"[^\n]+?(?:[.?!…]+(?=[\s\x01“\"「]|$)|\n|$)", re.MULTILINE)


@given(text=st.text(alphabet='가.?!…\n \x01“"「', max_size=20))
def test_sentences_are_those_of_the_plain_pattern(text: str) -> None:
    """The pattern that is read fast finds what the one that is read easily finds."""
    found, plain = ([match.span() for match in pattern.finditer(text)] for pattern in (_SENTENCES, PLAIN_SENTENCES))

    assert found == plain
