"""What is said of stories and of related articles, as fields; see ``wording``. Holds no sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StoriesText:
    """Articles that tell the same story. Templates read it as ``s``."""

    together: str
    """{stories}: how many results there would be if each story counts once. Leads to them."""
    together_hint: str
    grouped: str
    """{total} articles, shown as {stories} results. Says what the filters count."""
    apart: str
    similar: str
    """{count}: other articles that tell the same as a result, or as an article."""
    compare: str
    title: str
    back: str
    about: str
    """{total}: articles of the story."""
    cut: str
    """{shown}: articles of the story that the page shows."""
    none: str
    first: str
    asked: str
    """Marks the article whose story is shown."""
    counts: str
    """{same}, {added}, {dropped}, {changed}: sentences, beside the article printed first."""
    not_compared: str
    too_long: str
    sentences: str
    added: str
    dropped: str
    changed: str
    related: str
