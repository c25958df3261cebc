"""The type of a variant, and rules for all of them: never the word itself, no duplicates, few. Makes none itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from gisa.model import VariantKind
from gisa.text.hangul import is_hangul
from gisa.text.runs import cut

__all__ = ["MAX_VARIANTS", "Variant", "VariantKind", "distinct", "replaced", "sameness", "table_lines"]

MAX_VARIANTS: Final = 8
"""The most variants that one function returns for a word. More fit neither the reader's line nor the time of a
query."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A word written another way. ``ai센터`` has the synonym ``인공지능센터``, in which ``ai`` is ``인공지능``."""

    kind: VariantKind
    text: str
    """The whole word, written the other way, in normal form."""
    source: str
    """The part of the word that was replaced."""
    replacement: str
    """What it was replaced by, so that a page can show ``AI = 인공지능``."""

    @property
    def key(self) -> str:
        """Identifies the replacement, whatever the word around it: ``synonym:ai=인공지능``."""
        return f"{self.kind.value}:{self.source}={self.replacement}"


def replaced(kind: VariantKind, word: str, start: int, end: int, *, by: str) -> Variant:
    """The variant of ``word`` in which its characters from ``start`` to ``end`` are replaced ``by`` others."""
    return Variant(kind, word[:start] + by + word[end:], word[start:end], by)


def distinct(word: str, found: Iterable[Variant], *, limit: int = MAX_VARIANTS) -> Iterator[Variant]:
    """The first ``limit`` variants whose search differs from the word's and from each other's."""
    seen: set[str] = set()
    for variant in found:
        if not seen:
            seen.add(sameness(word))
        same = sameness(variant.text)
        if same not in seen:
            seen.add(same)
            yield variant
            if len(seen) > limit:
                return


def sameness(text: str) -> str:
    """Equal for two texts in normal form that are searched for alike: ``12·3`` and ``12.3``, ``인공 지능`` and ``인공지능``.

    The runs of the text between spaces; 한글 and digits written apart are joined as the stream joins them.
    """
    if _SYLLABLES.fullmatch(text):
        return text.replace(" ", "")
    out: list[str] = []
    hangul = False
    for run in cut(text):
        if hangul and is_hangul(run[0]):
            out[-1] += run
        else:
            out.append(run)
            hangul = is_hangul(run[0])
    return " ".join(out)


_SYLLABLES: Final = re.compile("[가-힣 ]*")
"""Names without figures and Latin letters; six in ten of the synonyms."""


@lru_cache(maxsize=8)
def table_lines(name: str) -> tuple[str, ...]:
    """The lines of a packaged table: ``table_lines("spelling.tsv")``. Read once."""
    return tuple(files("gisa.lexicon").joinpath(f"tables/{name}").read_text(encoding="utf-8").splitlines())
