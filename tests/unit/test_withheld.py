"""The words by which sources withhold an article, and what they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import gisa
from gisa.ingest.accept import accept
from gisa.model import Access, Article, Draft, WithheldAs

NOW = datetime(2025, 12, 1, tzinfo=UTC)


def article(told: list[str] | None = None, **fields: Any) -> Article:
    draft = Draft({"title": "나루대교", "body": "열렸다.", "published_at": "2025-11-03", **fields}, "a:1")
    return accept(draft, now=NOW, tell=lambda message: told.append(gisa.say(message)) if told is not None else None)


@pytest.mark.parametrize(
    ("fields", "hidden"),
    [
        pytest.param({}, None, id="nothing said"),
        pytest.param({"status": "publish"}, None, id="WordPress"),
        pytest.param({"status": "공개"}, None, id="Korean"),
        pytest.param({"status": ""}, None, id="blank"),
        pytest.param({"status": "usable"}, None, id="ninjs"),
        pytest.param({"status": "auto-draft"}, WithheldAs.DRAFT, id="a draft of WordPress"),
        pytest.param({"status": "비공개"}, WithheldAs.PRIVATE, id="not public"),
        pytest.param({"status": "승인 대기"}, WithheldAs.PENDING, id="waiting"),
        pytest.param({"status": "trash"}, WithheldAs.TRASH, id="trash"),
        pytest.param({"status": "canceled"}, WithheldAs.KILLED, id="killed"),
        pytest.param({"status": "우주"}, WithheldAs.OTHER, id="a word nobody knows"),
        pytest.param({"visibility": "private"}, WithheldAs.PRIVATE, id="visibility"),
        pytest.param({"is_visible": "N"}, WithheldAs.PRIVATE, id="노출여부 N"),
        pytest.param({"is_published": False}, WithheldAs.DRAFT, id="published false"),
        pytest.param({"is_deleted": True}, WithheldAs.TRASH, id="deleted true"),
        pytest.param({"has_password": "열려라"}, WithheldAs.PASSWORD, id="a password"),
        pytest.param({"has_password": ""}, None, id="no password"),
        pytest.param({"status": "publish", "is_visible": "N"}, WithheldAs.PRIVATE, id="what withholds wins"),
        pytest.param({"published_at": "2026-11-03"}, WithheldAs.EMBARGO, id="dated ahead"),
        pytest.param({"visible_from": "2025-12-24"}, WithheldAs.EMBARGO, id="an embargo"),
        pytest.param({"visible_from": "2025-11-24"}, None, id="an embargo that is over"),
        pytest.param({"status": "future", "published_at": "2026-01-01"}, WithheldAs.EMBARGO, id="scheduled, opens by itself"),
        pytest.param({"status": "embargoed"}, WithheldAs.EMBARGO, id="an embargo without an end"),
    ],
)  # fmt: skip
def test_what_withholds_an_article(fields: dict[str, Any], hidden: WithheldAs | None) -> None:
    """One table for every source; an article is hidden for the reason that its source gives."""
    assert article(**fields).hidden_as(NOW) is hidden


def test_an_embargo_opens_by_itself() -> None:
    """A scheduled article becomes public at its time, without anybody doing anything."""
    found = article(status="future", published_at="2026-01-01T09:00:00+09:00")

    assert found.hidden_as(NOW) is WithheldAs.EMBARGO
    assert found.hidden_as(datetime(2026, 1, 1, 0, 0, tzinfo=UTC)) is None


def test_a_word_nobody_knows_is_told() -> None:
    """Nothing unpublished leaves: what is not understood is withheld, and said."""
    told: list[str] = []
    article(told, status="우주")

    assert told[0].startswith('status "우주" is no word that Gisa knows — the article is withheld')


@pytest.mark.parametrize(
    ("fields", "access"),
    [({}, Access.PUBLIC), ({"access": "유료"}, Access.SUBSCRIBER), ({"access": "무료"}, Access.PUBLIC),
     ({"is_subscriber_only": "Y"}, Access.SUBSCRIBER), ({"access": "뭔가"}, Access.SUBSCRIBER)],
)  # fmt: skip
def test_who_may_read_it(fields: dict[str, Any], access: Access) -> None:
    """Paid articles are known by their words."""
    assert article(**fields).access is access
