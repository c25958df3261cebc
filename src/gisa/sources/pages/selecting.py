"""Simple CSS selectors over lxml's trees: ``tag``, ``#id``, ``.class``, ``[attribute=value]``, descendants by a space, commas.

No other combinators and no pseudo-classes: rules of a CMS name single elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

from lxml import etree

_PART: Final = re.compile(
    r"(?P<tag>^[a-zA-Z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<name>[\w-]+)|\[(?P<attribute>[\w:-]+)(?:(?P<how>[*^]?)=[\"']?(?P<value>[^\]\"']*)[\"']?)?\]"
)


_CARRIED: Final = re.compile(r"""\b(?:class|id|itemprop|rel|property)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w:-]+")


class BadSelectorError(ValueError):
    """A selector that is none; the message is the selector."""


def xpath_of(selector: str) -> str:
    """The XPath of one selector, without commas. Raises ``BadSelectorError``."""
    if not selector.strip():
        raise BadSelectorError(selector)
    return "." + "".join(f"//{_step(text, selector)}" for text in selector.split())


def _step(text: str, selector: str) -> str:
    at, tag, tests = 0, "*", []
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            raise BadSelectorError(selector)
        if match["tag"]:
            tag = match["tag"].lower()
        elif match["id"]:
            tests.append(f"@id='{match['id']}'")
        elif match["name"]:
            tests.append(f"contains(concat(' ',normalize-space(@class),' '),' {match['name']} ')")
        elif match["value"] is None:
            tests.append(f"@*[name()='{match['attribute']}']")
        else:
            held = f"@*[name()='{match['attribute']}']"
            value = f"'{match['value']}'"
            tests.append(
                {"*": f"contains({held},{value})", "^": f"starts-with({held},{value})"}.get(
                    match["how"], f"{held}={value}"
                )
            )
        at = match.end()
    return tag + "".join(f"[{test}]" for test in tests)


@cache
def _compiled(selector: str) -> Any:
    return etree.XPath(xpath_of(selector))


@cache
def words_of(selector: str) -> frozenset[str]:
    """The ids, classes and values that an element must carry for the selector to name it."""
    return frozenset(
        word
        for match in _PART.finditer(selector)
        for word in (match["id"], match["name"], match["how"] == "" and match["value"])
        if word
    )


def words_in(text: str) -> frozenset[str]:
    """The ids, classes and marks that a page's elements carry, read off its text."""
    return frozenset(_WORD.findall(" ".join(_CARRIED.findall(text))))


def selected(root: Any, selectors: Sequence[str]) -> Iterator[Any]:
    """The elements below ``root`` that a selector names; those of the first selector first, each in the page's order."""
    for each in selectors:
        for selector in each.split(","):
            yield from _compiled(selector)(root)
