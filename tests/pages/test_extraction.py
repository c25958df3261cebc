"""Articles out of pages: how well the text and the fields of forty labelled pages are found, and what is no article."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gisa.cli.main import main
from gisa.errors import ConfigError, SourceError
from gisa.ingest.accept import accept
from gisa.model import Article, Draft
from gisa.sources.opening import open_source, open_stream
from gisa.sources.pages.extract import extract
from gisa.sources.pages.rules import own_rules
from gisa.sources.pages.selecting import BadSelectorError, xpath_of
from tests.conftest import data_file
from tests.pages.labelled import Label, pages
from tests.said import refused

NOW = datetime(2026, 11, 27, tzinfo=UTC)
TEXT_FLOOR = 0.98
"""Precision and recall of the words of bodies; may only be raised."""
FIELDS_FLOOR = 0.95


def read(text: str | bytes) -> Article:
    content = text.encode() if isinstance(text, str) else text
    with open_stream(io.BytesIO(content), "a.html") as source:
        (draft,) = source
    assert isinstance(draft, Draft)
    return accept(draft, now=NOW)


def fields_of(label: Label, article: Article) -> dict[str, bool]:
    """Which fields are exactly as the label has them."""
    return {
        "title": article.title == label.title,
        "subtitle": article.subtitle == label.subtitle,
        "published_at": article.published_at == datetime.fromisoformat(label.iso),
        "section": article.section == label.section,
        "byline": [name.removesuffix(" 기자") for name in article.byline] == [label.reporter],
        "caption": [picture.caption for picture in article.pictures] == [label.caption],
    }


def test_the_labelled_pages() -> None:
    """Precision and recall of the words of the text are at least .98, and 95 % of the fields are exact."""
    held, found, wanted = 0, 0, 0
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for shape, text, label in pages():
        article = read(text)
        words, gold = Counter(article.body.split()), Counter(" ".join(label.paragraphs).split())
        held, found, wanted = held + (words & gold).total(), found + words.total(), wanted + gold.total()
        if words != gold:
            print(f"{shape} {label.number}: missing {[*(gold - words)][:8]}, beside it {[*(words - gold)][:8]}")
        for name, is_right in fields_of(label, article).items():
            right[name].append(is_right)
            if not is_right:
                print(f"{shape} {label.number}: {name} is not as labelled")

    precision, recall = held / found, held / wanted
    exact = sum(map(sum, right.values())) / sum(map(len, right.values()))
    print(
        f"precision {precision:.4f}, recall {recall:.4f}, fields {exact:.3f}",
        {name: sum(each) / len(each) for name, each in right.items()},
    )
    assert min(precision, recall) >= TEXT_FLOOR
    assert exact >= FIELDS_FLOOR


def test_where_a_field_came_from() -> None:
    """Each field carries the place that gave it."""
    text = next(text for shape, text, _ in pages() if shape == "local_paper")

    page = extract(text, url="https://paper.example/news/articleView.html?idxno=213450")

    assert (page.found_by["title"], page.found_by["body"], page.found_by["subtitle"]) == ("meta", "ndsoft", "ndsoft")


def test_an_own_rule_comes_first(tmp_path: Path) -> None:
    """A desk's rule for its own pages is tried before those of Gisa."""
    (tmp_path / "paper.toml").write_text(
        'marks = [".our-paper"]\nbody = [".story"]\ntitle = [".head"]\ndates = [".when"]\n'
    )
    text = f'<body class="our-paper"><div class="head">제목</div><div class="when">2025.11.03 09:05</div><div class="story">{"가나다 " * 20}</div></body>'

    page = extract(text, rules=own_rules(tmp_path))

    assert page.is_article
    assert (page.fields["title"], page.found_by["body"]) == ("제목", "paper")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('boddy = [".a"]', "boddy is no part of a rule"),
        ('body = ".a"', "body must be a list of selectors"),
        ('body = [".a > .b"]', "is no simple selector"),
        ("body = [", "not TOML"),
    ],
)
def test_rules_that_are_none(tmp_path: Path, content: str, message: str) -> None:
    """A slip in a rule names the file and what is wrong."""
    (tmp_path / "paper.toml").write_text(content)

    with refused(ConfigError, message):
        own_rules(tmp_path)


@pytest.mark.parametrize("selector", ["", " ", "a > b", "a:hover", "]", ".", "#"])
def test_selectors_that_are_none(selector: str) -> None:
    """What is no simple selector is told."""
    with pytest.raises(BadSelectorError):
        xpath_of(selector)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "<html><head><title>Checking your browser</title></head><body><p>Just a moment…</p></body></html>",
            id="wall",
        ),
        pytest.param('<html><head><meta http-equiv="refresh" content="0;url=/x"></head></html>', id="redirect"),
        pytest.param(
            "<html><body><ul>"
            + '<li><a href="/1">나루대교 개통</a> 2025.11.03 09:05</li>' * 30
            + "</ul></body></html>",
            id="list",
        ),
        pytest.param("<html></html>", id="nothing"),
    ],
)
def test_pages_without_an_article(text: str) -> None:
    """A wall, a redirect and a list are no articles; the message says what the file is."""
    with refused(SourceError, "an HTML page"):
        read(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "<article>",
                "<script>",
                "</script>",
                "<table><tr>",
                "<img src=x>",
                "<br>",
                "가나다",
                "&amp;",
                "<!--",
                "-->",
            ]
        ),
        max_size=60,
    )
)
def test_extraction_never_fails(parts: list[str]) -> None:
    """Whatever a page is made of, it is read or it is none."""
    extract("<html><body>" + "".join(parts))


@pytest.mark.parametrize("depth", [100, 5_000])
def test_deep_pages(depth: int) -> None:
    """A page of elements inside one another does no harm."""
    extract("<html><body>" + "<div>" * depth + "가" * 100)


def test_a_page_that_is_cut_short() -> None:
    """Half a page gives what it has."""
    text = next(text for shape, text, _ in pages() if shape == "wordpress")

    assert read(text[: text.index("</p>") + 4]).title == "나루대교 내년 3월 착공…2030년 개통"


def test_the_file_of_the_formats_folder() -> None:
    """The page of the commonest local system, with every field."""
    with open_source(data_file("formats/made/nd_article.html")) as source:
        (draft,) = source
    assert isinstance(draft, Draft)
    article = accept(draft, now=NOW)

    assert article.title == "나루대교 내년 3월 착공…2030년 개통"
    assert article.subtitle == "총사업비 2천140억원\n시 “출근길 15분 줄 것”"
    assert (article.section, article.byline, article.publisher) == ("사회", ("홍예담",), "시험일보")
    assert article.pictures[0].caption == "나루대교 조감도. 나루시 제공"
    assert "저작권" not in article.body
    assert "hong@" not in article.body


def test_the_command_shows_where_each_field_was_found(tmp_path: Path) -> None:
    """``gisa extract --explain`` names the place beside the value, and adds nothing."""
    (tmp_path / "a.html").write_text(next(text for shape, text, _ in pages() if shape == "local_paper"))

    result = CliRunner().invoke(main, ["extract", str(tmp_path / "a.html"), "--explain"])

    assert result.exit_code == 0
    assert "title [meta]: 나루대교 내년 3월 착공…2030년 개통" in result.output
    assert "subtitle [ndsoft]: 총사업비 2천140억원" in result.output


def test_the_command_on_a_page_without_an_article(tmp_path: Path) -> None:
    """A page without an article is an error that names the next step."""
    (tmp_path / "a.html").write_text("<html><body>없음</body></html>")

    result = CliRunner().invoke(main, ["extract", str(tmp_path / "a.html")])

    assert result.exit_code == 1
    assert "write a rule for its CMS" in result.output
