"""BibTeX for LaTeX and reference managers: one ``@article`` a result, UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gisa.exports.record import Colophon
from gisa.model import SEOUL, Article

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""LaTeX's ten special characters, as text."""


def write(articles: Iterable[Article], colophon: Colophon) -> Iterator[bytes]:
    """One entry an article, then the colophon as a ``@comment``."""
    for article in articles:
        yield entry(article).encode()
    said = "; ".join(f"{name}: {value}" for name, value in colophon.lines())
    yield f"@comment{{{re.sub('[{}@]', ' ', said)}}}\n".encode()


def entry(article: Article) -> str:
    """One article. Names stand in braces of their own, so that a Korean name is not split at its space."""
    day = article.published_at.astimezone(SEOUL)
    fields = [
        ("title", f"{{{escaped(article.title)}}}"),
        ("author", " and ".join(f"{{{escaped(name)}}}" for name in article.byline)),
        ("journal", escaped(article.publisher or "")),
        ("year", f"{day:%Y}"),
        ("month", f"{day.month}"),
        ("day", f"{day.day}"),
        ("keywords", ", ".join(escaped(word) for word in article.keywords)),
        ("url", re.sub(r"[{}\s\\]", "", article.url or "")),
    ]
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@article{{{key(article)},\n{lines}\n}}\n\n"


def key(article: Article) -> str:
    """The entry's key: the id, with what BibTeX does not allow in a key replaced by ``-``."""
    return re.sub(r"[^0-9A-Za-z가-힣:._/+-]", "-", article.id) or "article"


def escaped(text: str) -> str:
    """Text in which LaTeX finds no command; white space is folded."""
    return "".join(_SPECIAL.get(letter, letter) for letter in " ".join(text.split()))
