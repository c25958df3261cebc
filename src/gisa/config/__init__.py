"""Settings of one data folder: where things stand and how the paper looks. Read once, passed down, never global.

Every line of ``DATA/gisa.toml`` is optional; docs/settings.md lists them all.
"""

from __future__ import annotations

from gisa.config.reading import checked_contact, load_settings
from gisa.config.settings import (
    AllowedOrigins,
    Database,
    Embedding,
    Login,
    Mining,
    Paper,
    RemoteIndex,
    RequestLog,
    RevisionsShown,
    Searching,
    Serving,
    Settings,
    Site,
)

__all__ = [
    "AllowedOrigins",
    "Database",
    "Embedding",
    "Login",
    "Mining",
    "Paper",
    "RemoteIndex",
    "RequestLog",
    "RevisionsShown",
    "Searching",
    "Serving",
    "Settings",
    "Site",
    "checked_contact",
    "load_settings",
]
