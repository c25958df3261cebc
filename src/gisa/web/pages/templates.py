"""The Jinja templates in one language: compiled once each, escaping everything, failing on a misspelt name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from markupsafe import Markup
from starlette.responses import HTMLResponse

from gisa.config import Paper
from gisa.language import Language
from gisa.saying.explaining import say_field, say_reason, say_verdict
from gisa.saying.notices import say_mistake, say_notice
from gisa.saying.speaker import WORDINGS, Speaker
from gisa.web.pages.assets import Assets
from gisa.web.pages.links import Links, with_kept
from gisa.web.pages.present import iso_or_empty, short_text
from gisa.web.pages.recent import RecentSearches
from gisa.web.pages.safe import safe

TEMPLATE_DIR: Final = Path(__file__).parent / "templates"
_MACROS: Final = ("_finder.html", "_recent.html", "_results.html", "_help.html", "_asking.html")
"""Their macros are known to every page. An ``import`` in a page costs 30 µs each time the page is filled in."""


class LanguageLink(NamedTuple):
    """The same page in another language."""

    href: str
    tag: str
    name: str


class Templates:
    """Every template of the site, in one language. Safe from many threads.

    A page is compiled when it is first asked for (3 to 15 ms), so that a server need not do all of them before its first answer.
    """

    def __init__(self, paper: Paper, assets: Assets, speaker: Speaker, links: Links) -> None:
        """Of one paper in one language; every link and form carries what ``links`` says."""
        environment = _Environment(
            loader=FileSystemLoader(TEMPLATE_DIR),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "t": speaker.wording.page,
            "e": speaker.wording.explain,
            "say": speaker.fill,
            "said_notice": partial(say_notice, speaker=speaker),
            "said_mistake": partial(say_mistake, speaker=speaker),
            "said_reason": partial(say_reason, speaker=speaker),
            "said_verdict": partial(say_verdict, speaker=speaker),
            "said_field": partial(say_field, speaker=speaker),
            "language": speaker.language.value,
            "chosen": speaker.language.value if links.kept else "",
            "languages": partial(_other_languages, speaker.language, base=links.base),
            "base": links.base,
            "link": links.to,
            "query_link": links.query,
            "section_link": links.section,
            "paper": paper,
            "asset": assets.url,
            "iso": iso_or_empty,
            "short": short_text,
        }
        for name in _MACROS:
            environment.globals |= _macros(environment.get_template(name))
        self._recent_list = _macros(environment.get_template("_recent.html"))["recent_list"]
        self._environment = environment
        self._pages: dict[str, Template] = {}

    def page(self, name: str, context: Mapping[str, Any]) -> HTMLResponse:
        return HTMLResponse(self.text(name, context))

    def text(self, name: str, context: Mapping[str, Any]) -> str:
        page = self._pages.get(name)
        if page is None:
            page = self._environment.get_template(name)
            page.globals = dict(page.globals)  # a plain dict: Jinja copies it for every page it fills in
            self._pages[name] = page
        return page.render(context)

    def recent_list(self, recent: RecentSearches, *, here: str, asking: bool) -> Markup:
        """The list of recent searches, which every page that shows it takes as ``own_part``."""
        part: Markup = self._recent_list(recent, here, asking)
        return part


def _other_languages(spoken: Language, here: str, *, base: str) -> list[LanguageLink]:
    """The page at an address below the site's base in every language but the one that is spoken."""
    return [
        LanguageLink(with_kept(base + here, f"lang={language}"), language.value, WORDINGS[language].name)
        for language in Language
        if language is not spoken
    ]


def _macros(template: Template) -> dict[str, Any]:
    return {name: value for name, value in vars(template.module).items() if isinstance(value, Macro)}


class _PlainCode(CodeGenerator):
    """Compiles ``{{ value }}`` to a call of ``safe`` where Jinja would call ``escape``, which means the same.

    A page of results takes 0.14 ms less to fill in, of 0.48 ms. The method is private to Jinja, so ``pyproject.toml`` bounds
    its version.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.safe(")


class _Environment(Environment):
    code_generator_class = _PlainCode
    safe = staticmethod(safe)
