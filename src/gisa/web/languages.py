"""Which language a request is answered in. Decides only; the sentences are in ``gisa.saying``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from starlette.types import Scope

from gisa.config import Site
from gisa.language import Language
from gisa.saying.choosing import language_of_header, language_of_tag

PARAMETER: Final = "lang"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of an answer, and whether its address chose it: then the page's links keep it."""

    language: Language
    by_address: bool = False

    @property
    def kept(self) -> str:
        """What links carry: ``lang=en``, or nothing."""
        return f"{PARAMETER}={self.language}" if self.by_address else ""


def spoken(scope: Scope, site: Site) -> Spoken:
    """The language that the address asks for (``lang=en``); else the browser's if the paper follows it; else the paper's."""
    query: bytes = scope["query_string"]
    if b"lang=" in query:
        given = parse_qs(query.decode("ascii", "replace")).get(PARAMETER, [""])[-1]
        chosen = language_of_tag(given)
        if chosen is not None:
            return Spoken(chosen, by_address=True)
    if site.follow_browser:
        accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
        return Spoken(language_of_header(accepted.decode("latin-1")) or site.lang)
    return Spoken(site.lang)
