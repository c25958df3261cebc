"""Reads ``labelled.txt``: families of articles, and by hand which of them tell the same story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from gisa.model import SEOUL, Article


class Pair(NamedTuple):
    """Two articles of one family."""

    one: Article
    other: Article
    is_same: bool
    """Whether they tell the same event in nearly the same words, as labelled by hand."""


def families() -> Iterator[list[tuple[Article, str]]]:
    """The articles of each family in the order of the file, each with its story: a number, or ``-`` for none."""
    content = (Path(__file__).parent / "labelled.txt").read_text("utf-8")
    for number, written in enumerate(content.split("\n== ")[1:]):
        sentences: dict[str, str] = {}
        found: list[tuple[Article, str]] = []
        for line in filter(None, written.split("\n")[1:]):
            if line.startswith(">"):
                story, day, title, letters = (part.strip() for part in line[1:].split("|"))
                body = "\n".join(sentences[letter] for letter in letters.split())
                at = datetime.fromisoformat(day).replace(tzinfo=SEOUL)
                article = Article(id=f"f{number}-{len(found)}", title=title, body=body, published_at=at)
                found.append((article, story))
            else:
                letter, _, sentence = line.partition(": ")
                sentences[letter] = sentence
        yield found


def pairs() -> Iterator[Pair]:
    """Every two articles of every family."""
    for family in families():
        for (one, story), (other, other_story) in combinations(family, 2):
            yield Pair(one, other, story == other_story != "-")
