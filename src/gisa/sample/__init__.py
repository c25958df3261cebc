"""나루일보, the fictional newspaper that ships with Gisa: articles of two years in eight sections, and their pictures.

Everything in it was written and drawn for Gisa; the town, its people and companies do not exist.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import orjson

from gisa.model import Draft

PAPER: Final = "나루일보"
SECTIONS: Final = ("politics", "economy", "society", "local", "world", "culture", "sports", "science")


def open_articles() -> Iterator[Draft]:
    """Every article, section by section."""
    for section in SECTIONS:
        name = f"{section}.jsonl"
        lines = files(__name__).joinpath("articles", name).read_bytes().splitlines()
        for number, line in enumerate(lines, start=1):
            yield Draft(orjson.loads(line), f"{name}:{number}")


def install_media(data_dir: str | os.PathLike[str]) -> None:
    """Copy the pictures and the paper's look (``gisa.toml``) into a data folder; a ``gisa.toml`` there is kept."""
    folder = Path(data_dir)
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    with as_file(files(__name__)) as sample:
        for picture in sorted((sample / "media").glob("*.svg")):
            shutil.copyfile(picture, media / picture.name)
        if not (folder / "gisa.toml").exists():
            shutil.copyfile(sample / "gisa.toml", folder / "gisa.toml")
