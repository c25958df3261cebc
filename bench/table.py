"""The table: rows of figures, written as Markdown. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

HEAD = ("part", "measured", "Gisa", "peer", "ratio")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, beside a peer's where there is one. ``ratio`` is Gisa ÷ peer."""

    measured: str
    figure: str
    peer: str = ""
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, over many times; all in seconds."""

    p50: float
    p95: float
    p99: float
    mean: float

    def __str__(self) -> str:
        return f"{self.p50 * 1000:.2f} · {self.p95 * 1000:.2f} · {self.p99 * 1000:.2f} ms"


def spread(times_s: Sequence[float]) -> Spread:
    """Percentiles by nearest rank. Raises ``ValueError`` for no times at all."""
    if not times_s:
        raise ValueError("no times were taken")
    ranked = sorted(times_s)
    p50, p95, p99 = (ranked[max(0, ceil(len(ranked) * share) - 1)] for share in (0.5, 0.95, 0.99))
    return Spread(p50, p95, p99, sum(ranked) / len(ranked))


def times(ours: float, peers: float) -> str:
    """``0.25×``: a figure of ours against the peer's, to three figures."""
    return f"{ours / peers:.3g}×" if peers else ""


def spread_ratio(ours: Spread, peers: Spread) -> str:
    """The ratio at each percentile."""
    pairs = ((ours.p50, peers.p50), (ours.p95, peers.p95), (ours.p99, peers.p99))
    return " · ".join(times(our, peer) for our, peer in pairs)


def mb(size_bytes: float) -> str:
    """Megabytes of a million bytes."""
    return f"{size_bytes / 1e6:,.1f} MB"


def markdown(parts: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """The table, with the part's name on the first of its rows."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for name, rows in parts:
        lines += [
            (name if number == 0 else "", row.measured, row.figure, row.peer, row.ratio)
            for number, row in enumerate(rows)
        ]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
