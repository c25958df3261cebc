"""The tool ``cite``: an article, or all results of a search, as literature cites them."""

from __future__ import annotations

from dataclasses import replace

from gisa.errors import SearchInvalid
from gisa.mcp.answers import Cited
from gisa.mcp.asked import CiteAsked
from gisa.mcp.calling import Call
from gisa.mcp.naming import NAME, REPORTER, REPORTERS, TITLE, id_from
from gisa.mcp.visible import as_data, clipped
from gisa.model import Article
from gisa.saying.citing import Citations, cite_article, cite_set


async def cite(asked: CiteAsked, call: Call) -> Cited:
    """One citation in the form that is asked for."""
    if (asked.id is None) is (asked.set_id is None):
        raise SearchInvalid("give either id or set_id")
    if asked.set_id is not None:
        return _set(asked.set_id, asked, call)
    view = await call.caller.ask(call.library.article, id_from(asked.id or ""), asker=call.caller.asker)
    article = view.article
    citations = cite_article(_bounded(article), publisher=call.facts.name, address=call.address(article))
    return Cited(**call.facts.said(), style=asked.style, printed=_of(citations, asked.style))


def _bounded(article: Article) -> Article:
    """The parts that a citation is made of. They are cut and not the citation, which has a form to keep."""
    return replace(
        article,
        title=clipped(article.title, TITLE),
        byline=tuple(clipped(name, REPORTER) for name in article.byline[:REPORTERS]),
        publisher=None if article.publisher is None else clipped(article.publisher, NAME),
        section=None if article.section is None else clipped(article.section, NAME),
        keywords=(),
    )


def _set(set_id: str, asked: CiteAsked, call: Call) -> Cited:
    found = call.library.result_set(set_id)
    address = None if call.root is None else f"{call.root}/sets/{set_id}"
    citations = cite_set(found, publisher=call.facts.name, address=address or f"set {set_id}")
    return Cited(
        **call.facts.said(), style=asked.style, address=address, total=found.total, printed=_of(citations, asked.style)
    )


def _of(citations: Citations, style: str) -> str:
    said: str = getattr(citations, style)
    return as_data(said.replace("\r\n", "\n"))
