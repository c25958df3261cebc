"""Small charts as SVG: lines over logarithmic axes, several panels side by side, readable in light and dark. Measures nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

_WIDTH: Final = 300
_HEIGHT: Final = 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 30, 34
_COLOURS: Final = ("#d1495b", "#2e86ab", "#3a7d44", "#b8860b", "#7b5ea7")
_STYLE: Final = """
text { font: 11px system-ui, sans-serif; fill: #333 } .title { font-size: 12px; font-weight: 600 }
.grid { stroke: #8884; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: for each name its points (x, y), all above 0; others are left out."""

    title: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


def svg(panels: Sequence[Panel], *, columns: int = 2) -> str:
    """The panels in rows, over a legend. A name has the same colour in every panel."""
    names = list(dict.fromkeys(name for panel in panels for name in panel.lines))
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)}
    width, height = columns * _WIDTH, ceil(len(panels) / columns) * _HEIGHT + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<style>{_STYLE}</style>",
    ]
    for number, panel in enumerate(panels):
        place = f"translate({number % columns * _WIDTH} {number // columns * _HEIGHT})"
        parts.append(f'<g transform="{place}">{_panel(panel, colours)}</g>')
    for number, name in enumerate(names):
        x = _LEFT + number * (width - _LEFT) / max(len(names), 1)
        parts.append(f'<circle cx="{x:.0f}" cy="{height - 14}" r="4" fill="{colours[name]}"/>')
        parts.append(f'<text x="{x + 9:.0f}" y="{height - 10}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, colours: Mapping[str, str]) -> str:
    lines = {name: [(x, y) for x, y in points if x > 0 and y > 0] for name, points in panel.lines.items()}
    points = [point for each in lines.values() for point in each]
    parts = [f'<text class="title" x="{_LEFT}" y="18">{escape(panel.title)}</text>']
    if not points:
        return "".join(parts)
    (x_low, x_high), (y_low, y_high) = (_decades([point[axis] for point in points]) for axis in (0, 1))

    def across(x: float) -> float:
        return _LEFT + (log10(x) - x_low) / (x_high - x_low) * (_WIDTH - _LEFT - _RIGHT)

    def down(y: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(y) - y_low) / (y_high - y_low) * (_HEIGHT - _TOP - _BOTTOM)

    for power in range(x_low, x_high + 1):
        x = across(10.0**power)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}"/>')
        parts.append(f'<text text-anchor="middle" x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 15}">{10.0**power:,g}</text>')
    for power in range(y_low, y_high + 1):
        y = down(10.0**power)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text text-anchor="end" x="{_LEFT - 5}" y="{y + 4:.1f}">{10.0**power:,g}</text>')
    for name, each in lines.items():
        places = [(across(x), down(y)) for x, y in sorted(each)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class="line" stroke="{colours[name]}" points="{path}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colours[name]}"/>' for x, y in places]
    return "".join(parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the values, at least one apart."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)
