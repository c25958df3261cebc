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
from gisa.cli.terminal import ProgressLines, padded, say_whom, speaker_of_terminal
from gisa.cli.words import words_as_dict, words_line
from gisa.config import load_settings
from gisa.library import Library
from gisa.model import WithheldAs
from gisa.reports import FollowerState, NodeState, Status
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for


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
    speaker = speaker_of_terminal()
    text = speaker.wording.reports.status
    followed = [(text.feed, line) for line in feed_lines(feeds, speaker)] if feeds else []
    for name, value in [*_lines(state, speaker), (text.words, words_line(words, speaker)), *followed]:
        click.echo(f"{padded(name, 12)} {value}")


def _lines(state: Status, speaker: Speaker) -> list[tuple[str, str]]:
    text, fill = speaker.wording.reports.status, speaker.fill
    lines = [
        (text.articles, speaker.number(state.articles)),
        *(((text.withheld, _withheld(state, speaker)),) if state.withheld else ()),
        (text.changes, speaker.number(state.change_seq)),
        *((follower.name, _how_far(follower, speaker)) for follower in state.followers),
        (text.generation, fill(text.generation_is, name=state.generation, fingerprint=state.fingerprint)),
        (text.rules, state.rules),
        (
            text.size,
            fill(text.size_is, archive=_mib(state.archive_size_bytes), index=_mib(state.index_size_bytes)),
        ),
    ]
    if state.newest is not None and state.oldest is not None:
        days = {"oldest": f"{state.oldest:%Y-%m-%d}", "newest": f"{state.newest:%Y-%m-%d}"}
        lines.append((text.published, fill(text.published_is, **days)))
    lines.append((text.writer, state.writer or text.no_writer))
    if state.holds_purged:
        lines.append((text.purged, text.purged_is))
    lines += [(text.node, _node(node, state, speaker)) for node in state.nodes]
    return lines


def _node(node: NodeState, state: Status, speaker: Speaker) -> str:
    text, fill = speaker.wording.reports.status, speaker.fill
    said = fill(text.node_is, name=node.name, count=state.change_seq - node.change_seq)
    return said + (fill(text.node_words, version=node.words_version) if node.words_version else "")


def _withheld(state: Status, speaker: Speaker) -> str:
    names = {why.value: sentence_for(speaker.wording.withheld, why) for why in WithheldAs}
    names["ahead"] = speaker.wording.reports.status.ahead
    return ", ".join(f"{names[why]} {speaker.number(count)}" for why, count in state.withheld.items())


def _how_far(follower: FollowerState, speaker: Speaker) -> str:
    text = speaker.wording.reports.status
    if follower.change_seq is None:
        return text.not_built
    return speaker.fill(text.behind, count=follower.lag) if follower.lag else text.up_to_date


def _mib(size_bytes: int) -> str:
    return f"{size_bytes / 1024 / 1024:,.1f} MiB"
