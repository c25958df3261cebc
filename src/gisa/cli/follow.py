"""``gisa follow``: which feeds are followed, following them, and how they stand."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.stopping import StopRequest, stop_on_signals
from gisa.cli.terminal import say_rejected, say_whom, speaker_of_terminal
from gisa.config import Settings, load_settings
from gisa.errors import ConfigError, GisaError, SourceError
from gisa.library.lock import FOREVER, writer_lock
from gisa.messages import ConfigCode, Message, SourceCode
from gisa.model import SEOUL, Reject
from gisa.reports import FeedStatus
from gisa.saying.failures import say_failure
from gisa.saying.messages import reject_as_dict, say_message, say_placed
from gisa.saying.speaker import Speaker

if TYPE_CHECKING:  # httpx and feedparser take longer to load than a search takes
    from gisa.collecting.feeds import Feed
    from gisa.collecting.rounds import Rounds

_SLICE_S: Final = 0.5
"""How often a waiting follower looks whether it is to stop, and whether the list has changed."""
_LONGEST_WAIT_S: Final = 60.0
_AFTER_TROUBLE_S: Final = 60.0
"""Before the archive is tried again that could not be written."""


@click.group(invoke_without_command=True)
@click.option("--once", is_flag=True, help="Poll the feeds that are due, then end: for cron.")
@click.option("--parent", type=int, hidden=True, help="End with this process.")
@data_option
@click.pass_context
def follow(context: click.Context, once: bool, parent: int | None, data_dir: str | None) -> None:
    """Follow feeds: poll those of the list, again and again, and add what is new or corrected."""
    if context.invoked_subcommand is None:
        _follow(load_settings(data_dir), once=once, parent=parent)


@follow.command("add")
@click.argument("targets", nargs=-1, required=True, metavar="URL|FILE.opml…")
@click.option("--full-text", is_flag=True, help="Fetch the page of each item: the feed has only its beginning.")
@click.option("--section", default="", help="File every article under this section.")
@data_option
def add(targets: tuple[str, ...], full_text: bool, section: str, data_dir: str | None) -> None:
    """Follow a feed, the feeds of a list (OPML), or those that a site has; starts a paused one again."""
    from gisa.collecting.feeds import change_feeds
    from gisa.collecting.store import SiteStore
    from gisa.sources.web import without_password

    settings, speaker = load_settings(data_dir), speaker_of_terminal()
    say = speaker.wording.follow
    wanted: list[Feed] = []
    sites: list[str] = []
    for target in targets:
        found, is_site = _found_at(target, settings, speaker)
        wanted += [
            replace(feed, is_full_text=full_text or feed.is_full_text, section=section or feed.section)
            for feed in found
        ]
        sites += [without_password(target)] if is_site else []
    before: set[str] = set()

    def take(feeds: tuple[Feed, ...]) -> list[Feed]:
        before.update(feed.shown for feed in feeds)
        return list(({feed.shown: feed for feed in feeds} | {feed.shown: feed for feed in wanted}).values())

    change_feeds(settings.feeds_path, take)
    with SiteStore(settings.sites_path) as store:
        for feed in wanted:
            store.start_again(feed.shown)
    for feed in {each.shown: each for each in wanted}.values():
        sentence = say.already if feed.shown in before else say.added_sitemap if feed.is_sitemap else say.added
        click.echo(speaker.fill(sentence, url=feed.shown))
    for site in sites:
        click.echo(speaker.fill(say.crawl_for_past, command=f"gisa crawl {site}"), err=True)


@follow.command("list")
@data_option
def list_(data_dir: str | None) -> None:
    """Print the addresses that are followed, one a line, without passwords."""
    from gisa.collecting.feeds import read_feeds

    for feed in read_feeds(load_settings(data_dir).feeds_path):
        click.echo(feed.shown)


@follow.command()
@json_option
@data_option
def status(as_json: bool, data_dir: str | None) -> None:
    """Say how each feed stands."""
    from gisa.collecting.overview import feed_statuses

    settings = load_settings(data_dir)
    feeds = feed_statuses(feeds_path=settings.feeds_path, sites_path=settings.sites_path)
    if as_json:
        click.echo(orjson.dumps([feed_as_dict(feed, speaker_of_terminal()) for feed in feeds]))
        return
    for line in feed_lines(feeds, speaker_of_terminal()):
        click.echo(line)


@follow.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@data_option
def remove(urls: tuple[str, ...], data_dir: str | None) -> None:
    """Follow these no longer. What they brought stays in the archive."""
    from gisa.collecting.feeds import change_feeds, read_feeds
    from gisa.collecting.store import SiteStore
    from gisa.sources.web import without_password

    settings, speaker = load_settings(data_dir), speaker_of_terminal()
    shown = {without_password(url) for url in urls}
    if unknown := shown - {feed.shown for feed in read_feeds(settings.feeds_path)}:
        raise ConfigError(Message(ConfigCode.NOT_FOLLOWED), ", ".join(sorted(unknown)))
    change_feeds(settings.feeds_path, lambda feeds: [feed for feed in feeds if feed.shown not in shown])
    with SiteStore(settings.sites_path) as store:
        for url in sorted(shown):
            store.forget(url)
            click.echo(speaker.fill(speaker.wording.follow.gone_from_list, url=url))


@follow.command()
@data_option
def export(data_dir: str | None) -> None:
    """Print the list as OPML, for other feed readers; without passwords."""
    from gisa.collecting.feeds import exported, read_feeds

    click.echo(exported(read_feeds(load_settings(data_dir).feeds_path)), nl=False)


def feed_as_dict(feed: FeedStatus, speaker: Speaker) -> dict[str, Any]:
    """As the commands print it with ``--json``."""
    trouble = None if feed.trouble is None else reject_as_dict(feed.trouble, speaker)
    return {**asdict(replace(feed, trouble=None)), "trouble": trouble}


def feed_lines(feeds: list[FeedStatus], speaker: Speaker) -> Iterator[str]:
    """One line a feed, and one more if articles were probably missed; one that says so if there are none."""
    say = speaker.wording.follow
    if not feeds:
        yield say.none
    for feed in feeds:
        if feed.standing == "ended":
            yield speaker.fill(say.state_ended, url=feed.url)
        elif feed.standing == "paused":
            yield speaker.fill(
                say.state_paused, url=feed.url, failures=feed.failures, trouble=_trouble(feed.trouble, speaker)
            )
        elif feed.failures:
            yield speaker.fill(
                say.state_failing,
                url=feed.url,
                failures=feed.failures,
                next_at=_clock(feed.next_at),
                trouble=_trouble(feed.trouble, speaker),
            )
        elif feed.asked_at is None:
            yield speaker.fill(say.state_new, url=feed.url)
        else:
            yield speaker.fill(
                say.state_sitemap if feed.is_sitemap else say.state,
                url=feed.url,
                articles=feed.articles,
                ok_at=_clock(feed.ok_at),
                items=feed.items,
                new=feed.new,
                minutes=max(1, round(feed.interval_s / 60)),
            )
        if feed.missed_from is not None:
            command = _gap_command(feed.url, feed.missed_from)
            yield speaker.fill(
                say.state_missed,
                url=feed.url,
                since=_clock(feed.missed_from),
                until=_clock(feed.missed_until),
                command=command,
            )


def _trouble(trouble: Reject | None, speaker: Speaker) -> str:
    """What was wrong, behind the feed's own address."""
    return "" if trouble is None else say_message(trouble.reason, speaker)


def _found_at(target: str, settings: Settings, speaker: Speaker) -> tuple[list[Feed], bool]:
    """The feeds that ``target`` names, and whether it is a site that has them."""
    from gisa.collecting.discovery import discover
    from gisa.collecting.feeds import imported
    from gisa.sources.fetch import host_named_by
    from gisa.sources.web import Web, agent_for, without_password

    if not target.startswith(("http://", "https://")):
        try:
            return list(imported(Path(target).read_bytes(), name=target)), False
        except FileNotFoundError:
            raise SourceError(Message(SourceCode.NOT_THERE_NOR_WEB), target) from None
    with Web(named=[host_named_by(target)], agent=agent_for(settings.fetching.contact)) as web:
        found = discover(web, target)
    if not found.feeds:
        shown = without_password(target)
        raise SourceError(Message(SourceCode.NOTHING_TO_FOLLOW, command=f"gisa crawl {shown}"), shown)
    if found.others:
        _say(speaker.fill(speaker.wording.follow.not_as_well, count=len(found.others), url=found.others[0].shown))
    return list(found.feeds), found.is_site


def _follow(settings: Settings, *, once: bool, parent: int | None) -> None:
    from gisa.collecting.feeds import read_feeds

    speaker = speaker_of_terminal()
    with ExitStack() as stack:
        stack.enter_context(writer_lock(settings.follow_lock_path))
        stop = stack.enter_context(stop_on_signals(_say, stopping=speaker.wording.commands.stopping))
        rounds = stack.enter_context(_rounds(settings, speaker))

        def is_over() -> bool:
            return stop.signal is not None or (parent is not None and os.getppid() != parent)

        if once:
            failed = sum(_round(rounds, speaker, is_over))
            sys.exit(stop.exit_status if stop.signal else 1 if failed else 0)
        _say(speaker.fill(speaker.wording.follow.following, count=len(read_feeds(settings.feeds_path))))
        while not is_over():
            try:
                for _ in _round(rounds, speaker, is_over):
                    pass
                wait_s = (rounds.next_due_at() or float("inf")) - time.time()
            except GisaError as error:  # the next round brings the same again
                _say(f"gisa: {say_failure(error, speaker)}")
                wait_s = _AFTER_TROUBLE_S
            _wait(wait_s, settings.feeds_path, is_over)
        _end(stop)


def _end(stop: StopRequest) -> None:
    if stop.signal is not None:
        sys.exit(0)  # whoever follows is always ended so


@contextmanager
def _rounds(settings: Settings, speaker: Speaker) -> Iterator[Rounds]:
    from gisa.collecting.rounds import Rounds
    from gisa.collecting.store import SiteStore
    from gisa.sources.web import agent_for

    commands = speaker.wording.commands
    with (
        gisa.open(settings.data_dir, wait_s=FOREVER, on_wait=say_whom(speaker)) as library,
        SiteStore(settings.sites_path) as store,
    ):
        yield Rounds(
            feeds_path=settings.feeds_path,
            store=store,
            add=lambda items: library.add(
                items,
                keep_removed=True,
                workers=0,
                on_reject=lambda reject: _say(say_rejected(reject, speaker)),
                on_remark=lambda remark: _say(
                    speaker.fill(commands.remark, remark=say_placed(remark.place, remark.reason, speaker))
                ),
            ),
            agent=agent_for(settings.fetching.contact),
        )


def _round(rounds: Rounds, speaker: Speaker, is_over: Callable[[], bool]) -> Iterator[bool]:
    """Poll what is due; for each feed whether anything of it was lost."""
    say = speaker.wording.follow
    for report in rounds.poll_due(is_over=is_over):
        before, after = report.before, report.after
        if report.polled.poll.new:
            _say(speaker.fill(say.polled, url=after.url, items=after.items, new=after.new))
        if after.trouble and after.standing == "active":
            _say(f"gisa: {say_placed(after.trouble.place, after.trouble.reason, speaker)}")
        if after.standing == "paused":
            _say(
                speaker.fill(
                    say.paused, url=after.url, failures=after.failures, trouble=_trouble(after.trouble, speaker)
                )
            )
        if after.standing == "ended":
            _say(speaker.fill(say.ended, url=after.url))
        if after.url != before.url:
            _say(speaker.fill(say.moved, url=before.url, target=after.url))
        if report.was_missed:
            since = datetime.fromtimestamp(after.missed_from or 0.0, SEOUL)
            _say(speaker.fill(say.missed, url=after.url, since=_clock(since), command=_gap_command(after.url, since)))
        yield after.trouble is not None


def _wait(wait_s: float, feeds_path: Path, is_over: Callable[[], bool]) -> None:
    """Wait for the next poll, at most a minute: the machine may have slept, and the list may change."""
    until = time.monotonic() + min(max(wait_s, _SLICE_S), _LONGEST_WAIT_S)
    before = _stamp(feeds_path)
    while time.monotonic() < until and not is_over() and _stamp(feeds_path) == before:
        time.sleep(_SLICE_S)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _gap_command(url: str, since: datetime) -> str:
    """What fills a gap: a crawl of the site from that day on."""
    from gisa.sources.links import root_of

    return f"gisa crawl {root_of(url)} --since {since.astimezone(SEOUL):%Y-%m-%d}"


def _clock(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M}" if at is not None else "–"


def _say(line: str) -> None:
    click.echo(line, err=True)
