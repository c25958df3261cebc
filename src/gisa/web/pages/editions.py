"""The pages in one language: its sentences, its templates, and the links that keep it. Which language: ``web.languages``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.types import Scope

from gisa.language import Language
from gisa.saying.speaker import Speaker
from gisa.web.languages import PARAMETER, Spoken, spoken
from gisa.web.pages.assets import Assets
from gisa.web.pages.front import FrontPage
from gisa.web.pages.links import Links
from gisa.web.pages.templates import TemplateFailed, Templates
from gisa.web.pages.theme import Theme

if TYPE_CHECKING:
    from gisa.library import Library


@dataclass(frozen=True, slots=True)
class Edition:
    """The site as one kind of reader sees it."""

    speaker: Speaker
    links: Links
    """They carry ``lang=en`` where the address chose the language."""
    templates: Templates
    front: FrontPage


class Editions:
    """Every edition of the site. Each is made when it is first asked for; at worst two threads make the same one."""

    def __init__(self, g: Library, assets: Assets, theme: Theme, *, failed: TemplateFailed) -> None:
        self._g, self._assets, self._theme, self._failed = g, assets, theme, failed
        self._speakers = {language: Speaker(language) for language in Language}
        self._editions: dict[Spoken, Edition] = {}

    def of(self, scope: Scope) -> Edition:
        """The edition that a request asks for."""
        asked = spoken(scope, self._g.settings.site)
        edition = self._editions.get(asked)
        if edition is None:
            edition = self._editions[asked] = self._make(asked)
        return edition

    def asset(self, name: str) -> str:
        """The address of one of the site's own files."""
        return self._assets.url(name)

    def asset_content(self, name: str) -> bytes:
        """What is in one of the site's own files."""
        return self._assets.content(name)

    def speaker(self, scope: Scope) -> Speaker:
        """The language of a request that is not answered by a page."""
        return self._speakers[spoken(scope, self._g.settings.site).language]

    def _make(self, asked: Spoken) -> Edition:
        speaker = self._speakers[asked.language]
        links = Links(base=self._g.settings.site.base_path, kept=asked.kept)
        return Edition(
            speaker=speaker,
            links=links,
            templates=Templates(
                self._g.settings.paper,
                self._assets,
                speaker,
                links,
                mining=self._g.settings.mining,
                theme=self._theme,
                failed=self._failed,
            ),
            front=FrontPage(self._g, speaker, links),
        )


def here(scope: Scope) -> str:
    """The request's own address below the site's base, without its language and the state of the list of recent searches."""
    kept = [
        part
        for part in scope["query_string"].decode("latin-1").split("&")
        if part and not part.startswith((PARAMETER + "=", "recent="))
    ]
    path = quote(scope["path"])
    return path + ("?" + quote("&".join(kept), safe="%=&+*") if kept else "")
