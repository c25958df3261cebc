"""``gisa eval``: how well the archive answers judged queries."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

import gisa
from gisa.cli.options import data_option, json_option
from gisa.cli.terminal import speaker_of_terminal
from gisa.evaluate.evaluation import Evaluation, evaluate
from gisa.evaluate.judged import read_judgements, read_queries
from gisa.evaluate.measures import MEASURES
from gisa.model import Match, Reject
from gisa.saying.messages import reject_as_dict, say_placed
from gisa.saying.speaker import Speaker

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("eval")
@click.option("--queries", "queries_path", type=_FILE, required=True, help='JSONL of {"id", "text"}, perhaps "class".')
@click.option("--qrels", "qrels_path", type=_FILE, required=True, help="Judgements: query, article, relevance; or TREC qrels.")  # fmt: skip
@click.option(
    "--match", type=click.Choice([match.value for match in Match]), default=Match.ANY.value, show_default=True,
    help="Whether one word is enough, or every word must match as readers' searches have it.",
)  # fmt: skip
@json_option
@data_option
def eval_(queries_path: Path, qrels_path: Path, match: str, as_json: bool, data_dir: str | None) -> None:
    """Measure relevance on judged queries: nDCG@10, RR@10 and R@100, for each class of queries.

    Needs the library of measures: pip install 'gisa[evaluate]'.
    """
    queries, bad_queries = read_queries(queries_path)
    judgements, bad_judgements = read_judgements(qrels_path)
    rejects = [*bad_queries, *bad_judgements]
    speaker = speaker_of_terminal()
    for reject in rejects:
        said = say_placed(reject.place, reject.reason, speaker)
        click.echo(speaker.fill(speaker.wording.commands.rejected, reject=said), err=True)
    with gisa.open(data_dir, create=False) as archive:
        evaluation = evaluate(archive, queries, judgements, match=Match(match))
    if as_json:
        click.echo(orjson.dumps(_as_dict(evaluation, rejects, speaker)))
    else:
        _print(evaluation, speaker)
    if not evaluation.kinds:
        click.echo(f"gisa: {speaker.wording.reports.evaluation.nothing}", err=True)
    if rejects or not evaluation.kinds:
        sys.exit(1)


def _as_dict(evaluation: Evaluation, rejects: list[Reject], speaker: Speaker) -> dict[str, object]:
    return {
        "match": evaluation.match.value,
        "classes": {name: {"queries": kind.queries, **kind.means} for name, kind in evaluation.kinds.items()},
        "unjudged_queries": list(evaluation.unjudged),
        "missing_articles": list(evaluation.missing),
        "rejects": [reject_as_dict(reject, speaker) for reject in rejects],
    }


def _print(evaluation: Evaluation, speaker: Speaker) -> None:
    text = speaker.wording.reports.evaluation
    click.echo(f"{'class':<12}{'queries':>8}" + "".join(f"{name:>10}" for name in MEASURES))
    for name, kind in evaluation.kinds.items():
        click.echo(f"{name:<12}{kind.queries:>8,}" + "".join(f"{kind.means[each]:>10.3f}" for each in MEASURES))
    if evaluation.unjudged:
        click.echo(speaker.fill(text.unjudged, count=len(evaluation.unjudged)), err=True)
    if evaluation.missing:
        click.echo(speaker.fill(text.missing, count=len(evaluation.missing)), err=True)
