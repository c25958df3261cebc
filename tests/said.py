"""What the desk is told, in English: tests compare sentences, as those who read them do. The codes have tests of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

import gisa
from gisa.errors import GisaError
from gisa.model import Item, Reject, Remark


class Said(NamedTuple):
    """A reject or a remark with its sentence."""

    kind: type[Reject | Remark]
    place: str
    reason: str


def reason_of(told: Reject | Remark) -> str:
    """The sentence alone, without its place."""
    return gisa.say(told.reason)


def said(items: Iterable[Item]) -> list[Said]:
    """Those of the items that say something."""
    return [Said(type(each), each.place, reason_of(each)) for each in items if isinstance(each, Reject | Remark)]


@contextmanager
def refused(kind: type[GisaError], sentence: str = "") -> Iterator[pytest.ExceptionInfo[GisaError]]:
    """As ``pytest.raises``, by what the error says with its place: ``sentence`` is a pattern to find in it."""
    with pytest.raises(kind) as caught:
        yield caught
    assert re.search(sentence, gisa.say(caught.value)), gisa.say(caught.value)


def line_of(item: Item) -> str:
    """What a reject or a remark says, with its place; a draft as it is."""
    return gisa.say(item) if isinstance(item, Reject | Remark) else str(item)
