"""``gisa crawl``: the articles of one's own site, from its address."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Final

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.stopping import stop_on_signals
from gisa.cli.terminal import NowAndThen, say_rejected, say_whom, speaker_of_terminal
from gisa.config import checked_contact, load_settings
from gisa.errors import ConfigError
from gisa.library.lock import FOREVER, writer_lock
from gisa.messages import ConfigCode, Message
from gisa.model import SEOUL
from gisa.reports import CrawlReport
from gisa.saying.messages import reject_as_dict, say_placed
from gisa.saying.speaker import Speaker

_SHOWN: Final = 20
_SLICE_S: Final = 0.2


@click.command()
@click.argument("url", metavar="URL")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only articles published or changed from this day on.")
@click.option("--ids", metavar="FROM..TO", help="Only the articles with these numbers in their address.")
@click.option("--contact", default="", metavar="MAIL|URL", help="Your address, told to the site. [default: contact of [fetch]]")  # fmt: skip
@click.option("--pause", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two requests.")
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of own rules (*.toml) for the pages of your CMS.",
)
@json_option
@data_option
def crawl(
    url: str,
    since: datetime | None,
    ids: str | None,
    contact: str,
    pause: float,
    rules_dir: Path | None,
    as_json: bool,
    data_dir: str | None,
) -> None:
    """Add the articles of your own site, from its sitemaps and lists. Cut off, the same command goes on from there.

    Run again, it asks only for what has changed: changed pages become revisions, gone ones are reported.
    """
    from gisa.collecting.crawl import Crawl, CrawlWish
    from gisa.collecting.store import SiteStore
    from gisa.sources.fetch import host_named_by
    from gisa.sources.pages.rules import own_rules
    from gisa.sources.web import Web, agent_for

    settings, speaker = load_settings(data_dir), speaker_of_terminal()
    say, commands = speaker.wording.follow, speaker.wording.commands
    contact = checked_contact(contact, place="--contact") or settings.fetching.contact
    if not contact:
        raise ConfigError(Message(ConfigCode.CONTACT_MISSING))
    wish = CrawlWish(
        url=url,
        since=since.replace(tzinfo=SEOUL) if since is not None else None,
        numbers=_range(ids) if ids is not None else None,
        rules=own_rules(rules_dir) if rules_dir is not None else (),
        pause_s=pause,
    )
    agent = agent_for(contact)
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_signals(lambda line: click.echo(line, err=True), stopping=commands.stopping))
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        stack.enter_context(writer_lock(settings.crawl_lock_path))
        library = stack.enter_context(gisa.open(data_dir, wait_s=FOREVER, on_wait=say_whom(speaker)))
        due = NowAndThen()

        def progress(report: Callable[[], CrawlReport]) -> None:
            if due.is_due():
                click.echo(_said(say.crawling, report(), speaker), err=True)

        def sleep(seconds: float) -> None:
            until = time.monotonic() + seconds
            while stop.signal is None and (left := until - time.monotonic()) > 0:
                time.sleep(min(left, _SLICE_S))

        click.echo(speaker.fill(say.only_own, site=host_named_by(url), seconds=f"{pause:g}", agent=agent), err=True)
        report = Crawl(
            wish,
            web=stack.enter_context(Web(named=[host_named_by(url)], agent=agent)),
            store=stack.enter_context(SiteStore(settings.sites_path)),
            add=lambda items: library.add(
                items,
                keep_removed=True,
                on_reject=lambda reject: click.echo(say_rejected(reject, speaker), err=True),
            ),
            known_id=library.id_of,
            sleep=sleep,
            is_over=lambda: stop.signal is not None,
            progress=progress,
        ).run()
    _print(report, speaker, as_json=as_json)
    if stop.signal is not None:
        sys.exit(stop.exit_status)
    sys.exit(1 if report.failed or report.rejected or report.waiting else 0)


def _print(report: CrawlReport, speaker: Speaker, *, as_json: bool) -> None:
    say = speaker.wording.follow
    if as_json:
        names = list(CrawlReport.__dataclass_fields__)
        found = {name: getattr(report, name) for name in names}
        click.echo(orjson.dumps({**found, "troubles": [reject_as_dict(each, speaker) for each in report.troubles]}))
        return
    for trouble in report.troubles[:_SHOWN]:
        click.echo(f"gisa: {say_placed(trouble.place, trouble.reason, speaker)}", err=True)
    for url in report.gone[:_SHOWN]:
        click.echo(speaker.fill(say.crawl_gone, url=url), err=True)
    if (more := len(report.gone) - _SHOWN) > 0:
        click.echo(speaker.fill(say.crawl_more, count=more), err=True)
    click.echo(_said(say.crawled, report, speaker))
    if report.waiting:
        click.echo(speaker.fill(say.crawl_left, count=report.waiting), err=True)


def _said(sentence: str, report: CrawlReport, speaker: Speaker) -> str:
    return speaker.fill(
        sentence,
        asked=report.asked,
        articles=report.added + report.updated,
        unchanged=report.unchanged,
        other=report.other,
        gone=len(report.gone),
        failed=report.failed,
        waiting=report.waiting,
    )


def _range(given: str) -> range:
    match = re.fullmatch(r"\s*(\d+)\s*(?:\.\.|-)\s*(\d+)\s*", given)
    if match is None or int(match[1]) > int(match[2]):
        raise ConfigError(Message(ConfigCode.IDS_WRONG), f"--ids {given!r}")
    return range(int(match[1]), int(match[2]) + 1)
