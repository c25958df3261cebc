"""Parsing a feed's XML, large ones in a process that is ended when its time is up. Reads no fields.

feedparser takes the square of a tag's attributes and more than its length for a feed of many items: one item with 300,000 attributes held
the writer for more than eight minutes.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import subprocess
import sys
import xml.sax
from pathlib import Path
from typing import Any, Final, NamedTuple

import feedparser

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode

IN_PLACE: Final = 1_000_000
"""Characters of a feed that is parsed in this process; starting another takes 0.3 s. 20,000 short items took 16 s."""
WITHIN_S: Final = 120.0
"""In which a larger one must be parsed."""
LONGEST_TAG: Final = 8_000
"""Characters of a tag that keeps its attributes: two addresses of 2,000 characters and whatever stands beside them."""
_LONG_TAG: Final = re.compile(rf"<([A-Za-z_][^\s<>/]*+)[^<>]{{{LONGEST_TAG},}}+>")


class ParsedFeed(NamedTuple):
    """What feedparser makes of a feed."""

    entries: list[Any]
    feed: Any
    version: str
    """``rss20``; empty for what is no feed."""
    defect: Message | None
    """Where the XML is not well-formed; None if it is."""


def parse_feed(text: str, *, url: str, within_s: float = WITHIN_S, in_place: int = IN_PLACE) -> ParsedFeed:
    """Parse a feed. Attributes of a tag that is longer than ``LONGEST_TAG`` are left out.

    Raises ``SourceError`` (without a place) if it cannot be parsed, or not in time.
    """
    text = _LONG_TAG.sub(_without_attributes, text)
    if len(text) <= in_place:
        return _parse(text, url)
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "gisa.sources.feed_process"],
            input=pickle.dumps((text, url)),
            capture_output=True,
            timeout=within_s,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(Message(SourceCode.FEED_SLOW, seconds=f"{within_s:g}")) from None
    if done.returncode:
        raise SourceError(Message(SourceCode.FEED_PROCESS, status=str(done.returncode)))
    answer: ParsedFeed | SourceError = pickle.loads(done.stdout)  # noqa: S301 - our own process wrote it
    if isinstance(answer, SourceError):
        raise answer
    return answer


def answer_to(question: bytes) -> bytes:
    """What the process does: pickled text and address in, a pickled feed or error out."""
    text, url = pickle.loads(question)  # noqa: S301 - our own parent wrote it
    try:
        return pickle.dumps(_parse(text, url))
    except SourceError as error:
        return pickle.dumps(error)


def _parse(text: str, url: str) -> ParsedFeed:
    try:
        parsed = feedparser.parse(
            io.BytesIO(
                f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
            ),  # never a str: feedparser would take it for an address and open it
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,  # nothing is kept as HTML
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser's fallback parser lets ValueError, AssertionError … out on wild input
        raise SourceError(Message(SourceCode.FEED_UNPARSED, error=str(error))) from error
    defect = _defect(parsed.get("bozo_exception")) if parsed.bozo else None
    return ParsedFeed(list(parsed.entries), parsed.feed, parsed.version, defect)


def _without_attributes(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{'/' if tag[0].endswith('/>') else ''}>"


def _defect(error: object) -> Message:
    if isinstance(error, xml.sax.SAXParseException):
        line, column = str(error.getLineNumber()), str(error.getColumnNumber())
        return Message(SourceCode.XML_DAMAGED, error=error.getMessage(), line=line, column=column)
    return Message(SourceCode.VERBATIM, text=str(error) or type(error).__name__)
