"""Cuts an article's own text out of the element that holds it: pictures with captions, subtitles, and what is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from lxml import etree

from gisa.sources.pages.selecting import selected

_NO_TEXT: Final = frozenset(
    "header h1 script style noscript template iframe form button nav aside footer input select object svg ins video audio".split()
)
_JUNK: Final = re.compile(
    r"(?:^|[-_ ])(?:ads?|advert\w*|adsense|adsbygoogle|banner|relat\w*|recommend\w*|share|sns|social|copyright|byline|reporter|"
    r"journalist|writer|author|tags?|keywords?|hashtag|subscri\w*|comments?|reply|popular|ranking|rank|most|promo\w*|newsletter|"
    r"editors?|sponsor\w*|outbrain|taboola|dable|breadcrumbs?|pagination|tools?|util|font|print|linknews|more)(?:$|[-_ 0-9])",
    re.IGNORECASE,
)
"""Words in the class or id of boxes that stand in articles and are no text of theirs."""
_CAPTION: Final = re.compile(
    r"caption|photo[-_]?(?:desc|txt|text)|img[-_]?desc|pic[-_]?desc|image[-_]?(?:desc|txt)|cutline", re.IGNORECASE
)
_BLOCKS: Final = frozenset("div section ul ol dl table p aside h2 h3 h4 h5 span strong em b a".split())
_MARKS: Final = "▲△▼▽■◆●[( "
_PICTURE_SOURCES: Final = ("data-src", "data-original", "data-lazy-src", "src")
_SHORTEST: Final = 40
"""Characters below which no element is taken for the text of an article."""


def body_element(root: Any, selectors: Sequence[str]) -> Any | None:
    """The element that holds the text: the first that a selector names and that has a text; None if there is none.

    Of elements inside one another the inner one is the text, the outer one the text and what stands around it.
    """
    for element in selected(root, selectors):
        if len(_own_text(element)) >= _SHORTEST:
            return element
    return None


def densest_element(root: Any) -> Any | None:
    """The element whose own paragraphs hold most text beyond links; None if none has a sentence.

    Its measure: the characters of its direct paragraphs, texts and line breaks, less twice those in links.
    """
    best, most = None, _SHORTEST * 2
    for element in root.iter("div", "section", "article", "td", "main", "body"):
        if _is_junk(element):
            continue
        length = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        for child in element:
            if child.tag in ("p", "blockquote"):
                linked = sum(len("".join(link.itertext())) for link in child.iter("a"))
                length += len("".join(child.itertext()).strip()) - 2 * linked
        if length > most:
            best, most = element, length
    return best


def cut(element: Any, drop: Sequence[str], subtitle: Sequence[str]) -> tuple[str, list[dict[str, str]], str]:
    """The text as HTML, the pictures with their captions, and the subtitle that stood inside. The element is changed."""
    for each in list(selected(element, subtitle)):
        if text := _lines(each):
            _remove(each)
            found_subtitle = text
            break
    else:
        found_subtitle = ""
    pictures = list(_pictures(element))
    for each in [
        *selected(element, drop),
        *(inner for inner in element.iter() if inner is not element and _is_no_text(inner)),
    ]:
        _remove(each)
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False), pictures, found_subtitle


def _pictures(element: Any) -> Iterator[dict[str, str]]:
    """The pictures of the text; their captions leave it."""
    for image in list(element.iter("img")):
        url = next(
            (value for name in _PICTURE_SOURCES if (value := image.get(name)) and not value.startswith("data:")), ""
        )
        holder = _holder(image, element)
        caption = ""
        if holder is not None:
            caption = _caption_of(holder)
            _remove(holder)
        else:
            following = image.getnext() if image.getnext() is not None else None
            if following is None and (parent := image.getparent()) is not None and parent is not element:
                following = parent.getnext()
            if following is not None and _is_caption(following):
                caption = _lines(following)
                _remove(following)
        if url and not _is_decoration(image, url):
            picture = {
                "url": url,
                "caption": caption.strip(_MARKS) if caption[:1] in _MARKS else caption,
                "alt": image.get("alt", ""),
            }
            yield {name: text for name, text in picture.items() if text}
    for each in [each for each in element.iter() if _is_caption(each)]:
        _remove(each)


def _holder(image: Any, top: Any) -> Any | None:
    """The figure, or the box of picture and caption, that an image stands in."""
    parent = image.getparent()
    while parent is not None and parent is not top:
        if parent.tag == "figure" or (any(_is_caption(each) for each in parent.iter()) and len(_text(parent)) < 400):
            return parent
        if len(_text(parent)) > 400:
            return None
        parent = parent.getparent()
    return None


def _caption_of(holder: Any) -> str:
    found = next((each for each in holder.iter() if each.tag == "figcaption" or _is_caption(each)), None)
    return _lines(found if found is not None else holder)


def _is_caption(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    return (
        element.tag == "figcaption"
        or _CAPTION.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
    )


def _is_decoration(image: Any, url: str) -> bool:
    size = image.get("width", "")
    return (size.isdecimal() and int(size) < 40) or re.search(
        r"(?:icon|btn|logo|blank|spacer|pixel)[^/]*$", url, re.IGNORECASE
    ) is not None


def _is_no_text(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return not isinstance(element, etree._Entity)  # noqa: SLF001 - lxml names its node types so
    if element.tag in _NO_TEXT:
        return True
    return element.tag in _BLOCKS and (_is_junk(element) or _is_list_of_links(element))


def _is_junk(element: Any) -> bool:
    return _JUNK.search(element.get("class", "")) is not None or _JUNK.search(element.get("id", "")) is not None


def _is_list_of_links(element: Any) -> bool:
    """True for boxes of other articles: two links or more that make up most of the box."""
    if element.tag not in ("ul", "ol", "dl", "div", "section", "table"):
        return False
    links = list(element.iter("a"))
    if len(links) < 2:
        return False
    linked = sum(len(_text(link)) for link in links)
    return linked * 10 > len(_text(element)) * 7


def _own_text(element: Any) -> str:
    return "".join(text for text in element.itertext() if text.strip()).strip() if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if isinstance(element.tag, str) else ""


def _lines(element: Any) -> str:
    """The text with a line for each ``<br>`` and block."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return "\n".join(line for each in "".join(element.itertext()).split("\n") if (line := " ".join(each.split())))


def _remove(element: Any) -> None:
    """Take an element away, and leave what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
