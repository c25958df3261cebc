"""The tools about single sentences: ``verify_quote`` and ``who_said``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from gisa.mcp.answers import Difference, Printing, QuoteChecked, SaidFound, Saying, SpeakerPrinted
from gisa.mcp.asked import SaidAsked, VerifyAsked
from gisa.mcp.calling import Call
from gisa.mcp.fitting import fitting
from gisa.mcp.naming import NAME, named
from gisa.mcp.visible import clipped
from gisa.quotes import verifying
from gisa.quotes.asking import QuotationPage, QuotedWords

_SENTENCE: Final = 900
_WORD: Final = 60
"""Bytes."""
_MOST_DIFFERENCES: Final = 10
_MOST_PRINTINGS: Final = 80
"""More than fit into the largest answer: one takes 250 bytes at least. A refrain stands 20,000 times in one article."""


async def verify_quote(asked: VerifyAsked, call: Call) -> QuoteChecked:
    """Where the sentence stands, what differs, or that it does not."""
    question = _verified(asked)
    start = int(call.facts.cursors.read(asked.cursor, question=question)) if asked.cursor is not None else 0
    check = await call.caller.verify_quote(asked.sentence)
    return await call.caller.ask(
        _checked, check, start, asked, call
    )  # off the event loop: each printing is looked through


def _checked(check: verifying.QuoteCheck, start: int, asked: VerifyAsked, call: Call) -> QuoteChecked:
    question = _verified(asked)
    rest = check.printings[start:]

    def answer(some: Sequence[verifying.Printing]) -> QuoteChecked:
        reached = start + len(some)
        has_more = len(some) < len(rest)
        return QuoteChecked(
            **call.facts.said(),
            standing=check.standing.value,
            given=clipped(asked.sentence, _SENTENCE),
            differences=[
                Difference(kind=kind.value, given=clipped(given, _WORD), printed=clipped(printed, _WORD))
                for kind, given, printed in check.differences[:_MOST_DIFFERENCES]
            ],
            differences_left_out=max(0, len(check.differences) - _MOST_DIFFERENCES),
            articles_searched=check.articles,
            articles_in_part=check.excerpts,
            printings_total=len(check.printings),
            printings=[_printing(each, call) for each in some],
            next_cursor=call.facts.cursors.write(str(reached), question=question) if has_more else None,
        )

    return answer(rest[: fitting(answer, rest[:_MOST_PRINTINGS], at_most=asked.max_bytes)])


def _verified(asked: VerifyAsked) -> str:
    """What a cursor holds for."""
    return "verify_quote " + asked.sentence


async def who_said(asked: SaidAsked, call: Call) -> SaidFound:
    """Quotations, as many as fit, newest first."""
    return await call.caller.ask(_said, asked, call)


def _said(asked: SaidAsked, call: Call) -> SaidFound:
    question = "who_said " + asked.model_dump_json(include={"speaker", "words"})
    ask = partial(
        call.library.quotations,
        asked.speaker,
        text=asked.words,
        cursor=call.facts.cursors.read(asked.cursor, question=question) if asked.cursor is not None else None,
        asker=call.caller.asker,
    )
    page = ask(limit=asked.limit)

    def answer(some: Sequence[QuotedWords], page: QuotationPage = page) -> SaidFound:
        cursor = page.next_cursor
        return SaidFound(
            **call.facts.said(),
            quotations=[_saying(each, call) for each in some],
            next_cursor=None if cursor is None else call.facts.cursors.write(cursor, question=question),
        )

    fit = fitting(answer, page.quotations, at_most=asked.max_bytes)
    if fit < len(page.quotations):  # asked again, so that the cursor says where this shorter page ends
        page = ask(limit=fit)
    return answer(page.quotations, page)


def _printing(printing: verifying.Printing, call: Call) -> Printing:
    return Printing(
        field="title" if printing.in_title else "body",
        start=printing.start,
        end=printing.end,
        printed=clipped(printing.text, _SENTENCE),
        article=named(printing.archived.article, call),
    )


def _saying(quoted: QuotedWords, call: Call) -> Saying:
    speaker = quoted.speaker
    return Saying(
        printed=clipped(quoted.words, _SENTENCE),
        speaker=None if speaker is None else SpeakerPrinted(printed=clipped(speaker, NAME), is_person=quoted.is_person),
        start=quoted.start,
        end=quoted.end,
        article=named(quoted.archived.article, call),
    )
