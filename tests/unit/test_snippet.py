"""Choosing and marking windows of text."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.lexicon import packaged_lexicon
from gisa.model import Span
from gisa.query.expansion import WordExpander
from gisa.query.highlighting import Finder
from gisa.query.parse import parse
from gisa.query.plan import compile_query
from gisa.text.analyser import MecabAnalyser
from gisa.text.snippet import WINDOW, best_snippet, merge

ANALYSER = MecabAnalyser()
FILLER = "오늘 시의회 본회의장에서는 여러 안건이 차례로 다뤄졌고 방청석은 거의 비어 있었다. "


def found(query: str, *texts: str) -> list[list[str]]:
    """The stretches of each text that a query marks."""
    root = parse(query).root
    assert root is not None
    plan = compile_query(root, WordExpander(ANALYSER, packaged_lexicon(), on=date(2025, 1, 1)))
    assert plan is not None
    spans = Finder(plan.sought, ANALYSER).find(texts)
    return [[text[start:end] for (start, end), _ in marks] for text, marks in zip(texts, spans, strict=True)]


def test_marks_any_spacing() -> None:
    """A word is marked however the paper spaced it."""
    assert found("AI센터", "AI센터, AI 센터, ‘AI’ 센터장. AI. 센터") == [["AI센터", "AI 센터", "AI’ 센터"]]


def test_marks_only_beginnings_of_two_syllables() -> None:
    """우정 is not marked inside 심우정, but is where a morpheme begins."""
    assert found("우정", "심우정 검사의 우정, 한미우정") == [["우정", "우정"]]


def test_marks_other_forms() -> None:
    """A verb is marked in the form the text has."""
    assert found("늘리다", "예산을 크게 늘렸다") == [["늘렸"]]


def test_marks_hanja_by_reading() -> None:
    """漢字 are marked for a query in 한글, and the other way round."""
    assert found("북핵", "北核 해결") == [["北核"]]
    assert found("北核", "북핵 해결") == [["북핵"]]


def test_marks_figures_with_separators() -> None:
    """20000000원 is marked in 20,000,000원, but 2 is not in 12."""
    assert found("20000000원", "20,000,000원") == [["20,000,000원"]]
    assert found("2배", "12배와 2배") == [["2배"]]


def test_marks_a_literal_to_the_letter() -> None:
    """A quoted stretch is marked inside words too."""
    assert found('"우정"', "심우정") == [["우정"]]


def test_latin_is_marked_whole() -> None:
    """AI is not marked inside RAIN."""
    assert found("AI", "RAIN AI rain") == [["AI"]]


def test_window_shows_the_words() -> None:
    """The window holds the place where the most different words stand, and says that text was cut."""
    body = FILLER * 20 + "포항 이야기가 나왔다. " + FILLER * 20 + "포항과 울산이 AI센터를 두고 겨뤘다. " + FILLER * 20
    root = parse("포항 울산 AI센터").root
    assert root is not None
    plan = compile_query(root, WordExpander(ANALYSER, packaged_lexicon(), on=date(2025, 1, 1)))
    assert plan is not None

    snippet = best_snippet(body, Finder(plan.sought, ANALYSER).find([body])[0])

    marked = [snippet.text[start:end] for start, end in snippet.highlights]
    assert marked == ["포항", "울산", "AI센터"]
    assert snippet.cut_before
    assert snippet.cut_after
    assert len(snippet.text) <= WINDOW + 30


def test_short_text_is_whole() -> None:
    """A text shorter than a window is its own snippet."""
    snippet = best_snippet("짧은 기사다.", [(Span(0, 2), 0)])

    assert (snippet.text, snippet.cut_before, snippet.cut_after) == ("짧은 기사다.", False, False)


def test_without_matches_the_beginning() -> None:
    """Without a match the snippet is the beginning of the text."""
    assert best_snippet(FILLER * 10, []).text.startswith("오늘 시의회")


@given(
    st.text(alphabet="가나 .\n", max_size=700),
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 300), st.integers(0, 3)), max_size=12),
)
def test_snippet_is_cut_from_the_text(text: str, places: list[tuple[int, int, int]]) -> None:
    """Any window is a stretch of the text; its highlights lie inside it, in order, apart from each other."""
    matches = sorted(
        (Span(start, min(start + length, len(text))), word) for start, length, word in places if start < len(text)
    )

    snippet = best_snippet(text, matches)

    assert snippet.text in text
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.highlights)
    assert merge(snippet.highlights) == snippet.highlights
    assert not matches or len(text) < WINDOW or snippet.highlights
