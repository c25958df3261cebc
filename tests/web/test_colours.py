"""The paper's colour can be read on every ground."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.web.pages.assets import STATIC_DIR
from gisa.web.pages.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast, dark_palette, light_palette, theme_stylesheet

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_the_one_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs have their known ratios."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(colours)
def test_any_colour_of_a_paper_becomes_readable(colour: str) -> None:
    """Links and buttons have at least 4.5 : 1 in light and dark, whatever colour a paper has."""
    light, dark = light_palette(colour), dark_palette(colour)

    assert all(contrast(light.accent, ground) >= 4.5 for ground in LIGHT_GROUNDS)
    assert all(contrast(dark.accent, ground) >= 4.5 for ground in DARK_GROUNDS)
    assert contrast(light.button, light.on_button) >= 4.5
    assert contrast(dark.button, dark.on_button) >= 4.5


def test_a_readable_colour_is_kept() -> None:
    """A colour that needs no help on light pages stays the paper's own."""
    assert light_palette("#0b5cad").accent == "#0b5cad"


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    """Contrast is computed against the colours that the stylesheet really uses, for text in both modes."""
    css = (STATIC_DIR / "site.css").read_text("utf-8")

    def values(name: str) -> list[str]:
        return re.findall(rf"--{name}: (#[0-9a-f]{{6}})", css)

    assert (values("ground")[0], values("panel")[0]) == LIGHT_GROUNDS
    assert (values("ground")[1], values("panel")[1]) == DARK_GROUNDS
    for mode, grounds in enumerate((LIGHT_GROUNDS, DARK_GROUNDS)):
        for name in ("ink", "soft"):
            assert all(contrast(values(name)[mode], ground) >= 4.5 for ground in grounds), name
        assert contrast(values("mark-ink")[mode], values("mark")[mode]) >= 4.5
        assert all(contrast(values("edge")[mode], ground) >= 3 for ground in grounds)


def test_the_theme_names_both_modes() -> None:
    """One small stylesheet carries light and dark."""
    css = theme_stylesheet("#ffd400")

    assert css.count("--accent") == 2
    assert "prefers-color-scheme:dark" in css
