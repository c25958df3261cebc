"""``gisa diff``: how an article changed, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

import click
import orjson

import gisa
from gisa.access import Asker
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.library import Library
from gisa.model import SEOUL
from gisa.revisions.history import Revision
from gisa.saying.wording import sentence_for


@click.command()
@click.argument("article_id", metavar="ID")
@json_option
@data_option
def diff(article_id: str, as_json: bool, data_dir: str | None) -> None:
    """Show how the article ID changed, newest first, whatever readers are shown."""
    speaker = speaker_of_terminal()
    with gisa.open(data_dir, create=False) as library:
        found = list(_every(library, article_id))
    if as_json:
        click.echo(orjson.dumps({"id": article_id, "revisions": [each.as_dict() for each in found]}))
        return
    text = speaker.wording.revisions
    for revision in found:
        heading = text.first if revision.number == 1 else text.changed
        click.echo(speaker.fill(heading, when=speaker.moment(revision.at.astimezone(SEOUL))))
        for each in revision.passages or ():
            click.echo(f"  {sentence_for(text.parts, each.part)} · {sentence_for(text.changes, each.change)}")
            for mark, sentence in (("-", each.before), ("+", each.after)):
                if sentence:
                    click.echo(f"  {mark} {printable(sentence)}")


def _every(library: Library, article_id: str) -> Iterator[Revision]:
    earlier_than: int | None = None
    while earlier_than != 1:
        some = library.revisions(article_id, earlier_than=earlier_than, asker=Asker.DESK)
        yield from some
        earlier_than = some[-1].number if some else 1
