"""Makes the plain text of an article out of what a source gave: no markup, no double encoding, none of the page's own lines."""

from __future__ import annotations

import html
import re
from typing import Final

from gisa.ingest.boilerplate import Stripped, strip_boilerplate
from gisa.messages import ArticleCode, Message, Tell
from gisa.sources.html_text import BLOCK_TAG, INLINE_TAG, html_to_text

_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CDATA: Final = re.compile(r"<!\[CDATA\[|\]\]>")
_HANGUL: Final = re.compile("[가-힣]")
_TIMES: Final = 8
"""How often escaping is undone at most; texts escaped three times exist. It ends earlier if nothing changes."""
_SHORTCODE: Final = re.compile(r"\[/?(?:caption|gallery|embed|video|audio|playlist|vc_\w+|et_pb_\w+|su_\w+)\b[^\]]*\]")
"""WordPress shortcodes. The text between an opening and a closing one is kept."""


def plain_line(text: str, tell: Tell) -> str:
    """A headline without markup."""
    return _without_markup(_mended(text, "title", tell))


def plain_body(text: str, tell: Tell) -> Stripped:
    """A body without markup and without the page's own lines."""
    return strip_boilerplate(_without_markup(_mended(text, "body", tell)))


def _without_markup(text: str) -> str:
    for _ in range(_TIMES):
        if "<" not in text and "&" not in text:
            break
        before = text
        if "<![CDATA[" in text:
            text = _CDATA.sub("", text)
        if BLOCK_TAG.search(text) is not None:
            text = html_to_text(text)
        elif INLINE_TAG.search(text) is not None:  # its line breaks are its paragraphs
            text = html_to_text(text.replace("\n", "<br>"))
        elif _ENTITY.search(text) is not None:
            text = html.unescape(text).replace("\xa0", " ")
        if text == before:
            break
    if "[" in text:
        text = _SHORTCODE.sub("", text)
    return text.strip()


def _mended(text: str, name: str, tell: Tell) -> str:
    """Undoes UTF-8 that was read as Windows-1252 and encoded again. Damage that cannot be undone is told."""
    if text.isascii() or _HANGUL.search(text, 0, 400) is not None:
        if "\ufffd" in text:
            tell(Message(ArticleCode.CHARACTERS_LOST, field=name))
        return text
    try:
        mended = b"".join(_byte(character) for character in text).decode("utf-8")
    except UnicodeError:
        return text
    if _HANGUL.search(mended) is None:
        return text
    tell(Message(ArticleCode.ENCODED_TWICE, field=name))
    return mended


def _byte(character: str) -> bytes:
    """The byte that Windows-1252 shows as this character; bytes that it lacks stand for themselves."""
    if character <= "\xff":
        return bytes((ord(character),))
    return character.encode("cp1252")
