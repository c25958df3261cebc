"""The tool ``read``: an article by its paragraphs, as far as whoever calls may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from gisa.mcp.answers import ArticleRead, Paragraph, as_data
from gisa.mcp.asked import ReadAsked
from gisa.mcp.calling import Call
from gisa.mcp.fitting import fitting
from gisa.mcp.naming import named
from gisa.model import ArticleView

_PIECE: Final = 600
"""Characters of a paragraph that are given at once; a longer one comes in pieces."""
_MOST_PIECES: Final = 400
"""More than fit into the largest answer."""
_PARAGRAPH: Final = re.compile(r"[^\n]*[^\s][^\n]*")


class Piece(NamedTuple):
    """A paragraph of a body, or a part of one."""

    paragraph: int
    """From 1."""
    start: int
    end: int


class _Opened(NamedTuple):
    """An article, opened at a place."""

    view: ArticleView
    question: str
    """What cursors hold for: places in another revision are others."""
    pieces: list[Piece]
    paragraphs: int


async def read(asked: ReadAsked, call: Call) -> ArticleRead:
    """As many paragraphs as fit, from the cursor on."""
    view, question, pieces, paragraphs = await call.caller.ask(_opened, asked, call)
    body = view.article.body

    def answer(some: Sequence[Piece]) -> ArticleRead:
        rest = pieces[len(some) :]
        return ArticleRead(
            **call.said(),
            article=named(view.article, call),
            revision=view.revision,
            is_excerpt=view.article.excerpt,
            paragraphs=paragraphs,
            body=[
                Paragraph(
                    paragraph=each.paragraph,
                    start=each.start,
                    end=each.end,
                    printed=as_data(body[each.start : each.end]),
                )
                for each in some
            ],
            next_cursor=call.facts.cursors.write(str(rest[0].start), question=question) if rest else None,
        )

    return answer(pieces[: fitting(answer, pieces, at_most=asked.max_bytes)])


def _opened(asked: ReadAsked, call: Call) -> _Opened:
    """Off the event loop: the paragraphs of the longest article take 0.1 s to count."""
    view = call.library.article(asked.id, asker=call.caller.asker)
    body, question = view.article.body, f"read {view.revision} {asked.id}"
    start = int(call.facts.cursors.read(asked.cursor, question=question)) if asked.cursor is not None else 0
    pieces = islice(pieces_of(body, start=start, paragraph=asked.from_paragraph), _MOST_PIECES)
    return _Opened(view, question, list(pieces), sum(1 for _ in _PARAGRAPH.finditer(body)))


def pieces_of(body: str, *, start: int = 0, paragraph: int = 1) -> Iterator[Piece]:
    """The paragraphs from a place and a number on, long ones in pieces that end at a space if one is near.

    >>> [body[p.start:p.end] for body in ["첫째.\\n\\n둘째."] for p in pieces_of(body)]
    ['첫째.', '둘째.']
    """
    for number, found in enumerate(_PARAGRAPH.finditer(body), 1):
        if number < paragraph or found.end() <= start:
            continue
        at = max(start, found.start())
        while at < found.end():
            end = min(at + _PIECE, found.end())
            if end < found.end() and (space := body.rfind(" ", at + _PIECE // 2, end)) >= 0:
                end = space + 1
            yield Piece(number, at, end)
            at = end
