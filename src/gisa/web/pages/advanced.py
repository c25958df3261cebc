"""상세검색: a form for readers who know no operators. What is filled in becomes a query; nothing is searched here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gisa.search.request import SearchRequest
from gisa.text.unseen import clean_line
from gisa.web.pages.routes import Pages

_WORDS: Final = ("all", "phrase", "any", "none")
_LONGEST: Final = 200
"""Characters of one field that are looked at; a query reads 500 in all."""


async def advanced(pages: Pages, request: Request) -> Response:
    """``/advanced``: the form; filled in, it leads to the results, whose address is one of a plain search."""
    given = {name: clean_line(text[:_LONGEST]) for name, text in request.query_params.items()}
    edition = pages.edition(request)
    if "search" in given and (query := query_of(given)):
        asked, _ = SearchRequest.from_address({**request.query_params, "q": query, "page": ""})
        return RedirectResponse(edition.links.search(asked).here(), status_code=303)
    front = await pages.ask(request, edition.front.look)
    context = {
        "given": {name: given.get(name, "") for name in _WORDS} | {"all": given.get("all") or given.get("q", "")}
    }
    return pages.fill(request, "advanced.html", {**context, "sections": [section.name for section in front.sections]})


def query_of(fields: Mapping[str, str]) -> str:
    """The query that the form's fields of words spell; marks of the query's own language in them count for nothing.

    >>> query_of({"all": "나루 항구", "phrase": "AI 센터", "any": "태풍 호우", "none": "주가"})
    '나루 항구 "AI 센터" (태풍 OR 호우) -주가'
    """
    words = {name: fields.get(name, "").translate(_PLAIN).split() for name in _WORDS}
    one_of = " OR ".join(words["any"])
    return " ".join(
        [
            *words["all"],
            *([f'"{" ".join(words["phrase"])}"'] if words["phrase"] else ()),
            *([f"({one_of})" if len(words["any"]) > 1 else one_of] if one_of else ()),
            *(f"-{word}" for word in words["none"]),
        ]
    )


_PLAIN: Final = str.maketrans(dict.fromkeys('"“”()|', " "))
