"""Lines of a newspaper's page that are no part of the article: copyright, sharing, the reporter's mail. Pure.

Only whole lines at the end of a body are looked at (and captions of buttons at its beginning), so that an article about
copyright keeps its sentences.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LONGEST: Final = 160
"""Characters; a longer line is a paragraph."""

_MAIL: Final = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
_ROLE: Final = r"(?:선임|수석|인턴|객원|전문|통신|논설|사진|영상|취재|시민|명예)?\s*(?:기자|특파원|논설위원|편집위원|위원|PD|앵커|리포터|에디터|칼럼니스트)"

COPYRIGHT: Final = re.compile(
    r"(?:[<\[(〈]\s*)?(?:저작권자|copyrights?\b|[ⓒ©](?=.*(?:무단|금지|reserved|저작권|[가-힣]{2}))|\(c\)\s).{0,140}"
    r"|.{0,80}(?:무단\s*(?:전재|복제|배포)[^가-힣]{0,3}(?:및|와|,|·|-|ㆍ|/)?\s*(?:재배포|복제|배포|전재|수집|ai|활용)?.{0,40}금지.{0,20})"
    r"|.{0,60}all\s+rights?\s+reserved.{0,30}",
    re.IGNORECASE,
)
SHARING: Final = re.compile(
    r"(?:(?:카카오톡|카카오스토리|페이스북|트위터|네이버\s*(?:블로그|밴드|채널)?|밴드|라인|url\s*복사|링크\s*복사|주소\s*복사|이메일|메일|프린트|인쇄|스크랩|공유(?:하기)?|글자\s*(?:크기|작게|크게)"
    r"|기사\s*공유(?:하기)?|sns\s*(?:공유|기사보내기)|기사\s*보내기|facebook|twitter|kakao(?:talk|story)?|x|가|구독(?:하기)?|좋아요|댓글|닫기|복사)[\s,·|/+()0-9-]*){2,}"
    r"|(?:이\s*)?기사(?:를)?\s*공유(?:하기|합니다)?|공유하기|인쇄하기|글자\s*크기.{0,20}",
    re.IGNORECASE,
)
SUBSCRIBING: Final = re.compile(
    r"[▶▷☞■◆●※👉\s]*(?:기사|뉴스|사건)?\s*제보(?:하기|는|[:：]).{0,120}"
    r"|[▶▷☞👉]\s*.{0,60}(?:구독|채널\s*추가|앱\s*(?:설치|다운로드)|바로\s*가기|뉴스레터).{0,60}"
)
REPORTER: Final = re.compile(
    rf"(?:[\[(/<=▶■]\s*)?(?:[가-힣A-Za-z·\s]{{0,12}}=\s*)?(?P<names>[가-힣]{{2,5}}(?:\s*[·,ㆍ]\s*[가-힣]{{2,5}}){{0,5}}(?:\s*{_ROLE})?)?"
    rf"\s*[\s(<\[/|:：]*\s*{_MAIL}\s*[)>\]/]*\s*(?:{_ROLE})?\s*[)>\]]*"
)
"""``홍예담 기자 hong@naru.example`` and the address alone."""


_HINTS: Final = (
    "저작권 무단 금지 ⓒ © @ copyright reserved (c) 공유 구독 제보 카카오 페이스북 트위터 facebook twitter kakao 밴드 라인 네이버 복사 인쇄 글자 스크랩 "
    "프린트 가기 채널 뉴스레터 메일 좋아요 댓글 보내기 닫기 앱"
).split()  # fmt: skip
"""Nearly every such line holds one of these. Looking for them first spares most paragraphs the regular expressions."""


def _has_hint(line: str) -> bool:
    return any(map(line.lower().__contains__, _HINTS))


class Stripped(NamedTuple):
    """A body without those lines, and the names that the reporter's line held."""

    body: str
    names: str | None


def strip_boilerplate(body: str) -> Stripped:
    """The body without the page's own lines. If it has no other lines, they stay."""
    if "\n" not in body and len(body) > _LONGEST:
        return Stripped(body, None)
    lines = body.split("\n")
    first, last, names = 0, len(lines), None
    while last - first > 1:
        line = lines[last - 1].strip()
        if not line:
            last -= 1
            continue
        if len(line) > _LONGEST:
            break
        if not _has_hint(line):
            break
        if "@" in line and (reporter := REPORTER.fullmatch(line)) is not None:
            names = names or reporter["names"]
        elif not any(rule.fullmatch(line) for rule in (COPYRIGHT, SHARING, SUBSCRIBING)):
            break
        last -= 1
    while last - first > 1:
        line = lines[first].strip()
        if line and (len(line) > _LONGEST or not _has_hint(line) or not SHARING.fullmatch(line)):
            break
        first += 1
    if first == 0 and last == len(lines):
        return Stripped(body, None)
    return Stripped("\n".join(lines[first:last]).strip(), names)
