"""The rules of content management systems: which elements of their pages hold what. Data in ``rules/*.toml``; a desk adds its own.

A rule is chosen by an element that only its pages have (``marks``). A page that no rule knows is read by its metadata and by
the general rule, ``general.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message
from gisa.sources.pages.selecting import BadSelectorError, selected, words_of, xpath_of

GENERAL: Final = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Selectors of one CMS, the surest first; every list may be empty."""

    name: str
    marks: tuple[str, ...] = ()
    """Elements that only pages of this CMS have."""
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    """Elements of the body that are no text of the article."""

    def on(self, words: frozenset[str]) -> Rule:
        """The rule without the selectors that no element of a page with these words can match: most of them."""
        kept = {each.name: _possible(getattr(self, each.name), words) for each in fields(self) if each.name != "name"}
        return Rule(name=self.name, **kept)


def own_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules that a desk keeps as ``*.toml`` in a folder. Raises ``ConfigError`` with the file and what is wrong."""
    return tuple(_read(path.stem, path.read_bytes(), str(path)) for path in sorted(folder.glob("*.toml")))


@cache
def known_rules() -> tuple[Rule, ...]:
    """The rules that come with Gisa, the general one last."""
    files = [
        each
        for each in resources.files("gisa.sources.pages").joinpath("rules").iterdir()
        if each.name.endswith(".toml")
    ]
    rules = [_read(each.name.removesuffix(".toml"), each.read_bytes(), each.name) for each in files]
    return tuple(sorted(rules, key=lambda rule: (rule.name == GENERAL, rule.name)))


def rule_for(root: Any, rules: Sequence[Rule], *, words: frozenset[str]) -> Rule:
    """The first rule whose mark the page has; the last one, which is the general one, if none has.

    ``words`` are those of the page: marks that need others are not looked for.
    """
    for rule in rules:
        if next(selected(root, _possible(rule.marks, words)), None) is not None:
            return rule
    return rules[-1]


def _possible(selectors: Sequence[str], words: frozenset[str]) -> tuple[str, ...]:
    return tuple(selector for selector in selectors if words_of(selector) <= words)


def _read(name: str, content: bytes, place: str) -> Rule:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(Message(ConfigCode.RULE_NO_TOML, error=str(error)), place) from error
    known = {field.name for field in fields(Rule)} - {"name"}
    if unknown := table.keys() - known:
        keys = ", ".join(sorted(unknown))
        raise ConfigError(Message(ConfigCode.RULE_UNKNOWN, keys=keys, known=", ".join(sorted(known))), place)
    for key, selectors in table.items():
        if not isinstance(selectors, list) or not all(isinstance(each, str) for each in selectors):
            raise ConfigError(Message(ConfigCode.RULE_NO_LIST, key=key), place)
        for selector in selectors:
            try:
                for each in selector.split(","):
                    xpath_of(each)
            except BadSelectorError:
                raise ConfigError(Message(ConfigCode.RULE_SELECTOR, key=key, selector=selector), place) from None
    parted = {
        key: tuple(part.strip() for each in selectors for part in each.split(",")) for key, selectors in table.items()
    }
    return Rule(name=name, **parted)
