"""The API's own page, written from its OpenAPI description, so that the two cannot disagree.

A page of ours instead of a viewer: it needs no script, obeys the same Content-Security-Policy, and adds nothing to
the repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from gisa.web.pages.editions import Editions, here
from gisa.web.problems import EVERY_PROBLEM

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentedField:
    """One parameter, or one field of an answer; ``name`` is a path such as ``data.hits[].title``."""

    name: str
    type: str
    description: Markup
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    anchor: str
    summary: str
    description: str
    parameters: list[DocumentedField]
    fields: list[DocumentedField]
    failures: list[tuple[str, Markup]]


class ApiDocs:
    """Reads the description at the first request and keeps it: the API does not change while the process runs."""

    def __init__(self, app: FastAPI, editions: Editions) -> None:
        self._app, self._editions = app, editions
        self._operations: list[Operation] | None = None

    async def serve(self, request: Request) -> Response:
        if self._operations is None:
            self._operations = read_operations(self._app.openapi())
        context = {
            "here": here(request.scope),
            "query": "",
            "operations": self._operations,
            "problems": EVERY_PROBLEM,
        }
        return self._editions.of(request.scope).templates.page("docs.html", context)


def read_operations(openapi: Schema) -> list[Operation]:
    """Every operation of an OpenAPI 3.1 description, in its order."""
    return [
        _operation(path, method, operation, openapi)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]


def _operation(path: str, method: str, operation: Schema, openapi: Schema) -> Operation:
    answers = operation["responses"]
    success = answers["200"]["content"].get("application/json", {}).get("schema", {})  # none: a file
    return Operation(
        method=method.upper(),
        path=path,
        anchor=path.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[
            DocumentedField(
                name=parameter["name"],
                type=_type(_without_null(parameter["schema"]), openapi),
                description=_with_code(parameter.get("description", "")),
                required=parameter.get("required", False),
                default=_default(parameter["schema"]),
            )
            for parameter in operation.get("parameters", ())
        ],
        fields=_fields("", success, openapi),
        failures=[
            (code, _with_code(answer["description"])) for code, answer in sorted(answers.items()) if code != "200"
        ],
    )


def _fields(prefix: str, schema: Schema, openapi: Schema) -> list[DocumentedField]:
    """The leaves of an answer, each under its path."""
    schema = _resolve(schema, openapi)
    if schema.get("type") == "array" and "items" in schema and "prefixItems" not in schema:
        inner = _resolve(schema["items"], openapi)
        if "properties" in inner:
            return _fields(prefix + "[]", inner, openapi)
    found: list[DocumentedField] = []
    for name, value in schema.get("properties", {}).items():
        path = f"{prefix}.{name}" if prefix else name
        inner = _resolve(_without_null(value), openapi)
        items = _resolve(inner.get("items", {}), openapi) if inner.get("type") == "array" else {}
        if "properties" in inner or "properties" in items:
            found += _fields(path, inner, openapi)
        else:
            found.append(DocumentedField(path, _type(value, openapi), _with_code(value.get("description", ""))))
    return found


def _type(schema: Schema, openapi: Schema) -> str:
    if "anyOf" in schema:
        return " | ".join(_type(option, openapi) for option in schema["anyOf"])
    schema = _resolve(schema, openapi)
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "prefixItems" in schema:
        return "[" + ", ".join(_type(item, openapi) for item in schema["prefixItems"]) + "]"
    if schema.get("type") == "array":
        return _type(schema.get("items", {}), openapi) + "[]"
    kind = str(schema.get("format") or schema.get("type", "any"))
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{kind} {low:,}–{high:,}" if low is not None and high is not None else kind


def _with_code(text: str) -> Markup:
    """The text with what stands between backticks set as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


def _default(schema: Schema) -> str:
    value = schema.get("default")
    return "" if value in (None, "") else json.dumps(value)


def _without_null(schema: Schema) -> Schema:
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return options[0] if len(options) == 1 else schema


def _resolve(schema: Schema, openapi: Schema) -> Schema:
    if "$ref" in schema:
        resolved: Schema = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return resolved
    return schema
