"""The paper's colour made safe to read: variants with WCAG contrast for light and dark pages. Pure.

Contrast and luminance follow WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Final

TEXT_CONTRAST: Final = 4.5
"""Level AA for text of any size."""
_DARK_CONTRAST: Final = 6.0
_DARK_SATURATION: Final = 0.8
"""On a dark page a fully saturated colour glows, and at 4.5 small text in it still tires the eye (looked at)."""

Grounds = tuple[str, str]
"""Page and panel."""
LIGHT_GROUNDS: Final[Grounds] = ("#ffffff", "#f4f5f7")
"""In light mode; ``site.css`` uses the same."""
DARK_GROUNDS: Final[Grounds] = ("#14161a", "#1d2026")


@dataclass(frozen=True, slots=True)
class Palette:
    """What one mode needs of the paper's colour."""

    accent: str
    """For links, marks and outlines on the page and its panels."""
    button: str
    """The paper's colour itself."""
    on_button: str
    """Text on it."""


def light_palette(colour: str, grounds: Grounds = LIGHT_GROUNDS) -> Palette:
    return Palette(_darkened(colour, grounds), colour, _text_on(colour))


def dark_palette(colour: str, grounds: Grounds = DARK_GROUNDS) -> Palette:
    return Palette(_lightened(colour, grounds), colour, _text_on(colour))


def theme_stylesheet(colour: str, *, light: Grounds = LIGHT_GROUNDS, dark: Grounds = DARK_GROUNDS) -> str:
    """The stylesheet that gives the paper's colour to its pages, as custom properties that can be read on these grounds."""
    by_day, by_night = light_palette(colour, light), dark_palette(colour, dark)
    return (
        f":root{{--accent:{by_day.accent};--button:{by_day.button};--on-button:{by_day.on_button}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{by_night.accent};--button:{by_night.button};"
        f"--on-button:{by_night.on_button}}}}}\n"
    )


def icon_svg(colour: str) -> str:
    """The site's icon: a looking glass on the paper's colour."""
    glass = '<circle cx="14" cy="14" r="6.5"/><path d="m19 19 6 6"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{colour}"/>'
        f'<g fill="none" stroke="{_text_on(colour)}" stroke-width="3" stroke-linecap="round">{glass}</g></svg>'
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _darkened(colour: str, grounds: Grounds) -> str:
    """The colour, darker as far as light grounds ask for it; its hue is kept."""
    return _shifted(colour, grounds, step=-1, contrast_wanted=TEXT_CONTRAST, saturation_limit=1.0)


def _lightened(colour: str, grounds: Grounds) -> str:
    """The colour, lighter as far as dark grounds ask for it, and calmer; its hue is kept."""
    return _shifted(colour, grounds, step=1, contrast_wanted=_DARK_CONTRAST, saturation_limit=_DARK_SATURATION)


def _shifted(colour: str, grounds: Grounds, *, step: int, contrast_wanted: float, saturation_limit: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    saturation = min(saturation, saturation_limit)
    for percent in range(101):
        shade = min(1.0, max(0.0, lightness + step * percent / 100))
        candidate = _write(colorsys.hls_to_rgb(hue, shade, saturation))
        if all(contrast(candidate, ground) >= contrast_wanted for ground in grounds):
            return candidate
    return candidate


def _text_on(colour: str) -> str:
    return max("#ffffff", "#000000", key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _write(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)
