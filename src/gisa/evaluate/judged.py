"""Reads judged queries: ``queries.jsonl`` and judgements as TSV or TREC qrels. Lines that cannot be used become
rejects; the others count.

{"id": "q1", "text": "나루시 시장은 누구인가?", "class": "question"}      class may be left out
q1⇥article-7⇥1                                                     query, article, relevance; or TREC's four columns:
q1 0 article-7 1
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from gisa.errors import SourceError
from gisa.evaluate.kinds import QueryKind, kind_of
from gisa.messages import ListCode, Message, SourceCode
from gisa.model import Reject

Judgements = dict[str, dict[str, int]]
"""How relevant an article is to a query: query id → article id → 0 (judged not relevant) or more."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query of a test set."""

    id: str
    text: str
    kind: str
    """Its class: as the file has it, or a ``QueryKind``."""


def read_queries(path: Path) -> tuple[list[JudgedQuery], list[Reject]]:
    """The queries of a JSONL file in order, and the lines that are none. Raises ``SourceError``."""
    queries: dict[str, JudgedQuery] = {}
    rejects: list[Reject] = []
    for place, line in _lines(path):
        found = _query(line)
        if isinstance(found, Message):
            rejects.append(Reject(place, found))
        elif found.id in queries:
            rejects.append(Reject(place, Message(ListCode.QUERY_TWICE, id=found.id)))
        else:
            queries[found.id] = found
    return list(queries.values()), rejects


def read_judgements(path: Path) -> tuple[Judgements, list[Reject]]:
    """The judgements of a TSV file or TREC qrels, and the lines that are none. Raises ``SourceError``."""
    judgements: Judgements = {}
    rejects: list[Reject] = []
    for place, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) == 4:
            del columns[1]  # TREC's iteration, which nobody uses
        if len(columns) != 3 or not all(map(str.strip, columns)):
            rejects.append(Reject(place, Message(ListCode.JUDGEMENT_COLUMNS)))
            continue
        query, article, written = map(str.strip, columns)
        relevance = int(written) if written.removeprefix("-").isdecimal() else None
        if relevance is None:
            rejects.append(Reject(place, Message(ListCode.JUDGEMENT_NO_NUMBER, value=written)))
        elif judgements.setdefault(query, {}).setdefault(article, relevance) != relevance:
            rejects.append(Reject(place, Message(ListCode.JUDGEMENT_TWICE)))
    return judgements, rejects


def _query(line: str) -> JudgedQuery | Message:
    """The query of a line, or what is wrong with it."""
    try:
        value: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Message(ListCode.QUERY_NO_JSON, error=error.msg, column=str(error.colno))
    if not isinstance(value, dict):
        return Message(ListCode.QUERY_NO_OBJECT)
    for name in ("id", "text"):
        if not isinstance(value.get(name), str) or not value[name].strip():
            return Message(ListCode.QUERY_LACKS, field=name)
    kind = value.get("class")
    if kind is not None and (not isinstance(kind, str) or not kind.strip() or kind == QueryKind.ALL):
        return Message(ListCode.QUERY_CLASS, value=repr(kind), taken=QueryKind.ALL.value)
    return JudgedQuery(value["id"], value["text"], kind.strip() if kind else kind_of(value["text"]))


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Lines with something in them, each with its place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(Message(SourceCode.NOT_TEXT, error=str(error)), str(path)) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path.name}:{number}", line
