"""What a reader typed, as a tree. Only the shape of the query; what its words match is decided in ``plan``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


Leaf = Word | Literal | Days
Node = Leaf | And | Or | Without


def positive_leaves(node: Node) -> Iterator[Word | Literal]:
    """The words and literals that a result is expected to hold, in order (those under ``-`` left out)."""
    if isinstance(node, Word | Literal):
        yield node
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from positive_leaves(child)


def all_leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf of a tree, those that a result is expected to hold first."""
    yield from positive_leaves(node)
    yield from _excluded(node)


def _excluded(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Without):
        yield from all_leaves(node.node)
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from _excluded(child)


def groups_of(node: Node) -> Iterator[tuple[Node, ...]]:
    """The nodes that are joined by AND, group by group, without those under ``-``."""
    if isinstance(node, And):
        yield node.nodes
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from groups_of(child)


def first_leaves(node: Node, left: int, *, counts: Callable[[Leaf], bool]) -> tuple[Node | None, int]:
    """The node with the first ``left`` of the leaves that count, and how many more it could have had (negative: some were
    cut). Those that do not count stay; None when nothing is left."""
    match node:
        case And(nodes) | Or(nodes):
            kept: list[Node] = []
            for child in nodes:
                cut, left = first_leaves(child, left, counts=counts)
                if cut is not None:
                    kept.append(cut)
            return (type(node)(tuple(kept)) if kept else None), left
        case Without(child):
            cut, left = first_leaves(child, left, counts=counts)
            return (None if cut is None else Without(cut)), left
        case _ if counts(node):
            return (node if left > 0 else None), left - 1
        case _:
            return node, left


def within(node: Node, field: FieldName) -> Node:
    """The node with every word and literal under it searched in one field, those that name one already left alone."""
    match node:
        case Word(text, None):
            return Word(text, field)
        case Literal(text, None):
            return Literal(text, field)
        case And(nodes):
            return And(tuple(within(child, field) for child in nodes))
        case Or(nodes):
            return Or(tuple(within(child, field) for child in nodes))
        case Without(child):
            return Without(within(child, field))
        case _:
            return node
