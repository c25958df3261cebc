"""The tool ``read``: an article by its paragraphs, as far as whoever calls may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gisa.mcp.answers import ArticleRead, Paragraph
from gisa.mcp.asked import ReadAsked
from gisa.mcp.calling import Call
from gisa.mcp.fitting import fitting
from gisa.mcp.naming import id_from, named
from gisa.mcp.visible import as_data
from gisa.model import ArticleView

_PIECE: Final = 600
"""Characters of a paragraph that are given at once; a longer one comes in pieces."""
_LEAST_PIECE_BYTES: Final = 40
"""Of a piece in an answer, beside its text: names of fields, numbers, marks."""


class Piece(NamedTuple):
    """A paragraph of a body, or a part of one."""

    paragraph: int
    """From 1."""
    start: int
    end: int


class _Opened(NamedTuple):
    """An article, opened at a place."""

    pieces: list[Piece]
    """More than fit into an answer, if there are more."""
    paragraphs: int


async def read(asked: ReadAsked, call: Call) -> ArticleRead:
    """As many paragraphs as fit, from the cursor on. Off the event loop: 10 million characters take 0.1 s to count."""
    return await call.caller.ask(_read, asked, call)


def _read(asked: ReadAsked, call: Call) -> ArticleRead:
    view = call.library.article(id_from(asked.id), asker=call.caller.asker)
    question = f"read {view.revision} {asked.id}"  # places in another revision are others
    start = int(call.facts.cursors.read(asked.cursor, question=question)) if asked.cursor is not None else 0
    pieces, paragraphs = opened(view.article.body, start, paragraph=asked.from_paragraph, at_most=asked.max_bytes)

    def answer(some: Sequence[Piece]) -> ArticleRead:
        rest = pieces[len(some) :]
        return ArticleRead(
            **call.facts.said(),
            article=named(view.article, call),
            revision=view.revision,
            is_excerpt=view.article.excerpt,
            paragraphs=paragraphs,
            body=[_paragraph(each, view) for each in some],
            next_cursor=call.facts.cursors.write(str(rest[0].start), question=question) if rest else None,
        )

    return answer(pieces[: fitting(answer, pieces, at_most=asked.max_bytes)])


def _paragraph(piece: Piece, view: ArticleView) -> Paragraph:
    printed = as_data(view.article.body[piece.start : piece.end])
    return Paragraph(paragraph=piece.paragraph, start=piece.start, end=piece.end, printed=printed)


def opened(body: str, start: int, *, paragraph: int, at_most: int) -> _Opened:
    """The pieces from a place and a paragraph on, one more than fit into ``at_most`` bytes, and how many paragraphs there are."""
    pieces: list[Piece] = []
    paragraphs, left = 0, at_most
    for paragraphs, (begin, end) in enumerate(_lines(body), 1):
        if left < 0 or paragraphs < paragraph or end <= start:
            continue
        for piece in _pieces(body, max(start, begin), end, paragraph=paragraphs):
            pieces.append(piece)
            left -= piece.end - piece.start + _LEAST_PIECE_BYTES
            if left < 0:
                break
    return _Opened(pieces, paragraphs)


def _lines(body: str) -> Iterator[tuple[int, int]]:
    """Where each line stands that is not blank, in one pass: a body may be one line of millions of blanks."""
    start = 0
    while start < len(body):
        end = body.find("\n", start)
        end = len(body) if end < 0 else end
        if body[start:end].strip():
            yield start, end
        start = end + 1


def _pieces(body: str, start: int, end: int, *, paragraph: int) -> Iterator[Piece]:
    """A stretch in pieces that end at a space if one is near."""
    while start < end:
        until = min(start + _PIECE, end)
        if until < end and (space := body.rfind(" ", start + _PIECE // 2, until)) >= 0:
            until = space + 1
        yield Piece(paragraph, start, until)
        start = until
