"""Texts with highlights become markup that says exactly the same, escaped."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from gisa.model import Span
from gisa.web.pages.links import Links, web_url
from gisa.web.pages.marking import mark, paragraphs
from gisa.web.pages.safe import safe

spans = st.lists(st.builds(Span, st.integers(0, 30), st.integers(0, 30)), max_size=6)
wild = st.text(alphabet=st.sampled_from("가나 AI<>&\"'\n"), max_size=25)


@given(wild, spans)
def test_marked_text_says_the_same(text: str, found: list[Span]) -> None:
    """Without its marks the markup is the text; the marks cover exactly the spans; nothing else is a tag."""
    markup = str(mark(text, found))
    covered = {position for span in found for position in range(span.start, min(span.end, len(text)))}

    assert html.unescape(re.sub("</?mark>", "", markup)) == text
    assert "<" not in re.sub("</?mark>", "", markup)
    marked = "".join(html.unescape(part) for part in re.findall("<mark>(.*?)</mark>", markup, re.DOTALL))
    assert marked == "".join(text[position] for position in sorted(covered))
    assert "</mark><mark>" not in markup
    assert "<mark></mark>" not in markup


@given(wild, spans)
def test_paragraphs_hold_every_line_and_every_mark(text: str, found: list[Span]) -> None:
    """The lines that hold anything, in order, with the same characters marked."""
    lines = paragraphs(text, found)

    assert [html.unescape(re.sub("</?mark>", "", str(line.text))) for line in lines] == [
        line for line in text.split("\n") if line.strip()
    ]
    covered = {position for span in found for position in range(span.start, span.end)}
    expected = [
        "".join(char for position, char in enumerate(line, start) if position in covered)
        for start, line in _lines(text)
        if line.strip()
    ]
    marked = [
        "".join(html.unescape(part) for part in re.findall("<mark>(.*?)</mark>", str(line.text))) for line in lines
    ]
    assert marked == expected


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def test_a_correction_is_set_apart() -> None:
    """A correction notice is known by its first words."""
    lines = paragraphs("본문\n[정정보도문] 바로잡습니다\n바로잡습니다: 이름", ())

    assert [line.correction for line in lines] == [False, True, True]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("/media/sea.svg", True),
        ("https://news.example/a.jpg", True),
        ("http://news.example/a.jpg", False),
        ("//news.example/a.jpg", False),
        ("/\\news.example/a.jpg", False),
        ("javascript:alert(1)", False),
        ("data:image/svg+xml,x", False),
        ("", False),
        (None, False),
    ],
)
def test_a_picture_is_shown_only_from_here_or_under_https(url: str | None, *, shown: bool) -> None:
    """The page's policy allows nothing else, so nothing else leaves a hole."""
    assert Links().picture(url) == (url if shown else None)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/1", True),
        ("HTTP://news.example/1", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("/local", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, *, linked: bool) -> None:
    """An article's address may be anything; only http and https become a link."""
    assert web_url(url) == (url if linked else None)


@given(st.one_of(st.text(), wild, st.integers(), st.none(), st.text().map(Markup)))
def test_the_fast_escape_says_what_escape_says(value: object) -> None:
    """``safe`` and ``markupsafe.escape`` never differ."""
    assert safe(value) == escape(value)
