"""Explanations as sentences: why a query finds an article, or the first reason why not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gisa.explanation import Explanation, Finding, QueryPart, Reason, Verdict, VerdictCode
from gisa.saying.notices import say_notice
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for


def say_verdict(verdict: Verdict, speaker: Speaker) -> str:
    """The first thing to say: whether the article is found, and why."""
    if verdict.code is VerdictCode.LACKS and verdict.reason is not None:
        return say_reason(verdict.reason, speaker)
    sentence = sentence_for(speaker.wording.explain.verdicts, verdict.code)
    return speaker.fill(sentence, held=verdict.held, of=verdict.of)


def say_reason(reason: Reason, speaker: Speaker) -> str:
    """Why the article has one part of the query, or lacks it."""
    if reason.finding is not None:
        return _say_finding(reason.finding, speaker)
    explain = speaker.wording.explain
    return speaker.fill(
        sentence_for(explain.reasons, reason.code),
        word=reason.word,
        place=reason.place,
        field=say_field(reason.field, speaker),
        value=reason.value or explain.none,
    )


def say_field(field: str, speaker: Speaker) -> str:
    """A field of an article (``title``, ``body``); empty for none."""
    fields = speaker.wording.explain.fields
    return {"title": fields.title, "body": fields.body}.get(field, "")


def explanation_as_dict(explanation: Explanation, speaker: Speaker) -> dict[str, Any]:
    """The explanation as the API and ``--json`` give it: its codes, each with its sentence as ``message``."""
    return {
        **asdict(explanation),
        "message": say_verdict(explanation.verdict, speaker),
        "notices": [{**asdict(notice), "message": say_notice(notice, speaker)} for notice in explanation.notices],
        "parts": [_part_as_dict(part, speaker) for part in explanation.parts],
    }


def _part_as_dict(part: QueryPart, speaker: Speaker) -> dict[str, Any]:
    return {
        **asdict(part),
        "message": say_reason(part.reason, speaker),
        "parts": [_part_as_dict(child, speaker) for child in part.parts],
    }


def _say_finding(finding: Finding, speaker: Speaker) -> str:
    explain = speaker.wording.explain
    return speaker.fill(
        sentence_for(explain.rules, finding.rule), field=say_field(finding.field, speaker), by=finding.by
    )
