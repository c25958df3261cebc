"""What a command loads before it works: no more than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

import gisa
from gisa.cli.late import load_command

OF_OTHERS = [
    "alembic",
    "fastapi",
    "feedparser",
    "granian",
    "httpx",
    "jinja2",
    "lxml",
    "mcp",
    "opensearchpy",
    "rich",
    "trafilatura",
    "warcio",
]
"""Packages that other commands need: to load httpx alone takes a quarter of a search."""
SEARCH = f"""
import sys
from gisa.cli.start import main
sys.argv = ["gisa", "search", "나루", "--data", sys.argv[1]]
try:
    main()
finally:
    print([name for name in {OF_OTHERS} if name in sys.modules])
    print(sorted(name for name in sys.modules if name.startswith(("gisa.cli.add", "gisa.cli.serve", "gisa.web", "gisa.sources.feed", "gisa.ingest.accept"))))
"""
IMPORT = """
import sys
import gisa
print([name for name in ("click", "sqlalchemy", "tantivy", "gisa.library") if name in sys.modules])
"""


def printed(program: str, *arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_search_loads_no_other_command_nor_what_it_needs(tmp_path: Path) -> None:
    """A reader at the terminal does not wait for servers, feeds and HTTP."""
    with gisa.open(tmp_path / "d") as library:
        library.add([{"title": "나루대교 개통", "body": "열렸다.", "published_at": "2025-11-03"}])

    assert printed(SEARCH, str(tmp_path / "d"))[-2:] == ["[]", "[]"]


def test_to_import_gisa_loads_no_library() -> None:
    """Whoever needs only ``gisa.Article`` does not load a database and an index."""
    assert printed(IMPORT) == ["[]"]


@pytest.mark.parametrize("place", ["search:read_search", "terminal:padded"])
def test_only_commands_are_loaded_as_commands(place: str) -> None:
    """A wrong line of the table is found by its first use, by name."""
    with pytest.raises(TypeError, match=place):
        load_command(place)


def test_every_line_of_the_table_leads_to_the_command_of_that_name() -> None:
    """``gisa NAME`` runs the command that calls itself so."""
    from gisa.cli.main import main

    assert isinstance(main, click.Group)
    assert [command.name for command in main.commands.values()] == [*main.commands]
    assert len(main.commands) == len({*main.commands})
