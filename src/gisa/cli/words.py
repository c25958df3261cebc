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
from gisa.cli.terminal import printable, say_whom, speaker_of_terminal
from gisa.model import Reject
from gisa.reports import WordsKind, WordsPreview, WordsState
from gisa.saying.messages import reject_as_dict, say_placed

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
        _print(state)
    if state.rejects:
        sys.exit(1)


@words.command()
@json_option
@workers_option
@no_wait_option
@data_option
def apply(as_json: bool, workers: int | None, no_wait: bool, data_dir: str | None) -> None:
    """Let changed words.txt and holders.txt take effect: the articles concerned are analysed again, no others."""
    on_wait = say_whom(speaker_of_terminal())
    with gisa.open(data_dir, create=False, wait_s=wait_s(no_wait=no_wait), on_wait=on_wait) as archive:
        before = archive.words()
        analysed = archive.apply_words(workers=workers)
    if as_json:
        changes = before.waiting
        click.echo(orjson.dumps({"changes": changes, "analysed": analysed, "rejects": _rejects(before.rejects)}))
    else:
        click.echo(f"applied {before.waiting:,} changes · analysed {analysed:,} articles again")
        _print_rejects(before.rejects)
    if before.rejects:
        sys.exit(1)


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
        _print_preview(found)
    if found.rejects:
        sys.exit(1)


def words_as_dict(state: WordsState) -> dict[str, Any]:
    """The state as ``--json`` prints it."""
    return {**asdict(state), "waiting": state.waiting, "rejects": _rejects(state.rejects)}


def words_line(state: WordsState) -> str:
    """The state in one line: ``12 in effect, 3 changes wait (gisa words apply)``."""
    parts = [f"{state.words + state.holders:,} in effect"]
    if state.waiting:
        parts.append(f"{state.waiting:,} changes wait (`gisa words apply`)")
    if state.rejects:
        parts.append(f"{len(state.rejects):,} lines cannot be used (`gisa words`)")
    return ", ".join(parts)


def _print(state: WordsState) -> None:
    click.echo(f"words        {state.words:,} in effect")
    click.echo(f"holders      {state.holders:,} in effect")
    click.echo(f"waiting      {state.waiting:,}" + (" — `gisa words apply`" if state.waiting else ""))
    _list("+", (*state.words_waiting, *state.holders_waiting))
    _list("-", (*state.words_leaving, *state.holders_leaving))
    _print_rejects(state.rejects)


def _print_preview(found: WordsPreview) -> None:
    for change in found.changes:
        click.echo(f"{'+' if change.added else '-'} {printable(change.line.replace(_TAB, ' ⇥ '))}")
        for query in change.queries:
            counts = (
                f"{query.before:,} → {query.after:,}" if query.gained or query.lost else f"{query.before:,}, as before"
            )
            click.echo(f"  {printable(query.query)}: {counts}")
            for sign, count, examples in (
                ("gains", query.gained, query.gained_examples),
                ("loses", query.lost, query.lost_examples),
            ):
                if count:
                    click.echo(f"    {sign} {count:,}")
                for example in examples:
                    click.echo(f"      {printable(example.id)}  {printable(example.title)}")
    if not found.changes:
        click.echo("nothing would change")
    if found.more:
        click.echo(f"… and {found.more:,} more changes, which were not looked at")
    if found.concerned:
        click.echo(f"{found.concerned:,} articles would be analysed again")
    _print_rejects(found.rejects)


def _list(sign: str, lines: tuple[str, ...]) -> None:
    for line in lines[:_SHOWN]:
        click.echo(f"  {sign} {printable(line.replace(_TAB, ' ⇥ '))}")
    if len(lines) > _SHOWN:
        click.echo(f"  {sign} … {len(lines) - _SHOWN:,} more (--json shows all)")


def _print_rejects(rejects: tuple[Reject, ...]) -> None:
    speaker = speaker_of_terminal()
    for reject in rejects[:_SHOWN]:
        click.echo(f"gisa: {say_placed(reject.place, reject.reason, speaker)}", err=True)
    if len(rejects) > _SHOWN:
        click.echo(f"gisa: … {len(rejects) - _SHOWN:,} more lines that cannot be used (--json shows all)", err=True)


def _rejects(rejects: tuple[Reject, ...]) -> list[dict[str, str]]:
    speaker = speaker_of_terminal()
    return [reject_as_dict(reject, speaker) for reject in rejects]
