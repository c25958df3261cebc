"""``gisa words``: the paper's own words — what is in effect, what waits, what is wrong with the files."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option, no_wait_option, wait_s, workers_option
from gisa.cli.terminal import padded, printable, say_whom, speaker_of_terminal
from gisa.model import SEOUL, Reject
from gisa.reports import WordsKind, WordsPreview, WordsState
from gisa.saying.messages import reject_as_dict, say_placed
from gisa.saying.speaker import Speaker

_TAB: Final = "\t"
_SHOWN: Final = 20
"""Lines of each kind that are printed; ``--json`` gives all."""


@click.group(invoke_without_command=True)
@json_option
@data_option
@click.pass_context
def words(context: click.Context, as_json: bool, data_dir: str | None) -> None:
    """Show the paper's own words: what is in effect, what waits to be applied, what cannot be used.

    The files stand in the data folder: words.txt (a word a line, with its parts after a tab where it is to be split),
    holders.txt and synonyms.txt.
    """
    if context.invoked_subcommand is not None:
        return
    with gisa.open(data_dir, create=False) as archive:
        state = archive.words()
    if as_json:
        click.echo(orjson.dumps(words_as_dict(state)))
    else:
        _print(state, speaker_of_terminal())
    if state.rejects:
        sys.exit(1)


@words.command()
@json_option
@workers_option
@no_wait_option
@data_option
def apply(as_json: bool, workers: int | None, no_wait: bool, data_dir: str | None) -> None:
    """Let changed words.txt and holders.txt take effect: the articles concerned are analysed again, no others."""
    speaker = speaker_of_terminal()
    on_wait = say_whom(speaker)
    with gisa.open(data_dir, create=False, wait_s=wait_s(no_wait=no_wait), on_wait=on_wait) as archive:
        shared = (
            archive.share_words()
        )  # by itself, to name the versions and what waits; applying then finds no change left
        before = archive.words()
        analysed = archive.apply_words(workers=workers)
    if as_json:
        versions = {each.name: each.version for each in shared}
        done = {"shared": versions, "changes": before.waiting, "analysed": analysed}
        click.echo(orjson.dumps({**done, "rejects": _rejects(before.rejects)}))
    else:
        for each in shared:
            click.echo(speaker.fill(speaker.wording.reports.words.shared_now, name=each.name, version=each.version))
        said = speaker.wording.reports.words.applied
        click.echo(speaker.fill(said, changes=before.waiting, analysed=analysed))
        _print_rejects(before.rejects, speaker)
    if before.rejects:
        sys.exit(1)


@words.command()
@json_option
@data_option
def fetch(as_json: bool, data_dir: str | None) -> None:
    """Bring the files here to what the machines of a shared archive go by, to edit them; gisa words apply shares them again."""
    with gisa.open(data_dir, create=False) as archive:
        fetched = archive.fetch_words()
    if as_json:
        click.echo(orjson.dumps({each.name: each.version for each in fetched}))
        return
    speaker = speaker_of_terminal()
    text = speaker.wording.reports.words
    for each in fetched:
        at = f"{each.shared_at.astimezone(SEOUL):%Y-%m-%d %H:%M}"
        click.echo(speaker.fill(text.fetched, name=each.name, version=each.version, at=at, host=each.shared_by))
    if not fetched:
        click.echo(text.nothing_to_fetch)


@words.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--kind", type=click.Choice([kind.value for kind in WordsKind]), help="Default: by the file's content.")
@json_option
@data_option
def preview(file: Path, kind: str | None, as_json: bool, data_dir: str | None) -> None:
    """Show which articles searches would gain and lose if FILE were words.txt or synonyms.txt. Changes nothing."""
    with gisa.open(data_dir, create=False) as archive:
        found = archive.preview_words(file, kind=kind)
    if as_json:
        click.echo(orjson.dumps({**asdict(found), "rejects": _rejects(found.rejects)}))
    else:
        _print_preview(found, speaker_of_terminal())
    if found.rejects:
        sys.exit(1)


def words_as_dict(state: WordsState) -> dict[str, Any]:
    """The state as ``--json`` prints it."""
    return {**asdict(state), "waiting": state.waiting, "rejects": _rejects(state.rejects)}


def words_line(state: WordsState, speaker: Speaker) -> str:
    """The state in one line: ``12 in effect, 3 changes wait (gisa words apply)``."""
    text, fill = speaker.wording.reports.words, speaker.fill
    parts = [fill(text.in_effect, count=state.words + state.holders)]
    if state.waiting:
        parts.append(fill(text.changes_wait, count=state.waiting))
    if state.rejects:
        parts.append(fill(text.unusable, count=len(state.rejects)))
    return ", ".join(parts)


def _print(state: WordsState, speaker: Speaker) -> None:
    text, fill = speaker.wording.reports.words, speaker.fill
    waiting = fill(text.how_to_apply, count=state.waiting) if state.waiting else "0"
    for name, value in (
        (text.words, fill(text.in_effect, count=state.words)),
        (text.holders, fill(text.in_effect, count=state.holders)),
        (text.waiting, waiting),
    ):
        click.echo(f"{padded(name, 12)} {value}")
    if state.version:
        click.echo(f"{padded(text.shared, 12)} {fill(text.shared_is, version=state.version)}")
    for name in state.edited:
        click.echo(fill(text.edited, name=name))
    _list("+", (*state.words_waiting, *state.holders_waiting), speaker)
    _list("-", (*state.words_leaving, *state.holders_leaving), speaker)
    _print_rejects(state.rejects, speaker)


def _print_preview(found: WordsPreview, speaker: Speaker) -> None:
    text, fill = speaker.wording.reports.words, speaker.fill
    for change in found.changes:
        click.echo(f"{'+' if change.added else '-'} {printable(change.line.replace(_TAB, ' ⇥ '))}")
        for query in change.queries:
            counts = (
                fill(text.from_to, before=query.before, after=query.after)
                if query.gained or query.lost
                else fill(text.as_before, before=query.before)
            )
            click.echo(f"  {printable(query.query)}: {counts}")
            for sentence, count, examples in (
                (text.gains, query.gained, query.gained_examples),
                (text.loses, query.lost, query.lost_examples),
            ):
                if count:
                    click.echo(f"    {fill(sentence, count=count)}")
                for example in examples:
                    click.echo(f"      {printable(example.id)}  {printable(example.title)}")
    if not found.changes:
        click.echo(text.nothing)
    if found.more:
        click.echo(fill(text.not_looked_at, count=found.more))
    if found.concerned:
        click.echo(fill(text.concerned, count=found.concerned))
    _print_rejects(found.rejects, speaker)


def _list(sign: str, lines: tuple[str, ...], speaker: Speaker) -> None:
    for line in lines[:_SHOWN]:
        click.echo(f"  {sign} {printable(line.replace(_TAB, ' ⇥ '))}")
    if len(lines) > _SHOWN:
        more = speaker.fill(speaker.wording.reports.words.more_lines, count=len(lines) - _SHOWN)
        click.echo(f"  {sign} {more}")


def _print_rejects(rejects: tuple[Reject, ...], speaker: Speaker) -> None:
    for reject in rejects[:_SHOWN]:
        click.echo(f"gisa: {say_placed(reject.place, reject.reason, speaker)}", err=True)
    if len(rejects) > _SHOWN:
        more = speaker.fill(speaker.wording.reports.words.more_rejects, count=len(rejects) - _SHOWN)
        click.echo(f"gisa: {more}", err=True)


def _rejects(rejects: tuple[Reject, ...]) -> list[dict[str, str]]:
    speaker = speaker_of_terminal()
    return [reject_as_dict(reject, speaker) for reject in rejects]
