"""The Jinja templates in one language, the paper's own before Gisa's: compiled once each, escaping everything.

A theme's templates run in Jinja's sandbox: they reach what a page shows, not Python. One that fails is passed over and told,
and the page is Gisa's own: after an upgrade a site without its decoration is better than none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from starlette.responses import HTMLResponse

from gisa.config import Mining, Paper
from gisa.language import Language
from gisa.saying.explaining import say_field, say_reason, say_verdict
from gisa.saying.notices import say_mistake, say_notice
from gisa.saying.speaker import WORDINGS, Speaker
from gisa.web.pages.assets import Assets
from gisa.web.pages.links import Links, with_kept
from gisa.web.pages.present import iso_or_empty, short_text
from gisa.web.pages.recent import RecentSearches
from gisa.web.pages.safe import safe
from gisa.web.pages.theme import PACKAGED_DIR, PARTS, STYLESHEET, Theme

_MACROS: Final = ("_finder.html", "_recent.html", "_results.html", "_help.html", "_asking.html")
"""Their macros are known to every page. An ``import`` in a page costs 30 µs each time the page is filled in."""

TemplateFailed = Callable[[str, Exception], None]
"""Told of a theme's template that fails, by its name."""


class LanguageLink(NamedTuple):
    """The same page in another language."""

    href: str
    tag: str
    name: str


class Templates:
    """Every template of the site, in one language. Safe from many threads.

    A page is compiled when it is first asked for (3 to 15 ms), so that a server need not do all of them before its first answer.
    """

    def __init__(
        self,
        paper: Paper,
        assets: Assets,
        speaker: Speaker,
        links: Links,
        *,
        mining: Mining,
        theme: Theme,
        failed: TemplateFailed,
    ) -> None:
        """Of one paper in one language; every link and form carries what ``links`` says. ``failed``: see ``TemplateFailed``."""
        named: dict[str, Any] = {
            "t": speaker.wording.page,
            "e": speaker.wording.explain,
            "q": speaker.wording.quotes,
            "r": speaker.wording.revisions,
            "c": speaker.wording.corrections,
            "s": speaker.wording.stories,
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
            "mining": mining,
            "asset": assets.url,
            "has_own_style": STYLESHEET in theme.files,
            "iso": iso_or_empty,
            "short": short_text,
        }
        self._failed = failed
        named["own"] = self._parts(theme, named)
        self._packaged = _Pages(_Environment, FileSystemLoader(PACKAGED_DIR), named)
        self._own = self._themed(theme, named) if theme.overrides else None

    def page(self, name: str, context: Mapping[str, Any]) -> HTMLResponse:
        return HTMLResponse(self.text(name, context))

    def text(self, name: str, context: Mapping[str, Any]) -> str:
        if self._own is not None:
            try:
                return self._own.text(name, context)
            except Exception as error:  # a template is code that others wrote
                self._failed(name, error)
        return self._packaged.text(name, context)

    def recent_list(self, recent: RecentSearches, *, here: str, asking: bool) -> Markup:
        """The list of recent searches, which every page that shows it takes as ``own_part``."""
        part: Markup = self._packaged.recent_list(recent, here, asking)
        return part

    def _parts(self, theme: Theme, named: Mapping[str, Any]) -> dict[str, Markup]:
        """The parts of every page, filled in once: they say the same on all. By name without ending; empty ones too."""
        environment = _made(_Sandbox, DictLoader(dict(theme.templates)), named)
        parts = {name.partition(".")[0]: Markup() for name in PARTS}
        for name in PARTS:
            if name in theme.templates:
                try:
                    text = environment.get_template(name).render()
                except Exception as error:  # a template is code that others wrote
                    self._failed(name, error)
                else:
                    parts[name.partition(".")[0]] = Markup(text)  # noqa: S704 - escaped as it was filled in
        return parts

    def _themed(self, theme: Theme, named: Mapping[str, Any]) -> _Pages | None:
        try:
            return _Pages(_Sandbox, _own_first(theme), named)
        except Exception as error:  # a template is code that others wrote
            self._failed(next(name for name in theme.overrides if name.startswith("_")), error)
            return None


class _Pages:
    """Templates of one environment, each compiled when it is first asked for."""

    def __init__(self, kind: type[Environment], loader: BaseLoader, named: Mapping[str, Any]) -> None:
        """``named``: what every template knows."""
        environment = _made(kind, loader, named)
        for name in _MACROS:
            environment.globals |= _macros(environment.get_template(name))
        self.recent_list = _macros(environment.get_template("_recent.html"))["recent_list"]
        self._environment = environment
        self._pages: dict[str, Template] = {}

    def text(self, name: str, context: Mapping[str, Any]) -> str:
        page = self._pages.get(name)
        if page is None:
            page = self._environment.get_template(name)
            page.globals = dict(page.globals)  # a plain dict: Jinja copies it for every page it fills in
            self._pages[name] = page
        return page.render(context)


def _made(kind: type[Environment], loader: BaseLoader, named: Mapping[str, Any]) -> Environment:
    environment = kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= named
    return environment


def _own_first(theme: Theme) -> BaseLoader:
    """The theme's templates, else Gisa's; ``gisa/search.html`` is Gisa's, for those that only change a block of it."""
    packaged = FileSystemLoader(PACKAGED_DIR)
    return ChoiceLoader([DictLoader(dict(theme.templates)), packaged, PrefixLoader({"gisa": packaged})])


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


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses what begins with ``_``, what changes a list, and other ways out of a template."""

    code_generator_class = _PlainCode
    safe = staticmethod(safe)
