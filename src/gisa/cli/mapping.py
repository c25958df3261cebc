"""Reads ``--map``: which column or key of a source fills which field of an article. Opens no source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message
from gisa.sources.names import NAMES


def read_maps(given: Iterable[str]) -> dict[str, str]:
    """Name in the source → field, from ``title=제목,body=기사본문`` and from TOML files with ``title = "제목"`` or a list of names.

    Raises ``ConfigError`` naming what cannot be read.
    """
    names: dict[str, str] = {}
    for each in given:
        pairs = _pairs_of_file(Path(each)) if each.endswith(".toml") else _pairs_of_text(each)
        for field, name in pairs:
            if field not in NAMES:
                raise ConfigError(Message(ConfigCode.MAP_FIELD, field=field, known=", ".join(NAMES)), "--map")
            names[name] = field
    return names


def _pairs_of_text(text: str) -> list[tuple[str, str]]:
    pairs = []
    for part in text.split(","):
        field, equals, name = part.partition("=")
        if not equals or not name.strip():
            raise ConfigError(Message(ConfigCode.MAP_PAIR), f"--map {part!r}")
        pairs.append((field.strip(), name.strip()))
    return pairs


def _pairs_of_file(path: Path) -> list[tuple[str, str]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(Message(ConfigCode.NOT_TOML, error=str(error)), f"--map {path}") from error
    pairs = []
    for field, value in content.items():
        names = value if isinstance(value, list) else [value]
        if not all(isinstance(name, str | int) for name in names):
            raise ConfigError(Message(ConfigCode.MAP_NAMES, field=field), f"--map {path}")
        pairs += [(field, str(name)) for name in names]
    return pairs
