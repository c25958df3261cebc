"""The Jinja templates: compiled once each, escaping everything, failing on a misspelt name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.runtime import Macro
from markupsafe import Markup
from starlette.responses import HTMLResponse

from gisa.config import Paper
from gisa.strings import ExplainText, PageText
from gisa.web.pages.assets import Assets
from gisa.web.pages.front import section_query
from gisa.web.pages.links import query_link
from gisa.web.pages.present import iso_or_empty, short_text
from gisa.web.pages.recent import RecentSearches
from gisa.web.pages.safe import safe

TEMPLATE_DIR: Final = Path(__file__).parent / "templates"
_MACROS: Final = ("_finder.html", "_recent.html", "_results.html", "_help.html", "_asking.html")
"""Their macros are known to every page. An ``import`` in a page costs 30 µs each time the page is filled in."""


class Templates:
    """Every template of the site. Safe from many threads.

    A page is compiled when it is first asked for (3 to 15 ms), so that a server need not do all of them before its first answer.
    """

    def __init__(self, paper: Paper, assets: Assets) -> None:
        environment = _Environment(
            loader=FileSystemLoader(TEMPLATE_DIR),
            extensions=[_FixedStrings],
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "t": PageText,
            "e": ExplainText,
            "paper": paper,
            "asset": assets.url,
            "query_link": query_link,
            "section_query": section_query,
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


def _macros(template: Template) -> dict[str, Any]:
    return {name: value for name, value in vars(template.module).items() if isinstance(value, Macro)}


class _FixedStrings(Extension):
    """Writes ``{{ t.NAME }}`` into a template when it is loaded: these strings do not change while it is used."""

    _USE: Final = re.compile(r"\{\{ t\.([A-Z_]+) \}\}")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename  # the same for every template
        return self._USE.sub(lambda use: safe(getattr(PageText, use[1])), source)


class _PlainCode(CodeGenerator):
    """Compiles ``{{ value }}`` to a call of ``safe`` where Jinja would call ``escape``, and ``a.b`` to just that.

    The first means the same; for the second Jinja would look up ``a["b"]`` as well, which no template of ours asks for. A page of
    results reads 260 attributes.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.safe(")


class _Environment(Environment):
    code_generator_class = _PlainCode
    safe = staticmethod(safe)
