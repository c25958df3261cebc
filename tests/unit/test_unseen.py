"""Characters that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.query.parse import parse
from gisa.text.unseen import clean_line, is_blank, without_unseen
from gisa.text.views import title_keys

_UNSEEN = {
    "Hangul filler": "\u3164",
    "half-width filler": "\uffa0",
    "jamo filler": "\u115f",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "braille blank": "\u2800",
    "control": "\x00",
    "C1 control": "\x9f",
    "lone surrogate": "\ud800",
    "tag": "\U000e0041",
}


@pytest.mark.parametrize("character", _UNSEEN.values(), ids=_UNSEEN)
def test_every_place_leaves_the_same_characters_out(character: str) -> None:
    """A page's query, the library's query and a headline's key agree on what nobody sees."""
    given_ = f"나루{character}대교"

    assert clean_line(given_) == "나루대교"
    assert parse(given_) == parse("나루대교")
    assert title_keys(given_) == title_keys("나루대교")
    assert is_blank(character * 2)


@pytest.mark.parametrize("joined", ["👩\u200d🔬", "葛\U000e0100", "❤\ufe0f"])
def test_what_shapes_its_neighbours_stays(joined: str) -> None:
    """Joiners and variation selectors stay within a text, though one of nothing else is blank."""
    assert without_unseen(joined) == joined
    assert not is_blank(joined)
    assert is_blank(joined[1:2])


@given(st.text())
def test_what_is_seen_stays(text: str) -> None:
    """No letter, number, mark of punctuation or symbol goes, but for the fillers and the blank that look like none."""
    kept = without_unseen(text)

    seen = [
        one for one in text if unicodedata.category(one)[0] in "LNPS" and one not in "\u115f\u1160\u3164\uffa0\u2800"
    ]
    assert [one for one in kept if unicodedata.category(one)[0] in "LNPS"] == seen


@given(st.text())
def test_a_line_is_clean_once(text: str) -> None:
    """Cleaning again changes nothing, and a clean line is empty only if there was nothing to see or to shape."""
    line = clean_line(text)

    assert clean_line(line) == line
    assert len(line.splitlines()) <= 1
    assert line or is_blank(text)
