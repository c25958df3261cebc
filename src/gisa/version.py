"""Gisa's version, the one place that states it: the package, ``gisa --version``, the API and the feed reader take it from here."""

from __future__ import annotations

__version__ = "0.1.0"
