"""The table of products whose records need more than other names: WordPress, Ghost, ninjs, BIG KINDS. Reads no file.

A shape is recognised by a record's keys alone and gives the record in the names of an article. JSON, CSV, workbooks and
Parquet all use the table through ``names.Renaming``. One file a product; one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from gisa.messages import Tell
from gisa.sources import bigkinds, ghost_posts, ninjs, wordpress_rest

Record = Mapping[str, Any]


class Shape(NamedTuple):
    """How one product writes an article."""

    name: str
    fits: Callable[[frozenset[str]], bool]
    """Whether a record with these keys is one of its articles."""
    read: Callable[[Record, Tell], dict[str, Any] | None]
    """The record in the names of an article; None if it is none. ``Tell`` takes what a report should count."""


SHAPES: Final = (
    Shape("WordPress REST", wordpress_rest.fits, wordpress_rest.read),
    Shape("Ghost", ghost_posts.fits, ghost_posts.read),
    Shape("ninjs", ninjs.fits, ninjs.read),
    Shape("BIG KINDS", bigkinds.fits, bigkinds.read),
)


def shape_of(keys: tuple[str, ...]) -> Shape | None:
    """The product that writes records with these keys; None for all others."""
    known = frozenset(keys)
    return next((shape for shape in SHAPES if shape.fits(known)), None)
