"""The table and the chart of ``bench scale``: each figure of each engine at each size, and how it grows. Measures nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from bench.chart import Panel, svg
from bench.table import Spread, times
from bench.truth import Exactness

NONE: Final = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one engine did with one number of articles. Sizes in bytes, times in seconds."""

    engine: str
    version: str
    size: int
    corpus: str
    characters: int
    raw_bytes: int
    measured_at: str
    commit: str
    """Of Gisa's sources; with ``+`` where they had been changed."""
    add_s: float
    add_cpu_s: float
    add_peak_bytes: int | None
    """Of all its processes; None where they are another's."""
    disk_bytes: int
    newest: Spread
    relevance: Spread
    index: Spread
    asked: int
    """Queries of the log that were asked in each order before the time was up."""
    resident_bytes: int
    own_bytes: int | None
    letters: Exactness
    substring: Exactness
    serving: tuple[tuple[int, int], ...] = ()
    """Of a server with two workers, parent first: resident and own bytes after a thousand pages; Gisa only."""
    first_answer_s: float | None = None
    """From the start of ``gisa serve`` to the end of its first page of results."""
    cursor_s: tuple[float, float] | None = None
    """Processor time of a page by cursor of a search that finds every article, p50: at its beginning, and behind nine tenths."""


class _Figure(NamedTuple):
    name: str
    take: Callable[[Result], float | None]
    shown: Callable[[float], str]


def _mb(size_bytes: float) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _whole(count: float) -> str:
    return f"{count:,.0f}"


_MEASURES: Final = (
    _Figure("adding, s", lambda r: r.add_s, lambda s: f"{s:,.1f} s"),
    _Figure("adding, articles/s", lambda r: r.size / r.add_s, _whole),
    _Figure("adding, M characters/s", lambda r: r.characters / r.add_s / 1e6, lambda rate: f"{rate:.2f}"),
    _Figure("adding, CPU s", lambda r: r.add_cpu_s, lambda s: f"{s:,.1f} s"),
    _Figure("adding, peak memory", lambda r: r.add_peak_bytes, _mb),
    _Figure("on disk, texts and index", lambda r: r.disk_bytes, _mb),
    _Figure("on disk ÷ raw text", lambda r: r.disk_bytes / r.raw_bytes, lambda ratio: f"{ratio:.2f}"),
    _Figure("newest first, p50", lambda r: r.newest.p50, _ms),
    _Figure("newest first, p95", lambda r: r.newest.p95, _ms),
    _Figure("newest first, p99", lambda r: r.newest.p99, _ms),
    _Figure("by relevance, p50", lambda r: r.relevance.p50, _ms),
    _Figure("by relevance, p95", lambda r: r.relevance.p95, _ms),
    _Figure("by relevance, p99", lambda r: r.relevance.p99, _ms),
    _Figure("newest first, index alone, p50", lambda r: r.index.p50, _ms),
    _Figure("newest first, index alone, p95", lambda r: r.index.p95, _ms),
    _Figure("newest first, index alone, p99", lambda r: r.index.p99, _ms),
    _Figure("memory of one process that has answered the log", lambda r: r.resident_bytes, _mb),
    _Figure("of that, its own", lambda r: r.own_bytes, _mb),
    _Figure("memory of `gisa serve`, a worker", lambda r: _mean(r.serving[1:], 0), _mb),
    _Figure("of that, its own", lambda r: _mean(r.serving[1:], 1), _mb),
    _Figure("`gisa serve`, start to first page", lambda r: r.first_answer_s, lambda s: f"{s:.2f} s"),
    _Figure("a page by cursor, the first 50, CPU p50", lambda r: r.cursor_s and r.cursor_s[0], _ms),
    _Figure("a page by cursor, behind nine tenths, CPU p50", lambda r: r.cursor_s and r.cursor_s[1], _ms),
)


def table(results: Sequence[Result]) -> str:
    """Markdown: a line for each figure and engine, a column for each size, then growth, then Gisa ÷ the peer at the largest
    size that both have."""
    sizes = sorted({result.size for result in results})
    engines = _engines(results)
    held = {(result.engine, result.size): result for result in results}
    growth = [(sizes[place], sizes[place - 1]) for place in range(1, len(sizes))]
    head = [
        "measured",
        "engine",
        *(f"{size:,}" for size in sizes),
        *(f"{_short(more)} ÷ {_short(less)}" for more, less in growth),
        "Gisa ÷ it",
    ]
    lines = [head, ["---"] * len(head)]
    for figure in _MEASURES:
        taken = {key: value for key, result in held.items() if (value := figure.take(result)) is not None}
        for number, engine in enumerate(each for each in engines if any(name == each for name, _ in taken)):
            lines.append(
                [
                    figure.name if number == 0 else "",
                    engine,
                    *(figure.shown(taken[engine, size]) if (engine, size) in taken else NONE for size in sizes),
                    *(ratio(taken.get((engine, more)), taken.get((engine, less))) for more, less in growth),
                    "" if engine == engines[0] else _beside(taken, engines[0], engine, sizes),
                ]
            )
    for name, take in (("letters", _letters), ("substring", _substring)):
        for number, engine in enumerate(engines):
            cells = [exactness(take(held[engine, size])) if (engine, size) in held else NONE for size in sizes]
            label = f"totals that equal counting by {name}" if number == 0 else ""
            lines.append([label, engine, *cells, *([""] * (len(growth) + 1))])
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def chart(results: Sequence[Result]) -> str:
    """SVG: what grows with the number of articles."""
    return svg(
        [
            _panel(results, "adding, CPU seconds by articles", lambda r: r.add_cpu_s),
            _panel(results, "on disk, MB by articles", lambda r: r.disk_bytes / 1e6),
            _panel(results, "newest first, p95, ms by articles", lambda r: r.newest.p95 * 1000),
            _panel(results, "memory of a process, MB by articles", lambda r: r.resident_bytes / 1e6),
        ]
    )


def exactness(found: Exactness) -> str:
    """``98.5% exact; +12 −3 of 4,000; 20 not askable``."""
    text = f"{found.share:.1%} exact; +{found.over:,} −{found.under:,} of {found.true:,}"
    return text + (f"; {found.unasked:,} not askable" if found.unasked else "")


def ratio(more: float | None, less: float | None) -> str:
    return NONE if more is None or less is None else times(more, less)


def result_from(fields: dict[str, Any]) -> Result:
    """A result as it was written to JSON."""
    spreads = {name: Spread(**fields[name]) for name in ("newest", "relevance", "index")}
    exact = {name: Exactness(**fields[name]) for name in ("letters", "substring")}
    serving = tuple((resident, own) for resident, own in fields["serving"])
    cursor_s = tuple(fields["cursor_s"]) if fields.get("cursor_s") else None
    return Result(**{**fields, **spreads, **exact, "serving": serving, "cursor_s": cursor_s})


def _engines(results: Sequence[Result]) -> list[str]:
    """Gisa first, then as they come."""
    names = dict.fromkeys(result.engine for result in results)
    return sorted(names, key=lambda name: name != "Gisa")


def _beside(taken: dict[tuple[str, int], float], ours: str, peer: str, sizes: Sequence[int]) -> str:
    both = [size for size in sizes if (ours, size) in taken and (peer, size) in taken]
    return times(taken[ours, both[-1]], taken[peer, both[-1]]) if both else NONE


def _short(size: int) -> str:
    """``600k``, also for 599,970: some articles are too short to be split into ten."""
    return f"{round(size / 1000)}k" if abs(size - round(size, -3)) <= size // 1000 else str(size)


def _mean(pairs: Sequence[tuple[int, int]], place: int) -> float | None:
    return sum(pair[place] for pair in pairs) / len(pairs) if pairs else None


def _letters(result: Result) -> Exactness:
    return result.letters


def _substring(result: Result) -> Exactness:
    return result.substring


def _panel(results: Sequence[Result], title: str, take: Callable[[Result], float]) -> Panel:
    return Panel(
        title,
        {
            engine: [(result.size, take(result)) for result in results if result.engine == engine]
            for engine in _engines(results)
        },
    )
