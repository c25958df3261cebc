"""The archive: every article and every revision of it, in a real database. Searching is the index's work."""

from __future__ import annotations

from gisa.archive.engines import sqlite_url
from gisa.archive.sql import SqlArchive, open_archive

__all__ = ["SqlArchive", "open_archive", "sqlite_url"]
