"""``gisa remove``, ``gisa reindex`` and ``gisa status``: looking after a data folder."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict

import click
import orjson

import gisa
from gisa.cli.follow import feed_as_dict, feed_lines
from gisa.cli.options import data_option, json_option, workers_option
from gisa.cli.terminal import ProgressLines, say_whom, speaker_of_terminal
from gisa.cli.words import words_as_dict, words_line
from gisa.config import load_settings
from gisa.library import Library
from gisa.reports import FollowerState, Status


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@click.option("--reason", help="Why, for the paper: it stays in the archive's log and is never shown.")
@click.option("--public-reason", help="Why, for readers: the page of a removed article shows it.")
@json_option
@data_option
def remove(
    article_ids: tuple[str, ...], reason: str | None, public_reason: str | None, as_json: bool, data_dir: str | None
) -> None:
    """Remove articles from the archive and the search. Their revisions and the removal stay on record."""
    with Library(load_settings(data_dir), create=False) as archive:  # a takedown does not wait for an index to be whole
        removed = archive.remove(article_ids, reason=reason, public_reason=public_reason)
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    missing = len(set(article_ids)) - removed
    if as_json:
        click.echo(orjson.dumps({"removed": removed, "missing": missing}))
    else:
        click.echo(speaker.fill(commands.removed, count=removed))
    if missing:
        click.echo(speaker.fill(commands.missing, count=missing), err=True)
        sys.exit(1)


@click.command()
@workers_option
@data_option
def reindex(workers: int | None, data_dir: str | None) -> None:
    """Build the index anew from the archive while the old one serves, then swap."""
    started = time.monotonic()
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    with Library(load_settings(data_dir), create=False, on_wait=say_whom(speaker)) as archive:
        done = archive.reindex(progress=ProgressLines(commands.indexed, speaker), workers=workers)
    seconds = f"{time.monotonic() - started:.1f}"
    click.echo(speaker.fill(commands.took, what=speaker.fill(commands.indexed, done=done), seconds=seconds))


@click.command()
@json_option
@data_option
def status(as_json: bool, data_dir: str | None) -> None:
    """Show what the data folder holds."""
    with gisa.open(data_dir, create=False) as archive:
        state, words, feeds = archive.status(), archive.words(), archive.feeds()
    if as_json:
        listed = [feed_as_dict(feed, speaker_of_terminal()) for feed in feeds]
        click.echo(orjson.dumps({**asdict(state), "words": words_as_dict(words), "feeds": listed}))
        return
    followed = [("feed", line) for line in feed_lines(feeds, speaker_of_terminal())] if feeds else []
    for name, value in [*_lines(state), ("words", words_line(words)), *followed]:
        click.echo(f"{name:<12} {value}")


def _lines(state: Status) -> list[tuple[str, str]]:
    lines = [
        ("articles", f"{state.articles:,}"),
        *(
            (("withheld", ", ".join(f"{reason} {count:,}" for reason, count in state.withheld.items())),)
            if state.withheld
            else ()
        ),
        ("changes", f"{state.change_seq:,}"),
        *((follower.name, _how_far(follower)) for follower in state.followers),
        ("generation", f"{state.generation}, fingerprint {state.fingerprint}"),
        ("rules", state.rules),
        ("size", f"archive {_mib(state.archive_size_bytes)}, index {_mib(state.index_size_bytes)}"),
    ]
    if state.newest is not None and state.oldest is not None:
        lines.append(("published", f"{state.oldest:%Y-%m-%d} to {state.newest:%Y-%m-%d}"))
    lines.append(("writer", state.writer or "none"))
    lines += [("node", f"{node.name}, {state.change_seq - node.change_seq:,} changes behind") for node in state.nodes]
    return lines


def _how_far(follower: FollowerState) -> str:
    if follower.change_seq is None:
        return "not built yet: whatever writes next builds it"
    return f"{follower.lag:,} changes behind" if follower.lag else "up to date"


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / 1024 / 1024:,.1f} MiB"
