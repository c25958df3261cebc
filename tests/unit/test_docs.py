"""What the documents say is so."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from gisa.cli.main import main
from tests.conftest import ROOT

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python block of the README runs as it stands and prints what one expects."""
    [block] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)

    exec(compile(block, "README.md", "exec"), {})

    assert capsys.readouterr().out == "1 1 AI센터장 선임\n"


def test_the_readme_is_short() -> None:
    """The README is read in a few minutes, in either language."""
    assert len(README.split()) <= 600
    assert len((ROOT / "README.ko.md").read_text(encoding="utf-8").split()) <= 600


def test_every_command_is_documented() -> None:
    """docs/commands.md names every command, and every option of search."""
    commands = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert isinstance(main, click.Group)
    for name in main.commands:
        assert f"`gisa {name}" in commands, name
    for option in main.commands["search"].params:
        if isinstance(option, click.Option) and option.name != "data_dir":
            assert option.opts[0] in commands, option.opts


def test_every_page_of_the_docs_is_listed() -> None:
    """docs/README.md or CONTRIBUTING.md leads to every page of docs."""
    lists = (DOCS / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for page in sorted(DOCS.glob("*.md")):
        assert page.name in lists, page.name


CARDS = sorted((DOCS / "decisions").glob("0*.md"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_a_decision_card_keeps_its_form(card: Path) -> None:
    """A card has at most 150 words, a title of at most twelve, five parts in order, and a row of the table."""
    text = card.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")

    assert len(text.split()) <= 150
    assert len(title.split()) <= 12
    assert re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE) == [
        "Problem.",
        "Choice.",
        "Because.",
        "Rejected.",
        "Revisit when",
    ]
    assert f"[{card.name[:4]}]({card.name}) | {title} |" in (DOCS / "decisions/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "document",
    [
        *("README.md", "README.ko.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSES/README.md"),
        *sorted(str(path.relative_to(ROOT)) for path in DOCS.rglob("*.md")),
    ],
)
def test_links_lead_somewhere(document: str) -> None:
    """Every relative link of a document names a file that is there."""
    path = ROOT / document
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
