"""A paper's own templates, styles and files: what they can change, what they cannot, and how it is told that one does not fit."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

import gisa
from gisa.config import AllowedOrigins, load_settings
from gisa.library import Library
from gisa.web import create_app
from gisa.web.pages.theme import Theme, mark_of, packaged_text, read_theme
from gisa.web.pages.tokens import pale_texts, read_tokens
from gisa.web.serving.security import page_policy
from gisa.web.theme_check import check_theme, copy_template
from tests.conftest import ROOT
from tests.web.conftest import clock, paper, still
from tests.web.visitor import Visitor, one, text, texts


class Open(Protocol):
    def __call__(self, files: dict[str, str], told: list[str] | None = None) -> Visitor: ...


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with gisa.open(tmp_path_factory.mktemp("themed"), clock=clock, monotonic=still) as library:
        library.add(paper()[:3])
        yield library


@pytest.fixture
def themed(library: Library) -> Open:
    """Opens a paper of three articles with these files, and no others, in its theme; ``told`` gets the names of those that fail."""

    def make(files: dict[str, str], told: list[str] | None = None) -> Visitor:
        shutil.rmtree(library.settings.theme_dir, ignore_errors=True)
        write(library.settings.data_dir, files)

        def failed(name: str, error: Exception) -> None:
            if told is None:
                raise error
            told.append(name)

        return Visitor(create_app(library, clock=clock, monotonic=still, template_failed=failed))

    return make


def write(folder: Path, files: dict[str, str]) -> None:
    (folder / "theme").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "theme" / name).write_text(content, "utf-8")


def test_parts_stand_on_every_page(themed: Open) -> None:
    """Head, header and footer on all; what stands beside on results and articles."""
    visitor = themed({f"{name}.html": f'<i id="own-{name}">{name}</i>' for name in ("header", "footer", "aside")})
    results, article = visitor.page("/search", q="바다"), visitor.page("/articles/sea-01")

    assert [len(page.css("[id^=own-]")) for page in (visitor.page("/"), results, article)] == [2, 3, 3]
    assert results.css_first(".masthead") is None


def test_a_part_knows_the_site(themed: Open) -> None:
    """Its links carry the language, its texts are escaped, the paper and the language are at hand."""
    header = "<b>{{ link('/search') }}|{{ paper.name }}|{{ language }}|{{ '<x>' }}</b>"
    page = themed({"header.html": header}).page("/", lang="en")

    assert text(page, "b") == "/search?lang=en|기사 검색|en|<x>"


def test_a_template_replaces_gisas_or_changes_one_block(themed: Open) -> None:
    """By its name; ``gisa/search.html`` is Gisa's own."""
    visitor = themed(
        {
            "problem.html": "<h1>{{ problem.status }} 여기 없음</h1>",
            "search.html": '{% extends "gisa/search.html" %}{% block before_results %}<p id="own">알림</p>{% endblock %}',
        }
    )

    assert visitor.get("/nowhere").text == "<h1>404 여기 없음</h1>"
    assert texts(visitor.page("/search", q="바다"), "#own, .hit h2") == [
        "알림",
        *(f"바다 소식 {n}호" for n in range(3)),
    ]


def test_a_page_without_the_readers_list_sets_no_cookie(themed: Open) -> None:
    """A known reader would lose their list to it."""
    answer = themed({"search.html": "<p>{{ page.total }}</p>"}).get("/search", q="바다")

    assert (answer.text, "set-cookie" in answer.headers) == ("<p>3</p>", False)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ paper.__class__.__mro__ }}",
        "{{ link.__func__.__globals__ }}",
        "{{ query_link.__self__.__init__.__globals__ }}",
        "{{ missing }}",
        "{{ view.nothing }}",
        "{% for %}",
        "{{ 1 / 0 }}",
        "{% include '../gisa.toml' %}",
    ],
)
def test_a_template_that_fails_is_passed_over(themed: Open, hostile: str) -> None:
    """Python is out of reach; the page is Gisa's own, and the fault is told with its file."""
    told: list[str] = []
    page = themed({"search.html": "<p>" + hostile, "header.html": hostile}, told).page("/search", q="바다")

    assert texts(page, ".masthead .paper") == ["기사 검색"]
    assert len(page.css(".hit")) == 3
    assert set(told) == {"header.html", "search.html"}


def test_files_are_served_under_addresses_that_never_go_stale(themed: Open) -> None:
    """The stylesheet comes last, with the addresses of the theme's other files; other types are not served."""
    visitor = themed(
        {"paper.css": "p { src: url('own.woff2') } q { src: url(gone.woff2) }", "own.woff2": "f", "x.py": ""}
    )
    page = visitor.page("/")
    sheets = [node.attributes["href"] or "" for node in page.css("link[rel=stylesheet]")]
    css = visitor.get(sheets[-1])
    [font] = re.findall(r'url\("([^"]+)"\)', css.text)

    assert len(sheets) == 3
    assert "immutable" in css.headers["cache-control"]
    assert "url(gone.woff2)" in css.text
    assert (visitor.get(font).content, visitor.get(font).headers["content-type"]) == (b"f", "font/woff2")


def test_a_script_inside_a_part_runs_if_it_is_the_same_on_every_page(themed: Open) -> None:
    """The policy names it by its hash; data is no script."""
    visitor = themed({"head.html": "<script>own()</script><script type='application/ld+json'>{}</script>"})
    policy = visitor.get("/").headers["content-security-policy"]

    digest = base64.b64encode(hashlib.sha256(b"own()").digest()).decode()

    assert policy == page_policy(AllowedOrigins(), own_scripts=[f"'sha256-{digest}'"])


def test_the_accent_can_be_read_on_the_themes_ground(themed: Open) -> None:
    """The paper's colour is made darker for a darker page."""
    visitor = themed({"paper.css": ":root { --ground: #bbbbbb; --panel: #aaaaaa }"})
    css = visitor.get(one(visitor.page("/"), "link[rel=stylesheet]").attributes["href"] or "").text

    assert [
        pale for pale in pale_texts(read_tokens(css, ":root{--ground:#bbb;--panel:#aaa}")) if not pale.is_dark
    ] == []


def test_the_sheets_custom_properties_are_read() -> None:
    """Comments, other values, short colours and the dark mode."""
    tokens = read_tokens(
        "/* :root{--ink:#fff} */ :root { --ink: #ABC; --font: x } @media (prefers-color-scheme:dark){:root{--ink:#000000}}"
    )

    assert (tokens.light, tokens.dark) == ({"ink": "#aabbcc"}, {"ink": "#000000"})


def test_a_later_sheet_wins_in_both_modes() -> None:
    """What it sets without a condition holds on dark pages too, as browsers have it."""
    first = ":root{--ground:#fff}@media (prefers-color-scheme: dark){:root{--ground:#000}}"

    assert read_tokens(first, ":root{--ground:#bbb}").dark == {"ground": "#bbbbbb"}


def test_files_that_do_not_fit_are_told(tmp_path: Path) -> None:
    """Each kind of fault, with its file and line."""
    write(
        tmp_path,
        {
            "article.html": mark_of("article.html") + "\n{% for %}",
            "docs.html": "{# gisa: docs.html 000000000000 #}\n" + packaged_text("docs.html"),
            "explain.html": "{% extends 'gisa/explain.html' %}\n{% block gone %}x{% endblock %}",
            "footer.html": "<p>{{ paper.name }}",
            "head.html": "<script>\nlet x = {{ paper.name }}</script>",
            "header.html": "<p>\n{{ gone }}",
            "heder.html": "",
            "home.html": "{% extends 'gisa/home.html' %}\n{% block newest %}\n{{ front.gone }}{% endblock %}",
            "paper.css": ":root { --ink: #999 }\n@media (prefers-color-scheme: dark) { :root { --ink: #fff } }",
            "problem.html": "<p>{{ problem.status }}</p>",
            "search.html": mark_of("search.html") + "\n" + packaged_text("search.html"),
        },
    )

    assert [(fault.file, fault.line, fault.kind.value) for fault in check_theme(load_settings(tmp_path))] == [
        ("article.html", 2, "syntax"),
        ("docs.html", None, "changed"),
        ("explain.html", 2, "block_gone"),
        ("head.html", 1, "script"),
        ("header.html", 2, "fails"),
        ("heder.html", None, "unused"),
        ("home.html", 3, "fails"),
        *[("paper.css", None, "pale")] * 2,
        ("problem.html", None, "unmarked"),
    ]


def test_a_copy_is_marked_and_never_overwritten(tmp_path: Path) -> None:
    """The copy fits as it is."""
    settings = load_settings(tmp_path)
    path = copy_template(settings, "article.html")

    assert path.read_text("utf-8") == mark_of("article.html") + "\n" + packaged_text("article.html")
    with pytest.raises(FileExistsError):
        copy_template(settings, "article.html")
    with pytest.raises(FileNotFoundError):
        copy_template(settings, "../gisa.toml")


@pytest.mark.parametrize("name", ["naru", "haeon"])
def test_the_example_themes_fit(name: str) -> None:
    """Neither has anything to say of."""
    assert check_theme(load_settings(ROOT / "examples/themes" / name)) == []


def test_a_folder_without_a_theme_is_none(tmp_path: Path) -> None:
    """It need not exist."""
    assert read_theme(tmp_path / "theme") == Theme()
