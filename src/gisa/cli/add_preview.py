"""What ``gisa add --dry-run`` prints. Reads nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import click
import orjson

from gisa.cli.progress import say_counts
from gisa.ingest.record import record_of
from gisa.model import Article
from gisa.reports import AddReport
from gisa.saying.speaker import Speaker

_VALUES: Final = re.compile(r'"[^"]*"|[0-9][0-9,]*')
_SHOWN_BODY: Final = 200


def rule_of(reason: str) -> str:
    """The rule behind a reason: the reason without the values of one article, and without its remedy."""
    return _VALUES.sub("…", reason.partition(" — ")[0])


def print_preview(
    report: AddReport,
    first: Sequence[Article],
    *,
    rules: Counter[str],
    failures: Sequence[str],
    speaker: Speaker,
    as_json: bool,
) -> None:
    """The first articles as they would be, and what would become of all."""
    if as_json:
        click.echo(orjson.dumps({
            "would_add": report.added,
            "would_update": report.updated,
            "unchanged": report.unchanged,
            "would_remove": report.removed,
            "withheld": {reason.value: count for reason, count in report.withheld.items()},
            "rejected": report.rejected,
            "rules": dict(rules.most_common()),
            "first": [record_of(article) for article in first],
            "failed": list(failures),
        }))  # fmt: skip
        return
    for article in first:
        for name, value in record_of(article).items():
            click.echo(f"{name:>14}: {_short(value)}")
        click.echo()
    commands = speaker.wording.commands
    for failure in failures:
        click.echo(speaker.fill(commands.failed, message=failure), err=True)
    for rule, count in rules.most_common():
        click.echo(speaker.fill(commands.would_refuse, count=count, rule=rule))
    click.echo(speaker.fill(commands.would_take, what=say_counts(report, speaker)))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    text = text.replace("\n", " ⏎ ")
    return text if len(text) <= _SHOWN_BODY else f"{text[:_SHOWN_BODY]}…"
