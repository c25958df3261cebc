"""Holds an evaluation against ``floors.toml``: which data it is on, what was promised, and that no promise was taken back."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from gisa.evaluate.evaluation import Evaluation, evaluate
from gisa.evaluate.judged import read_judgements, read_queries
from gisa.library import Library
from gisa.model import Match

FLOORS: Final = Path(__file__).parent / "floors.toml"
_LEAST_REASON: Final = 30
"""Characters of a reason for lowering a floor: enough for a sentence."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure that must not be fallen below, from a day on."""

    measure: str
    kind: str
    floor: float
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Gate:
    """One test set with its floors, in the order in which they were written."""

    name: str
    corpus: str
    queries: str
    qrels: str
    sha256: dict[str, str]
    """Of each of the three files, so that a figure is never compared with one on other data."""
    match: Match
    undated: str
    """The ``published_at`` of articles without one."""
    floors: tuple[Floor, ...]

    def in_force(self) -> list[Floor]:
        """The last floor of each measure and class."""
        return list({(floor.measure, floor.kind): floor for floor in self.floors}.values())


def read_gates(text: str) -> list[Gate]:
    """The gates of a ``floors.toml``."""
    gates: dict[str, dict[str, Any]] = tomllib.loads(text)
    return [
        Gate(
            name,
            match=Match(fields.pop("match")),
            floors=tuple(Floor(**floor) for floor in fields.pop("floors")),
            **fields,
        )
        for name, fields in gates.items()
    ]


def altered(gate: Gate, data_dir: Path) -> list[str]:
    """The files of a gate that are not the ones its floors were measured on."""
    return [
        name
        for name in (gate.corpus, gate.queries, gate.qrels)
        if hashlib.sha256((data_dir / name).read_bytes()).hexdigest() != gate.sha256[name]
    ]


def load(gate: Gate, data_dir: Path, library: Library) -> int:
    """Add the gate's corpus; returns how many articles were added."""
    return library.add(articles_of(gate, data_dir)).added


def measure_gate(gate: Gate, data_dir: Path, library: Library) -> Evaluation:
    """Evaluate a library that holds the gate's corpus. Raises ``ValueError`` when a line of its files is refused."""
    queries, bad_queries = read_queries(data_dir / gate.queries)
    judgements, bad_judgements = read_judgements(data_dir / gate.qrels)
    if bad_queries or bad_judgements:
        raise ValueError("\n".join(map(str, [*bad_queries, *bad_judgements])))
    return evaluate(library, queries, judgements, match=gate.match)


def fallen(gate: Gate, evaluation: Evaluation) -> list[str]:
    """The floors in force that an evaluation is below, in words."""
    found: list[str] = []
    for floor in gate.in_force():
        kind = evaluation.kinds.get(floor.kind)
        figure = kind.means[floor.measure] if kind is not None else 0.0
        if figure < floor.floor:
            found.append(
                f"{gate.name}, {floor.kind}: {floor.measure} is {figure:.4f}, below {floor.floor} of {floor.on}"
            )
    return found


def lowered_silently(gate: Gate) -> list[str]:
    """The floors that stand below an earlier one without saying why, in words."""
    found: list[str] = []
    before: dict[tuple[str, str], Floor] = {}
    for floor in gate.floors:
        earlier = before.get((floor.measure, floor.kind))
        if earlier is not None and floor.floor < earlier.floor and len(floor.reason) < _LEAST_REASON:
            found.append(
                f"{gate.name}, {floor.kind}: {floor.measure} was lowered from {earlier.floor} to {floor.floor} — "
                f"say why in its reason, in {_LEAST_REASON} characters or more"
            )
        before[floor.measure, floor.kind] = floor
    return found


def withdrawn(before: Sequence[Gate], now: Sequence[Gate]) -> list[str]:
    """The floors of an earlier ``floors.toml`` that are not in this one as they were, in words."""
    kept = {(gate.name, floor) for gate in now for floor in gate.floors}
    return [
        f"{gate.name}, {floor.kind}: the floor {floor.measure} {floor.floor} of {floor.on} was taken out or changed — "
        "put it back and write the new one below it"
        for gate in before
        for floor in gate.floors
        if (gate.name, floor) not in kept
    ]


def earlier_versions() -> list[str] | None:
    """Every committed version of ``floors.toml``, newest first; None where there is no history to look at."""
    commits = _git("log", "--format=%H", "--", FLOORS.name)
    if commits is None:
        return None
    versions = [_git("show", f"{commit}:./{FLOORS.name}") for commit in commits.split()]
    return [version for version in versions if version is not None]


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=FLOORS.parent,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def articles_of(gate: Gate, data_dir: Path) -> Iterator[dict[str, Any]]:
    """The gate's corpus, every article dated."""
    with gzip.open(data_dir / gate.corpus) as lines:
        for line in lines:
            fields = {name: value for name, value in orjson.loads(line).items() if value is not None}
            fields.setdefault("published_at", gate.undated)
            yield fields
