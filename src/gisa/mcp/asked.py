"""What each tool takes, as pydantic reads it; the descriptions are the agent's manual. Answers: ``answers``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from gisa.model import Sort
from gisa.quotes.verifying import LONGEST

USUAL_BYTES: Final = 6_000
"""Of an answer: what an agent's context takes without a thought."""
LEAST_BYTES: Final = 4_000
"""A hit with the longest headline, names and correction fits into it; an answer that does not is told how much it takes."""
MOST_BYTES: Final = 20_000
USUAL_LIMIT: Final = 7
"""Hits that usually fit into ``USUAL_BYTES``; where they do not, the search is asked again for fewer."""

Cursor = Annotated[
    str | None,
    Field(
        max_length=2_000,
        description="`next_cursor` of the answer before, with all other arguments unchanged. Leave it out to begin.",
    ),
]
MaxBytes = Annotated[
    int,
    Field(
        ge=LEAST_BYTES,
        le=MOST_BYTES,
        description="Size of the answer as UTF-8 JSON; what does not fit comes by cursor.",
    ),
]
Day = Annotated[date | None, Field(description="YYYY-MM-DD, a day in Asia/Seoul, included.")]
ArticleId = Annotated[str, Field(min_length=1, max_length=1_400, description="An `id` of another answer, unchanged.")]


class Asked(BaseModel):
    """Arguments of a tool; one that is not known is refused, since an agent that made it up expects it to work."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_bytes: MaxBytes = USUAL_BYTES


class SearchAsked(Asked):
    """A query with filters."""

    query: Annotated[
        str,
        Field(
            min_length=1,
            max_length=500,
            description='Words in the archive\'s language (usually Korean), joined by AND. "…" literal, -word, OR, 제목:word, 기자:name.',
        ),
    ]
    since: Day = None
    until: Day = None
    section: Annotated[str | None, Field(max_length=200, description="Only this section.")] = None
    byline: Annotated[str | None, Field(max_length=200, description="Only by this reporter.")] = None
    title_only: Annotated[bool, Field(description="Look in headlines only.")] = False


class HitsAsked(SearchAsked):
    """``search``."""

    sort: Annotated[Sort, Field(description="Order; `relevance` if the newest are not what you need.")] = Sort.NEWEST
    limit: Annotated[int, Field(ge=1, le=50, description="Most hits of one answer.")] = USUAL_LIMIT
    cursor: Cursor = None


class ReadAsked(Asked):
    """``read``."""

    id: ArticleId
    from_paragraph: Annotated[int, Field(ge=1, description="The first paragraph to give; without a cursor only.")] = 1
    cursor: Cursor = None


class VerifyAsked(Asked):
    """``verify_quote``."""

    sentence: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST,
            description="One sentence or quotation as it is claimed to be printed, in its original language.",
        ),
    ]
    cursor: Cursor = None


class SaidAsked(Asked):
    """``who_said``."""

    speaker: Annotated[
        str, Field(max_length=200, description="A full name (김하늘), or what the paper calls a body (나루시).")
    ] = ""
    words: Annotated[str, Field(max_length=200, description="Words that stand in what was said.")] = ""
    limit: Annotated[int, Field(ge=1, le=50, description="Most quotations of one answer.")] = USUAL_LIMIT
    cursor: Cursor = None


class CiteAsked(Asked):
    """``cite``."""

    id: Annotated[str | None, Field(max_length=1_400, description="An article's `id`; or give set_id.")] = None
    set_id: Annotated[str | None, Field(max_length=4_000, description="A `set_id`; or give id.")] = None
    style: Annotated[
        Literal["korean", "apa", "bibtex", "ris"], Field(description="`korean`: as Korean papers cite.")
    ] = "korean"
