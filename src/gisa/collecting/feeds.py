"""The list of followed feeds: ``feeds.opml`` in the data folder, which a desk may edit. Knows nothing of polls.

The list is a setting, so backups hold it; what polls have found is in ``sites.sqlite``, which they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock

from gisa.durable import write_durably
from gisa.errors import ConfigError, SourceError
from gisa.messages import ConfigCode, Message
from gisa.sources.opml import Outline, read_opml, write_opml
from gisa.sources.web import without_password

_SITEMAP: Final = "sitemap"
_FULL_TEXT: Final = "full-text"
_NAMED: Final = "named"
_TITLE: Final = "Feeds that Gisa follows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One address that is followed."""

    url: str
    """With name and password, if it has them; messages take ``shown``."""
    title: str = ""
    section: str = ""
    """What every article of it is filed under; empty: what the feed says."""
    is_sitemap: bool = False
    """True: a sitemap, whose new and changed pages are fetched."""
    is_full_text: bool = False
    """True: fetch the page of each new or changed item, as the feed has only its beginning."""
    is_named: bool = False
    """True if somebody named its host, so that it may be a private one."""

    @property
    def shown(self) -> str:
        """The address without name and password, by which it is known everywhere."""
        return without_password(self.url)


def read_feeds(path: Path) -> tuple[Feed, ...]:
    """The feeds of a list; none if there is no list. Raises ``ConfigError`` if it cannot be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(Message(ConfigCode.FILE_UNREAD, error=error.strerror or str(error)), str(path)) from error
    try:
        outlines = read_opml(content, name=str(path))
    except SourceError as error:
        raise ConfigError(error.reason, error.place) from error
    return tuple(_feed(outline) for outline in outlines)


def change_feeds(path: Path, change: Callable[[tuple[Feed, ...]], Sequence[Feed]]) -> tuple[Feed, ...]:
    """Read, change and write the list while nobody else does; returns it as it is then. Raises ``ConfigError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name("feeds.lock")):
        before = read_feeds(path)
        after = tuple(change(before))
        if after != before:
            write_durably(path, [exported(after, with_passwords=True)])
            if any(feed.url != feed.shown for feed in after):
                path.chmod(0o600)
        return after


def exported(feeds: Sequence[Feed], *, with_passwords: bool = False) -> bytes:
    """The list as OPML, for other feed readers."""
    return write_opml((_outline(feed, with_passwords=with_passwords) for feed in feeds), title=_TITLE)


def imported(content: bytes, *, name: str) -> tuple[Feed, ...]:
    """The feeds of another program's list. Their hosts count as not named. Raises ``SourceError``."""
    return tuple(_feed(Outline(url=each.url, title=each.title, section=each.section, own=each.own - {_NAMED}))
                 for each in read_opml(content, name=name))  # fmt: skip


def _feed(outline: Outline) -> Feed:
    return Feed(
        url=outline.url,
        title="" if outline.title == outline.url else outline.title,
        section=outline.section,
        is_sitemap=_SITEMAP in outline.own,
        is_full_text=_FULL_TEXT in outline.own,
        is_named=_NAMED in outline.own,
    )


def _outline(feed: Feed, *, with_passwords: bool) -> Outline:
    words = {_SITEMAP: feed.is_sitemap, _FULL_TEXT: feed.is_full_text, _NAMED: feed.is_named}
    return Outline(
        url=feed.url if with_passwords else feed.shown,
        title=feed.title or feed.shown,
        section=feed.section,
        own=frozenset(word for word, holds in words.items() if holds),
    )
