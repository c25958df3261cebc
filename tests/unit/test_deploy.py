"""The recipes in docs/deploy are valid as they stand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gisa.cli.main import main
from tests.conftest import ROOT

DEPLOY = ROOT / "docs/deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """``systemd-analyze verify`` has nothing to say of any of them."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    command = shutil.which("true") or "/bin/true"  # it must be there; Gisa is not in /opt here
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8").replace("/opt/gisa/bin/gisa", command)
        (tmp_path / name).write_text(text, "utf-8")

    checked = subprocess.run(
        [analyze, "verify", "--man=no", "--recursive-errors=no", *UNITS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    own = [line for line in checked.stderr.splitlines() if any(name in line for name in UNITS)]
    assert (checked.returncode, own) == (0, [])


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_named_and_hardened(name: str) -> None:
    """A timer has its service; a service runs as its own user without privileges."""
    text = (DEPLOY / name).read_text("utf-8")

    assert name in (DEPLOY / "README.md").read_text("utf-8")
    if name.endswith(".timer"):
        assert name.replace(".timer", ".service") in UNITS
    else:
        for line in ("User=gisa", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
            assert line + "\n" in text


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_every_command_of_a_recipe_is_there(path: Path) -> None:
    """``gisa NAME`` with its options."""
    for name, options in re.findall(r"(?:bin/|-- |writer )gisa (\w+)((?: --\w+)*)", path.read_text("utf-8")):
        command = main.commands[name]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(options.split()) <= known
