"""The normal form and its way back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import Span
from gisa.text.normal import normalise, normalise_with_map

CASES = {
    "middle dots": ("아ㆍ태 아‧태 아・태 아•태", "아·태 아·태 아·태 아·태"),
    "full width": ("ＡＩ센터（１）", "ai센터(1)"),
    "decomposed Hangul": (unicodedata.normalize("NFD", "우정은 AI센터"), "우정은 ai센터"),
    "company mark": ("㈜나루조선", "(주)나루조선"),
    "units": ("4만210㎡ 7.8㎞", "4만210m2 7.8km"),
    "superscripts": ("m²", "m2"),
    "compatibility jamo stay": ("ㅋㅋㅋ ㅠㅠ", "ㅋㅋㅋ ㅠㅠ"),
    "compatibility ideograph": ("\uf9e1", "李"),
    "capital I with a dot": ("İstanbul", "istanbul"),
    "accents": ("Beyoncé Müller São Łódź Œuvre", "beyonce muller sao lodz oeuvre"),
    "other alphabets keep their marks": ("йё ά", "йё ά"),
    "Japanese and simplified 漢字": ("読書 医学 满洲 习近平", "讀書 醫學 滿洲 習近平"),
    "漢字 that Korean writes itself": ("皇后 里長 余地", "皇后 里長 余地"),
    "Roman numerals": ("수학Ⅱ ⅳ", "수학ii iv"),
    "figures in circles": ("①항", " 1 항"),
    "fractions": ("½로", " 1/2로"),
    "no-break space": ("AI\u00a0센터", "ai 센터"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_normal_form(text: str, expected: str) -> None:
    """Spellings that readers take for the same have the same normal form."""
    assert normalise(text) == expected


@given(st.text())
def test_normal_form_is_stable(text: str) -> None:
    """The normal form of a normal form is itself."""
    once = normalise(text)

    assert normalise(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_map_covers_the_text(text: str) -> None:
    """Every character of the normal form, marks aside, has an origin, in order, inside the original."""
    mapped = normalise_with_map(text)

    assert normalise(mapped.text) == normalise(text)
    assert len(mapped.text) == len(normalise(text))
    spans = [mapped.original(Span(place, place + 1)) for place in range(len(mapped.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@given(st.text(alphabet="가각힣한글AI㈜㎡ㆍ·² \u1100\u1161\u11a8e\u0301", max_size=30))
def test_origin_says_the_same(text: str) -> None:
    """The original stretch that a character came from has a normal form which holds that character."""
    mapped = normalise_with_map(text)

    for place, character in enumerate(mapped.text):
        start, end = mapped.original(Span(place, place + 1))
        assert character in normalise(text[start:end])


def test_map_points_at_the_word() -> None:
    """A highlight found after a ligature or a decomposed word marks the original's letters."""
    text = unicodedata.normalize("NFD", "나루시") + " ㈜해온 AI센터"
    mapped = normalise_with_map(text)
    at = mapped.text.index("ai센터")

    start, end = mapped.original(Span(at, at + 4))

    assert text[start:end] == "AI센터"


UNSHOWN = "\u200b\u200c\u200d\u200e\u00ad\u2060\ufeff\u034f\u3164\ufe0f\x02"


@given(text=st.text(alphabet="가나다AIé25·,. \n각", max_size=30), data=st.data())
def test_what_nobody_sees_changes_nothing(text: str, data: st.DataObject) -> None:
    """A text with invisible characters has the normal form of the text without them."""
    place = data.draw(st.integers(0, len(text)))
    character = data.draw(st.sampled_from(UNSHOWN))

    assert normalise(f"{text[:place]}{character}{text[place:]}") == normalise(text)


def test_a_span_goes_over_what_nobody_sees() -> None:
    """A span of the normal form is that of the original, invisible characters within it included."""
    text = "국가 A\u200bI센\u00ad터\ufeff 개소"
    normal = normalise_with_map(text)
    start = normal.text.index("ai센터")
    span = normal.original(Span(start, start + 4))

    assert text[span.start : span.end] == "A\u200bI센\u00ad터"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("‘협력’이란 말", "‘협력이란 말"),
        ("‘“나”’이자", "‘“나이자"),
        ("《봄》인가", "《봄인가"),
        ("미국·이란", "미국·이란"),
        ("‘미국’ 이란", "‘미국’ 이란"),
        ("‘핵’이란핵", "‘핵’이란핵"),
        ("‘AI’이란", "‘ai’이란"),
    ],
)
def test_a_particle_behind_a_quotation_is_no_noun(text: str, normal: str) -> None:
    """The closing mark before 이란, 이자 and 인가 is left out, so that the quoted word takes them; offsets lead back."""
    mapped = normalise_with_map(text)

    assert normalise(text) == normal
    assert mapped.text == normal
    assert [text[mapped.original(Span(at, at + 1)).start].lower() for at in range(len(normal))] == list(normal)
