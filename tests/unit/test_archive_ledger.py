"""What a batch does, decided without a database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gisa.archive.batch import Counters
from gisa.archive.identity import Claim, KeptArticle, claim_of, standing_of
from gisa.archive.ledger import Ledger
from gisa.model import Article, ChangeKind, Outcome, Removal

NOW = datetime(2025, 12, 24, tzinfo=UTC)
OLD, NEW = (claim_of(Article(id="a1", title="제목", body=body, published_at=NOW)) for body in ("전", "후"))
THERE = standing_of(
    ("a1", 4, 2, OLD.content.digest, False, "제목", OLD.content.columns["published_at"], None, None, None, None)
)
GONE = THERE._replace(is_removed=True)


def ledger(standing: KeptArticle | None) -> Ledger:
    return Ledger(
        Counters(last_seq=9, last_change_seq=20, article_count=5),
        {} if standing is None else {"a1": standing},
        {},
        changed_at=NOW,
        pack=str.encode,
    )


@pytest.mark.parametrize(
    ("standing", "claim", "outcome", "seq", "revision", "kind", "counters"),
    [
        pytest.param(None, NEW, Outcome.ADDED, 10, 1, ChangeKind.ADD, (10, 21, 6), id="unknown"),
        pytest.param(THERE, NEW, Outcome.UPDATED, 4, 3, ChangeKind.UPDATE, (9, 21, 5), id="revised"),
        pytest.param(GONE, NEW, Outcome.ADDED, 4, 3, ChangeKind.ADD, (9, 21, 6), id="back with other content"),
        pytest.param(GONE, OLD, Outcome.ADDED, 4, 3, ChangeKind.ADD, (9, 21, 6), id="back with the same content"),
    ],
)
def test_adding_follows_the_standing(
    standing: KeptArticle | None,
    claim: Claim,
    outcome: Outcome,
    seq: int,
    revision: int,
    kind: ChangeKind,
    counters: tuple[int, int, int],
) -> None:
    """How an id stands decides outcome, number and revision of adding it."""
    book = ledger(standing)

    addition = book.add(claim)

    assert addition.change is not None
    change = addition.change
    assert (addition.outcome, change.article_seq, change.revision, change.kind) == (outcome, seq, revision, kind)
    assert book.batch.counters == counters


def test_unchanged_gathers_nothing() -> None:
    """The content that is there already leads to no row at all."""
    book = ledger(THERE)

    assert book.add(OLD).outcome is Outcome.UNCHANGED
    assert (book.batch.changes, book.batch.revisions, book.batch.new_articles, book.batch.moved_articles) == (
        [],
        [],
        [],
        [],
    )
    assert book.batch.counters == (9, 20, 5)


def test_new_article_revised_in_the_same_batch_is_one_row() -> None:
    """Added, revised and removed in one go: one article row, inserted in its last state."""
    book = ledger(None)

    book.add(OLD)
    book.add(NEW)
    book.remove(Removal("a1"))

    assert [(row["seq"], row["revision"], row["removed_at"] is None) for row in book.batch.new_articles] == [
        (10, 2, False)
    ]
    assert book.batch.moved_articles == []
    assert [change["kind"] for change in book.batch.changes] == ["add", "update", "remove"]
    assert book.batch.counters == (10, 23, 5)


@pytest.mark.parametrize("standing", [None, GONE], ids=["unknown", "removed"])
def test_removing_what_is_not_there_gathers_nothing(standing: KeptArticle | None) -> None:
    """There is no tombstone for an article that is not there."""
    book = ledger(standing)

    assert book.remove(Removal("a1")) is None
    assert book.batch.changes == []
