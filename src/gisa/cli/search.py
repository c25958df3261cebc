"""``gisa search``: a page of results on the terminal or as JSON."""

from __future__ import annotations

import sys
from typing import Any

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.searching import read_search, search_options
from gisa.cli.terminal import printable, speaker_of_terminal
from gisa.model import SEOUL, Hit, SearchPage, Span
from gisa.saying.notices import say_notice
from gisa.saying.speaker import Speaker


@click.command()
@click.argument("query")
@search_options
@json_option
@data_option
def search(query: str, *, as_json: bool, data_dir: str | None, **given: str | None) -> None:
    """Search the archive. A query that begins with - goes after --, as in: gisa search -- "-구룡포 포항"."""
    speaker = speaker_of_terminal()
    request = read_search(query, given)
    with gisa.open(data_dir, create=False) as archive:
        page = archive.search(request)
    if as_json:
        click.echo(orjson.dumps(page_as_dict(page, speaker)))
    else:
        _print(page, speaker)


def page_as_dict(page: SearchPage, speaker: Speaker) -> dict[str, Any]:
    """The page as ``--json`` prints it; its keys are a contract."""
    return {
        "query": page.query,
        "total": page.total,
        "stories": page.stories,
        "hits": [_hit_as_dict(hit) for hit in page.hits],
        "notices": [{"code": notice.code.value, "message": say_notice(notice, speaker)} for notice in page.notices],
        "next_cursor": page.next_cursor,
        "scopes": page.scopes._asdict() if page.scopes is not None else None,
        "did_you_mean": page.did_you_mean,
        "corrected_from": page.corrected_from,
    }


def _hit_as_dict(hit: Hit) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "published_at": article.published_at.isoformat(),
        "section": article.section,
        "url": article.url,
        "snippet": hit.snippet.text,
        "score": hit.score,
        "similar": [{"id": each.id, "title": each.title} for each in hit.similar],
        "similar_total": hit.similar_total,
    }


def _print(page: SearchPage, speaker: Speaker) -> None:
    commands = speaker.wording.commands
    for notice in page.notices:
        click.echo(say_notice(notice, speaker), err=True)
    if page.corrected_from is not None:
        click.echo(
            speaker.fill(commands.meant, query=printable(page.query), typed=printable(page.corrected_from)),
            err=True,
        )
    elif page.did_you_mean is not None:
        click.echo(speaker.fill(commands.did_you_mean, query=printable(page.did_you_mean)), err=True)
    if page.inside:
        click.echo(speaker.fill(commands.inside_offer, count=page.inside), err=True)
    if page.verbs:
        click.echo(speaker.fill(commands.verbs_offer, count=page.verbs), err=True)
    last = page.offset + len(page.hits)
    click.echo(
        speaker.fill(commands.total, total=page.total)
        + (speaker.fill(commands.stories, stories=page.results) if page.grouped else "")
        + (f" ({page.offset + 1:,}–{last:,})" if page.hits else "")
    )
    colour = sys.stdout.isatty()
    for hit in page.hits:
        article = hit.article
        day = article.published_at.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")
        details = " · ".join(part for part in (day, article.section, ", ".join(article.byline), article.id) if part)
        click.echo(f"\n{_marked(article.title, hit.title_highlights, bold=colour)}\n  {details}")
        text = _marked(hit.snippet.text, hit.snippet.highlights, bold=colour).replace("\n", " ")
        click.echo(f"  {'…' if hit.snippet.cut_before else ''}{text}{'…' if hit.snippet.cut_after else ''}")
        if hit.similar_total:
            click.echo(f"  {speaker.fill(commands.similar, count=hit.similar_total)}")
        for each in hit.similar:
            click.echo(f"  - {printable(each.title)} · {each.id}")


def _marked(text: str, spans: tuple[Span, ...], *, bold: bool) -> str:
    """The text with its spans in bold; control characters that a terminal would obey are dropped."""
    out: list[str] = []
    at = 0
    for span in spans:
        out += [printable(text[at : span.start]), click.style(printable(text[span.start : span.end]), bold=bold)]
        at = span.end
    out.append(printable(text[at:]))
    return "".join(out)
