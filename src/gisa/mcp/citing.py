"""The tool ``cite``: an article, or all results of a search, as literature cites them."""

from __future__ import annotations

from dataclasses import replace

from gisa.errors import SearchInvalid
from gisa.mcp.answers import Cited, clipped
from gisa.mcp.asked import CiteAsked
from gisa.mcp.calling import Call
from gisa.saying.citing import Citations, cite_article, cite_set

_TITLE = 300
_NAMES = 5
_LONGEST = 1_500


async def cite(asked: CiteAsked, call: Call) -> Cited:
    """One citation in the form that is asked for."""
    if (asked.id is None) is (asked.set_id is None):
        raise SearchInvalid("give either id or set_id")
    if asked.set_id is not None:
        return _set(asked.set_id, asked, call)
    view = await call.caller.ask(call.library.article, asked.id or "", asker=call.caller.asker)
    article = view.article
    bounded = replace(article, title=clipped(article.title, _TITLE), byline=article.byline[:_NAMES], keywords=())
    citations = cite_article(bounded, publisher=call.facts.name, address=call.address(article))
    return Cited(**call.facts.said(), style=asked.style, printed=_of(citations, asked.style))


def _set(set_id: str, asked: CiteAsked, call: Call) -> Cited:
    found = call.facts.result_set(set_id)
    address = None if call.root is None else f"{call.root}/sets/{set_id}"
    citations = cite_set(found, publisher=call.facts.name, address=address or f"set {set_id}")
    return Cited(
        **call.facts.said(), style=asked.style, address=address, total=found.total, printed=_of(citations, asked.style)
    )


def _of(citations: Citations, style: str) -> str:
    said: str = getattr(citations, style)
    return clipped(said.replace("\r\n", "\n"), _LONGEST)
