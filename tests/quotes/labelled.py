"""Reads ``labelled.txt`` and ``blind.txt``: articles with their quotations marked by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

_LABEL = re.compile('(?<=[”"」])⟨([^⟩]*)⟩')


class Labelled(NamedTuple):
    """An article of the labelled set."""

    day: date
    text: str
    speakers: dict[int, str]
    """Who said the quotation whose closing mark stands there (in characters); empty: the article does not say."""


def labelled(name: str = "labelled.txt") -> Iterator[Labelled]:
    """Every article of a file beside this one, in its order."""
    content = (Path(__file__).parent / name).read_text("utf-8")
    for written in re.split("(?m)^== ", content)[1:]:
        day, _, body = written.partition("\n")
        pieces: list[str] = []
        speakers: dict[int, str] = {}
        at = 0
        for label in _LABEL.finditer(body):
            pieces.append(body[at : label.start()])
            at = label.end()
            speakers[sum(map(len, pieces)) - 1] = label[1].strip("-")
        yield Labelled(date.fromisoformat(day), "".join(pieces) + body[at:], speakers)
