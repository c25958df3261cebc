"""``gisa add``: read sources into the archive, with progress, counts, and every reject by place and reason."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import orjson

import gisa
from gisa.cli.add_preview import print_preview, rule_of
from gisa.cli.options import data_option, json_option, no_wait_option, wait_s, workers_option
from gisa.cli.progress import Meter, open_meter, say_counts
from gisa.cli.stopping import StopRequest, stop_on_signals
from gisa.cli.terminal import say_rejected, say_whom, speaker_of_terminal
from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Item, Reject, Remark
from gisa.reports import AddReport
from gisa.saying.messages import reject_as_dict, say_message, say_placed
from gisa.saying.speaker import Speaker

if TYPE_CHECKING:  # its feed parser takes longer to load than a search takes
    from gisa.collecting.databases import DatabaseRun
    from gisa.sources.opening import Wishes

_SHOWN_REJECTS: Final = 100


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL…")
@click.option(
    "--rejects",
    "rejects_path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write every reject to FILE, one JSON object a line.",
)
@click.option("--as", "as_format", metavar="FORMAT", help="Read everything as this format, whatever it looks like.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=NAME,…|FILE.toml",
    help="Which column or key fills which field: title=제목,body=기사본문. Without a header: title=4,body=5.",
)
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of own rules (*.toml) for the pages of your CMS.",
)
@click.option(
    "--query",
    "query_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.sql",
    help="For the address of a database: the SELECT whose rows are the articles.",
)
@click.option("--watermark", metavar="COLUMN", help="Of the query: says when a row changed; later runs read newer rows only.")  # fmt: skip
@click.option("--take-down", is_flag=True, help="Take down what is gone from the database, however much it is.")
@click.option("--dry-run", is_flag=True, help="Show the first five articles as they would be, count, and change nothing.")  # fmt: skip
@json_option
@workers_option
@no_wait_option
@data_option
def add(
    sources: tuple[str, ...],
    rejects_path: Path | None,
    as_format: str | None,
    maps: tuple[str, ...],
    rules_dir: Path | None,
    query_path: Path | None,
    watermark: str | None,
    take_down: bool,
    dry_run: bool,
    as_json: bool,
    workers: int | None,
    no_wait: bool,
    data_dir: str | None,
) -> None:
    """Add articles from files, folders, addresses, databases (--query) or standard input (-): JSON, CSV, feeds; also as .gz.

    Adding is idempotent: the same article again is unchanged, a changed one becomes a new revision. Ctrl-C stops it
    where nothing is lost; the same command goes on from there. A record that says
    {"id": "…", "removed": true, "reason": "…"} takes the article down.
    """
    from gisa.cli.mapping import read_maps
    from gisa.collecting.databases import DatabaseRun
    from gisa.collecting.store import SiteStore
    from gisa.sources.database import is_database, shown_database
    from gisa.sources.formats import FORMATS, format_named
    from gisa.sources.opening import Wishes  # its feed parser takes longer to load than a search takes
    from gisa.sources.pages.rules import own_rules

    wishes = Wishes(
        formats=FORMATS if as_format is None else (format_named(as_format),),
        names=read_maps(maps),
        page_rules=own_rules(rules_dir) if rules_dir is not None else (),
    )
    failures: list[str] = []
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    rules: Counter[str] = Counter()
    started = time.monotonic()
    with ExitStack() as stack:
        rejects_file = stack.enter_context(rejects_path.open("wb")) if rejects_path else None
        meter = stack.enter_context(open_meter(sys.stderr, speaker))
        on_wait = say_whom(speaker, meter.say)
        archive = stack.enter_context(gisa.open(data_dir, wait_s=wait_s(no_wait=no_wait), on_wait=on_wait))
        stop = stack.enter_context(stop_on_signals(meter.say, stopping=commands.stopping))
        shown = 0

        def on_reject(reject: Reject) -> None:
            nonlocal shown
            shown += 1
            rules[rule_of(say_message(reject.reason, speaker))] += 1
            if shown <= _SHOWN_REJECTS:
                meter.say(say_rejected(reject, speaker))
            elif shown == _SHOWN_REJECTS + 1:
                meter.say(commands.rejected_more_kept if rejects_path else commands.rejected_more)
            if rejects_file is not None:
                rejects_file.write(orjson.dumps(reject_as_dict(reject, speaker)) + b"\n")

        remarks = 0

        def on_remark(remark: Remark) -> None:
            nonlocal remarks
            remarks += 1
            if remarks <= _SHOWN_REJECTS:
                meter.say(speaker.fill(commands.remark, remark=say_placed(remark.place, remark.reason, speaker)))
            elif remarks == _SHOWN_REJECTS + 1:
                meter.say(commands.remark_more)

        databases = [each for each in sources if is_database(each)]
        runs = []
        if databases:
            if query_path is None:
                raise SourceError(Message(SourceCode.DATABASE_QUERYLESS), shown_database(databases[0]))
            store = stack.enter_context(SiteStore(archive.settings.sites_path))
            query = query_path.read_text(encoding="utf-8-sig")
            for each in databases:
                run = DatabaseRun(store, each, query, watermark=watermark, names=wishes.names, takes_all_down=take_down)
                stack.callback(run.source.close)
                runs.append(run)
        files = tuple(each for each in sources if each not in databases)
        items: Iterator[Item] = chain(
            _items(files, wishes, meter, failures, stop, speaker=speaker),
            *(_rows(run, failures, stop, speaker) for run in runs),
        )
        if dry_run:
            report, first = archive.preview_add(items, on_reject=on_reject, on_remark=on_remark)
            meter.done()
            print_preview(report, first, rules=rules, failures=failures, speaker=speaker, as_json=as_json)
            sys.exit(1 if report.rejected or failures else 0)
        report = archive.add(
            items,
            progress=meter.counts,
            on_reject=on_reject,
            on_remark=on_remark,
            workers=workers,
        )
        if stop.signal is None and not failures:
            for run in runs:
                run.keep()
        meter.done()
    for failure in failures:
        click.echo(speaker.fill(commands.failed, message=failure), err=True)
    _print(report, speaker, as_json=as_json, seconds=time.monotonic() - started, failures=failures)
    if stop.signal is not None:
        click.echo(commands.stopped, err=True)
        sys.exit(stop.exit_status)
    if report.rejected or failures:
        sys.exit(1)


def _items(
    sources: tuple[str, ...], wishes: Wishes, meter: Meter, failures: list[str], stop: StopRequest, *, speaker: Speaker
) -> Iterator[Item]:
    """Everything in the sources; one that cannot be read is named, the others still go in. Ends when asked to stop."""
    from gisa.sources.opening import open_source, open_stream

    for location in sources:
        found = 0
        try:
            with (
                open_stream(sys.stdin.buffer, "-", wishes=wishes)
                if location == "-"
                else open_source(location, wishes=wishes)
            ) as source:
                meter.source(source)
                for item in source:
                    if stop.signal is not None:
                        return
                    found += 1
                    yield item
        except SourceError as error:
            failures.append(say_placed(error.place, error.reason, speaker))
            continue
        if not found:
            failures.append(speaker.fill(speaker.wording.commands.nothing_in_it, source=location))


def _rows(run: DatabaseRun, failures: list[str], stop: StopRequest, speaker: Speaker) -> Iterator[Item]:
    """The rows of a query; what the database does not give is named. Ends when asked to stop."""
    try:
        for item in run.items():
            if stop.signal is not None:
                return
            yield item
    except SourceError as error:
        failures.append(say_placed(error.place, error.reason, speaker))


def _print(report: AddReport, speaker: Speaker, *, as_json: bool, seconds: float, failures: list[str]) -> None:
    if as_json:
        counts = {
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "withheld": {reason.value: count for reason, count in report.withheld.items()},
            "rejected": report.rejected,
            "notes": report.remarked,
            "rejects": [reject_as_dict(reject, speaker) for reject in report.rejects],
            "failed": failures,
        }
        click.echo(orjson.dumps(counts))
        return
    click.echo(speaker.fill(speaker.wording.commands.took, what=say_counts(report, speaker), seconds=f"{seconds:.1f}"))
