"""Whether a paper's theme fits this version of Gisa: its templates are read and filled in, its colours measured. Changes nothing.

The pages are those of a few sample articles in a folder of their own, so that the check asks neither the paper's archive nor
its index.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI
from jinja2 import Environment, TemplateSyntaxError, nodes

from gisa.config import Settings
from gisa.library import Library
from gisa.sample import open_articles
from gisa.web.app import create_app
from gisa.web.pages.look import tokens_of
from gisa.web.pages.theme import STYLESHEET, Theme, mark_of, packaged_templates, packaged_text, read_theme
from gisa.web.pages.tokens import pale_texts

_SAMPLE_ARTICLES: Final = 6
_WORD: Final = "나루"


class FaultKind(StrEnum):
    """What is wrong with a file of a theme; in ``saying``, a sentence for each."""

    SYNTAX = "syntax"
    FAILS = "fails"
    """It cannot be filled in with what this version's pages hold."""
    BLOCK_GONE = "block_gone"
    """It fills in a block that its original no longer has: what it says is not shown."""
    CHANGED = "changed"
    """Its original has changed since it was copied."""
    UNMARKED = "unmarked"
    """It does not say from which version it was copied."""
    SCRIPT = "script"
    """A script inside it differs from page to page, so that browsers will not run it."""
    UNUSED = "unused"
    """It is neither a part nor a template nor of a type that is served."""
    PALE = "pale"
    """Text that cannot be read well."""


@dataclass(frozen=True, slots=True)
class ThemeFault:
    """One fault, with its place."""

    kind: FaultKind
    file: str
    line: int | None = None
    detail: str = ""
    """A name, a colour pair or the template engine's own message."""

    @property
    def is_advice(self) -> bool:
        """Whether the pages are right all the same."""
        return self.kind in (FaultKind.UNMARKED, FaultKind.UNUSED)


def check_theme(settings: Settings) -> list[ThemeFault]:
    """Everything that is wrong with the theme of a data folder, by file; the folder need hold nothing else."""
    theme = read_theme(settings.theme_dir)
    faults = [*_read(theme), *_measured(settings, theme)]
    faults += _filled_in(settings)
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line or 0))


def copy_template(settings: Settings, name: str) -> Path:
    """Copy one of Gisa's templates into the theme, marked with its version. Raises ``FileExistsError``, ``FileNotFoundError``."""
    if name not in packaged_templates():
        raise FileNotFoundError(2, "no such template", name)
    settings.theme_dir.mkdir(parents=True, exist_ok=True)
    path = settings.theme_dir / name
    with path.open("x", encoding="utf-8") as copy:
        copy.write(f"{mark_of(name)}\n{packaged_text(name)}")
    return path


def _read(theme: Theme) -> Iterator[ThemeFault]:
    """What the files say by themselves."""
    for name in theme.unused:
        yield ThemeFault(FaultKind.UNUSED, name)
    for script in theme.inline_scripts():
        if not script.is_fixed:
            yield ThemeFault(FaultKind.SCRIPT, script.template, script.line)
    environment = Environment(autoescape=True)
    for name, text in theme.templates.items():
        try:
            parsed = environment.parse(text)
        except TemplateSyntaxError as error:
            yield ThemeFault(FaultKind.SYNTAX, name, error.lineno, error.message or "")
            continue
        if name not in theme.overrides:
            continue
        if not text.startswith("{# gisa:"):
            if not _extends_packaged(parsed):
                yield ThemeFault(FaultKind.UNMARKED, name)
        elif not text.startswith(mark_of(name)):
            yield ThemeFault(FaultKind.CHANGED, name)
        known = _blocks(environment, packaged_text(name))
        for block in parsed.find_all(nodes.Block):
            if block.name not in known:
                yield ThemeFault(FaultKind.BLOCK_GONE, name, block.lineno, block.name)


def _extends_packaged(parsed: nodes.Template) -> bool:
    """Whether it takes Gisa's template and changes blocks of it, so that the rest follows every version."""
    return any(
        isinstance(each.template, nodes.Const) and str(each.template.value).startswith("gisa/")
        for each in parsed.find_all(nodes.Extends)
    )


def _blocks(environment: Environment, text: str) -> set[str]:
    """The blocks of a packaged template and of those that it extends."""
    parsed = environment.parse(text)
    names = {block.name for block in parsed.find_all(nodes.Block)}
    for each in parsed.find_all(nodes.Extends):
        if isinstance(each.template, nodes.Const):
            names |= _blocks(environment, packaged_text(each.template.value))
    return names


def _measured(settings: Settings, theme: Theme) -> Iterator[ThemeFault]:
    if STYLESHEET in theme.files:
        for pale in pale_texts(tokens_of(settings.paper, theme)):
            mode = "dark" if pale.is_dark else "light"
            yield ThemeFault(
                FaultKind.PALE, STYLESHEET, detail=f"--{pale.text} / --{pale.ground} ({mode}) {pale.contrast:.1f}"
            )


def _filled_in(settings: Settings) -> list[ThemeFault]:
    """What fails when every kind of page is asked for."""
    faults: list[ThemeFault] = []

    def failed(name: str, error: Exception) -> None:
        if isinstance(error, TemplateSyntaxError):  # told when it was read
            return
        faults.append(ThemeFault(FaultKind.FAILS, name, _line(error), str(error)))

    with tempfile.TemporaryDirectory(prefix="gisa-theme-") as folder:
        if settings.theme_dir.is_dir():
            shutil.copytree(settings.theme_dir, Path(folder, "theme"))
        own = replace(settings, data_dir=Path(folder), archive_url=None, index_url=None)
        with Library(own) as library:
            library.prepare()
            sample = [dict(draft.fields) for draft in islice(open_articles(), _SAMPLE_ARTICLES)]
            library.add(sample)
            app = create_app(library, template_failed=failed)
            asyncio.run(_ask_all(app, own.site.base_path, str(sample[0]["id"])))
    return faults


async def _ask_all(app: FastAPI, base: str, article_id: str) -> None:
    article, word = quote(article_id, safe=""), quote(_WORD)
    for path, query in (
        ("/", ""),
        ("/search", f"q={word}"),
        ("/search", f"q={word}&page=999"),
        ("/search", f"q={word}&from=1999-01-01&to=1999-01-01"),
        ("/search", "q=" + quote("쀍뛟괡")),
        (f"/articles/{article}", ""),
        (f"/articles/{article}", f"q={word}"),
        ("/explain", f"q={word}&id={article}"),
        ("/api/docs", ""),
        ("/nowhere", ""),
    ):
        for language in ("&lang=ko", "&lang=en"):
            await _ask(app, base + path, query + language)


async def _ask(app: FastAPI, path: str, query: str) -> None:
    """The application's answer to a GET, thrown away."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80), "client": ("127.0.0.1", 1),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Any) -> None:
        """Nobody reads it."""

    await app(scope, receive, send)


def _line(error: Exception) -> int | None:
    """Where in a template an error was raised: Jinja's frames carry the template's own lines."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
