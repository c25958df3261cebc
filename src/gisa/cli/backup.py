"""``gisa backup``, ``gisa restore`` and ``gisa verify``: keeping a data folder, and knowing that it is whole."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import ProgressLines, say_whom, speaker_of_terminal
from gisa.config import load_settings
from gisa.library import Library
from gisa.library.moving import migrate as move_archive
from gisa.reports import CopyReport, VerifyReport
from gisa.saying.messages import reject_as_dict, say_message, say_placed
from gisa.saying.speaker import Speaker


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(file_okay=False, path_type=Path))
@json_option
@data_option
def backup(destination: Path, as_json: bool, data_dir: str | None) -> None:
    """Copy articles, revisions, removals, settings and pictures to DEST, while readers and writers go on.

    The second run copies what has come since. PostgreSQL archives are copied too, into an SQLite file.
    """
    started, speaker = time.monotonic(), speaker_of_terminal()
    commands = speaker.wording.commands
    with Library(load_settings(data_dir), create=False) as archive:
        report = archive.backup(destination, progress=ProgressLines(commands.copied_so_far, speaker))
    said = commands.copied_less if report.files_removed else commands.copied
    _print(report, said, speaker, as_json=as_json, seconds=time.monotonic() - started)
    _end(report, speaker)


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--archive-url", metavar="URL|file", help="Where the articles go; file: into the folder.")
@click.option("--index-url", metavar="URL|file", help="Where the index is built; file: in the folder.")
@json_option
@data_option
def restore(source: Path, archive_url: str | None, index_url: str | None, as_json: bool, data_dir: str | None) -> None:
    """Put a backup into an empty or new data folder and build its index. Nothing that is there is overwritten.

    A database or index that holds something is refused: a drill never touches the paper's own.
    """
    started, speaker = time.monotonic(), speaker_of_terminal()
    commands = speaker.wording.commands
    report = gisa.restore(
        source,
        data_dir,
        archive_url=archive_url,
        index_url=index_url,
        progress=ProgressLines(commands.restored_so_far, speaker),
    )
    _print(report, commands.restored, speaker, as_json=as_json, seconds=time.monotonic() - started)
    _end(report, speaker)


@click.command()
@click.option(
    "--to", "archive_url", metavar="URL|file", required=True, help="Where the archive goes; file: into the folder."
)
@json_option
@data_option
def migrate(archive_url: str, as_json: bool, data_dir: str | None) -> None:
    """Move the archive to another database: copied while the old one serves, then named in gisa.toml.

    Stop what adds by itself before, and start servers again after it: what is open goes on with the old archive.
    """
    started, speaker = time.monotonic(), speaker_of_terminal()
    commands = speaker.wording.commands
    report = move_archive(
        data_dir,
        archive_url=archive_url,
        progress=ProgressLines(commands.copied_so_far, speaker),
        on_wait=say_whom(speaker),
    )
    _print(report, commands.migrated, speaker, as_json=as_json, seconds=time.monotonic() - started)
    _end(report, speaker)


@click.command()
@json_option
@data_option
def verify(as_json: bool, data_dir: str | None) -> None:
    """Check that the archive is whole and that the index holds exactly its articles. Exit 1 when not."""
    started, speaker = time.monotonic(), speaker_of_terminal()
    commands = speaker.wording.commands
    with Library(load_settings(data_dir), create=False) as archive:
        report = archive.verify(progress=ProgressLines(commands.checked_so_far, speaker))
    seconds = time.monotonic() - started
    if as_json:
        click.echo(orjson.dumps(_verified_as_dict(report, speaker, seconds=seconds)))
    else:
        for finding in report.findings:
            what, remedy = say_message(finding.what, speaker), say_message(finding.remedy, speaker)
            click.echo(f"{finding.part}: {what} — {remedy}")
        said = speaker.fill(
            commands.whole if report.is_whole else commands.not_whole,
            articles=report.articles,
            changes=report.changes,
            findings=len(report.findings),
        )
        click.echo(speaker.fill(commands.took, what=said, seconds=f"{seconds:.1f}"))
    if not report.is_whole:
        sys.exit(1)


def _verified_as_dict(report: VerifyReport, speaker: Speaker, *, seconds: float) -> dict[str, Any]:
    findings = [
        {
            "part": finding.part,
            "code": finding.what.code.value,
            "what": say_message(finding.what, speaker),
            "remedy": say_message(finding.remedy, speaker),
        }
        for finding in report.findings
    ]
    return {
        "articles": report.articles,
        "changes": report.changes,
        "findings": findings,
        "seconds": round(seconds, 1),
    }


def _print(report: CopyReport, sentence: str, speaker: Speaker, *, as_json: bool, seconds: float) -> None:
    if as_json:
        rejects = [reject_as_dict(reject, speaker) for reject in report.rejects]
        click.echo(orjson.dumps({**asdict(report), "rejects": rejects, "seconds": round(seconds, 1)}))
        return
    said = speaker.fill(
        sentence,
        changes=report.changes,
        files=report.files,
        gone=report.files_removed,
        articles=report.articles,
        change_seq=report.change_seq,
    )
    click.echo(speaker.fill(speaker.wording.commands.took, what=said, seconds=f"{seconds:.1f}"))


def _end(report: CopyReport, speaker: Speaker) -> None:
    """A copy that lacks something is a failure, although the rest is there."""
    for reject in report.rejects:
        click.echo(f"gisa: {say_placed(reject.place, reject.reason, speaker)}", err=True)
    if report.left_out:
        click.echo(speaker.fill(speaker.wording.commands.left_out, count=report.left_out), err=True)
    if report.left_out or report.rejects:
        sys.exit(1)
