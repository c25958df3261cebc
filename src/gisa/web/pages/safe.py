"""Escaping for HTML, fast for the text that newspapers print. Pure."""

from __future__ import annotations

from markupsafe import Markup, escape


def safe(value: object) -> str:
    """The value as it may stand in HTML text or in a quoted attribute; ``Markup`` is taken at its word.

    Says the same as ``markupsafe.escape`` and is what the templates call: a page of results writes 400 values, nearly
    all of them without anything to escape, and ``escape`` alone made up a third of its time.
    """
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return str(escape(value))
        return value
    return value if type(value) is Markup else str(escape(value))
