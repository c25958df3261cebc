"""Results in a notebook: as a pandas ``DataFrame``, and as a table in HTML. Asks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from gisa.errors import ExportInvalid
from gisa.exports.record import COLUMNS
from gisa.model import SEOUL, Article


def articles_as_frame(articles: Iterable[Article]) -> Any:
    """A row for each article, a column for each of an export's, times as such in Asia/Seoul.

    Raises ``ExportInvalid`` if pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ExportInvalid("pandas is not installed — run `pip install pandas`") from error
    rows = [
        {column.name: column.of(article) for column in COLUMNS}
        | {"published_at": article.published_at.astimezone(SEOUL)}
        | {"modified_at": article.modified_at and article.modified_at.astimezone(SEOUL)}
        for article in articles
    ]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS])


def results_as_html(articles: Iterable[Article], *, total: int, query: str) -> str:
    """The first results as a table: day, section, headline. Everything that a paper wrote is escaped."""
    rows = "".join(
        f"<tr><td>{article.published_at.astimezone(SEOUL):%Y-%m-%d}</td><td>{escape(article.section or '')}</td>"
        f"<td>{escape(article.title)}</td></tr>"
        for article in articles
    )
    return f"<table><caption>{escape(query)} · {total:,}</caption><tbody>{rows}</tbody></table>"
