"""Lists that people write, one entry a line: words, synonyms, office holders. Reads no entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def entries(lines: Iterable[str], *, around: str = " \r\n\ufeff") -> Iterator[tuple[int, str]]:
    """The number (from 1) and the text of each line that is neither empty nor a comment (``#``), without what is ``around`` it."""
    for number, line in enumerate(lines, 1):
        text = line.strip(around)
        if text.strip() and not text.startswith("#"):
            yield number, text
