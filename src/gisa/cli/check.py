"""``gisa check``: does every article's own headline find it first, and a word of its body find it?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import ProgressLines, printable, speaker_of_terminal
from gisa.reports import CheckReport, Miss
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for

_SHOWN: Final = 20
"""Misses that the terminal shows; ``--misses`` and ``--json`` give them all."""


@click.command()
@click.option("--limit", type=click.IntRange(1), help="Check only the first so many articles.")
@click.option(
    "--misses", "misses_path", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the misses to FILE as JSONL.",
)  # fmt: skip
@json_option
@data_option
def check(limit: int | None, misses_path: Path | None, as_json: bool, data_dir: str | None) -> None:
    """Search for every article by its own headline, verbatim and without spaces: it must come first by relevance.

    A word drawn from its body, with its particles, must find it, too.
    """
    speaker = speaker_of_terminal()
    progress = ProgressLines(speaker.wording.commands.checked_so_far, speaker)
    with gisa.open(data_dir, create=False) as archive:
        report = archive.check(limit=limit, progress=progress)
    if misses_path is not None:
        misses_path.write_bytes(b"".join(orjson.dumps(_miss_as_dict(miss)) + b"\n" for miss in report.misses))
    if as_json:
        click.echo(orjson.dumps(report_as_dict(report)))
    else:
        _print(report, speaker)
    if report.misses:
        sys.exit(1)


def report_as_dict(report: CheckReport) -> dict[str, Any]:
    """The report as ``--json`` prints it; its keys are a contract."""
    return {
        "articles": report.articles,
        "found": report.found,
        "rate": report.rate,
        "words": report.words,
        "words_found": report.words_found,
        "seconds": round(report.seconds, 3),
        "misses": [_miss_as_dict(miss) for miss in report.misses],
    }


def _miss_as_dict(miss: Miss) -> dict[str, Any]:
    return {
        "id": miss.article_id,
        "title": miss.title,
        "query": miss.query,
        "reason": miss.reason.value,
        "place": miss.place,
    }


def _print(report: CheckReport, speaker: Speaker) -> None:
    commands = speaker.wording.commands
    for miss in report.misses[:_SHOWN]:
        said = sentence_for(speaker.wording.reports.misses, miss.reason)
        click.echo(f"{miss.article_id}: {speaker.fill(said, place=miss.place or 0)}: {printable(miss.query)}")
    if len(report.misses) > _SHOWN:
        click.echo(speaker.fill(commands.more, count=len(report.misses) - _SHOWN))
    speed = report.articles / report.seconds if report.seconds else 0.0
    said = speaker.fill(
        commands.found_by_headline,
        found=report.found,
        articles=report.articles,
        rate=f"{report.rate:.2%}",
        seconds=f"{report.seconds:.1f}",
        speed=round(speed),
    )
    click.echo(said)
    click.echo(speaker.fill(commands.found_by_word, found=report.words_found, words=report.words))
