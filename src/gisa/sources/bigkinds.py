"""The row of an export of BIG KINDS (빅카인즈), in the names of an article. Reads no file: it comes as xlsx or CSV.

Facts of 2026, from real exports: the identifier is the publisher's code, a full stop, ``YYYYMMDDHHMMSS`` and a few figures more;
its day is the article's in 92 % of rows, and only then is its time the article's. The text is cut at 200 characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from gisa.messages import Message, SourceCode, Tell

_IDENTIFIER: Final = re.compile(
    r"[0-9]{7,8}\.(?P<day>[0-9]{8})(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?P<second>[0-5][0-9])[0-9]{0,6}"
)
_CUT_AT: Final = 195
"""Characters; a text that long is taken as cut. It is cut at 200, and white space at its end is dropped."""
_MAIL: Final = re.compile(r"[(<\[]?\s*[\w.+-]+@[\w.-]*\s*[)>\]]?")
_ROLE: Final = re.compile(r"(?:선임|수석|인턴|객원|전문|사진|영상)?\s*(?:기자|특파원|논설위원|편집위원|위원|PD|앵커)")


def fits(keys: frozenset[str]) -> bool:
    """True for a row of either layout."""
    return {"뉴스식별자", "일자", "제목"} <= {_plain(key) for key in keys}


def read(record: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """The row in the names of an article; columns that no article has stay under their own names."""
    row = {_plain(name): value for name, value in record.items()}
    publisher = str(row.get("언론사") or "").strip()
    body = str(row.get("본문") or "").strip()
    parts = [part.strip() for part in str(row.get("통합분류1") or "").split(">") if part.strip()]
    fields = {
        "id": row.get("뉴스식별자"),
        "title": row.get("제목"),
        "body": body,
        "excerpt": len(body) >= _CUT_AT or body.endswith(("...", "…")),
        "published_at": published_at(row.get("뉴스식별자"), row.get("일자")),
        "section": next(iter(parts), None),
        "byline": byline(str(row.get("기고자") or ""), publisher=publisher),
        "publisher": publisher,
        "url": row.get("url"),
        "keywords": row.get("키워드"),
    }
    if excluded := str(row.get("분석제외여부") or "").strip():
        tell(Message(SourceCode.ANALYSIS_EXCLUDED, value=excluded))
    others = {name: value for name, value in record.items() if value not in (None, "") and _plain(name) not in _TAKEN}
    return {**others, **{name: value for name, value in fields.items() if value}}


def published_at(identifier: object, day: object) -> object:
    """The identifier's time if its day is the article's, else the day as it was given."""
    match = _IDENTIFIER.fullmatch(str(identifier or "").strip())
    figures = re.sub(
        r"[^0-9]", "", day.isoformat()[:10] if isinstance(day, date) else str(day or "").removesuffix(".0")
    )
    if match is None or match["day"] != figures:
        return day
    return f"{figures[:4]}-{figures[4:6]}-{figures[6:]}T{match['hour']}:{match['minute']}:{match['second']}+09:00"


def byline(text: str, *, publisher: str) -> list[str]:
    """The names: ``부산=홍예담|기자`` · ``홍예담(hong@…)`` · ``홍예담 기자``. The paper's own name is nobody's."""
    names: list[str] = []
    for part in re.split(r"[|,;/·ㆍ\n]", _MAIL.sub("", text).rpartition("=")[2]):
        name = part.strip()
        if not name or name == publisher:
            continue
        if _ROLE.fullmatch(name) and names:
            names[-1] += f" {name}"
        else:
            names.append(name)
    return names


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+|\(.*\)$", "", unicodedata.normalize("NFC", name)).casefold()


_TAKEN: Final = frozenset("뉴스식별자 일자 언론사 기고자 제목 통합분류1 본문 url 키워드".split())
