"""What a reader typed, as a tree. Only the shape of the query; what its words match is decided in ``compile``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FieldName(StrEnum):
    """The fields a reader can name."""

    TITLE = "title"
    BODY = "body"
    BYLINE = "byline"
    SECTION = "section"


FIELD_WORDS = {
    "제목": FieldName.TITLE,
    "title": FieldName.TITLE,
    "본문": FieldName.BODY,
    "body": FieldName.BODY,
    "기자": FieldName.BYLINE,
    "byline": FieldName.BYLINE,
    "분야": FieldName.SECTION,
    "section": FieldName.SECTION,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch without spaces, as typed: ``AI센터``, ``인공지능(AI)``."""

    text: str
    field: FieldName | None = None


@dataclass(frozen=True, slots=True)
class Literal:
    """A stretch between double quotes: found to the letter, whatever the spacing."""

    text: str
    field: FieldName | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """``2025-01-01..2025-03-31``; both days included, either side may be open."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """``-word``"""

    node: Node


Node = Word | Literal | Days | And | Or | Without


def positive_leaves(node: Node) -> Iterator[Word | Literal]:
    """The words and literals that a result is expected to hold, in order (those under ``-`` left out)."""
    if isinstance(node, Word | Literal):
        yield node
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from positive_leaves(child)
