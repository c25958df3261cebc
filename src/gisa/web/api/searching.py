"""``GET /api/search`` and its parameters: read and described as ``SearchRequest`` declares them. Strict."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request

from gisa.errors import SearchInvalid
from gisa.language import Language
from gisa.search.request import PARAMS, Param, SearchRequest
from gisa.search.values import Choice, Day, Flag, Number

_BESIDE: Final = ("facets", "fields", "lang")
"""What the route itself takes beside the search."""
Lang = Annotated[Language | None, Query(description="Language of messages; the paper's if left out.")]
Facets = Annotated[bool, Query(description="Also count how many hits each choice of a filter would leave.")]


Fields = Annotated[
    str, Query(description="Fields of each hit to send, separated by commas; all if left out.", examples=["id,title"])
]


def chosen_fields(fields: str, known: Collection[str]) -> frozenset[str]:
    """The fields that ``fields=`` names. Raises ``SearchInvalid`` for one that a hit does not have."""
    chosen = frozenset(filter(None, (name.strip() for name in fields.split(","))))
    if chosen - frozenset(known):
        reason = f"names no field of a hit — choose from {', '.join(known)}"
        raise SearchInvalid(f"fields {reason}", parameters={"fields": reason})
    return chosen


def read_search(request: Request) -> SearchRequest:
    """The search that the parameters spell. Raises ``SearchInvalid`` for any that is not known or not possible."""
    return search_beside(request, _BESIDE)


def search_beside(request: Request, others: Collection[str]) -> SearchRequest:
    """As ``read_search``, for a route that takes these parameters itself."""
    return SearchRequest.from_params({name: text for name, text in request.query_params.items() if name not in others})


def described_parameters() -> list[dict[str, Any]]:
    """The parameters of a search for OpenAPI."""
    return [
        {
            "name": param.name,
            "in": "query",
            "required": False,
            "description": param.about,
            "schema": _schema(param),
            **({"example": param.example} if param.example else {}),
        }
        for param in PARAMS
    ]


def _schema(param: Param) -> dict[str, Any]:
    schema: dict[str, Any]
    match param.kind:
        case Choice(options):
            schema = {"type": "string", "enum": [option.value for option in options]}
        case Number(least, most):
            schema = {"type": "integer", "minimum": least, "maximum": most}
        case Flag():
            schema = {"type": "boolean"}
        case Day():
            schema = {"type": "string", "format": "date"}
        case _:
            schema = {"type": "string"}
    if param.default not in (None, "", frozenset()):
        schema["default"] = param.default
    return schema
