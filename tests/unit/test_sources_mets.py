"""Digitised papers: METS names the articles, ALTO holds their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from gisa.errors import SourceError
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.opening import open_source
from tests.said import reason_of, refused

METS = """<?xml version="1.0" encoding="UTF-8"?><mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mods="http://www.loc.gov/mods/v3"><dmdSec ID="D1"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:title>나루일보</mods:title></mods:titleInfo>
<mods:originInfo><mods:dateIssued>1930-05-03</mods:dateIssued></mods:originInfo></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp><file ID="F1"><FLocat LOCTYPE="URL" xlink:href="{href}"/></file></fileGrp></fileSec>
<structMap TYPE="LOGICAL"><div TYPE="ISSUE"><div ID="A1" TYPE="ARTICLE" LABEL="이름"><div TYPE="HEADING"><fptr><area FILEID="F1" BEGIN="B1"/></fptr></div>
<div TYPE="BODY"><fptr><area FILEID="F1" BEGIN="B2"/></fptr></div></div></div></structMap></mets>"""
ALTO = """<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page><PrintSpace>
<TextBlock ID="B1"><TextLine><String CONTENT="나루교"/><SP/><String CONTENT="개통식"/></TextLine></TextBlock>
<TextBlock ID="B2"><TextLine><String CONTENT="나루교가"/><String CONTENT="열" SUBS_TYPE="HypPart1" SUBS_CONTENT="열렸다"/><HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="렸다" SUBS_TYPE="HypPart2" SUBS_CONTENT="열렸다"/><String CONTENT="오늘"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def read(folder: Path, *, href: str = "pages/1.xml", mets: str = METS) -> list[Item]:
    (folder / "pages").mkdir()
    (folder / "pages" / "1.xml").write_text(ALTO)
    (folder / "mets.xml").write_text(mets.replace("{href}", href))
    with open_source(folder) as source:
        return list(source)


def test_an_issue_of_a_digitised_paper(tmp_path: Path) -> None:
    """Headline, words and day come together; a page alone is told, and no article."""
    items = read(tmp_path)

    (draft,) = (item for item in items if isinstance(item, Draft))
    assert draft.fields == {
        "id": "mets/A1", "title": "나루교 개통식", "body": "나루교가 열렸다 오늘", "published_at": "1930-05-03", "publisher": "나루일보",
    }  # fmt: skip
    assert [item for item in items if isinstance(item, Reject)] == []
    assert any("ALTO" in reason_of(item) for item in items if isinstance(item, Remark))


@pytest.mark.parametrize(
    "href", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "pages/2.xml", "https://naru.example/1.xml"]
)
def test_pages_outside_the_folder_are_refused(tmp_path: Path, href: str) -> None:
    """A page that is not there, or not inside the folder, costs its article, by name."""
    (reject,) = (item for item in read(tmp_path, href=href) if isinstance(item, Reject))

    assert "is not beside the METS file" in reason_of(reject)


def test_an_issue_without_articles(tmp_path: Path) -> None:
    """An issue that was not segmented says so."""
    (reject,) = (item for item in read(tmp_path, mets=METS.replace('"ARTICLE"', '"PAGE"')) if isinstance(item, Reject))

    assert "names no articles" in reason_of(reject)


def test_a_mets_file_that_is_cut_short(tmp_path: Path) -> None:
    """Half an issue is refused with the next step."""
    (tmp_path / "mets.xml").write_text(METS[:400])

    with refused(SourceError, "cut short or damaged"):
        open_source(tmp_path / "mets.xml")
