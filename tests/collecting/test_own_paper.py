"""docs/your-own-paper.md is followed to the letter: every command of it, on a site and files made for it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

import gisa
from gisa.cli.main import main
from gisa.collecting import rounds
from tests.collecting.paper_site import START, PaperSite, served
from tests.conftest import ROOT
from tests.unit.test_sources_mets import ALTO, METS
from tests.unit.test_sources_news_xml import NITF, YNEWSML
from tests.unit.test_sources_wxr import END, ITEM, TOP

PAGE = (ROOT / "docs/your-own-paper.md").read_text(encoding="utf-8")
FIRST = 213_440


def section(heading: str) -> str:
    """The page's text from a heading that begins so to the next."""
    return re.split(r"\n## ", PAGE.split(f"\n## {heading}", 1)[1])[0]


def commands(heading: str) -> list[str]:
    """The commands of a section, in order; those that serve are left out."""
    blocks = re.findall(r"```sh\n(.*?)```", section(heading), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if not line.startswith("gisa serve")]


def local_paper(site: PaperSite, _folder: Path) -> None:
    for number in range(FIRST, FIRST + 31):
        site.publish(number, START + (number - FIRST) * timedelta(hours=1))


def on_wordpress(site: PaperSite, folder: Path) -> None:
    local_paper(site, folder)
    (folder / "wordpress.xml").write_text(TOP + ITEM + END)


def with_bigkinds(_site: PaperSite, folder: Path) -> None:
    header = ["뉴스 식별자", "일자", "언론사", "기고자", "제목", "통합 분류1", "키워드", "본문", "URL", "분석제외 여부"]
    row = ["02100101.20251103090500001", "20251103", "나루일보", "홍예담", "나루대교 개통", "사회>사건", "다리", "나루대교가 열렸다.", "https://paper.example/1", ""]  # fmt: skip
    with xlsxwriter.Workbook(str(folder / "NewsResult.xlsx")) as book:
        sheet = book.add_worksheet("sheet")
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, row)


def with_a_wire(_site: PaperSite, folder: Path) -> None:
    day = folder / "wire" / "20251103"
    day.mkdir(parents=True)
    (day / "AKR1.xml").write_text(YNEWSML)
    (day / "naru-1.xml").write_text(NITF)


def with_alto(_site: PaperSite, folder: Path) -> None:
    issue = folder / "issues" / "1930-05-03"
    (issue / "pages").mkdir(parents=True)
    (issue / "mets.xml").write_text(METS.replace("{href}", "pages/1.xml"))
    (issue / "pages" / "1.xml").write_text(ALTO)


@pytest.mark.parametrize(
    ("heading", "make", "articles"),
    [
        ("A local paper", local_paper, 31),
        ("A paper on WordPress", on_wordpress, 21),
        ("A researcher", with_bigkinds, 1),
        ("An agency's wire", with_a_wire, 2),
        ("A library", with_alto, 1),
    ],
)
def test_every_way_in(
    heading: str,
    make: Callable[[PaperSite, Path], None],
    articles: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command succeeds, and at the end the paper's articles are there and are found by their headlines."""
    data = tmp_path / "paper"
    data.mkdir()
    (data / "gisa.toml").write_text(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0], encoding="utf-8")
    for name, value in (("NO_PROXY", "*"), ("GISA_DATA", str(data)), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(rounds, "PAUSE_S", 0.0)
    site = PaperSite()
    make(site, work)
    runner = CliRunner()
    with served(site) as root:
        for line in [*commands(heading), *commands("The last ten minutes")]:
            program, *words = shlex.split(line.replace("https://www.paper.example", root))
            assert program == "gisa", line
            if words[0] == "crawl":
                words += ["--pause", "0"]  # a second a page is for other people's servers
            if words[:2] == ["extract", f"{root}/news/articleView.html?idxno=213450"]:
                words[1] = root + site.stories[213_450].path
            done = runner.invoke(main, words)
            assert done.exit_code == 0, f"{line}: {done.output}"

    with gisa.open(data) as library:
        assert library.count() == articles
