"""``gisa backup``, ``gisa restore`` and ``gisa verify``: keeping a data folder, and knowing that it is whole."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.config import load_settings
from gisa.library import Library
from gisa.reports import CopyReport

_EVERY_S: Final = 2.0


class _ProgressLines:
    """A line on stderr now and then, so that a long run is seen to move."""

    def __init__(self, what: str) -> None:
        self._what, self._shown = what, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self._shown > _EVERY_S:
            self._shown = time.monotonic()
            click.echo(f"{self._what} {done:,}", err=True)


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(file_okay=False, path_type=Path))
@json_option
@data_option
def backup(destination: Path, as_json: bool, data_dir: str | None) -> None:
    """Copy articles, revisions, removals, settings and pictures to DEST, while readers and writers go on.

    The second run copies what has come since. PostgreSQL archives are copied too, into an SQLite file.
    """
    started = time.monotonic()
    with Library(load_settings(data_dir)) as archive:
        report = archive.backup(destination, progress=_ProgressLines("copied up to change"))
    _print(report, as_json=as_json, verb="copied", seconds=time.monotonic() - started)


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@data_option
def restore(source: Path, as_json: bool, data_dir: str | None) -> None:
    """Put a backup into an empty or new data folder and build its index. Nothing that is there is overwritten."""
    started = time.monotonic()
    report = gisa.restore(source, data_dir, progress=_ProgressLines("restored"))
    _print(report, as_json=as_json, verb="restored", seconds=time.monotonic() - started)


@click.command()
@json_option
@data_option
def verify(as_json: bool, data_dir: str | None) -> None:
    """Check that the archive is whole and that the index holds exactly its articles. Exit 1 when not."""
    started = time.monotonic()
    with Library(load_settings(data_dir)) as archive:
        report = archive.verify(progress=_ProgressLines("checked"))
    seconds = time.monotonic() - started
    if as_json:
        click.echo(orjson.dumps({**asdict(report), "seconds": round(seconds, 1)}))
    else:
        for finding in report.findings:
            click.echo(f"{finding.part}: {finding.what} — {finding.remedy}")
        verdict = "whole" if report.is_whole else f"{len(report.findings):,} findings"
        click.echo(f"{report.articles:,} articles, {report.changes:,} changes: {verdict} · {seconds:.1f} s")
    if not report.is_whole:
        sys.exit(1)


def _print(report: CopyReport, *, as_json: bool, verb: str, seconds: float) -> None:
    if as_json:
        click.echo(orjson.dumps({**asdict(report), "seconds": round(seconds, 1)}))
        return
    gone = f", {report.files_removed:,} files removed" if report.files_removed else ""
    click.echo(
        f"{verb} {report.changes:,} changes and {report.files:,} files{gone}; the copy holds {report.articles:,} articles "
        f"up to change {report.change_seq:,} · {seconds:.1f} s"
    )
