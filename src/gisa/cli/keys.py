"""``gisa keys``: keys of the API — made, listed, revoked. What a key opens: ``gisa.access``."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
import orjson

from gisa.access import Scope
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.clock import system_clock
from gisa.config import load_settings
from gisa.library.folder import require_folder
from gisa.library.keys import Key, KeyFile, key_as_dict
from gisa.model import SEOUL


@click.group()
def keys() -> None:
    """Keys of the API: who may read more than everybody, and how often each may ask."""


@keys.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in Scope]),
              help="What it opens: subscribers' articles, or (desk) all that is not published. May be repeated. Default: nothing more.")  # fmt: skip
@click.option("--per-minute", type=click.IntRange(min=1), help="Requests that it may make in a minute. Default: any number.")  # fmt: skip
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Its last day, in Asia/Seoul. Default: none.")  # fmt: skip
@json_option
@data_option
def create(
    name: str,
    scopes: tuple[str, ...],
    per_minute: int | None,
    expires: datetime | None,
    as_json: bool,
    data_dir: str | None,
) -> None:
    """Make a key for NAME and print it. It is shown this once: only a hash of it is kept."""
    ends = None if expires is None else expires.replace(tzinfo=SEOUL) + timedelta(days=1)
    whole, key = _key_file(data_dir).create(
        name, scopes=[Scope(scope) for scope in scopes], now=system_clock(), per_minute=per_minute, expires_at=ends
    )
    if as_json:
        click.echo(orjson.dumps({"key": whole, **key_as_dict(key)}))
        return
    speaker = speaker_of_terminal()
    commands = speaker.wording.commands
    said = speaker.fill(commands.key_made, key=key.id, name=printable(name), opens=_opens(key))
    click.echo(f"{said}\n{commands.key_shown_once}", err=True)
    click.echo(whole)


@keys.command("list")
@json_option
@data_option
def list_(as_json: bool, data_dir: str | None) -> None:
    """Show every key that was made, without its secret."""
    made = _key_file(data_dir).list()
    if as_json:
        click.echo(orjson.dumps([key_as_dict(key) for key in made]))
        return
    speaker = speaker_of_terminal()
    commands, now = speaker.wording.commands, system_clock()
    for key in made:
        opens = _opens(key) if key.holds(now) else commands.key_ended
        click.echo(speaker.fill(commands.key_line, key=key.id, name=printable(key.name), opens=opens))
    if not made:
        click.echo(commands.no_keys, err=True)


@keys.command()
@click.argument("key_id", metavar="ID")
@json_option
@data_option
def revoke(key_id: str, as_json: bool, data_dir: str | None) -> None:
    """End a key at once, in every running server."""
    key = _key_file(data_dir).revoke(key_id, now=system_clock())
    speaker = speaker_of_terminal()
    if as_json:
        click.echo(orjson.dumps(key_as_dict(key)))
    else:
        click.echo(speaker.fill(speaker.wording.commands.key_revoked, key=key.id, name=printable(key.name)))


def _key_file(data_dir: str | None) -> KeyFile:
    settings = load_settings(data_dir)
    require_folder(settings)
    return KeyFile(settings.keys_path)


def _opens(key: Key) -> str:
    """``subscriber · 600/min · until 2027-01-01 00:00``."""
    parts: list[str] = [*sorted(key.scopes)] or ["public"]
    if key.per_minute is not None:
        parts.append(f"{key.per_minute}/min")
    if key.expires_at is not None:
        parts.append(f"→ {key.expires_at.astimezone(SEOUL):%Y-%m-%d %H:%M}")
    return " · ".join(parts)
