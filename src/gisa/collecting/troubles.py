"""What was wrong with an address, as text that a store keeps: the code, its arguments and the place. Says nothing."""

from __future__ import annotations

from typing import Any

import orjson

from gisa.messages import Argument, ArticleCode, ConfigCode, ListCode, Message, MessageCode, PhraseCode, SourceCode
from gisa.model import Reject


def packed(trouble: Reject | None) -> str:
    """As JSON; empty for None."""
    return "" if trouble is None else orjson.dumps([trouble.place, _packed(trouble.reason)]).decode()


def unpacked(text: str) -> Reject | None:
    """What ``packed`` made the text of. Raises ``ValueError`` for any other."""
    if not text:
        return None
    place, reason = orjson.loads(text)
    return Reject(place, _unpacked(reason))


def _packed(argument: Argument) -> Any:
    if isinstance(argument, Message):
        lists = type(argument.code).__name__
        return {lists: argument.code.value, "with": {name: _packed(each) for name, each in argument.arguments.items()}}
    return [_packed(each) for each in argument] if isinstance(argument, tuple) else argument


def _unpacked(content: dict[str, Any]) -> Message:
    [kind] = content.keys() - {"with"}
    lists: dict[str, type[MessageCode]] = {
        each.__name__: each for each in (PhraseCode, ArticleCode, ListCode, SourceCode, ConfigCode)
    }
    if kind not in lists:
        raise ValueError(f"no list of codes is called {kind!r}")
    return Message(lists[kind](content[kind]), **{name: _argument(each) for name, each in content["with"].items()})


def _argument(content: Any) -> Argument:
    if isinstance(content, dict):
        return _unpacked(content)
    if isinstance(content, list):
        return tuple(_unpacked(each) for each in content)
    argument: int | str = content
    return argument
