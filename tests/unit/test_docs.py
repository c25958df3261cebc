"""What the documents say is so."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from gisa.cli.main import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python block of the README runs as it stands and prints what one expects."""
    [block] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)

    exec(compile(block, "README.md", "exec"), {})

    assert capsys.readouterr().out == "1 1 AI센터장 선임\n"


def test_every_command_is_documented() -> None:
    """The README names every command, and every option of search."""
    assert isinstance(main, click.Group)
    for name in main.commands:
        assert f"`gisa {name}" in README, name
    for option in main.commands["search"].params:
        if isinstance(option, click.Option) and option.name != "data_dir":
            assert option.opts[0] in README, option.opts


@pytest.mark.parametrize(
    "document", ["README.md", "README.ko.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_somewhere(document: str) -> None:
    """Every relative link of a document names a file that is there."""
    path = ROOT / document
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
