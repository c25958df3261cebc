"""What the documents state about the code is what the code says: files, folders, rules, defaults and weights."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

import gisa
from gisa import config
from gisa.query.scoring import RECENT, SHIPPED
from gisa.text import analyser
from tests.conftest import ROOT

ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
RELEVANCE = (ROOT / "docs/relevance.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src/gisa"
PROSE = [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def section(page: str, heading: str) -> str:
    """A page's text from a heading to the next."""
    return page.split(f"## {heading}\n", 1)[1].split("\n## ")[0]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`((?:\w+/)*\w+\.py)`", ARCHITECTURE))))
def test_a_module_named_by_the_architecture_is_there(named: str) -> None:
    """Every module that the page names exists, at that path or in one package."""
    assert (ROOT / named).exists() or [found for top in ("src", "tests") for found in (ROOT / top).rglob(named)], named


def test_the_architecture_lists_every_package() -> None:
    """The table of folders names each package of the source and none that is gone."""
    rows = re.findall(r"^\| (`.+?`) \|", section(ARCHITECTURE, "Where do I find …?"), re.MULTILINE)
    named = {name.rstrip("/") for row in rows for name in re.findall(r"`(\w+/?)`", row)}
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}

    assert packages - named == set()
    assert {name for name in named if not (SOURCE / name).exists() and not (SOURCE / f"{name}.py").exists()} == set()


def test_the_data_folder_holds_what_the_architecture_lists(tmp_path: Path) -> None:
    """Whatever a library writes into its folder stands in the list of what is on disk."""
    article = {"title": "나루시 소식", "body": "", "published_at": "2025-06-01T09:00:00+09:00"}
    with gisa.open(tmp_path) as library:
        library.add([article])
    listed = section(ARCHITECTURE, "What is on disk?").split("```")[1]
    written = {path.relative_to(tmp_path).parts[0] for path in tmp_path.iterdir()}
    written |= {f"index/{path.name}" for path in (tmp_path / "index").iterdir()}

    # SQLite's own files beside a database, and the engine's lock, go with the file that is named
    missing = {name for name in written if name not in listed and not re.search(r"-(wal|shm|journal)$|\.lock$", name)}
    assert missing - {"index"} == set()


def test_no_page_counts_the_analysers_rules_otherwise() -> None:
    """The rules are numbered from 1 without a gap, and whoever counts them in prose counts so many."""
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", analyser.__doc__ or "", re.MULTILINE)]
    words = "one two three four five six seven eight nine ten eleven twelve".split()

    assert numbers == list(range(1, len(numbers) + 1))
    for page in PROSE:
        for count in re.findall(r"\b(\w+) rules listed", page.read_text(encoding="utf-8")):
            assert count == "the" or words.index(count) + 1 == len(numbers), page.name


def test_documented_defaults_are_the_defaults() -> None:
    """Each line of [serve] that is shown is the one used when the line is left out, and no setting is missing."""
    shown = tomllib.loads(SETTINGS.split("```toml")[1].split("```")[0])["serve"]

    defaults = asdict(config.Serving())
    assert shown == {name: list(value) if name == "hosts" else value for name, value in defaults.items()}


@pytest.mark.parametrize(
    ("row", "weights"),
    [
        ("BM25 of the query's terms", [1, SHIPPED.title]),
        ("each of its syllable pairs", [SHIPPED.stream]),
        ("two of its words side by side", [SHIPPED.neighbours]),
        ("an article whose whole headline stands in the query", [SHIPPED.named]),
        ("the query as a phrase in the headline", [SHIPPED.whole_title]),
        ("terms of variants", [SHIPPED.variant]),
        ("published within", [gain for _, gain in RECENT[:1]]),
    ],
)
def test_documented_weights_are_those_that_ship(row: str, weights: list[float]) -> None:
    """The table of what counts gives each weight as it is."""
    [figures] = re.findall(rf"^\| {re.escape(row)}.*\| ([^|]+) \|$", RELEVANCE, re.MULTILINE)

    assert [float(figure) for figure in re.findall(r"\d+(?:\.\d+)?", figures)] == weights


def test_documented_periods_of_recency_are_those_that_ship() -> None:
    """7 days, 30 days and a year, each with the same gain."""
    assert [days for days, _ in RECENT] == [7, 30, 365]
    assert len({gain for _, gain in RECENT}) == 1
    assert "published within 7 days, 30 days, a year" in RELEVANCE
